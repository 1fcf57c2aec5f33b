"""Signals that `publishing` sends."""

from django.dispatch import Signal

# Sent with `record`, in the transaction that published it.
record_published = Signal()
