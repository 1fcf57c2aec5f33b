"""Forms of staff for records that have files: summaries, papers and speakers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import DocumentField, PictureField
from documents.workflow import store, store_picture
from publishing.forms import NamesMissingFields

from ..models import Paper, Speaker, Summary
from ..paragraphs import join, split


class SummaryForm(NamesMissingFields, forms.ModelForm):
    """A summary as one Markdown text, from which its paragraphs are made, with its original file."""

    body = forms.CharField(
        label=_("text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField"}),
        help_text=_(
            "Markdown; empty for the text of the file. A blank line ends a paragraph. Begin each with its number as in "
            "the original, “12. ”; a text without numbers is numbered from 1. “## ” begins a heading, “[^1]: ” the "
            "text of the footnote [^1]."
        ),
    )
    upload = DocumentField(
        label=_("original file"), required=False, help_text=_("PDF, DOCX, ODT or text, up to 20 MB.")
    )

    class Meta:
        model = Summary
        fields = ["dialogue", "language", "version", "status", "changes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["body"].initial = join(self.instance.paragraphs.all()) or self.text_of_file()

    def text_of_file(self) -> str:
        """Return the text that was read from the original file, or an empty string."""
        return self.instance.reading.text if hasattr(self.instance, "reading") else ""

    def clean_body(self) -> str:
        try:
            split(self.cleaned_data["body"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["body"]

    def clean(self) -> dict[str, Any] | None:
        """Require a text, or a file to read it from."""
        super().clean()
        data = self.cleaned_data
        is_empty = "body" in data and not data["body"].strip()
        if is_empty and not (self.errors.get("upload") or data.get("upload") or self.instance.document_id):
            self.add_error("body", _("Enter the text, or choose the file that contains it."))
        return data

    def save(self, commit: bool = True) -> Summary:
        if upload := self.cleaned_data.get("upload"):
            self.instance.document = store(upload)
        return super().save(commit)


class PaperForm(NamesMissingFields, forms.ModelForm):
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


class SpeakerForm(NamesMissingFields, forms.ModelForm):
    """A speaker with a portrait and its alternative text."""

    picture = PictureField(label=_("new portrait"), required=False, help_text=_("JPEG, PNG or WebP, up to 20 MB."))
    picture_alt = forms.CharField(
        label=_("alternative text"),
        required=False,
        max_length=500,
        help_text=_("What the portrait shows."),
    )
    picture_credit = forms.CharField(label=_("credit"), required=False, max_length=255)

    class Meta:
        model = Speaker
        fields = ["name", "family_name", "slug", "title", "organization", "biography", "account"]

    def clean(self) -> dict[str, Any] | None:
        """Require an alternative text with a new portrait."""
        cleaned = super().clean()
        if self.cleaned_data.get("picture") and not self.cleaned_data.get("picture_alt"):
            self.add_error("picture_alt", _("Describe the portrait for those who cannot see it."))
        return cleaned

    def save(self, commit: bool = True) -> Speaker:
        if picture := self.cleaned_data.get("picture"):
            self.instance.portrait = store_picture(
                picture, alt=self.cleaned_data["picture_alt"], credit=self.cleaned_data["picture_credit"]
            )
            self.instance.translations = self.instance.translations_of("title", "biography")  # not of the old portrait
        return super().save(commit)
