"""Receivers of the signals of `dialogues`."""

from typing import Any

from django.dispatch import receiver

from dialogues.models import Summary
from dialogues.signals import paragraphs_written

from .workflow import carry_over_reflections


@receiver(paragraphs_written)
def carry_over(summary: Summary, **kwargs: Any) -> None:
    """Give a new version of a summary the sources of the previous one, in the transaction that wrote its paragraphs."""
    carry_over_reflections(summary)
