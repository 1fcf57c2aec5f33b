"""What contributions do when proceedings change."""

from typing import Any

from django.dispatch import receiver

from dialogues.models import Summary
from dialogues.signals import paragraphs_written

from .workflow import carry_over


@receiver(paragraphs_written)
def carry_sources_over(summary: Summary, **kwargs: Any) -> None:
    """Give the paragraphs of a new version the sources of the version before, in the transaction that wrote them."""
    carry_over(summary)
