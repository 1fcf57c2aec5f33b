"""What is there by the years: a topic's way through dialogues of all series, and a person's."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from .models import Dialogue, Panel, Paragraph, Quote, Summary
from .sections import sections_by_dialogue

MOST = 60  # dialogues on a page
QUOTES = 3  # of each; the rest stands on a page of its own


@dataclass
class Stop:
    """A dialogue on a thread, with what there is of it."""

    dialogue: Dialogue
    panels: list = field(default_factory=list)
    summaries: list = field(default_factory=list)
    quotes: list = field(default_factory=list)
    appearances: list = field(default_factory=list)
    sections: list = field(default_factory=list)


def by_year(stops):
    """[(year, stops)], newest first; None stands last, for dialogues of which nobody knows the year."""
    stops = sorted(stops, key=lambda stop: stop.dialogue.year or 0, reverse=True)
    return [(year, list(group)) for year, group in groupby(stops, key=lambda stop: stop.dialogue.year)]


def of_topic(topic, user):
    """The stops of a topic, newest first. All of it is public, whoever looks: a topic's page is nobody's desk."""
    hung = sections_by_dialogue(topic, user)
    on_it = Q(topics=topic) | Q(pk__in=Panel.objects.filter(topics=topic).values("dialogue")) | Q(pk__in=hung)
    dialogues = Dialogue.objects.published().filter(pk__in=Dialogue.objects.filter(on_it).values("pk"))
    stops = {dialogue.pk: Stop(dialogue) for dialogue in dialogues.for_lists().latest_first()[:MOST]}
    for panel in Panel.objects.published().filter(topics=topic, dialogue__in=stops):
        panel.dialogue = stops[panel.dialogue_id].dialogue
        stops[panel.dialogue_id].panels.append(panel)
    for summary in summaries_on(topic, stops):
        stops[summary.dialogue_id].summaries.append(summary)
    for quote in quotes_on(topic, stops):
        stops[quote.appearance.dialogue_id].quotes.append(quote)
    for pk, stop in stops.items():
        stop.sections = hung.get(pk, [])
    return list(stops.values())


def summaries_on(topic, stops):
    """The newest summaries of these dialogues, each with the `naming` paragraphs, in which the topic is named."""
    summaries = list(Summary.objects.published().filter(dialogue__in=stops).current())
    by_pk = {summary.pk: summary for summary in summaries}
    for summary in summaries:
        summary.dialogue, summary.naming = stops[summary.dialogue_id].dialogue, []
    naming = Q(pk__in=[])
    for language in {summary.language for summary in summaries}:
        naming |= Q(summary__language=language, text__icontains=topic.in_language("name", language).text)
    paragraphs = Paragraph.objects.published().filter(summary__in=by_pk, number__isnull=False)
    for paragraph in paragraphs.filter(naming).defer("text"):
        paragraph.summary = by_pk[paragraph.summary_id]
        paragraph.summary.naming.append(paragraph)
    return summaries


def quotes_on(topic, stops):
    """The first quotes of each of these dialogues: of panels on the topic, or of any where all of it is."""
    rank = Window(RowNumber(), partition_by=F("appearance__dialogue"), order_by=F("pk").asc())
    panels = Panel.objects.filter(topics=topic).values("pk")
    whole = Dialogue.objects.filter(topics=topic).values("pk")
    on_it = Q(appearance__panel__in=panels) | Q(appearance__dialogue__in=whole)
    quotes = Quote.objects.published().filter(on_it, appearance__dialogue__in=stops)
    return quotes.annotate(rank=rank).filter(rank__lte=QUOTES).for_lists()


def of_speaker(appearances, quotes):
    """The stops of a person from their appearances, in that order, each with what was said there."""
    stops, said = {}, {}
    for quote in quotes:
        said.setdefault(quote.appearance_id, []).append(quote)
    for appearance in appearances:
        appearance.said = said.get(appearance.pk, [])
        stop = stops.setdefault(appearance.dialogue_id, Stop(appearance.dialogue))
        stop.appearances.append(appearance)
    return list(stops.values())
