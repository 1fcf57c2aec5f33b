"""Statements that were delivered from the floor: the page of each, its file and its citation."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import DetailView, View

from documents.file_responses import send_document
from documents.file_text import part_context
from publishing.models import with_address_number
from publishing.pages import Head, PublicPage, Records
from text.markup import strip_markdown
from text.words import shorten

from ..citations import file_response, statement_citation
from ..heads import shared_card, statement_speech, steps_within
from ..models import Statement


def statement_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a statement's page, described by the beginning of its text."""
    statement, dialogue = context["statement"], context["dialogue"]
    part = context.get("part")
    opening = strip_markdown(statement.text) or (" ".join(part.opening) if part else "")
    about = _("Delivered from the floor at %(dialogue)s.") % {"dialogue": dialogue.localized.title.text}
    things = [statement_speech(statement)]
    return Head(
        statement.localized_name.text,
        shorten(opening) or about,
        steps_within(dialogue),
        things,
        **shared_card(dialogue),
    )


def public_statements() -> QuerySet:
    """Return the public statements with what their addresses need."""
    return Statement.objects.published().select_related("dialogue")


class StatementMixin(View):
    """A view of the statement with the number in the address."""

    def get_object(self, queryset: QuerySet | None = None) -> Statement:
        statements = Statement.objects.visible_to(self.request.user).for_page().select_related("recording")
        place = {"dialogue__slug": self.kwargs["slug"]}
        return get_object_or_404(statements, with_address_number(self.kwargs["number"]), **place)


class StatementDetailView(StatementMixin, DetailView):
    """A statement: who delivered it, where, and its text or the text of its file."""

    model = Statement
    public_page = PublicPage(statement_head, Records("statements", public_statements), ("page",))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        statement = self.object
        dialogue, number = statement.dialogue, self.request.GET.get("page", "1")
        if statement.copy:
            kwargs |= part_context(statement.document, number)
        elif number != "1":
            raise Http404
        is_public = statement.is_published and dialogue.is_published
        return super().get_context_data(
            dialogue=dialogue,
            language=statement.language,
            appearance=statement.appearance,
            citation=statement_citation(statement) if is_public else None,
            **kwargs,
        )


class StatementFileView(StatementMixin, View):
    """The file of a statement."""

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponseBase:
        statement = self.get_object()
        if statement.document is None:
            raise Http404
        name = f"{slug}-{slugify(str(statement))[:60]}-{statement.language}"
        return send_document(request, statement.document, filename=name, language=statement.language)


class StatementCitationFileView(View):
    """The citation of a statement as a file for reference managers."""

    def get(self, request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
        statements = Statement.objects.published().for_page()
        statement = get_object_or_404(statements, number=number, dialogue__slug=slug)
        return file_response(statement_citation(statement), form)
