"""The index of statements that were delivered from the floor."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from documents.models import Document
from search.indexes import EVERY_SAVE, Source
from search.models import Effect
from search.passages import Passage
from text.lists import joined
from text.localized import LocalizedText, own_name

from ..models import Appearance, Organization, Panel, Speaker, Statement, Topic
from ..querysets import public_topics
from .base import (
    ORGANIZATION_FACETS,
    TOPIC_FACET,
    Facets,
    ProceedingsIndex,
    date_label,
    file_passages,
    headings_of,
    merge_facets,
    organization_facets,
    text_passages,
    topic_facet,
)


class StatementIndex(ProceedingsIndex, indexes.Indexable):
    """Statements, by their text or file and by who delivered them, with the topics of the panel."""

    model = Statement
    sources: ClassVar = {
        Statement: Source(
            ("pk",),
            (
                "dialogue",
                "panel",
                "appearance",
                "organization",
                "title",
                "translations",
                "language",
                "text",
                "document",
                "published_at",
            ),
            Effect.CHANGED,
        ),
        Appearance: Source(("appearance",), ("speaker", "affiliation", "organization"), Effect.CHANGED),
        Speaker: Source(("appearance__speaker",), ("name",), Effect.CHANGED),
        Organization: Source(
            ("organization", "appearance__organization"), ("name", "translations", *ORGANIZATION_FACETS), Effect.CHANGED
        ),
        Panel: Source(("panel",), ("topics",), left=Effect.REFRESH),
        Topic: Source(("panel__topics",), *TOPIC_FACET),
        Document: Source(("document",), EVERY_SAVE, Effect.CHANGED),  # it is saved once its pages are written
    }
    csl_type = "speech"
    kind_name, kind_label, kind_label_plural = "statement", _("Statement"), _("Statements")
    similar_kinds = ("statement", "contribution")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        statements = Statement.objects.published().for_page().select_related("appearance__organization")
        return statements.prefetch_related("document__pages", public_topics("panel__topics"))

    def load_all_queryset(self) -> QuerySet:
        return self.index_queryset()

    def facets(self, statement: Statement) -> Facets:
        own: Facets = {**super().facets(statement), **topic_facet(statement.panel), "language": statement.language}
        of_bodies: Facets = {}
        for body in statement.bodies:
            merge_facets(of_bodies, organization_facets(body))
        return own | of_bodies

    def names(self, statement: Statement) -> dict[str, list[str]]:
        given = [statement.appearance.affiliation] if statement.appearance else []
        bodies = [name.text for body in statement.bodies for name in body.in_each_language("name")]
        people = [statement.appearance.name] if statement.appearance else []
        return {**super().names(statement), "speaker": people, "organization": [*bodies, *given]}

    def language_of(self, statement: Statement) -> str:
        return statement.language

    def titles_of(self, statement: Statement) -> Iterable[LocalizedText]:
        return statement.in_each_language("title") if statement.title else super().titles_of(statement)

    def shown_title_of(self, statement: Statement) -> str:
        return statement.localized_name

    def context_of(self, statement: Statement) -> list[str]:
        dialogue = statement.dialogue
        by = statement.delivered_by if statement.title else ""
        return [by, dialogue.localized.title, date_label(dialogue), own_name(statement.language)]

    def passages(self, statement: Statement) -> Iterator[Passage]:
        url = statement.get_absolute_url()
        yield from text_passages(statement.text, url, statement.language)
        if statement.document:
            yield from file_passages(statement.document, url, statement.language)

    def headings(self, statement: Statement) -> Iterator[Passage]:
        url = statement.get_absolute_url()
        if statement.title:
            yield from headings_of(statement, "title", statement.get_absolute_url(), "title")
        else:
            for title in self.titles_of(statement):
                yield Passage(title.text, f"{url}#title", language=title.language)
        yield Passage(joined([statement.delivered_by, statement.capacity]), f"{url}#by")
        yield from headings_of(statement.dialogue, "title", statement.get_absolute_url(), "at")
