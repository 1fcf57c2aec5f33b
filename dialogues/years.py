"""Years side by side: the dialogues of a series, or those on a topic, in columns that can be compared.

Only what is public is shown, even to users who may see drafts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from text.markup import strip_markdown
from text.words import shorten

from .models import Appearance, Dialogue, Organization, Panel, Paragraph, Quote, Series, Statement, Summary, Topic
from .querysets import RecommendationQuerySet
from .recommendations import in_readers_language, recommendations
from .slots import Figure, dialogue_figures
from .timelines import TimelineEntry, topic_timeline

MAX_COLUMNS = 12  # the latest dialogues
RECOMMENDATIONS_SHOWN = 5  # of each dialogue; a link leads to the others
OPENING = 160  # characters of a recommendation


@dataclass
class Column:
    """A dialogue beside others: what was discussed there, what came out of it, and who took part."""

    entry: TimelineEntry
    recommended: list[Paragraph] = field(default_factory=list)
    total_recommended: int = 0
    kinds: list[Figure] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue of the column."""
        return self.entry.dialogue


def years_of_series(series: Series) -> list[Column]:
    """Return a column for each public dialogue of a series, oldest first."""
    dialogues = Dialogue.objects.published().filter(series=series).latest_first()
    entries = {dialogue.pk: TimelineEntry(dialogue) for dialogue in dialogues[:MAX_COLUMNS]}
    for panel in Panel.objects.published().filter(dialogue__in=entries).order_by("number"):
        panel.dialogue = entries[panel.dialogue_id].dialogue
        entries[panel.dialogue_id].panels.append(panel)
    for summary in Summary.objects.published().filter(dialogue__in=entries).current().named().order_by("language"):
        summary.dialogue = entries[summary.dialogue_id].dialogue
        entries[summary.dialogue_id].summaries.append(summary)
    return columns(entries.values(), recommendations({"series": series.slug}))


def years_of_topic(topic: Topic, user: Any) -> list[Column]:
    """Return a column for each public dialogue on a topic, oldest first, with the panels and paragraphs on it.

    Only dialogues that are on the topic as a whole show what they recommended.
    """
    return columns(topic_timeline(topic, user)[:MAX_COLUMNS], recommendations({"topic": topic.slug}))


def columns(entries: Iterable[TimelineEntry], on_record: RecommendationQuerySet) -> list[Column]:
    """Return the columns of these dialogues, oldest first, those without a date last, with the figures of each."""
    found = {entry.dialogue.pk: Column(entry) for entry in entries}
    rows = in_readers_language(on_record.filter(dialogue__in=found))
    for row in sorted(rows, key=lambda row: row.paragraph.position):
        column = found[row.recommendation.dialogue_id]
        column.total_recommended += 1
        if len(column.recommended) < RECOMMENDATIONS_SHOWN:
            row.paragraph.opening = shorten(strip_markdown(row.paragraph.text), OPENING)
            column.recommended.append(row.paragraph)
    prefetch_related_objects([column.dialogue for column in found.values()], "counts")
    for pk, kind, total in _organizations(found):
        label = Organization.Type(kind).label if kind else _("type not on record")
        found[pk].kinds.append(Figure(label, total))
    counted = [
        (_("Speakers"), "panels", _count(Appearance.objects.published(), "dialogue", found, "speaker")),
        (_("Statements"), "statements", _count(Statement.objects.published(), "dialogue", found)),
        (_("Quotes"), "quotes", _count(Quote.objects.published(), "appearance__dialogue", found)),
    ]
    for label, anchor, numbers in counted:
        for pk, number in numbers.items():
            found[pk].figures.append(Figure(label, number, f"{found[pk].dialogue.get_absolute_url()}#{anchor}"))
    for section in dialogue_figures(list(found)):
        for pk, figure in section.items():
            found[pk].figures.append(figure)
    return sorted(
        found.values(), key=lambda column: (column.dialogue.year or 9999, str(column.dialogue.starts_on or ""))
    )


def _organizations(found: Iterable[int]) -> Iterable[tuple[int, str, int]]:
    """Yield the dialogue, the kind and the number of organizations that were named there as an affiliation."""
    named = Appearance.objects.published().exclude(affiliation="").exclude(organization=None)
    kinds = named.filter(dialogue__in=list(found)).order_by().values_list("dialogue", "organization__type")
    return kinds.annotate(total=Count("organization", distinct=True)).order_by("dialogue", "-total")


def _count(records: QuerySet[Any], path: str, found: Iterable[int], what: str = "pk") -> dict[int, int]:
    rows = records.filter(**{f"{path}__in": list(found)}).order_by().values(where=F(path))
    return {row["where"]: row["total"] for row in rows.annotate(total=Count(what, distinct=True))}
