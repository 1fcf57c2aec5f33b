"""What dialogues recommended, and what later ones say about it, as everyone may read it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from publishing.prepared import prepared
from publishing.slots import Section
from search.facets import Choice, Facet, value_labels
from text.markup import strip_markdown
from text.similarity import is_similar
from text.words import shorten

from .models import Dialogue, FollowUp, Paragraph, Recommendation, Topic
from .querysets import RecommendationQuerySet
from .slots import source_sections

# {filter: path from a recommendation to its value}, in the order of the page.
PATHS = {
    "kind": "kind",
    "year": "dialogue__starts_on__year",
    "series": "dialogue__series__slug",
    "topic": "dialogue__topics__slug",
    "dialogue": "dialogue__slug",
}
LABELS = {
    "kind": _("Kind"),
    "year": _("Year"),
    "series": _("Series"),
    "topic": _("Topic of the dialogue"),
    "dialogue": _("Dialogue"),
}


@dataclass(frozen=True)
class LaterWords:
    """What a later dialogue says about a recommendation: words of a paragraph or a quote, with their address."""

    kind: str
    dialogue: Dialogue
    name: str
    url: str
    text: str
    language: str


@dataclass
class Recommended:
    """A recommendation with the paragraph that says it in the reader's language, its sources and later words."""

    recommendation: Recommendation
    paragraph: Paragraph
    sources: list[Section] = field(default_factory=list)
    later: list[LaterWords] = field(default_factory=list)

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue that recommended it."""
        dialogue: Dialogue = self.paragraph.summary.dialogue
        return dialogue


def recommendations(chosen: dict[str, str]) -> RecommendationQuerySet:
    """Return the public recommendations that have each of the chosen values, those of the newest dialogue first."""
    found = Recommendation.objects.in_newest_version()
    for name, value in chosen.items():
        # A hidden topic gives nothing, as an absent one does, so that no filter says which dialogues have it.
        is_public: dict[str, Any] = {"dialogue__topics__in": Topic.objects.published()} if name == "topic" else {}
        found = found.filter(**{PATHS[name]: value}, **is_public)
    return found


def facets(chosen: dict[str, str]) -> list[Facet]:
    """Return the filters that offer a choice. Each value counts what it gives together with the other filters."""
    made = [_facet(name, chosen) for name in PATHS]
    return [facet for facet in made if len(facet.choices) > 1 or facet.chosen]


def _facet(name: str, chosen: dict[str, str]) -> Facet:
    others = {other: value for other, value in chosen.items() if other != name}
    counts: dict[str, int] = {}
    for value in recommendations(others).order_by().values_list(PATHS[name], flat=True):
        if value not in (None, ""):
            counts[str(value)] = counts.get(str(value), 0) + 1
    own = chosen.get(name, "")
    # A value that no recommendation has is shown as it was typed, so that the reader can remove it.
    counts = ({own: 0} if own else {}) | counts
    labels: dict[str, str | Promise] = {own: own} if own else {}
    labels |= dict(Recommendation.Kind.choices) if name == "kind" else value_labels(name, counts)
    choices = [Choice(value, labels[value], count, value == own) for value, count in counts.items() if value in labels]
    if name == "year":
        choices.sort(key=lambda choice: choice.value, reverse=True)
    else:
        choices.sort(key=lambda choice: (-choice.count, str(choice.label)))
    return Facet(name, LABELS[name], choices)


def in_readers_language(marks: Iterable[Recommendation]) -> list[Recommended]:
    """Return recommendations with a public paragraph that says each: in the reader's language, English or another."""
    marks = list(marks)
    rows = Paragraph.objects.published().in_newest_version().filter(recommendation__in=[mark.pk for mark in marks])
    best: dict[int, Paragraph] = {}
    for row in sorted(rows.select_related("summary__dialogue__series"), key=_by_language):
        best.setdefault(row.recommendation_id, row)
    later, sources = later_words(best), source_sections(list(best.values()))
    return [
        Recommended(
            mark,
            best[mark.pk],
            [by_pk[best[mark.pk].pk] for by_pk in sources if best[mark.pk].pk in by_pk],
            later.get(mark.pk, []),
        )
        for mark in marks
        if mark.pk in best
    ]


