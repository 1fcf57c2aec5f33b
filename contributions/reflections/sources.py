"""The sources of a summary's paragraphs, and the paragraphs of which a record is a source.

A person decides about one language. The other languages of the same version follow, by the part and the number of the
paragraph, unless somebody decided about that language itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogues.models import Paragraph, Quote, Summary
from dialogues.querysets import ParagraphQuerySet, QuoteQuerySet, SummaryQuerySet
from publishing.prepared import prepared
from text.lists import joined

from ..models import Byline, Contribution, Reflection
from ..querysets import ContributionQuerySet, ReflectionQuerySet

# What may follow the address of a contribution: a file, a page in it, a paragraph of it or of the contribution.
PLACE = re.compile(
    r"(?:files/(?P<file>\d{1,4})/(?:\?page=\d{1,4})?)?"
    r"(?:#(?:page-(?P<page>\d{1,4})(?:-p\d{1,4})?|(?:a(?P<answer>\d{1,4}))?p(?P<paragraph>\d{1,5})))?"
)

ByAnchor = dict[str, list[Reflection]]  # reflections by the anchor of their paragraph


@dataclass(frozen=True)
class Source:
    """A public contribution or quote, as the page of a summary shows it.

    A contribution has a `byline`, a `reference` and the numbers of its `files`; a quote has `said_by`. `place` and
    `place_url` lead to a paragraph or a page of a file.
    """

    key: str
    kind: str | Promise
    title: str
    language: str
    url: str
    byline: Byline | None = None
    said_by: str = ""
    reference: str = ""
    files: frozenset[int] = frozenset()
    place: str = ""
    place_url: str = ""

    @property
    def author(self) -> str | Promise:
        """The speaker of a quote, or the names that the sender of a contribution chose to show."""
        if self.byline is None:
            return self.said_by
        return str(self.byline) if self.byline.organization else _("Name withheld at the sender’s request")

    def at(self, place: str) -> Source:
        """Return this source with a place in it, or in one of its files if that is public: "files/1/#page-3"."""
        found = PLACE.fullmatch(place)
        if not place or not found or (found["file"] and int(found["file"]) not in self.files):
            return self
        return replace(self, place=_place_name(found.groupdict()), place_url=self.url + place)


def _place_name(place: dict[str, str | None]) -> str:
    """Return the name of a paragraph, a file, or a page in it, for readers."""
    if place["page"]:
        return gettext("file %(file)s, page %(page)s") % place
    if place["file"]:
        return gettext("file %(file)s") % place
    if place["answer"]:
        return gettext("answer %(answer)s, paragraph %(paragraph)s") % place
    return gettext("paragraph %(paragraph)s") % place


def source_key(record: Contribution | Quote) -> str:
    """Return the identifier of a record in the search index: "contributions.contribution.12"."""
    return f"{record._meta.label_lower}.{record.pk}"


def source_of(record: Contribution | Quote) -> Source:
    """Return a public contribution or quote as a Source, without a place in it."""
    key = source_key(record)
    if isinstance(record, Quote):
        said_by = joined([record.appearance.speaker.name, record.appearance.as_given])
        return Source(key, _("Quote"), record.text, record.language, record.get_absolute_url(), said_by=said_by)
    shown = record.shown
    return Source(
        key, _("Contribution"), shown.title, shown.language, record.get_absolute_url(), shown.byline,
        reference=record.reference, files=frozenset(file.number for file in shown.attachments.all()),
    )  # fmt: skip


def public_record(key: str) -> Contribution | Quote | None:
    """Return the contribution or quote with this identifier if everyone may read it, otherwise None."""
    label, _dot, number = key.rpartition(".")
    models = {model._meta.label_lower: model for model in (Contribution, Quote)}
    if label not in models or not number.isdecimal() or len(number) > 18:
        return None
    return models[label].objects.published().filter(pk=number).first()


def decisions_for(summary: Summary, rows: ReflectionQuerySet) -> ByAnchor:
    """Return the decision that applies to each source of each paragraph of a summary.

    `rows` are the reflections that the reader may see.
    """
    of_version = rows.filter(
        paragraph__summary__dialogue=summary.dialogue_id, paragraph__summary__version=summary.version
    )
    return _decisions(summary, of_version.with_paragraphs())


def _decisions(summary: Summary, rows: Iterable[Any]) -> ByAnchor:
    """Return the same from the reflections of this version in all languages, fetched with their paragraphs."""
    decided: dict[str, dict[str, Reflection]] = {}
    for row in sorted(rows, key=lambda row: (row.paragraph.summary_id != summary.pk, not row.is_confirmed, row.pk)):
        if row.paragraph.summary_id == summary.pk or row.still_applies:
            decided.setdefault(row.paragraph.anchor, {}).setdefault(row.key, row)
    return {anchor: list(found.values()) for anchor, found in decided.items()}


def confirmed_reflections(summary: Summary, rows: ReflectionQuerySet) -> ByAnchor:
    """Return the confirmed decisions for each paragraph of a summary that still apply."""
    return _confirmed(decisions_for(summary, rows))


def confirmed_for_reader(summary: Summary, user: Any) -> ByAnchor:
    """Return the confirmed decisions that `user` may see for each paragraph of a summary."""
    rows = reflections_in(dialogue=summary.dialogue_id, version=summary.version, user=user)
    return _confirmed(_decisions(summary, rows))


@prepared
def reflections_in(dialogue: Any, version: Any, user: Any) -> ReflectionQuerySet:
    """Return the reflections that `user` may see in a version of a dialogue's summary, in all languages."""
    rows = Reflection.objects.visible_to(user).filter(paragraph__summary__dialogue=dialogue)
    return rows.filter(paragraph__summary__version=version).with_paragraphs()


