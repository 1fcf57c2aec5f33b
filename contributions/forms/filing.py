"""Forms for filing contributions and for checking receipts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.forms import DocumentField
from publishing.forms import ConcurrentEditForm

from ..models import Answer, AppearAs, AskedQuestion, Attachment, Call, Revision
from ..models.byline import BY_PRIVACY
from ..models.revision import MAX_TEXT
from ..receipts import parse_code


class BeginForm(forms.Form):
    """The open call for a new draft. The page sets the key, so that a second click does not begin another draft."""

    call = forms.ModelChoiceField(Call.objects.none(), to_field_name="number")
    key = forms.UUIDField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["call"]
        field.queryset = Call.objects.published().open().for_anyone()


class StepForm(ConcurrentEditForm):
    """One step of a draft. Every field may be empty until the draft is submitted."""

    outdated_message = _(
        "This draft was saved in another window or on another device after you opened this page. Compare, then save "
        "again to replace what was saved there."
    )

    def valid_fields(self) -> dict[str, Any]:
        """Return the valid values by field of the revision. They are saved even if other fields are invalid."""
        fields = self._meta.fields or ()
        return {name: value for name, value in self.cleaned_data.items() if name in fields}

    def answers(self) -> dict[AskedQuestion, str]:
        """Return the valid answers by question. Only one step has any."""
        return {}


class WhoForm(StepForm):
    """The organization, the person and joint signers."""

    class Meta:
        model = Revision
        fields = ["organization_name", "person_name", "signers"]
        widgets = {"signers": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "organization_name": _("Organization"),
            "person_name": _("Your name"),
            "signers": _("Organizations that sign with you"),
        }
        help_texts = {
            "organization_name": _("Its full name. On a later page you choose whether the public sees it."),
            "person_name": _("Only needed if your own name should appear. Leave it empty if it must not be known."),
            "signers": _("One per line. Each is named once it has confirmed by email that it signs."),
        }


class AnswersForm(StepForm):
    """The content: title, language, an answer to each guiding question, and free text."""

    class Meta:
        model = Revision
        fields = ["title", "language", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        labels = {"title": _("Title"), "language": _("Language you write in"), "text": _("Text")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance: Revision = self.instance
        call = instance.contribution.call
        language: Any = self.fields["language"]
        language.choices = self._languages(call, instance.language)
        self.questions = {f"answer_{question.number}": question for question in self._questions(instance)}
        given = {answer.number: answer.text for answer in self.given}
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(
                label=question.text,
                required=False,
                initial=given.get(question.number, ""),
                max_length=MAX_TEXT,
                widget=forms.Textarea(attrs={"rows": 6, **_word_count_attributes(question.word_limit)}),
            )
        self.fields["text"].widget.attrs.update(_word_count_attributes(call.word_limit))
        self.fields["text"].help_text = (
            _("Anything the questions do not cover.") if self.questions else
            _("Your contribution in your own words, or a short summary of the files that you attach.")
        )  # fmt: skip

    @cached_property
    def given(self) -> list[Answer]:
        """The answers that are in the database."""
        return list(self.instance.answers.all())

    def shown_values(self) -> dict[str, Any]:
        given = {f"answer_{answer.number}": answer.text for answer in self.given if answer.text}
        return super().shown_values() | given

    def _questions(self, revision: Revision) -> list[AskedQuestion]:
        """Return the questions of the call. If the call is hidden, return only those that were answered before."""
        call = revision.contribution.call
        asked = call.questions_in(revision.language) if call.is_public else []
        numbers = {question.number for question in asked}
        return asked + [
            AskedQuestion(answer.number, answer.question, answer.question_language)
            for answer in self.given
            if answer.number not in numbers and (answer.text or not call.is_public)
        ]

    def _languages(self, call: Call, current: str) -> list[tuple[str, str]]:
        """Return the languages of the call, and the current one even if the call no longer accepts it."""
        return [
            choice for choice in settings.CONTENT_LANGUAGES if choice in call.language_choices or choice[0] == current
        ]

    def answers(self) -> dict[AskedQuestion, str]:
        valid = self.cleaned_data
        return {question: valid[name] for name, question in self.questions.items() if name in valid}


def _word_count_attributes(limit: int | None) -> dict[str, Any]:
    """Return the attributes of a field whose words the page's script counts."""
    return {"data-words": limit} if limit else {}


