"""Slots on the pages of proceedings, which apps above fill (see `publishing.slots`)."""

from collections.abc import Iterable
from typing import Any

from publishing.slots import Section, Slot

from .awaited import Arrival
from .models import Dialogue, Paragraph, Quote, Summary, Topic

dialogue_sections: Slot[[Dialogue, Any], Section] = Slot()
quote_sections: Slot[[Quote, Any], Section] = Slot()
summary_sections: Slot[[Summary, Any], Section] = Slot()
# By the number of the paragraph, so that a builder queries once for the whole summary.
paragraph_sections: Slot[[Summary, Any], dict[int, Section]] = Slot()
# By the pk of a public dialogue: what there is on a topic from each.
topic_sections: Slot[[Topic, Any], dict[int, Section]] = Slot()
# By the pk of the dialogue: expected documents that have arrived.
arrivals: Slot[[list[Dialogue], Any], dict[int, list[Arrival]]] = Slot()


def sections_by_dialogue(topic: Topic, user: Any) -> dict[int, list[Section]]:
    """Return what all apps have on a topic from each dialogue, by the dialogue's pk."""
    gathered: dict[int, list[Section]] = {}
    for built in topic_sections(topic, user):
        for pk, section in built.items():
            gathered.setdefault(pk, []).append(section)
    return gathered


def with_sections(paragraphs: Iterable[Paragraph], summary: Summary, user: Any) -> Iterable[Paragraph]:
    """Set `sections` on each of a summary's paragraphs, and return the paragraphs."""
    built = paragraph_sections(summary, user)
    for paragraph in paragraphs:
        paragraph.sections = [by_number[paragraph.number] for by_number in built if paragraph.number in by_number]
    return paragraphs
