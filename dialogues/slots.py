"""Slots on the pages of proceedings, which apps above fill (see `publishing.slots`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from publishing.slots import Section, Slot

from .models import Dialogue, Paragraph, Quote, Summary, Topic


@dataclass(frozen=True)
class Figure:
    """A number of records of a dialogue: its label, and the page that lists what was counted, if there is one."""

    label: str | Promise
    number: int
    address: str = ""


dialogue_sections: Slot[[Dialogue, Any], Section] = Slot()
quote_sections: Slot[[Quote, Any], Section] = Slot()
summary_sections: Slot[[Summary, Any], Section] = Slot()
# By the anchor of the paragraph, so that a builder queries once for the whole summary.
paragraph_sections: Slot[[Summary, Any], dict[str, Section]] = Slot()
# By the pk of a public paragraph: its public sources, which the context has as `sources`, each with a `url`.
source_sections: Slot[[Sequence[Paragraph]], dict[int, Section]] = Slot()
# By the pk of a public dialogue: the section of an app above on a topic.
topic_sections: Slot[[Topic, Any], dict[int, Section]] = Slot()
# By the pk of a public dialogue: how many records an app above has of it.
dialogue_figures: Slot[[list[int]], dict[int, Figure]] = Slot()
