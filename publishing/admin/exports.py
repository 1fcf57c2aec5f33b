"""Every list of the desk as a file: the rows and columns that its page shows to the same user, all pages of it."""

from datetime import date
from html import unescape
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from ..models import Translatable
from ..spreadsheets import MEDIA_TYPES, WRITERS

AT_ONCE = 500  # records in memory


def desk_of(app_label, model_name):
    """The admin page of a model; raises Http404 where there is none."""
    for model, desk in admin.site._registry.items():
        if (model._meta.app_label, model._meta.model_name) == (app_label, model_name):
            return desk
    raise Http404


def export(request, app_label, model_name, form):
    """A list as CSV or XLSX (`form`), narrowed and ordered by the query as the page of it would be."""
    desk = desk_of(app_label, model_name)
    if form not in WRITERS:
        raise Http404
    if not desk.has_view_or_change_permission(request):
        raise PermissionDenied
    try:
        changelist = desk.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return redirect(f"admin:{app_label}_{model_name}_changelist")
    names = list(desk.get_list_display(request))
    response = HttpResponse(
        WRITERS[form](table(desk, names, changelist.get_queryset(request))), content_type=MEDIA_TYPES[form]
    )
    response["Content-Disposition"] = f'attachment; filename="{model_name}-{timezone.localdate()}.{form}"'
    return response


def table(desk, names, queryset):
    """The rows of a list, the first of them its headings."""
    translated = translated_columns(desk.model)
    headings = [f"{field} [{language}]" for field, language in translated]
    yield [*(label_for_field(name, desk.model, desk) for name in names), *headings]
    for record in queryset.iterator(chunk_size=AT_ONCE):
        yield [*(value_of(name, record, desk) for name in names), *translated_values(record, translated)]


def translated_columns(model: type[Model]) -> list[tuple[str, str]]:
    """Return (field, language) for each text of a model that can be translated, each of which is a column."""
    fields = model.translated_fields if issubclass(model, Translatable) else ()
    return [(field, language) for field in fields for language, _name in settings.CONTENT_LANGUAGES]


def translated_values(record: Any, columns: list[tuple[str, str]]) -> list[str]:
    """Return the text of a record in each of these columns; empty where there is none in that language."""
    texts = {(field, text.language): text.text for field, _ in columns for text in record.in_each_language(field)}
    return [texts.get(column, "") for column in columns]


def value_of(name, record, desk):
    """What the list shows of a record in one column, without its marks; a moment stays one, however it is written."""
    try:
        field, attribute, value = lookup_field(name, record, desk)
    except ObjectDoesNotExist:
        return ""
    if field is not None and field.choices:
        return getattr(record, f"get_{name}_display")()
    if (moment := behind(attribute, record)) is not None:
        return moment
    return unescape(strip_tags(value)) if isinstance(value, SafeString) else value


def behind(attribute, record):
    """The date or moment of a record by which a column of the page's own making is ordered, if it is one."""
    ordered_by = str(getattr(attribute, "admin_order_field", None) or "").removeprefix("-")
    value = getattr(record, ordered_by, None) if ordered_by else None
    return value if isinstance(value, date) else None
