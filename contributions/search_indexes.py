from __future__ import annotations

from collections.abc import Collection, Iterator
from types import SimpleNamespace
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.models import Dialogue, Organization, Topic
from dialogues.search_indexes import (
    ProceedingsIndex,
    date_label,
    document_passages,
    organization_facets,
    public_topics,
)
from documents.models import Document
from search.indexes import Passage
from text.markup import strip_markdown

from .models import Call, Contribution
from .models.byline import byline


class ContributionIndex(ProceedingsIndex, indexes.Indexable):
    """Contributions with their files. Hits in a text lead to the contribution, hits in a file to a page of the file."""

    model = Contribution
    dialogue_path = "call__dialogue"
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "contribution", _("Contribution"), _("Contributions")

    related_lookups: ClassVar = {
        Call: ("call",),
        Document: ("shown__attachments__document",),
        Organization: ("organization",),
        Topic: ("topics",),
    }

    def index_queryset(self, using: str | None = None) -> Any:
        """Return the records to index. Calls and dialogues are prefetched, because many contributions share one."""
        return (
            super()
            .index_queryset()
            .select_related("organization", "shown")
            .prefetch_related(
                "call__dialogue__series",
                "shown__answers",
                "shown__attachments__document__pages",
                public_topics("topics"),
                public_topics("call__dialogue__topics"),
            )
        )

    def load_all_queryset(self) -> Any:
        """Return the records that hits are loaded from."""
        records = Contribution.objects.published().select_related("call__dialogue", "shown")
        return records.prefetch_related("shown__answers", "shown__attachments__document__pages")

    def titles(self, pks: Collection[int]) -> dict[int, str]:
        """Return {pk: title} for those of some contributions that are public."""
        public = Contribution.objects.published().filter(pk__in=pks)
        return dict(public.values_list("pk", "shown__title"))

    def suggested_names(self, among: Collection[str] | None = None) -> Iterator[str]:
        """Return the names of organizations that appear in bylines."""
        public = Contribution.objects.published().order_by("shown__organization_name")
        if among is not None:
            public = public.filter(shown__organization_name__in=among)
        for name, appear_as in public.values_list("shown__organization_name", "shown__appear_as").distinct():
            senders = SimpleNamespace(person_name="", organization_name=name, signer_names=[])
            if organization := byline(senders, appear_as).organization:
                yield organization

    def dialogue_of(self, contribution: Contribution) -> Dialogue:
        """Return the dialogue that a contribution was sent to."""
        return contribution.call.dialogue

    def facets(self, contribution: Contribution) -> dict[str, Any]:
        """Return the values of each facet."""
        facets = super().facets(contribution)
        topics = {topic.slug for topic in contribution.topics.all()}
        languages = {attachment.language for attachment in contribution.shown.attachments.all()}
        return {
            **facets,
            **organization_facets(contribution.public_organization),
            "topic": sorted(topics.union(facets["topic"])),
            "language": sorted({contribution.shown.language, *languages}),
        }

    def names(self, contribution: Contribution) -> dict[str, list[str]]:
        """Return the names that are searched by field. Those of people and organizations are from the byline."""
        byline = contribution.shown.byline
        bodies = [name for name in (byline.organization, *byline.signers) if name]
        people = {"speaker": [byline.person]} if byline.person else {}
        return {**super().names(contribution), **people, "organization": bodies}

    def language_of(self, contribution: Contribution) -> str:
        """Return the language of the public revision."""
        return contribution.shown.language

    def citation(self, contribution: Contribution) -> dict[str, Any]:
        """Return the citation of a hit."""
        return {**super().citation(contribution), "number": contribution.reference}

    def context_of(self, contribution: Contribution) -> list[str]:
        """Return the line of facts below the title of a hit."""
        dialogue, revision = contribution.call.dialogue, contribution.shown
        return [
            str(revision.byline),
            dialogue.title,
            date_label(dialogue),
            revision.get_language_display(),
            contribution.reference,
        ]

    def passages(self, contribution: Contribution) -> Iterator[Passage]:
        """Yield the passages of a contribution, each with its address: byline, answers, text, pages of files."""
        revision = contribution.shown
        address, language = contribution.get_absolute_url(), revision.language
        about = ", ".join(filter(None, [str(revision.byline), *revision.byline.signers, contribution.reference]))
        yield Passage(about, address, language=language)
        for answer in revision.answers.all():
            yield Passage(strip_markdown(answer.text), address, language=language)
        yield Passage(strip_markdown(revision.text), address, language=language)
        revision.contribution = contribution  # for the addresses of its files
        for attachment in revision.attachments.all():
            attachment.revision = revision
            yield from document_passages(attachment.document, attachment.get_absolute_url(), attachment.language)
