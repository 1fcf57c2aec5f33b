from operator import methodcaller
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from publishing.admin.deletion import UndoMixin
from publishing.admin.translations import TranslatableAdmin, translations_form
from publishing.admin.visible import VisibleChoicesMixin, VisibleFilter
from publishing.admin.workflow import PublishableAdmin, PublishedFilter
from publishing.forms import WebAddressField

from ..models import (
    Appearance,
    Comment,
    Dialogue,
    ExpectedDocument,
    Panel,
    Paragraph,
    ParticipationCount,
    Series,
    Sitting,
    Topic,
)


class PanelsOfThisDialogueMixin(admin.options.BaseModelAdmin):
    """Offer only the panels of the dialogue that is being edited."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "panel":
            match = request.resolver_match
            kwargs["queryset"] = Panel.objects.filter(dialogue=match.kwargs.get("object_id") if match else None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SittingInline(admin.TabularInline):
    model = Sitting
    extra = 0


class PanelInline(admin.TabularInline):
    model = Panel
    fields = ["number", "kind", "title", "starts_at", "ends_at"]
    extra = 0
    show_change_link = True
    view_on_site = False


class AppearanceInline(PanelsOfThisDialogueMixin, admin.TabularInline):
    model = Appearance
    fields = ["position", "speaker", "role", "title", "affiliation", "organization", "panel"]
    autocomplete_fields = ["speaker", "organization"]
    extra = 0


class ExpectedDocumentInline(admin.TabularInline):
    """Expected documents, with the number of people who asked for an email. Their addresses are never shown."""

    model = ExpectedDocument
    fields = ["kind", "language", "expected_on", "announced_on", "waiting"]
    readonly_fields = ["announced_on", "waiting"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        documents: Any = super().get_queryset(request)
        return documents.with_waiting()

    @admin.display(description=_("to be told"))
    def waiting(self, document: ExpectedDocument) -> int:
        return getattr(document, "waiting", 0)


class ParticipationCountInline(admin.TabularInline):
    model = ParticipationCount
    exclude = ["original_language", "translations"]
    extra = 0


class CommentInline(admin.TabularInline):
    model = Comment
    fields = ["created_at", "who", "paragraph", "text"]
    readonly_fields = ["created_at", "who", "paragraph", "text"]
    extra = max_num = 0
    can_delete = False

    @admin.display(description=_("who"))
    def who(self, comment: Comment) -> Any:
        return comment.who or ""


class DialogueForm(forms.ModelForm):
    """A dialogue with its working languages as checkboxes."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.CONTENT_LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )

    registration_url = WebAddressField(label=Dialogue._meta.get_field("registration_url").verbose_name, required=False)

    class Meta:
        model = Dialogue
        fields = [
            "series", "title", "slug", "edition", "starts_on", "ends_on", "date_note", "timezone", "venue", "city",
            "format", "languages", "follows", "description", "registration_url", "topics",
        ]  # fmt: skip


@admin.register(Dialogue)
class DialogueAdmin(PublishableAdmin):
    """Dialogues, each with all that belongs to it on one page."""

    form = DialogueForm
    deleted_along = (Paragraph,)
    list_display = ["title", "series", "starts_on", "city", "published_at"]
    list_filter = [("series", VisibleFilter), ("published_at", PublishedFilter), "format"]
    list_select_related = ["series"]
    search_fields = ["title", "slug", "city", "venue"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["series", "topics"]
    date_hierarchy = "starts_on"
    inlines = [
        SittingInline, PanelInline, AppearanceInline, ExpectedDocumentInline, ParticipationCountInline, CommentInline
    ]  # fmt: skip


class PanelAppearanceForm(forms.ModelForm):
    """An appearance at a panel, which sets its dialogue to the panel's."""

    def clean(self) -> dict[str, Any] | None:
        if self.instance.panel_id:
            self.instance.dialogue_id = self.instance.panel.dialogue_id
        return super().clean()


class PanelAppearanceInline(admin.TabularInline):
    model = Appearance
    form = PanelAppearanceForm
    fields = ["position", "speaker", "role", "title", "affiliation", "organization"]
    autocomplete_fields = ["speaker", "organization"]
    extra = 1


class PanelForm(forms.ModelForm):
    """A panel. Django does not check that its number is unique, because its dialogue is not a field of the form."""

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        panel = self.instance
        if panel.pk and panel.dialogue.panels.filter(number=number).exclude(pk=panel.pk).exists():
            raise forms.ValidationError(_("Another panel of this dialogue has this number."))
        return number


@admin.register(Panel)
class PanelAdmin(VisibleChoicesMixin, UndoMixin):
    """Panels, each with those who appear on it."""

    form = PanelForm
    exclude = ["recording", "recording_seconds"]  # the staff desk offers those of the dialogue
    list_display = ["__str__", "dialogue", "kind", "starts_at"]
    list_filter = ["kind", ("dialogue__series", VisibleFilter)]
    list_select_related = ["dialogue"]
    search_fields = ["title", "dialogue__title"]
    autocomplete_fields = ["dialogue", "topics"]
    view_on_site = methodcaller("get_absolute_url")
    inlines = [PanelAppearanceInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Panel | None = None) -> list[str]:
        """Keep a panel and those who appeared on it in their dialogue."""
        return ["dialogue"] if obj else []

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for appearance_form in formset.forms:
            appearance_form.instance.dialogue_id = form.instance.dialogue_id
        super().save_formset(request, form, formset, change)


@admin.register(Series)
class SeriesAdmin(UndoMixin):
    """Series of dialogues."""

    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    view_on_site = methodcaller("get_absolute_url")
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Topic)
class TopicAdmin(TranslatableAdmin, PublishableAdmin):
    """Subjects of several dialogues and panels."""

    form = translations_form(Topic)
    fields = ["name", "slug", "original_language", "description", "published_at"]
    list_display = ["name", "published_at", "missing_translations"]
    list_filter = [("published_at", PublishedFilter)]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
