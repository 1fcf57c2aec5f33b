"""Signals about changes to accounts, for apps above. Those about a second factor are sent inside a transaction."""

from django.dispatch import Signal

# Arguments: `user`, whose second factor it is, and `kind`, one of allauth's `Authenticator.Type`.
second_factor_added = Signal()
second_factor_removed = Signal()
# Arguments: `user`, and `by`, the superuser who reset the second factor, or None for a command.
second_factor_reset = Signal()
# Asks which accounts are still needed, before idle ones are deleted. Receivers return a queryset of their keys.
accounts_in_use = Signal()
# Sent in the transaction that deletes an account, when other records no longer refer to it.
account_deleted = Signal()
