"""The page on which staff import the vocabulary as a list, such as an edited export."""

from itertools import product
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.models import Concept
from search.workflow import ambiguous_headings, load_vocabulary

from .columns import Columns
from .list_files import read_list

PERMISSIONS = ("search.add_concept", "search.change_concept")


class VocabularyForm(forms.Form):
    """A list of concepts, which is checked as a whole and loaded completely or not at all."""

    list = forms.FileField(
        label=gettext_lazy("List"), allow_empty_file=True, help_text=gettext_lazy("CSV, XLSX or ODS.")
    )

    def clean_list(self) -> Any:
        """Return the content of the list. Raise ValidationError if it cannot be read."""
        return read_list(self.cleaned_data["list"], columns())


def columns() -> Columns:
    """Return the columns of the list, as the admin exports them."""
    languages = [code for code, _name in settings.CONTENT_LANGUAGES]
    translated = {f"{field} [{code}]": () for field, code in product(Concept.translated_fields, languages)}
    return Columns({**translated, "ambiguous_terms": sorted(ambiguous_headings())})


def vocabulary(request: HttpRequest) -> HttpResponse:
    """Ask for a list, and load it."""
    if not request.user.has_perms(PERMISSIONS):
        raise PermissionDenied
    form = VocabularyForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _load(request, form):
        return redirect("admin:search_concept_changelist")
    context = {
        **admin.site.each_context(request),
        "title": _("Import the vocabulary"),
        "form": form,
        "columns": columns().names,
    }
    return TemplateResponse(request, "admin/intake/vocabulary.html", context)


def _load(request: HttpRequest, form: VocabularyForm) -> bool:
    """Load the list of a valid form, and return whether that succeeded; if not, the form says why."""
    content = form.cleaned_data["list"]
    try:
        added, replaced = load_vocabulary((row.number, row.values) for row in content.rows)
    except ValidationError as error:
        form.add_error("list", error)
        return False
    for remark in content.remarks:
        messages.warning(request, remark)
    counts = {"added": added, "replaced": replaced}
    messages.success(request, _("Concepts added: %(added)d. Concepts replaced: %(replaced)d.") % counts)
    return True
