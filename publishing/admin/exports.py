"""Export lists of the admin as files, with the rows and columns that the page shows to the same user."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from accounts.second_factor import asks_again

from ..models import BaseTranslatable
from ..spreadsheets import MEDIA_TYPES, WRITERS

CHUNK_SIZE = 500  # records in memory at a time


@asks_again
def export(request: HttpRequest, app_label: str, model_name: str, file_format: str) -> HttpResponse:
    """Return a list of the admin as CSV or XLSX, with all pages, filtered and ordered by the query of the request.

    Raises Http404 for an unknown model or format, and PermissionDenied.
    """
    model_admin = _admin_of(app_label, model_name)
    if file_format not in WRITERS:
        raise Http404
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    try:
        changelist = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return redirect(f"admin:{app_label}_{model_name}_changelist")
    rows = table(model_admin, list(model_admin.get_list_display(request)), changelist.get_queryset(request))
    response = HttpResponse(WRITERS[file_format](rows), content_type=MEDIA_TYPES[file_format])
    filename = f"{model_name}-{timezone.localdate()}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _admin_of(app_label: str, model_name: str) -> admin.ModelAdmin:
    for model, model_admin in admin.site._registry.items():
        if (model._meta.app_label, model._meta.model_name) == (app_label, model_name):
            return model_admin
    raise Http404


def table(model_admin: admin.ModelAdmin, columns: Sequence[Any], queryset: QuerySet) -> Iterator[list[Any]]:
    """Yield the headings of a list and then a row for each record.

    `columns` are as in `list_display`. A column such as "name [fr]" follows for each text that can be translated and
    each language.
    """
    translated = _translated_columns(model_admin.model)
    labels = [label_for_field(column, model_admin.model, model_admin) for column in columns]
    yield [*labels, *(f"{field} [{language}]" for field, language in translated)]
    for record in queryset.iterator(chunk_size=CHUNK_SIZE):
        yield [*(value_of(column, record, model_admin) for column in columns), *_translated_values(record, translated)]


def _translated_columns(model: type[Model]) -> list[tuple[str, str]]:
    """Return (field, language) for each column of translations."""
    fields = model.translated_fields if issubclass(model, BaseTranslatable) else ()
    return [(field, language) for field in fields for language, _name in settings.CONTENT_LANGUAGES]


def _translated_values(record: Any, columns: list[tuple[str, str]]) -> list[str]:
    """Return the original and the translations of a record by column; empty where there is none."""
    texts = {
        (field, text.language): text.text for field, _language in columns for text in record.in_each_language(field)
    }
    return [texts.get(column, "") for column in columns]


def value_of(column: Any, record: Model, model_admin: admin.ModelAdmin) -> Any:
    """Return what the list shows of a record in one column, without HTML. Dates and datetimes are returned as such."""
    try:
        field, attribute, value = lookup_field(column, record, model_admin)
    except ObjectDoesNotExist:
        return ""
    if field is not None and field.choices:
        return getattr(record, f"get_{column}_display")()
    if (moment := _sorted_date(attribute, record)) is not None:
        return moment
    return unescape(strip_tags(value)) if isinstance(value, SafeString) else value


def _sorted_date(attribute: Any, record: Model) -> date | None:
    """Return the date or datetime by which a computed column is sorted, if it is one."""
    ordering = str(getattr(attribute, "admin_order_field", None) or "").removeprefix("-")
    value = getattr(record, ordering, None) if ordering else None
    return value if isinstance(value, date) else None
