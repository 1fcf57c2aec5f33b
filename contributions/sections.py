"""Contributions and reflections on the pages of proceedings. Each builder here fills a slot of `dialogues`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogues.models import Dialogue, Paragraph, Quote, Summary, Topic
from dialogues.slots import (
    Figure,
    dialogue_figures,
    dialogue_sections,
    paragraph_sections,
    quote_sections,
    source_sections,
    summary_sections,
    topic_sections,
)
from dialogues.status import PublishedDocument, published_elsewhere
from dialogues.timelines import current_summaries
from publishing.addresses import reverse
from publishing.prepared import prepared
from publishing.slots import Section
from text.markup import strip_markdown
from text.numbers import grouped
from text.words import shorten

from .models import Call, Contribution, Reflection
from .querysets import CallQuerySet, ContributionQuerySet, ReflectionQuerySet
from .reflections.sources import (
    confirmed_for_paragraphs,
    confirmed_for_reader,
    paragraphs_reflecting,
    public_sources,
)

SHOWN = 6  # contributions on the page of a dialogue; the others are behind a link
SHOWN_BY_TOPIC = 5  # contributions of each dialogue on the page of a topic; the others are behind a link


@prepared
def open_calls(dialogue: Any, now: Any) -> CallQuerySet:
    """Return the open calls of a dialogue."""
    return Call.objects.published().open(now).filter(dialogue=dialogue)


@prepared
def newest_contributions(dialogue: Any) -> ContributionQuerySet:
    """Return the newest contributions to a dialogue, as many as its page shows, annotated with the `total` of all."""
    published = Contribution.objects.published().filter(call__dialogue=dialogue)
    totals = published.order_by().values("call__dialogue").annotate(total=Count("pk")).values("total")
    return published.for_lists().with_openings().annotate(total=Subquery(totals))[:SHOWN]


@dialogue_sections.add
def contributions_to(dialogue: Dialogue, user: Any) -> Section:
    """Return the open calls of a dialogue and its newest published contributions."""
    calls = open_calls(dialogue=dialogue.pk, now=timezone.now())
    address = reverse("contributions:list", query={"dialogue": dialogue.slug})
    shown = newest_contributions(dialogue=dialogue.pk)
    total = shown[0].total if shown else 0
    for contribution in shown:
        contribution.opening = shorten(strip_markdown(contribution.opening))
    return Section(
        anchor="contributions",
        title=_("Written contributions"),
        template="contributions/_section.html",
        context={"contributions": shown, "total": total, "address": address, "calls": calls},
        open_until=max((call.closes_at for call in calls), default=None),
        is_empty=not shown and not calls,
        counted=ngettext("<strong>%(number)s</strong> contribution", "<strong>%(number)s</strong> contributions", total)
        % {"number": grouped(total)},
    )


@prepared
def first_publications(dialogues: Any) -> QuerySet[Contribution, tuple[int, str, datetime]]:
    """Return (primary key of the dialogue, language, time) of the first contributions to these dialogues."""
    published = Contribution.objects.published().filter(call__dialogue__pk__in=dialogues)
    languages = published.order_by("shown__language").values_list("call__dialogue", "shown__language")
    return languages.annotate(first=Min("published_at"))


@published_elsewhere.add
def first_contributions(dialogues: Iterable[Dialogue], user: Any) -> dict[int, list[PublishedDocument]]:
    """Return when the first contribution in each language was published, by the primary key of the dialogue."""
    slugs = {dialogue.pk: dialogue.slug for dialogue in dialogues}
    found: dict[int, list[PublishedDocument]] = {pk: [] for pk in slugs}
    for pk, language, first in first_publications(dialogues=list(slugs)):
        address = reverse("contributions:list", query={"dialogue": slugs[pk]})
        found[pk].append(PublishedDocument("contributions", language, first, address))
    return found


@dialogue_figures.add
def number_of_contributions(dialogues: list[int]) -> dict[int, Figure]:
    """Return how many contributions to each of these dialogues are public, by the dialogue's primary key."""
    rows = Contribution.objects.published().filter(call__dialogue__in=dialogues).order_by()
    totals = rows.values_list("call__dialogue", "call__dialogue__slug").annotate(total=Count("pk"))
    return {
        pk: Figure(_("Written contributions"), total, reverse("contributions:list", query={"dialogue": slug}))
        for pk, slug, total in totals
    }


@quote_sections.add
def reflections_of_quote(quote: Quote, user: Any) -> Section:
    """Return the paragraphs in which a quote is reflected."""
    return reflections_of(quote)


def reflections_of(record: Contribution | Quote) -> Section:
    """Return the paragraphs of public summaries in which a contribution or quote is reflected."""
    paragraphs = paragraphs_reflecting(record) if record.is_published else []
    return Section(
        anchor="reflected",
        title=_("Reflected in the summary"),
        template="contributions/_reflected_in.html",
        context={"paragraphs": paragraphs, "summary_name": paragraphs[0].summary.name if paragraphs else ""},
        is_empty=not paragraphs,
    )


