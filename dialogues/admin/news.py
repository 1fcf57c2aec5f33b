from django.contrib import admin
from django.db import models

from dialogues.models import NewsItem
from publishing.admin.workflow import PublishableAdmin, PublishedFilter


@admin.register(NewsItem)
class NewsItemAdmin(PublishableAdmin):
    """Press releases and other reports on dialogues."""

    list_display = ["title", "issued_on", "place", "language", "published_at"]
    list_filter = [("published_at", PublishedFilter), "language"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["dialogues"]
    date_hierarchy = "issued_on"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
