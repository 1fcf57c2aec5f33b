"""What contributions do when proceedings change."""

from dialogues.signals import paragraphs_written

from .workflow import carry_over_reflections

paragraphs_written.connect(carry_over_reflections)
