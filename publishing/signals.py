"""Signals that `publishing` sends."""

from django.dispatch import Signal

# Sent with `entries`, the new entries of the log, in the transaction that wrote them.
logged = Signal()
# Sent in the transaction that permanently deletes what staff deleted before.
deleted_permanently = Signal()