@prepared
def public_follow_ups(marks: Any) -> Any:
    """Return the public follow-ups of recommendations, with what they lead to."""
    targets = ("paragraph__summary__dialogue", "quote__appearance__dialogue", "quote__appearance__speaker")
    return FollowUp.objects.published().filter(recommendation__pk__in=marks).select_related(*targets)


@prepared
def public_paragraphs_numbered(dialogues: Any, numbers: Any) -> Any:
    """Return the public paragraphs of these dialogues that have one of these numbers, with their summaries."""
    paragraphs = Paragraph.objects.published().select_related("summary__dialogue")
    return paragraphs.filter(summary__dialogue__pk__in=dialogues, number__in=numbers)


def later_words(marks: Iterable[int]) -> dict[int, list[LaterWords]]:
    """Return the public follow-ups of recommendations, given by their primary keys, oldest dialogue first."""
    pks = list(marks)
    if not pks:
        return {}
    found = public_follow_ups(marks=pks)
    same = _elsewhere([row.paragraph for row in found if row.paragraph])
    later: dict[int, list[LaterWords]] = {}
    for row in found:
        words = _of_paragraph(row, same[row.paragraph.pk]) if row.paragraph else _of_quote(row, row.quote)
        later.setdefault(row.recommendation_id, []).append(words)
    for some in later.values():
        some.sort(key=lambda words: str(words.dialogue.starts_on or "9999"))
    return later


def _of_paragraph(row: FollowUp, paragraph: Paragraph) -> LaterWords:
    summary = paragraph.summary
    name = gettext("paragraph %(number)s") % {"number": paragraph.label}
    return LaterWords(
        row.get_kind_display(), summary.dialogue, name, paragraph.get_absolute_url(),
        shorten(strip_markdown(paragraph.text)), summary.language,
    )  # fmt: skip


def _of_quote(row: FollowUp, quote: Any) -> LaterWords:
    appearance = quote.appearance
    return LaterWords(
        row.get_kind_display(), appearance.dialogue, str(appearance.speaker), quote.get_absolute_url(),
        shorten(quote.text), quote.language,
    )  # fmt: skip


def _elsewhere(paragraphs: list[Paragraph]) -> dict[int, Paragraph]:
    """Return the paragraph to show for each linked one, by the primary key of the linked one.

    It is in the reader's language if possible, and from the newest public version unless that says something else.
    """
    if not paragraphs:
        return {}
    dialogues = sorted({row.summary.dialogue_id for row in paragraphs})
    numbers = sorted({row.number for row in paragraphs if row.number is not None})
    by_place: dict[Any, list[Paragraph]] = {}
    for row in public_paragraphs_numbered(dialogues=dialogues, numbers=numbers):
        by_place.setdefault((row.summary.dialogue_id, row.part, row.number), []).append(row)
    shown = {}
    for linked in paragraphs:
        candidates = by_place.get((linked.summary.dialogue_id, linked.part, linked.number), [linked])
        own = [row for row in candidates if row.summary.language == linked.summary.language]
        newest = max(own, key=lambda row: row.summary.version, default=linked)
        version = (newest if is_similar(newest.text, linked.text) else linked).summary.version
        shown[linked.pk] = min([row for row in candidates if row.summary.version == version], key=_by_language)
    return shown


def _by_language(paragraph: Paragraph) -> tuple[int, str]:
    """Return a key that sorts paragraphs in the reader's language first, then those in English."""
    language = paragraph.summary.language
    order = [(get_language() or "en")[:2], "en"]
    return order.index(language) if language in order else len(order), language
