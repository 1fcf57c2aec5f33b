"""Signals that `dialogues` sends."""

from django.dispatch import Signal

# Sent with `summary`, in the transaction that wrote its paragraphs. Apps above can update their records about
# paragraphs.
paragraphs_written = Signal()
