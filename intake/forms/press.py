"""The forms of a press release: its text, and a row for each thing that it says."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogues.models import Appearance, Dialogue, Series
from documents.errors import UnreadableError
from documents.forms import DocumentField
from documents.models import Kind
from documents.reading.text import decode_text, normalize_text
from documents.sandbox.client import make_clean_copy, read_markdown
from intake.workflow.press import MeetingGiven, PersonGiven, QuoteGiven, TopicGiven

MOST = 100_000  # characters of a text


class DayField(forms.DateField):
    """A day, picked where the browser can."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TextForm(forms.Form):
    """The text of a press release, pasted or in a file; leaves it in `cleaned_data["text"]`."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "cols": 90}),
    )
    file = DocumentField(label=_("or a file"), required=False, help_text=_("PDF, DOCX, ODT, TXT or MD."))

    def clean(self):
        given = super().clean()
        if given.get("file"):
            given["text"] = self.read(given["file"])
        elif "file" in given:
            given["text"] = normalize_text(given.get("text", ""))
        if "file" in given and "text" in given and not given["text"]:
            self.add_error(None, _("Paste a text or choose a file."))
        return given

    def read(self, upload):
        """The words of an upload; an error beside the field where nobody can read it."""
        try:
            return text_of(upload)[:MOST]
        except UnreadableError as error:
            self.add_error("file", ValidationError(error.fault.label))
            return ""


def text_of(upload):
    """The text of a file; raises UnreadableError."""
    upload.seek(0)
    data = upload.read()
    if upload.kind in (Kind.TEXT, Kind.MARKDOWN):
        return normalize_text(decode_text(data))
    return normalize_text(read_markdown(make_clean_copy(data, upload.kind).content, upload.kind))


class RowForm(forms.Form):
    """A row that is a proposal: to be accepted when it is ticked and not empty."""

    needed = ()  # fields without which an accepted row means nothing
    accept = forms.BooleanField(label=_("Accept"), required=False)

    @property
    def is_blank(self):
        return not any(self.cleaned_data.get(name) for name in self.needed)

    def values(self, *names):
        """What stands in these fields; of a row that nobody touched Django says nothing."""
        return {name: self.cleaned_data.get(name, "" if name in self.needed else None) for name in names}

    def demand(self):
        """Complain about what an accepted row lacks; whether nothing does."""
        for name in self.needed:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return not self.errors


class NewsForm(RowForm):
    """What the news item is beside its text."""

    needed = ("news_title",)
    news_title = forms.CharField(
        label=_("Title"), max_length=300, required=False, widget=forms.TextInput(attrs={"size": 90})
    )
    place = forms.CharField(label=_("Place of issue"), max_length=100, required=False)
    issued_on = DayField(label=_("Day of issue"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.CONTENT_LANGUAGES, initial="en")
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")


class MeetingForm(RowForm):
    """A dialogue: one that is there, or a new one."""

    existing = forms.ModelChoiceField(
        Dialogue.objects.none(), label=_("Dialogue"), required=False, empty_label=_("– a new one, as below –")
    )
    series = forms.ModelChoiceField(Series.objects.all(), label=_("Series"), required=False)
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False, widget=forms.TextInput(attrs={"size": 60})
    )
    edition = forms.IntegerField(label=_("Edition"), min_value=1, max_value=999, required=False)
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["existing"].queryset = Dialogue.objects.visible_to(user).latest_first()

    @property
    def is_blank(self):
        return not any(self.cleaned_data.get(name) for name in ("existing", "title", "series"))

    def given(self):
        return MeetingGiven(**self.values("existing", "series", "title", "edition", "starts_on", "ends_on"))


class AtMeetingForm(RowForm):
    """A row that belongs to one of the dialogues above it."""

    # Translators: the dialogue at which somebody spoke
    meeting = forms.TypedChoiceField(label=_("At"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args, meetings=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [("", _("– say where –")), *meetings]


class PersonForm(AtMeetingForm):
    """A person in a role at a dialogue."""

    needed = ("name",)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *Appearance.Role.choices], required=False)
    affiliation = forms.CharField(label=_("Affiliation"), max_length=300, required=False)
    field_order = ["accept", "name", "title", "role", "affiliation", "meeting"]

    def given(self):
        return PersonGiven(**self.values("name", "title", "role", "affiliation", "meeting"))


class QuoteForm(AtMeetingForm):
    """Words of a person at a dialogue."""

    needed = ("speaker", "words")
    speaker = forms.CharField(label=_("Speaker"), max_length=200, required=False)
    words = forms.CharField(
        label=_("Words"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4, "cols": 70})
    )
    field_order = ["accept", "words", "speaker", "meeting"]

    @property
    def is_blank(self):
        return not self.cleaned_data.get("words")

    def given(self):
        # A browser sends line ends in its own way.
        words = re.sub(r"\r\n?", "\n", self.cleaned_data.get("words", ""))
        return QuoteGiven(text=words, **self.values("speaker", "meeting"))


class TopicForm(AtMeetingForm):
    """A subject of a dialogue, or of all of them."""

    needed = ("name",)
    name = forms.CharField(label=_("Topic"), max_length=200, required=False, widget=forms.TextInput(attrs={"size": 50}))
    field_order = ["accept", "name", "meeting"]

    def given(self):
        return TopicGiven(**self.values("name", "meeting"))


MeetingFormSet = forms.formset_factory(MeetingForm, extra=1, max_num=40)
PersonFormSet = forms.formset_factory(PersonForm, extra=1, max_num=300)
TopicFormSet = forms.formset_factory(TopicForm, extra=1, max_num=60)
QuoteFormSet = forms.formset_factory(QuoteForm, extra=1, max_num=300)
