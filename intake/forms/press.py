"""The forms of a press release: its text, and one row for each record that it describes."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from dialogues.models import Appearance, Dialogue, Series
from documents.errors import UnreadableError
from documents.forms import DocumentField
from documents.models import Fault, Kind
from documents.reading.text import decode_text, normalize_text
from documents.sandbox.client import make_clean_copy, read_markdown
from publishing.forms import NamesMissingFields, WebAddressField

from ..source_text import is_in_source, unwrap_lines
from ..workflow import MeetingEntry, PersonEntry, QuoteEntry, TopicEntry

MAX_TEXT = 100_000  # characters


class DayField(forms.DateField):
    """A date, with the browser's date picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TextForm(NamesMissingFields, forms.Form):
    """The text of a press release, pasted or in a file. Either ends up in `cleaned_data["text"]`."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "cols": 90}),
    )
    file = DocumentField(label=_("or a file"), required=False, help_text=_("PDF, DOCX, ODT, TXT or MD."))

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("file"):
            data["text"] = self._read(data["file"])
        elif "file" in data:
            data["text"] = normalize_text(data.get("text", ""))
        if "text" in data:
            data["text"] = unwrap_lines(data["text"])
        if "file" in data and "text" in data and not data["text"]:
            self.add_error(None, _("Paste a text or choose a file."))
        return data

    def _read(self, upload: Any) -> str:
        """Return the text of an upload that a DocumentField has checked, or add an error if it cannot be read."""
        try:
            return extract_text(upload, upload.kind)[:MAX_TEXT]
        except UnreadableError as error:
            self.add_error("file", ValidationError(Fault(error.fault).label))
            return ""


def extract_text(upload: UploadedFile, kind: Kind) -> str:
    """Return the text of a file of this kind. Raise UnreadableError if there is none."""
    upload.seek(0)
    data = upload.read()
    if kind in (Kind.TEXT, Kind.MARKDOWN):
        return normalize_text(decode_text(data))
    return normalize_text(read_markdown(make_clean_copy(data, kind).content, kind))


class RowForm(NamesMissingFields, forms.Form):
    """A proposed record, which staff correct and accept."""

    required: tuple[str, ...] = ()  # fields that an accepted row must have
    accept = forms.BooleanField(label=_("Accept"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):  # names and words have their own direction on a page in Arabic
                field.widget.attrs["dir"] = "auto"

    def values(self, *names: str) -> dict[str, Any]:
        """Return these fields. Django leaves `cleaned_data` of an untouched row empty: they are empty then."""
        return {name: self.cleaned_data.get(name, "" if name in self.required else None) for name in names}

    def check_required(self) -> bool:
        """Add an error for each required field that is empty; return whether the row has no errors."""
        for name in self.required:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return not self.errors


class NewsForm(RowForm):
    """The news item, without its text."""

    required = ("news_title",)
    news_title = forms.CharField(
        label=_("Title"), max_length=300, required=False, widget=forms.TextInput(attrs={"size": 90})
    )
    place = forms.CharField(label=_("Place of issue"), max_length=100, required=False)
    issued_on = DayField(label=_("Day of issue"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.CONTENT_LANGUAGES, initial="en")
    source_url = WebAddressField(label=_("Address of the source"), required=False)


class MeetingForm(RowForm):
    """A dialogue: an existing one, or a new one."""

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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialogues = Dialogue.objects.visible_to(user).latest_first()
        cast("forms.ModelChoiceField", self.fields["existing"]).queryset = self.dialogues

    def entry(self) -> MeetingEntry:
        """Return the row for the workflow."""
        return MeetingEntry(**self.values("existing", "series", "title", "edition", "starts_on", "ends_on"))


class AtMeetingForm(RowForm):
    """A row that belongs to one of the dialogues in the form."""

    without_meeting = _("– choose a dialogue –")  # of the list of dialogues, while none is chosen
    # Translators: the dialogue at which somebody spoke
    meeting = forms.TypedChoiceField(label=_("At"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, meetings: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["meeting"]).choices = [("", self.without_meeting), *meetings]


class PersonForm(AtMeetingForm):
    """A person in a role at a dialogue."""

    required = ("name",)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("– not stated: a speaker –")), *Appearance.Role.choices], required=False
    )
    affiliation = forms.CharField(label=_("Affiliation"), max_length=300, required=False)
    field_order = ["accept", "name", "title", "role", "affiliation", "meeting"]

    def entry(self) -> PersonEntry:
        """Return the row for the workflow."""
        return PersonEntry(**self.values("name", "title", "role", "affiliation", "meeting"))


class QuoteForm(AtMeetingForm):
    """A quote by a person at a dialogue."""

    required = ("speaker", "words")
    without_meeting = _("– where the speaker was –")
    speaker = forms.CharField(
        label=_("Speaker"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"list": "press-names", "autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Words"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4, "cols": 70})
    )
    field_order = ["accept", "words", "speaker", "meeting"]

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source

    def clean_words(self) -> str:
        """Refuse words that the text does not have, if they are to be saved."""
        words = str(self.cleaned_data["words"])
        if self.cleaned_data.get("accept") and words and not is_in_source(words, self.source):
            raise ValidationError(
                _("The text does not have these words. Put “[…]” where words are left out, and your own words in [ ].")
            )
        return words

    def entry(self) -> QuoteEntry:
        """Return the row for the workflow."""
        # Browsers submit line ends as CRLF.
        words = re.sub(r"\r\n?", "\n", self.cleaned_data.get("words", ""))
        return QuoteEntry(text=words, **self.values("speaker", "meeting"))


class TopicForm(AtMeetingForm):
    """A topic of one dialogue, or of all dialogues in the form."""

    required = ("name",)
    without_meeting = _("– all of them –")
    name = forms.CharField(label=_("Topic"), max_length=200, required=False, widget=forms.TextInput(attrs={"size": 50}))
    field_order = ["accept", "name", "meeting"]

    def entry(self) -> TopicEntry:
        """Return the row for the workflow."""
        return TopicEntry(**self.values("name", "meeting"))


MeetingFormSet = forms.formset_factory(MeetingForm, extra=0, max_num=40)
PersonFormSet = forms.formset_factory(PersonForm, extra=0, max_num=300)
TopicFormSet = forms.formset_factory(TopicForm, extra=0, max_num=60)
QuoteFormSet = forms.formset_factory(QuoteForm, extra=0, max_num=300)
