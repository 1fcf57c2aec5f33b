from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.admin.workflow import PublishableAdmin, PublishedFilter
from publishing.forms import WebAddressField

from ..forms import PaperForm
from ..models import NewsItem, Paper


@admin.register(Paper)
class PaperAdmin(PublishableAdmin):
    """Papers: programmes, background papers, guidance, presentations."""

    form = PaperForm
    list_display = ["title", "kind", "dialogue", "language", "file_state", "published_at"]
    list_filter = [("published_at", PublishedFilter), "kind", "language"]
    list_select_related = ["dialogue", "document"]
    search_fields = ["title", "dialogue__title"]
    autocomplete_fields = ["dialogue"]
    readonly_fields = ["document", "published_at"]

    @admin.display(description=_("file"))
    def file_state(self, paper: Paper) -> str:
        return paper.document.fault_sentence or paper.document.get_state_display()


@admin.register(NewsItem)
class NewsItemAdmin(PublishableAdmin):
    """Press releases and other reports on dialogues."""

    list_display = ["title", "issued_on", "place", "language", "published_at"]
    list_filter = [("published_at", PublishedFilter), "language"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["dialogues"]
    date_hierarchy = "issued_on"
    formfield_overrides = {models.URLField: {"form_class": WebAddressField}}