@paragraph_sections.add
def sources_of_paragraphs(summary: Summary, user: Any) -> dict[str, Section]:
    """Return the public sources of each paragraph, by its anchor. Few queries serve the whole summary."""
    confirmed = confirmed_for_reader(summary, user)
    known = public_sources(row for rows in confirmed.values() for row in rows)
    shown = {
        anchor: [known[row.key].at(row.place) for row in rows if row.key in known] for anchor, rows in confirmed.items()
    }
    labels = {anchor: rows[0].paragraph.label for anchor, rows in confirmed.items()}
    return {
        anchor: Section(
            "sources", _("Sources"), "contributions/_sources.html", {"sources": some, "number": labels[anchor]}
        )
        for anchor, some in shown.items()
        if some
    }


@source_sections.add
def sources_of_several(paragraphs: Sequence[Paragraph]) -> dict[int, Section]:
    """Return the public sources of public paragraphs of several summaries, by their primary key."""
    confirmed = confirmed_for_paragraphs(paragraphs)
    known = public_sources(row for rows in confirmed.values() for row in rows)
    found = {}
    for paragraph in paragraphs:
        some = [known[row.key].at(row.place) for row in confirmed.get(paragraph.pk, []) if row.key in known]
        if some:
            context = {"sources": some, "number": paragraph.label}
            found[paragraph.pk] = Section("sources", _("Sources"), "contributions/_sources.html", context)
    return found


@summary_sections.add
def coverage_of_summary(summary: Summary, user: Any) -> Section:
    """Return the link, for staff and chairs, to the coverage of a summary."""
    preview = getattr(user, "preview", None)
    address = (
        reverse("contributions:coverage-preview", args=[preview.secret])
        if preview
        else reverse("contributions:coverage", args=[summary.dialogue.slug])
    )
    may_see = Dialogue.objects.open_to_comments_by(user).filter(pk=summary.dialogue_id).exists()
    return Section(
        anchor="coverage",
        title=_("Coverage"),
        template="contributions/_coverage_link.html",
        context={"address": address},
        is_empty=not may_see,
    )


@topic_sections.add
def contributions_on_topic(topic: Topic, user: Any) -> dict[int, Section]:
    """Return the newest contributions on a topic and where summaries reflect them, by the dialogue's primary key."""
    by_dialogue: dict[int, list[Contribution]] = {}
    for contribution in newest_on(topic=topic.pk):
        by_dialogue.setdefault(contribution.call.dialogue_id, []).append(contribution)
    paragraphs = _paragraphs_on(topic, list(by_dialogue))
    return {pk: _topic_section(topic, some, paragraphs.get(pk, [])) for pk, some in by_dialogue.items()}


@prepared
def newest_on(topic: Any) -> ContributionQuerySet:
    """Return the newest contributions on a topic to each dialogue, annotated with the `total` of that dialogue."""
    each: dict[str, Any] = {"partition_by": F("call__dialogue")}
    rank = Window(RowNumber(), order_by=[F("published_at").desc(), F("reference").asc()], **each)
    contributions = Contribution.objects.published().filter(topics=topic)
    contributions = contributions.annotate(rank=rank, total=Window(Count("pk"), **each))
    return contributions.filter(rank__lte=SHOWN_BY_TOPIC).for_lists().order_by("-published_at", "reference")


@prepared
def reflections_on(topic: Any) -> ReflectionQuerySet:
    """Return the reflections of contributions on a topic, with their paragraphs, in order."""
    contributions = Contribution.objects.published().filter(topics=topic)
    reflections = Reflection.objects.published().filter(contribution__in=contributions)
    with_dialogues = reflections.select_related("paragraph__summary__dialogue")
    return with_dialogues.order_by(
        "paragraph__summary",
        F("paragraph__part").asc(nulls_first=True),
        F("paragraph__number").asc(nulls_first=True),
    )


def _paragraphs_on(topic: Topic, dialogues: list[int]) -> Mapping[int, list[Paragraph]]:
    """Return paragraphs of current summaries that reflect contributions on a topic, by the dialogue's primary key."""
    current = {summary.pk for summary in current_summaries(dialogues=dialogues)}
    found: dict[int, dict[int, Paragraph]] = {}
    for row in reflections_on(topic=topic.pk):
        paragraph = row.paragraph
        if paragraph.summary_id in current and row.is_confirmed and row.still_applies:
            found.setdefault(paragraph.summary.dialogue_id, {})[paragraph.pk] = paragraph
    return {pk: list(paragraphs.values()) for pk, paragraphs in found.items()}


def _topic_section(topic: Topic, contributions: list, paragraphs: list[Paragraph]) -> Section:
    dialogue = contributions[0].call.dialogue
    return Section(
        anchor=f"contributions-{dialogue.slug}",
        title=_("Written contributions"),
        template="contributions/_on_topic.html",
        context={
            "contributions": contributions,
            "total": contributions[0].total,
            "address": reverse("contributions:list", query={"dialogue": dialogue.slug, "topic": topic.slug}),
            "paragraphs": paragraphs,
        },
    )
