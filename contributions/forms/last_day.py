"""The forms of the last day of a call: more time, and a contribution without a code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import DocumentField

from ..models import AppearAs, Call, ExtensionRequest, HeldContribution
from ..workflow.drafts import check_file_size
from ..workflow.held import MAX_FILE
from ..workflow.submission import length_error


class ExtensionForm(forms.ModelForm):
    """Who asks for more time, and why."""

    class Meta:
        model = ExtensionRequest
        fields = ["organization_name", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 5})}
        labels = {"organization_name": _("Organization"), "reason": _("Why do you need more time, and how much?")}
        error_messages = {
            "organization_name": {"required": _("Enter the organization’s name.")},
            "reason": {"required": _("Say why you need more time, and how much.")},
        }
        help_texts = {"reason": _("The secretariat reads this, and not your draft.")}


class HeldForm(forms.Form):
    """One of the contributions that are held for somebody, by its key."""

    held = forms.UUIDField()


class HoldForm(forms.ModelForm):
    """A contribution in one page, for somebody whose code does not come."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    upload = DocumentField(label=_("A file, if you need one"), required=False)
    consent = forms.BooleanField(
        label=_("We agree that this contribution and its file are published on this site as chosen here."),
        error_messages={"required": _("Agree to the publication: without it, nothing can be submitted.")},
    )

    class Meta:
        model = HeldContribution
        fields = ["address", "organization_name", "title", "language", "text", "appear_as"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        labels = {
            "address": _("Your email address"),
            "organization_name": _("Organization"),
            "title": _("Title"),
            "language": _("Language you write in"),
            "text": _("Your text, or your answers to the questions"),
            "appear_as": _("How should your contribution appear?"),
        }
        error_messages = {
            "address": {"required": _("Enter an email address.")},
            "organization_name": {"required": _("Enter the organization’s name.")},
            "title": {"required": _("Enter a title.")},
        }
        help_texts = {
            "address": _("You sign in with it later. Check it carefully: you cannot confirm a wrong address.")
        }

    field_order = ["address", "organization_name", "title", "language", "text", "upload", "appear_as", "consent", "key"]

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.instance.call = call
        language: Any = self.fields["language"]
        language.choices = call.language_choices
        appear_as: Any = self.fields["appear_as"]
        appear_as.choices = [choice for choice in AppearAs.choices if choice[0] != AppearAs.NAMED]
        if call.word_limit:
            self.fields["text"].widget.attrs["data-words"] = call.word_limit
        size = min(call.file_bytes, MAX_FILE) // (1024 * 1024)
        self.fields["upload"].help_text = _("PDF, DOCX, ODT, plain text or Markdown, up to %(size)d MB.") % {
            "size": size
        }

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if error := length_error(text, self.call.word_limit):
            raise forms.ValidationError(error)
        return text

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload and not self.call.file_limit:
            raise forms.ValidationError(_("This call does not accept files."))
        if upload and upload.size > MAX_FILE:
            raise forms.ValidationError(_("This file is too large to be sent without a code."))
        if upload:
            check_file_size(self.call, upload.size)
        return upload

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if not self.errors and not given["text"].strip() and not given.get("upload"):
            self.add_error("text", _("Write a text or attach a file: there is nothing to submit yet."))
        return given
