from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.forms import DocumentField
from documents.workflow import store
from publishing.admin.workflow import PublishableAdmin, PublishedFilter

from ..models import NewsItem, Paper


class PaperForm(forms.ModelForm):
    """A paper with its file. A new file replaces the old one."""

    upload = DocumentField(label=_("file"), help_text=_("PDF, DOCX, ODT or text, up to 20 MB."))

    class Meta:
        model = Paper
        fields = ["dialogue", "kind", "title", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = self.instance.pk is None

    def save(self, commit: bool = True) -> Paper:
        if upload := self.cleaned_data.get("upload"):
            self.instance.document = store(upload)
        return super().save(commit)


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
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
