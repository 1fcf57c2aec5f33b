"""Recordings, statements and photographs, for looking them up and for exports. The staff desk edits them."""

from operator import methodcaller
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models

from publishing.admin.visible import VisibleChoicesMixin, VisibleFilter
from publishing.admin.workflow import PublishedFilter, ReadOnlyMixin, TransitionInline
from publishing.forms import WebAddressField

from ..models import Photograph, Recording, Statement


class DayAdmin(ReadOnlyMixin, VisibleChoicesMixin, admin.ModelAdmin):
    """Records of the day of a dialogue, read-only."""

    list_select_related = ["dialogue"]
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.URLField: {"form_class": WebAddressField}}


@admin.register(Recording)
class RecordingAdmin(DayAdmin):
    view_on_site = False
    list_display = ["title", "dialogue", "url", "language"]
    list_filter = [("dialogue__series", VisibleFilter)]
    search_fields = ["title", "dialogue__title"]


@admin.register(Statement)
class StatementAdmin(DayAdmin):
    view_on_site = methodcaller("get_absolute_url")
    list_display = ["__str__", "dialogue", "panel", "language", "published_at"]
    list_filter = [("dialogue__series", VisibleFilter), ("published_at", PublishedFilter)]
    list_select_related = ["dialogue", "panel", "appearance__speaker", "organization"]
    search_fields = ["title", "appearance__speaker__name", "organization__name"]
    inlines = [TransitionInline]


@admin.register(Photograph)
class PhotographAdmin(DayAdmin):
    view_on_site = methodcaller("get_absolute_url")
    list_display = ["__str__", "dialogue", "consented_on", "published_at"]
    list_filter = [("dialogue__series", VisibleFilter), ("published_at", PublishedFilter)]
    list_select_related = ["dialogue", "picture"]
    search_fields = ["caption", "picture__alt"]
    inlines = [TransitionInline]
