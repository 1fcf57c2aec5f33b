"""The gate in the admin: fields, filters and lookups offer only records that the user may see."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest

# The lookups that Django's filters and date hierarchy use.
FILTER_LOOKUPS = {"exact", "id__exact", "in", "isnull", "isempty", "gte", "lt", "year", "month", "day"}


def is_gated(model: Any) -> bool:
    """Return whether some records of a model may be hidden from some users."""
    return hasattr(model._default_manager, "visible_to")


class VisibleFilter(admin.RelatedFieldListFilter):
    """A filter by a related record that the user may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin) -> Any:
        visible = field.remote_field.model.objects.visible_to(request.user)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=Q(pk__in=visible))


class VisibleChoicesMixin(admin.ModelAdmin):
    """An admin page whose fields offer and show related records that the user may see.

    If a hidden record is already set, it stays set when the page is saved.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow only the filters of the list. With other lookups, the number of results would reveal hidden data."""
        filters = {entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter}
        names = {name if isinstance(name, str) else getattr(name, "parameter_name", "") for name in filters}
        names.add(self.date_hierarchy)
        return lookup in names or any(lookup == f"{name}__{suffix}" for name in names for suffix in FILTER_LOOKUPS)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        visible = [
            Prefetch(field.name, field.remote_field.model.objects.visible_to(request.user))
            for field in self._gated_fields()
        ]
        return super().get_queryset(request).prefetch_related(*visible)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet | None:
        queryset, model = super().get_field_queryset(db, db_field, request), db_field.remote_field.model
        if not is_gated(model):
            return queryset
        visible = model.objects.visible_to(request.user)
        return (model.objects.all() if queryset is None else queryset).filter(pk__in=visible)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        record, hidden = form.instance, {}
        for field in self._gated_fields():
            related = field.remote_field.model.objects
            # Queried from the other side, because only the visible records were prefetched on this one.
            current = related.filter(**{field.related_query_name(): record})
            hidden[field.name] = list(current.exclude(pk__in=related.visible_to(request.user)))
        super().save_related(request, form, formsets, change)
        for name, records in hidden.items():
            getattr(record, name).add(*records)

    def _gated_fields(self) -> list[Any]:
        """Return the many-to-many fields to gated models, such as topics."""
        return [field for field in self.opts.many_to_many if is_gated(field.remote_field.model)]
