"""The forms of a dialogue and of what belongs to it. They show what staff decide; the rest follows from the page."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogues import forms as dialogues_forms
from dialogues.models import (
    Appearance,
    Dialogue,
    ExpectedDocument,
    NewsItem,
    Panel,
    Paper,
    Quote,
    Sitting,
    Summary,
)
from dialogues.tasks import request_reading
from dialogues.workflow import write_paragraphs
from intake.press.quotation_marks import PAIRS
from text.lists import in_brackets, joined

from .base import EditForm, desk_field

MARKS = {**PAIRS, '"': '"'}  # opening quotation marks, each with those that may close it


class DialogueForm(EditForm):
    """The details of a dialogue."""

    class Meta:
        model = Dialogue
        fields = [
            "title", "series", "edition", "starts_on", "ends_on", "date_note", "timezone", "city", "venue", "format",
            "languages", "follows", "registration_url", "description", "topics", "slug",
        ]  # fmt: skip
        help_texts = {"languages": ""}  # names to tick, no codes
        formfield_callback = desk_field


class PartForm(EditForm):
    """A form for a record that belongs to a dialogue. The dialogue is given, and cannot be changed."""

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialogue = dialogue
        if hasattr(self.instance, "dialogue_id"):
            self.instance.dialogue = dialogue
        self._offer_own("panel", dialogue.panels.order_by("number"), _("The whole dialogue"))
        self._offer_own("recording", dialogue.recordings.all(), _("None"))
        if not dialogue.recordings.exists():
            for name in ("recording", "recording_seconds"):
                self.fields.pop(name, None)

    def _offer_own(self, name: str, records: Any, empty_label: str | Promise) -> None:
        """Offer only these records of the dialogue in a field, if the form has it."""
        if field := self.fields.get(name):
            field.queryset, field.empty_label = records, empty_label  # type: ignore[attr-defined]  # a choice of records

    def _get_validation_exclusions(self) -> set[str]:
        """Let Django check constraints that include the dialogue, such as the number of a panel."""
        return super()._get_validation_exclusions() - {"dialogue"}


class SittingForm(PartForm):
    """One session, such as a morning."""

    class Meta:
        model = Sitting
        fields = ["starts_at", "ends_at"]
        formfield_callback = desk_field


class PanelForm(PartForm):
    """A part of the programme."""

    class Meta:
        model = Panel
        fields = [
            "number", "kind", "title", "starts_at", "ends_at", "room", "recording", "recording_seconds", "description",
            "guiding_questions", "topics",
        ]  # fmt: skip
        formfield_callback = desk_field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            last = self.dialogue.panels.order_by("number").last()
            self.initial.setdefault("number", last.number + 1 if last else 1)

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if self.dialogue.panels.filter(number=number).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another panel of this dialogue has this number."))
        return number


class AppearanceForm(PartForm):
    """A person at the dialogue or on one of its panels, with the title and affiliation of that day."""

    class Meta:
        model = Appearance
        fields = ["speaker", "role", "panel", "title", "affiliation", "organization"]
        formfield_callback = desk_field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.instance.position = self.dialogue.appearances.count() + 1


class SummaryForm(dialogues_forms.SummaryForm, PartForm):
    """A summary in one language: its text, or the file that has it."""

    class Meta:
        model = Summary
        fields = ["language", "status", "changes"]
        formfield_callback = desk_field

    field_order = ["language", "status", "upload", "body", "changes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.version == 1:
            del self.fields["changes"]
        if self.instance.pk:
            del self.fields["language"]

    def digest(self) -> str:
        return f"{super().digest()}{self.instance.digest[:16]}"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        language = self.cleaned_data.get("language")
        if language and Summary.objects.filter(dialogue=self.dialogue, language=language).exists():
            self.add_error("language", _("There is a summary in this language. Open it to change it."))
        return cleaned

    def save(self, commit: bool = True) -> Summary:
        """Save the summary, write its paragraphs, and have a new file read."""
        summary: Summary = super().save(commit)
        if self.cleaned_data["body"].strip():
            write_paragraphs(summary, self.cleaned_data["body"])
        if self.cleaned_data.get("upload"):
            request_reading(summary)
        return summary


class QuoteForm(PartForm):
    """What a speaker said, word for word, with its source."""

    class Meta:
        model = Quote
        fields = [
            "appearance", "text", "language", "source", "source_url", "news_item", "recording", "recording_seconds"
        ]  # fmt: skip
        formfield_callback = desk_field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appearances: Any = self.fields["appearance"]
        appearances.queryset = self.dialogue.appearances.select_related("speaker", "dialogue", "panel")
        appearances.label_from_instance = appearance_label
        if not appearances.queryset.exists():
            programme = format_html(
                '<a href="{}">{}</a>', reverse("desk:programme", args=[self.dialogue.pk]), _("Programme")
            )
            appearances.help_text = format_html(
                gettext("Nobody is in the programme of this dialogue yet. Add the speaker under {} first."), programme
            )
        news: Any = self.fields["news_item"]
        current = self.instance.news_item_id
        if current and not news.queryset.filter(pk=current).exists():
            del self.fields["news_item"]  # it is set, and hidden from this user
        else:
            own = Q(dialogues=self.dialogue) | Q(pk=current)
            self._offer_own("news_item", news.queryset.filter(own).distinct(), _("None"))

    def clean_text(self) -> str:
        """Return the words without the quotation marks around them, which the page sets. Marks inside stay."""
        text: str = self.cleaned_data["text"].strip()
        closing = MARKS.get(text[:1], "")
        inside = text[1:-1]
        is_enclosed = len(text) > 2 and text[-1] in closing and not set(inside) & {text[0], *closing}
        return inside.strip() if is_enclosed else text


def appearance_label(appearance: Appearance) -> str:
    """Return the name and role of a person, and the panel, for a list of those at one dialogue."""
    return f"{appearance.name}{in_brackets(joined([appearance.get_role_display(), appearance.panel]))}"


class PaperForm(dialogues_forms.PaperForm, PartForm):
    """A document of the dialogue with its file."""

    class Meta:
        model = Paper
        fields = ["kind", "title", "language"]
        formfield_callback = desk_field


class ExpectedDocumentForm(PartForm):
    """A document that the dialogue announces."""

    class Meta:
        model = ExpectedDocument
        fields = ["kind", "language", "expected_on"]
        formfield_callback = desk_field


class NewsItemForm(EditForm):
    """A press release or another report, with its text as issued."""

    class Meta:
        model = NewsItem
        fields = ["title", "slug", "place", "issued_on", "text", "language", "source_url", "dialogues"]
        formfield_callback = desk_field
