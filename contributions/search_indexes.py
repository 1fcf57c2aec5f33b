from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.models import Dialogue, Organization, Topic
from dialogues.querysets import public_topics
from dialogues.search_indexes import (
    ORGANIZATION_FACETS,
    TOPIC_FACET,
    ProceedingsIndex,
    date_label,
    file_passages,
    headings_of,
    organization_facets,
    text_passages,
)
from documents.models import Document
from search.indexes import EVERY_SAVE, Source
from search.models import Effect
from search.passages import Passage
from text.lists import joined
from text.localized import LocalizedText, as_written, own_name

from .models import Answer, Attachment, Call, Contribution, Revision
from .models.byline import shown_organization
from .querysets import OF_REVISION
from .text_files import text_file


class ContributionIndex(ProceedingsIndex, indexes.Indexable):
    """Contributions with their files. Hits in a text lead to the contribution, hits in a file to a page of the file."""

    model = Contribution
    dialogue_path = "call__dialogue"
    csl_type = "report"
    has_texts = keeps_texts = True
    units: ClassVar = {**ProceedingsIndex.units, "answer": _("Answer to question %d")}
    similar_kinds = ("contribution", "quote")
    kind_name, kind_label, kind_label_plural = "contribution", _("Contribution"), _("Contributions")

    sources: ClassVar = {
        Contribution: Source(
            ("pk",), ("call", "reference", "shown", "organization", "topics", "published_at"), Effect.CHANGED
        ),
        Revision: Source(
            ("shown",),
            ("text", *OF_REVISION),
            Effect.CHANGED,
        ),
        Answer: Source(("shown__answers",), ("revision", "text"), Effect.CHANGED),
        Attachment: Source(("shown__attachments",), ("revision", "document", "language"), Effect.CHANGED),
        # It is saved once its pages are written.
        Document: Source(("shown__attachments__document",), EVERY_SAVE, Effect.CHANGED),
        Call: Source(("call",), ("dialogue",)),
        Organization: Source(("organization",), ORGANIZATION_FACETS),
        Topic: Source(("topics",), *TOPIC_FACET),
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
                "shown__attachments__document__clean_copy",
                "shown__attachments__document__pages",
                public_topics(),
            )
        )

    def load_all_queryset(self) -> Any:
        """Return the records that hits are loaded from, with what hits show."""
        return Contribution.objects.published().for_lists()

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
            if organization := shown_organization(name, appear_as):
                yield organization

    def dialogue_of(self, contribution: Contribution) -> Dialogue:
        """Return the dialogue that a contribution was sent to."""
        return contribution.call.dialogue

    def facets(self, contribution: Any) -> dict[str, Any]:
        """Return the values of each facet."""
        languages = {attachment.language for attachment in contribution.shown.attachments.all()}
        return {
            **super().facets(contribution),
            **organization_facets(contribution.public_organization),
            "topic": sorted(topic.slug for topic in contribution.shown_topics),
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

    def text_language_of(self, contribution: Contribution) -> str:
        return contribution.shown.language

    def shown_title_of(self, contribution: Contribution) -> LocalizedText:
        return LocalizedText(self.title_of(contribution), contribution.shown.language)

    def citation(self, contribution: Contribution) -> dict[str, Any]:
        """Return the citation of a hit."""
        return {**super().citation(contribution), "number": contribution.reference}

    def context_of(self, contribution: Contribution) -> list[str]:
        """Return the line of facts below the title of a hit."""
        dialogue, revision = contribution.call.dialogue, contribution.shown
        return [
            as_written(str(revision.byline)),
            dialogue.localized.title,
            date_label(dialogue),
            own_name(revision.language),
            contribution.reference,
        ]

    def text_file(self, contribution: Contribution) -> str:
        """Return the text of a contribution and of its files, below its citation."""
        return text_file(contribution)

    def passages(self, contribution: Contribution) -> Iterator[Passage]:
        """Yield the passages of a contribution, each with its address: answers, text, files, names."""
        revision = contribution.shown
        address, language = contribution.get_absolute_url(), revision.language
        for answer in revision.answers.all():
            own = {"prefix": f"a{answer.number}", "unit": "answer", "number": answer.number}
            yield from text_passages(answer.text, address, language, **own)
        yield from text_passages(revision.text, address, language)
        revision.contribution = contribution  # for the addresses of its files
        for attachment in revision.attachments.all():
            attachment.revision = revision
            yield from file_passages(attachment.document, attachment.get_absolute_url(), attachment.language)
        about = joined([str(revision.byline), contribution.reference])
        yield Passage(about, f"{address}#from", language=language)
        if revision.byline.signers:
            yield Passage(joined(revision.byline.signers), f"{address}#signers", language=language)

    def headings(self, contribution: Contribution) -> Iterator[Passage]:
        """Yield the title and the dialogue of a contribution, with their addresses."""
        address, revision = contribution.get_absolute_url(), contribution.shown
        yield Passage(revision.title, f"{address}#from", language=revision.language)
        yield from headings_of(contribution.call.dialogue, "title", contribution.get_absolute_url(), "for")