def confirmed_for_paragraphs(paragraphs: Iterable[Paragraph]) -> dict[int, list[Reflection]]:
    """Return the public confirmed decisions for paragraphs of several summaries, by their primary key.

    The paragraphs were fetched with their summaries. It takes one query.
    """
    by_summary: dict[Summary, list[Paragraph]] = {}
    for paragraph in paragraphs:
        by_summary.setdefault(paragraph.summary, []).append(paragraph)
    dialogues = {summary.dialogue_id for summary in by_summary}
    rows = list(Reflection.objects.published().filter(paragraph__summary__dialogue__in=dialogues).with_paragraphs())
    found = {}
    for summary, some in by_summary.items():
        version = (summary.dialogue_id, summary.version)
        own = [row for row in rows if (row.paragraph.summary.dialogue_id, row.paragraph.summary.version) == version]
        confirmed = _confirmed(_decisions(summary, own))
        found.update({paragraph.pk: confirmed.get(paragraph.anchor, []) for paragraph in some})
    return found


def _confirmed(decided: ByAnchor) -> ByAnchor:
    confirmed = {
        anchor: [row for row in rows if row.is_confirmed and row.still_applies] for anchor, rows in decided.items()
    }
    return {anchor: found for anchor, found in confirmed.items() if found}


def public_sources(rows: Iterable[Reflection]) -> dict[str, Source]:
    """Return the sources of these reflections that are public now, by their `key`."""
    rows = list(rows)
    records: list[Contribution | Quote] = [
        *contributions_with_files(pks=[*{row.contribution_id for row in rows if row.contribution_id}])
    ]
    records += quotes_with_speakers(pks=[*{row.quote_id for row in rows if row.quote_id}])
    return {source.key: source for source in map(source_of, records)}


@prepared
def contributions_with_files(pks: Any) -> ContributionQuerySet:
    """Return the public ones of these contributions, with the files of the revisions that they show."""
    public = Contribution.objects.published().filter(pk__in=pks)
    return public.select_related("shown").prefetch_related("shown__attachments")


@prepared
def quotes_with_speakers(pks: Any) -> QuoteQuerySet:
    """Return the public ones of these quotes, with their speakers."""
    return Quote.objects.published().filter(pk__in=pks).select_related("appearance__speaker")


@prepared
def reflections_of_contributions(record: Any, dialogue: Any) -> ReflectionQuerySet:
    """Return the public reflections of a contribution in the summaries of its dialogue."""
    reflections = Reflection.objects.published().filter(contribution=record)
    return reflections.filter(paragraph__summary__dialogue=dialogue).with_paragraphs()


@prepared
def reflections_of_quotes(record: Any, dialogue: Any) -> ReflectionQuerySet:
    """Return the public reflections of a quote in the summaries of its dialogue."""
    reflections = Reflection.objects.published().filter(quote=record)
    return reflections.filter(paragraph__summary__dialogue=dialogue).with_paragraphs()


@prepared
def public_summaries(dialogue: Any) -> SummaryQuerySet:
    """Return the public summaries of a dialogue; of each language, the highest version comes first."""
    return Summary.objects.published().filter(dialogue=dialogue).named().select_related("dialogue")


@prepared
def paragraphs_at(summaries: Any, numbers: Any) -> ParagraphQuerySet:
    """Return the paragraphs of these summaries that have one of these numbers, in order."""
    return Paragraph.objects.filter(summary__pk__in=summaries, number__in=numbers).order_by("position")


def paragraphs_reflecting(record: Contribution | Quote) -> list[Paragraph]:
    """Return the paragraphs of which a public record is a source, of the newest public version in each language.

    It takes three queries, however many languages there are.
    """
    if isinstance(record, Quote):
        dialogue, find = record.appearance.dialogue_id, reflections_of_quotes
    else:
        dialogue, find = record.call.dialogue_id, reflections_of_contributions
    rows = find(record=record.pk, dialogue=dialogue)
    if not rows:
        return []
    newest: dict[str, Summary] = {}
    for summary in public_summaries(dialogue=dialogue):
        newest.setdefault(summary.language, summary)
    reflecting: dict[int, ByAnchor] = {}
    for summary in newest.values():
        of_version = [row for row in rows if row.paragraph.summary.version == summary.version]
        reflecting[summary.pk] = _confirmed(_decisions(summary, of_version))
    reflected = {row.paragraph.number for found in reflecting.values() for some in found.values() for row in some}
    by_pk = {summary.pk: summary for summary in newest.values()}
    paragraphs: dict[int, list[Paragraph]] = {pk: [] for pk in by_pk}
    for paragraph in paragraphs_at(summaries=list(by_pk), numbers=sorted(reflected)):
        if paragraph.anchor in reflecting[paragraph.summary_id]:
            paragraph.summary = by_pk[paragraph.summary_id]
            paragraphs[paragraph.summary_id].append(paragraph)
    return [paragraph for some in paragraphs.values() for paragraph in some]
