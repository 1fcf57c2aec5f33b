"""Timelines of dialogues on the page of a topic and on the page of a speaker, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from publishing.prepared import prepared
from publishing.slots import Section

from .models import Appearance, Dialogue, Panel, Paragraph, Quote, Summary, Topic
from .querysets import DialogueQuerySet, PanelQuerySet, ParagraphQuerySet, QuoteQuerySet, SummaryQuerySet
from .slots import topic_sections

MAX_DIALOGUES = 60
NO_DIALOGUE = 0  # a primary key that no dialogue has: a prepared queryset finds nothing if a list is empty
QUOTES_SHOWN = 3  # of each dialogue; a link leads to the others


@dataclass
class TimelineEntry:
    """A dialogue on a timeline, with what belongs to the topic or the speaker."""

    dialogue: Dialogue
    panels: list[Panel] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def group_by_year(entries: Iterable[TimelineEntry]) -> list[tuple[int | None, list[TimelineEntry]]]:
    """Group entries by the year of their dialogue, newest first; None, for an unknown year, comes last."""
    entries = sorted(entries, key=lambda entry: entry.dialogue.year or 0, reverse=True)
    return [(year, list(group)) for year, group in groupby(entries, key=lambda entry: entry.dialogue.year)]


def topic_sections_by_dialogue(topic: Topic, user: Any) -> dict[int, list[Section]]:
    """Return the sections of apps above on a topic, by the pk of the dialogue."""
    sections: dict[int, list[Section]] = {}
    for built in topic_sections(topic, user):
        for pk, section in built.items():
            sections.setdefault(pk, []).append(section)
    return sections


@prepared
def latest_on(topic: Any, others: Any) -> DialogueQuerySet:
    """Return the latest of the dialogues on a topic, whole or with a panel, and of some other dialogues."""
    panels = Panel.objects.filter(topics=topic).values("dialogue")
    on_topic = Dialogue.objects.filter(Q(topics=topic) | Q(pk__in=panels) | Q(pk__in=others))
    dialogues = Dialogue.objects.published().filter(pk__in=on_topic.values("pk"))
    return dialogues.select_related("series").latest_first()[:MAX_DIALOGUES]


@prepared
def paragraphs_naming(names: Any, languages: Any, summaries: Any) -> ParagraphQuerySet:
    """Return the numbered paragraphs of these summaries that have one of these names, each in its own language."""
    naming = Q(pk__in=[])
    for name, language in zip(names, languages, strict=True):
        naming |= Q(summary__language=language, text__icontains=name)
    paragraphs = Paragraph.objects.published().filter(summary__pk__in=summaries, number__isnull=False)
    return paragraphs.filter(naming).defer("text")


@prepared
def current_summaries(dialogues: Any) -> SummaryQuerySet:
    """Return the newest public summaries of these dialogues in each language."""
    return Summary.objects.published().filter(dialogue__pk__in=dialogues).current().named()


@prepared
def panels_on(topic: Any, dialogues: Any) -> PanelQuerySet:
    """Return the panels of these dialogues on a topic."""
    return Panel.objects.published().filter(topics=topic, dialogue__pk__in=dialogues)


@prepared
def first_quotes_on(topic: Any, dialogues: Any) -> QuoteQuerySet:
    """Return the first quotes of each of these dialogues: from panels on a topic, or from all of a dialogue on it."""
    rank = Window(RowNumber(), partition_by=F("appearance__dialogue"), order_by=F("number").asc())
    panels = Panel.objects.filter(topics=topic).values("pk")
    whole = Dialogue.objects.filter(topics=topic).values("pk")
    on_topic = Q(appearance__panel__in=panels) | Q(appearance__dialogue__in=whole)
    quotes = Quote.objects.published().filter(on_topic, appearance__dialogue__pk__in=dialogues)
    return quotes.annotate(rank=rank).filter(rank__lte=QUOTES_SHOWN).for_lists()


def topic_timeline(topic: Topic, user: Any) -> list[TimelineEntry]:
    """Return the timeline of a topic. It shows only what is public, even to users who may see drafts."""
    sections = topic_sections_by_dialogue(topic, user)
    entries = {
        dialogue.pk: TimelineEntry(dialogue, sections=sections.get(dialogue.pk, []))
        for dialogue in latest_on(topic=topic.pk, others=[*sections] or [NO_DIALOGUE])
    }
    for panel in panels_on(topic=topic.pk, dialogues=list(entries)):
        panel.dialogue = entries[panel.dialogue_id].dialogue
        entries[panel.dialogue_id].panels.append(panel)
    for summary in _summaries(topic, entries):
        entries[summary.dialogue_id].summaries.append(summary)
    for quote in first_quotes_on(topic=topic.pk, dialogues=list(entries)):
        entries[quote.appearance.dialogue_id].quotes.append(quote)
    return list(entries.values())


def speaker_timeline(appearances: Iterable[Appearance], quotes: Iterable[Quote]) -> list[TimelineEntry]:
    """Return the timeline of a person in the order of their appearances. Each appearance gets `said`, its quotes."""
    entries: dict[int, TimelineEntry] = {}
    said: dict[int, list[Quote]] = {}
    for quote in quotes:
        said.setdefault(quote.appearance_id, []).append(quote)
    for appearance in appearances:
        appearance.said = said.get(appearance.pk, [])
        entry = entries.setdefault(appearance.dialogue_id, TimelineEntry(appearance.dialogue))
        entry.appearances.append(appearance)
    return list(entries.values())


def _summaries(topic: Topic, entries: Mapping[int, TimelineEntry]) -> list[Summary]:
    """Return the newest summaries of these dialogues, with `mentions` set: the paragraphs that name the topic."""
    summaries = current_summaries(dialogues=list(entries))
    by_pk = {summary.pk: summary for summary in summaries}
    for summary in summaries:
        summary.dialogue, summary.mentions = entries[summary.dialogue_id].dialogue, []
    named = [
        (name, language)
        for language in sorted({summary.language for summary in summaries})
        for name in _in_both_cases(topic.in_language("name", language).text)
    ]
    names, languages = [name for name, _language in named], [language for _name, language in named]
    for paragraph in paragraphs_naming(names=names, languages=languages, summaries=[*by_pk]):
        paragraph.summary = by_pk[paragraph.summary_id]
        paragraph.summary.mentions.append(paragraph)
    return summaries


def _in_both_cases(name: str) -> list[str]:
    """Return a name, and the name in small letters where `icontains` finds only one: outside ASCII on SQLite."""
    return [name] if name.isascii() else sorted({name, name.lower()})
