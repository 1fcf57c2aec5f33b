from operator import methodcaller

from django.contrib import admin
from django.db import models

from dialogues.forms import SpeakerForm
from dialogues.models import Appearance, Organization, Quote, Speaker

from .verbs import PublishableAdmin, PublishedFilter
from .visible import VisibleFilter


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    """Bodies that take part."""

    list_display = ["name", "acronym", "type", "country"]
    list_filter = ["type", "country"]
    search_fields = ["name", "acronym"]


class SpeakerAppearanceInline(admin.TabularInline):
    model = Appearance
    fields = ["dialogue", "panel", "role", "title", "affiliation", "organization"]
    autocomplete_fields = ["dialogue", "panel", "organization"]
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(admin.ModelAdmin):
    """People, as they are today, with where they appeared."""

    form = SpeakerForm
    list_display = ["name", "title", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["organization", "account"]
    readonly_fields = ["portrait"]
    view_on_site = methodcaller("get_absolute_url")
    inlines = [SpeakerAppearanceInline]


@admin.register(Appearance)
class AppearanceAdmin(admin.ModelAdmin):
    """Who appeared where, as whom; mostly edited on the page of a dialogue."""

    list_display = ["speaker", "role", "as_given", "dialogue", "panel"]
    list_filter = ["role", ("dialogue__series", VisibleFilter)]
    list_select_related = ["speaker", "dialogue", "panel"]
    search_fields = ["speaker__name", "affiliation", "dialogue__title"]
    autocomplete_fields = ["dialogue", "panel", "speaker", "organization"]


@admin.register(Quote)
class QuoteAdmin(PublishableAdmin):
    """Words that were said, to the letter."""

    list_display = ["__str__", "dialogue", "language", "published_at"]
    list_filter = [("published_at", PublishedFilter), "language", ("appearance__dialogue__series", VisibleFilter)]
    list_select_related = ["appearance__speaker", "appearance__dialogue"]
    search_fields = ["text", "appearance__speaker__name"]
    autocomplete_fields = ["appearance"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @admin.display(ordering="appearance__dialogue")
    def dialogue(self, quote):
        return quote.appearance.dialogue
