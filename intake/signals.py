"""Signals that `intake` sends."""

from django.dispatch import Signal

# Sent with `request` and `created`, when the records of a press release were written. An app above can offer to take
# them back.
release_accepted = Signal()
