"""The log of moves in the admin: as a list, and on the page of each record."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import Transition
from ..querysets import sees_all_drafts


class ReadOnlyMixin(admin.options.BaseModelAdmin):
    """Nobody adds, changes or deletes entries of the log."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class TransitionInline(ReadOnlyMixin, GenericTabularInline):
    """The moves of a record so far. A sender is not named in it."""

    model = Transition
    fields = ("at", "said", "who", "note")
    readonly_fields = fields
    extra = max_num = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("actor")

    @admin.display(description=_("what"))
    def said(self, transition: Transition) -> str:
        """Return what was done, in words."""
        return transition.get_verb_display()

    @admin.display(description=_("who"))
    def who(self, transition: Transition) -> Any:
        """Return the colleague who did it, or the part in which someone else acted."""
        return transition.who


@admin.register(Transition)
class TransitionAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """The log of publications and reviews."""

    list_display = ["number", "at", "said", "subject", "who", "note"]
    list_filter = ["verb", "part", ("content_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_type", "actor"]
    fields = (
        "number", "at", "said", "subject", "part", "actor", "note", "facts", "previous", "digest"
    )  # fmt: skip
    readonly_fields = fields
    date_hierarchy = "at"

    def has_view_permission(self, request: HttpRequest, obj: Transition | None = None) -> bool:
        """Hide the log from users who may not see drafts, since it names them; they have the log on each record."""
        return super().has_view_permission(request, obj) and sees_all_drafts(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("record")

    @admin.display(description=_("what"), ordering="verb")
    def said(self, transition: Transition) -> str:
        """Return what was done, in words."""
        return transition.get_verb_display()

    @admin.display(description=_("record"))
    def subject(self, transition: Transition) -> Any:
        """Return the record, or its kind and number once it is deleted."""
        return transition.record or f"{transition.content_type.name} {transition.object_id}"

    @admin.display(description=_("who"))
    def who(self, transition: Transition) -> Any:
        """Return the colleague who did it, or the part in which someone else acted."""
        return transition.who
