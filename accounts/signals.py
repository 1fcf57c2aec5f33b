"""What apps above may do when the second factor of a member of staff changes. Each is sent inside a transaction."""

from django.dispatch import Signal

# Arguments: `user`, whose second factor it is, and `kind`, one of allauth's `Authenticator.Type`.
second_factor_added = Signal()
second_factor_removed = Signal()
# Arguments: `user`, and `by`, the superuser who reset the second factor, or None for a command.
second_factor_reset = Signal()
