from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import DocumentField, PictureField
from documents.workflow import store, store_picture

from .awaited import STATES
from .models import Comment, Paper, Paragraph, QuoteAnswer, Speaker, Summary
from .paragraphs import join, split


class DialogueFilterForm(forms.Form):
    """Which dialogues a list shows; anything unreadable is left out rather than refused."""

    series = forms.SlugField(required=False)
    year = forms.IntegerField(required=False, min_value=1900, max_value=9999)


class BoardFilterForm(forms.Form):
    """What the board of the awaited shows; anything unreadable is left out rather than refused."""

    series = forms.SlugField(required=False)
    state = forms.ChoiceField(choices=list(STATES.items()), required=False)


class CommentForm(forms.ModelForm):
    """A word on a draft, about one paragraph or the whole."""

    class Meta:
        model = Comment
        fields = ["paragraph", "text"]

    def __init__(self, *args, dialogue, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].queryset = Paragraph.objects.filter(summary__dialogue=dialogue).exclude(number=None)


class AnswerForm(forms.ModelForm):
    """A speaker's answer about words of theirs: as they stand, or as they should."""

    class Meta:
        model = QuoteAnswer
        fields = ["text", "note"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "note": forms.Textarea(attrs={"rows": 2})}
        labels = {"text": _("Your words"), "note": _("A word to the secretariat")}
        help_texts = {"text": _("Send them as they are to confirm them, or correct them first.")}


class SummaryForm(forms.ModelForm):
    """A summary as one text, which becomes its numbered paragraphs, with the original file beside it."""

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["body"].initial = join(self.instance.paragraphs.all()) or self.text_of_file()

    def text_of_file(self):
        """What was read of the original file, if anything was."""
        return self.instance.reading.text if hasattr(self.instance, "reading") else ""

    def clean_body(self):
        try:
            split(self.cleaned_data["body"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["body"]

    def clean(self):
        """A text, or a file that it can be read of: an empty text leaves what is there."""
        cleaned = super().clean()
        is_empty = "body" in cleaned and not cleaned["body"].strip()
        if is_empty and not (self.errors.get("upload") or cleaned.get("upload") or self.instance.document_id):
            self.add_error("body", _("Enter the text, or choose the file that it stands in."))
        return cleaned

    def save(self, commit=True):
        if upload := self.cleaned_data.get("upload"):
            self.instance.document = store(upload)
        return super().save(commit)


class PaperForm(forms.ModelForm):
    """A paper with its file; a new file takes the place of the old one."""

    upload = DocumentField(label=_("file"), help_text=_("PDF, DOCX, ODT or text, up to 20 MB."))

    class Meta:
        model = Paper
        fields = ["dialogue", "kind", "title", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = self.instance.pk is None

    def save(self, commit=True):
        if upload := self.cleaned_data.get("upload"):
            self.instance.document = store(upload)
        return super().save(commit)


class SpeakerForm(forms.ModelForm):
    """A speaker, with a portrait and the words that stand for it where it can't be seen."""

    picture = PictureField(label=_("new portrait"), required=False, help_text=_("JPEG, PNG or WebP, up to 20 MB."))
    picture_alt = forms.CharField(
        label=_("alternative text"), required=False, max_length=500, help_text=_("What the portrait shows.")
    )
    picture_credit = forms.CharField(label=_("credit"), required=False, max_length=255)

    class Meta:
        model = Speaker
        fields = ["name", "slug", "title", "organization", "biography", "account"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("picture") and not cleaned.get("picture_alt"):
            self.add_error("picture_alt", _("Describe the portrait for those who can't see it."))
        return cleaned

    def save(self, commit=True):
        if picture := self.cleaned_data.get("picture"):
            self.instance.portrait = store_picture(
                picture, alt=self.cleaned_data["picture_alt"], credit=self.cleaned_data["picture_credit"]
            )
        return super().save(commit)
