from operator import methodcaller
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.second_factor import is_due_again
from publishing.admin.deletion import UndoMixin
from publishing.admin.visible import VisibleFilter
from publishing.admin.workflow import PublishableAdmin, PublishedFilter, WorkflowButton
from publishing.forms import WebAddressField

from .. import workflow
from ..forms import SpeakerForm
from ..models import Appearance, Organization, Quote, Speaker


@admin.register(Organization)
class OrganizationAdmin(UndoMixin):
    """Organizations that take part."""

    list_display = ["name", "acronym", "type", "country"]
    list_filter = ["type", "country"]
    search_fields = ["name", "acronym"]


class SpeakerAppearanceInline(admin.TabularInline):
    model = Appearance
    fields = ["dialogue", "panel", "role", "title", "affiliation", "organization"]
    autocomplete_fields = ["dialogue", "panel", "organization"]
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(UndoMixin):
    """Speakers with their current title and their appearances."""

    form = SpeakerForm
    list_display = ["name", "title", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["organization", "account"]
    readonly_fields = ["portrait"]
    view_on_site = methodcaller("get_absolute_url")
    inlines = [SpeakerAppearanceInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Speaker | None = None) -> list[str]:
        """Lock the account of a speaker, which opens drafts, until the user has proved a second factor again."""
        locked = ["account", "locked"] if is_due_again(request) else []
        return [*super().get_readonly_fields(request, obj), *locked]

    @admin.display(description=gettext_lazy("Second factor"))
    def locked(self, speaker: Speaker) -> str:
        """Return a link to the page that asks for the second factor."""
        name = "change" if speaker.pk else "add"
        page = reverse(f"admin:dialogues_speaker_{name}", args=[speaker.pk] if speaker.pk else [])
        address = f"{reverse('mfa_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: page})}"
        return format_html('<a href="{}">{}</a>', address, _("Confirm that it is you"))


@admin.register(Appearance)
class AppearanceAdmin(UndoMixin):
    """Appearances of speakers. Most are edited on the page of their dialogue."""

    list_display = ["speaker", "role", "as_given", "dialogue", "panel"]
    list_filter = ["role", ("dialogue__series", VisibleFilter)]
    list_select_related = ["speaker", "dialogue", "panel"]
    search_fields = ["speaker__name", "affiliation", "dialogue__title"]
    autocomplete_fields = ["dialogue", "panel", "speaker", "organization"]

    @admin.display(description=gettext_lazy("as given that day"))
    def as_given(self, appearance: Appearance) -> str:
        return appearance.as_given


@admin.register(Quote)
class QuoteAdmin(PublishableAdmin):
    """What speakers said, word for word."""

    list_display = ["__str__", "dialogue", "language", "published_at"]
    list_filter = [("published_at", PublishedFilter), "language", ("appearance__dialogue__series", VisibleFilter)]
    list_select_related = ["appearance__speaker", "appearance__dialogue"]
    search_fields = ["text", "appearance__speaker__name"]
    autocomplete_fields = ["appearance", "news_item"]
    formfield_overrides = {models.URLField: {"form_class": WebAddressField}}
    exclude = ["recording", "recording_seconds"]  # the staff desk offers those of the dialogue
    readonly_fields = ["speakers_answer", "published_at"]

    def buttons(self, request: HttpRequest, record: Any) -> list[WorkflowButton]:
        """Add a button for the speaker's correction, if there is one."""
        answer = record.answer
        if answer is None or answer.text == record.text or not self.has_change_permission(request, record):
            return super().buttons(request, record)
        use = WorkflowButton("use_correction", gettext_lazy("Take over the speaker’s words"), workflow.use_correction)
        return [use, *super().buttons(request, record)]

    @admin.display(description=gettext_lazy("the speaker’s answer"))
    def speakers_answer(self, quote: Quote) -> str:
        answer = quote.answer
        if answer is None:
            return _("Not asked, or no answer yet: see “Share a preview”.")
        moment = date_format(timezone.localtime(answer.at), "SHORT_DATETIME_FORMAT")
        words = {"moment": moment, "text": answer.text, "note": answer.note}
        if answer.text == quote.text:
            return (_("Confirmed on %(moment)s. %(note)s") % words).strip()
        return (_("Asked on %(moment)s for these words: “%(text)s” %(note)s") % words).strip()

    @admin.display(description=gettext_lazy("dialogue"), ordering="appearance__dialogue")
    def dialogue(self, quote: Quote) -> Any:
        return quote.appearance.dialogue
