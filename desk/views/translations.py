"""Translations: of one record, of a dialogue, of the site, and lists of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, UpdateView, View

from accounts.second_factor import asks_again
from dialogues.models import Dialogue
from publishing.forms import NamesMissingFields
from publishing.spreadsheets import MEDIA_TYPES, WRITERS
from publishing.translation_forms import LANGUAGES

from .. import translation_lists
from ..access import DeskMixin
from ..forms import texts_form
from ..kinds import Kind, find, kind_of, pk_in
from ..record_lists import lists_for
from ..translations import TRANSLATED, all_records, records_of, row_of, totals_of
from ..workspace import WorkspaceMixin
from .parts import PartView

MOST_ROWS = 50  # on a page
MOST_ERRORS = 30  # of a list that are shown


class ListForm(NamesMissingFields, forms.Form):
    """An exported list with the work of translators."""

    list = forms.FileField(label=gettext_lazy("List"), help_text=gettext_lazy("CSV, XLSX or ODS."))


class RecordTranslationsView(WorkspaceMixin, UpdateView):
    """The texts of a record, each with its translations beside it; `?language=` shows one language."""

    template_name = "desk/record_translations.html"
    part = "translations"
    kind: Kind

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue | None:
        self.record = find(kwargs["key"], request.user)
        kind = kind_of(self.record)
        if kind is None or kind.name not in TRANSLATED:
            raise Http404
        user: Any = request.user
        if not user.has_perm(kind.permission("change")):
            raise PermissionDenied
        self.kind = kind
        return kind.dialogue_of(self.record)

    def get_object(self, queryset: Any = None) -> Any:
        return self.record

    def get_form_class(self) -> Any:
        return texts_form(self.record.__class__)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user, "language": _language_in(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = row_of(self.record).missing
        others = [code for code in LANGUAGES if code != self.record.original_language]
        return super().get_context_data(
            kind=self.kind,
            language=_language_in(self.request),
            languages=[(code, LANGUAGES[code], missing.get(code, 0)) for code in others],
            **kwargs,
        )

    def get_success_url(self) -> str:
        messages.success(self.request, _("Saved."))
        return self.request.get_full_path()


class TranslationsPartView(PartView):
    """The records of a dialogue with what is missing of their translations, and lists of all their texts."""

    part = "translations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [row_of(record) for record in records_of(self.dialogue, self.request.user)]
        return super().get_context_data(rows=rows, totals=totals_of(rows), form=ListForm(), **kwargs)


class TranslationListView(DeskMixin, TemplateView):
    """All records of the site that lack translations; `?language=` and `?kind=` filter."""

    permissions = ("dialogues.view_dialogue",)
    template_name = "desk/translation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request, language = self.request, _language_in(self.request)
        chosen = request.GET.get("kind", "")
        kinds = [TRANSLATED[chosen]] if chosen in TRANSLATED else list(TRANSLATED.values())
        rows = [row for record in all_records(request.user, kinds) if (row := row_of(record)).missing]
        shown = [row for row in rows if not language or language in row.missing]
        page = Paginator(shown, MOST_ROWS).get_page(request.GET.get("page"))
        return super().get_context_data(
            rows=page.object_list,
            page_obj=page,
            paginator=page.paginator,
            is_paginated=page.has_other_pages(),
            totals=totals_of(rows),
            lists=lists_for(self.request.user),
            language=language,
            kinds=[kind for kind in TRANSLATED.values() if request.user.has_perm(kind.permission("view"))],
            chosen_kind=chosen,
            form=ListForm(),
            **kwargs,
        )


@method_decorator(asks_again, name="dispatch")
class TranslationExportView(DeskMixin, View):
    """All texts of a dialogue (`?dialogue=`) or of the site as a list with a column for each language."""

    permissions = ("dialogues.view_dialogue",)

    def get(self, request: HttpRequest, file_format: str) -> HttpResponse:
        if file_format not in WRITERS:
            raise Http404
        name = "translations"
        if "dialogue" in request.GET:
            dialogues: Any = Dialogue.objects.visible_to(request.user)
            dialogue: Dialogue = get_object_or_404(dialogues, pk=pk_in(request.GET["dialogue"]))
            records, name = records_of(dialogue, request.user), f"{name}-{dialogue.slug}"
        else:
            records = all_records(request.user, TRANSLATED.values())
        content = WRITERS[file_format](translation_lists.table(records))
        response = HttpResponse(content, content_type=MEDIA_TYPES[file_format])
        response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.{file_format}"'
        return response


class TranslationImportView(DeskMixin, TemplateView):
    """Import a list that was exported here. It is saved completely, or its errors are shown and nothing is saved."""

    permissions = ("dialogues.change_dialogue",)
    template_name = "desk/translation_import.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": ListForm(), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        form, found = ListForm(request.POST, request.FILES), None
        if form.is_valid():
            try:
                found = translation_lists.load(form.cleaned_data["list"], request.user)
            except ValidationError as error:
                form.add_error("list", error)
        if found is None or found.errors:
            errors = found.errors if found else []
            more = max(0, len(errors) - MOST_ERRORS)
            context = self.get_context_data(form=form, faults=errors[:MOST_ERRORS], more_faults=more)
            return self.render_to_response(context)
        number = found.changed
        for remark in found.remarks:
            messages.warning(request, remark)
        text = ngettext("%(number)d text was saved.", "%(number)d texts were saved.", number) % {"number": number}
        messages.success(request, text if number else _("The list contains no changes."))
        return redirect("desk:translations")


def _language_in(request: HttpRequest) -> str:
    """Return the language that the address chooses, or "" for all."""
    code = request.GET.get("language", "")
    return code if code in LANGUAGES else ""
