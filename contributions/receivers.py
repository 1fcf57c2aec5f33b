"""Receivers of the signals of proceedings."""

from dialogues.signals import paragraphs_written

from .workflow import carry_over_reflections

paragraphs_written.connect(carry_over_reflections)
