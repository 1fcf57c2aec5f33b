"""The gate in the desk's fields and filters: they offer what the one who looks may see, and nothing else by name."""

from django.contrib import admin
from django.db.models import Prefetch, Q

# How Django's filters and its bar of dates ask for the values of a field.
FILTERED_BY = {"exact", "id__exact", "in", "isnull", "isempty", "gte", "lt", "year", "month", "day"}


def has_gate(model):
    return hasattr(model._default_manager, "visible_to")


class VisibleFilter(admin.RelatedFieldListFilter):
    """A filter by a related record, among those that the user may see."""

    def field_choices(self, field, request, model_admin):
        visible = field.remote_field.model.objects.visible_to(request.user)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=Q(pk__in=visible))


class VisibleChoicesMixin:
    """An admin page whose fields offer and show what the user may see. What is hidden and set already stays set."""

    def lookup_allowed(self, lookup, value, request=None):
        """Only what the filters beside a list ask: by any other field, counts would tell what nobody is shown."""
        asked = {entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter}
        names = {name if isinstance(name, str) else getattr(name, "parameter_name", "") for name in asked}
        names.add(self.date_hierarchy)
        return lookup in names or any(lookup == f"{name}__{how}" for name in names for how in FILTERED_BY)

    def get_queryset(self, request):
        shown = [
            Prefetch(field.name, field.remote_field.model.objects.visible_to(request.user))
            for field in self.gated_sets()
        ]
        return super().get_queryset(request).prefetch_related(*shown)

    def get_field_queryset(self, db, db_field, request):
        queryset, model = super().get_field_queryset(db, db_field, request), db_field.remote_field.model
        if not has_gate(model):
            return queryset
        visible = model.objects.visible_to(request.user)
        return (model.objects.all() if queryset is None else queryset).filter(pk__in=visible)

    def save_related(self, request, form, formsets, change):
        record, hidden = form.instance, {}
        for field in self.gated_sets():
            related = field.remote_field.model.objects
            # Asked from the other side: on this one only what is visible was fetched.
            already = related.filter(**{field.related_query_name(): record})
            hidden[field.name] = list(already.exclude(pk__in=related.visible_to(request.user)))
        super().save_related(request, form, formsets, change)
        for name, records in hidden.items():
            getattr(record, name).add(*records)

    def gated_sets(self):
        """The fields that hold several records of a model with a gate, such as topics."""
        return [field for field in self.opts.many_to_many if has_gate(field.remote_field.model)]