class FileForm(forms.Form):
    """A file to attach to a draft."""

    upload = DocumentField(label=_("Choose a file"), required=False)
    upload_language = forms.ChoiceField(label=_("Language of the file"), choices=settings.CONTENT_LANGUAGES)
    is_translation = forms.BooleanField(
        label=_("This file is a translation of another file I am sending"), required=False
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = ngettext(
            "PDF, DOCX, ODT, plain text or Markdown, up to %(size)d MB; %(count)d file at most.",
            "PDF, DOCX, ODT, plain text or Markdown, up to %(size)d MB; %(count)d files at most.",
            call.file_limit,
        ) % {"size": call.file_megabytes, "count": call.file_limit}


class RemoveFileForm(forms.Form):
    """The file to remove from a draft, by its SHA-256: a number may belong to another file since the page was sent."""

    remove = forms.ModelChoiceField(Attachment.objects.none(), to_field_name="document__sha256")

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["remove"]
        field.queryset = revision.attachments.all()


class BylineForm(StepForm):
    """How the sender appears on the contribution, and with fewer names on single files."""

    class Meta:
        model = Revision
        fields = ["appear_as"]
        widgets = {"appear_as": forms.RadioSelect}
        labels = {"appear_as": _("How should your contribution appear?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appear_as: Any = self.fields["appear_as"]
        appear_as.choices = AppearAs.choices  # without an empty choice
        for number, (name, attachment) in enumerate(self.attachments.items(), 1):
            self.fields[name] = forms.ChoiceField(
                label=_("File %(number)d: %(name)s") % {"number": number, "name": attachment.document.original_name},
                choices=[("", _("Like the contribution")), *AppearAs.choices],
                required=False,
                initial=attachment.appear_as,
            )

    @cached_property
    def attachments(self) -> dict[str, Attachment]:
        """The files by the name of their field."""
        return {f"file_{file.document.sha256[:16]}": file for file in self.instance.files()}

    def shown_values(self) -> dict[str, Any]:
        chosen = {file.document.sha256: file.appear_as for file in self.attachments.values() if file.appear_as}
        return super().shown_values() | chosen

    def file_choices(self) -> Iterator[tuple[Attachment, str]]:
        """Yield each attachment with its choice, or with "" unless that is more private than the contribution's."""
        whole = self.cleaned_data.get("appear_as", self.instance.appear_as)
        for name, attachment in self.attachments.items():
            chosen = self.cleaned_data.get(name, attachment.appear_as)
            is_more_private = chosen and BY_PRIVACY.index(chosen) > BY_PRIVACY.index(whole)
            yield attachment, chosen if is_more_private else ""


class SubmitForm(forms.Form):
    """The consent that is needed to submit a contribution."""

    consent = forms.BooleanField(
        label=_("We agree that this contribution and its files are published on this site as shown above."),
        required=False,
    )


class ReceiptCheckForm(forms.Form):
    """The receipt to check: a reference with its code, a file or its SHA-256 digest, or both."""

    reference = forms.CharField(label=_("Reference"), required=False, max_length=40)
    code = forms.CharField(label=_("Receipt code"), required=False, max_length=100)
    file = forms.FileField(label=_("A file"), required=False, help_text=_("We compare it and do not keep it."))
    sha256 = forms.RegexField(
        r"(?i)^\s*[0-9a-f]{64}\s*$",
        label=_("Or its SHA-256"),
        required=False,
        error_messages={"invalid": _("A SHA-256 is 64 digits and letters from A to F.")},
    )

    def clean_reference(self) -> str:
        return self.cleaned_data["reference"].strip().upper()

    def clean_code(self) -> str:
        return parse_code(self.cleaned_data["code"])

    def clean_sha256(self) -> str:
        return self.cleaned_data["sha256"].strip().lower()

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if bool(given.get("reference")) != bool(given.get("code")):
            missing = "code" if given.get("reference") else "reference"
            self.add_error(missing, _("A receipt is checked by its reference and its code together."))
        if not self.errors and not any(given.get(name) for name in ("code", "file", "sha256")):
            raise forms.ValidationError(_("Enter a reference with its code, a file, or the SHA-256 of a file."))
        return given
