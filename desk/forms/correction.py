"""The form with which staff correct a contribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from contributions.models import AppearAs, Attachment, Revision
from contributions.models.byline import BY_PRIVACY, most_private
from contributions.models.revision import MAX_TEXT
from contributions.workflow import Correction, FileCorrection
from dialogues.models import Organization
from documents.forms import DocumentField
from publishing.forms import NamesMissingFields

from .names import NameField, validate_name

WORDS = ["title", "language", "text", "organization_name", "person_name", "signers", "appear_as", "received_on"]


@dataclass(frozen=True)
class FileFields:
    """The fields of one file, for the template."""

    attachment: Attachment
    fields: list[BoundField]


class CorrectionForm(NamesMissingFields, forms.ModelForm):
    """Every field of a revision, its answers and files, the organization on record, and the reason for the change."""

    organization = NameField(
        Organization,
        label=_("Organization on record"),
        required=False,
        help_text=_("The one that participation counts. It changes at once, not with the publication."),
    )
    country = forms.CharField(
        label=_("Country of the organization on record"),
        required=False,
        max_length=2,
        help_text=_("Two letters: AT, NG. It changes at once, for all that this organization sent."),
    )
    new_file = DocumentField(label=_("A further file"), required=False, help_text=_("PDF, DOCX, ODT, TXT or MD."))
    new_file_language = forms.ChoiceField(label=_("Language of the further file"), choices=settings.CONTENT_LANGUAGES)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays in the log: name no one and quote nothing."),
    )

    class Meta:
        model = Revision
        fields = WORDS
        widgets = {
            "text": forms.Textarea(attrs={"rows": 12}),
            "signers": forms.Textarea(attrs={"rows": 3}),
            "received_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "organization_name": _("Organization, as it appears"),
            "person_name": _("Person"),
            "signers": _("Organizations that sign with it"),
            "title": _("Title"),
            "language": _("Language"),
            "text": _("Text"),
            "appear_as": _("How it appears"),
            "received_on": _("Date received"),
        }
        help_texts = {"signers": _("One on each line.")}

    def __init__(self, *args: Any, may_change_organizations: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        revision: Revision = self.instance
        contribution = revision.contribution
        self.may_show_more = contribution.is_imported
        self.fields["appear_as"].choices = self._bylines(revision.appear_as)  # type: ignore[attr-defined]
        if not contribution.is_imported:
            del self.fields["received_on"]
            self.fields["reason"].help_text = _(
                "It stays in the log, and its sender gets it by email: name no one and quote nothing."
            )
        self.fields["organization"].initial = contribution.organization_id
        self.fields["country"].initial = contribution.organization.country if contribution.organization else ""
        if not may_change_organizations:
            self.fields["country"].disabled = True
        self.fields["new_file_language"].initial = revision.language
        for answer in revision.answers.all():
            self.fields[f"answer_{answer.number}"] = forms.CharField(
                label=answer.question, required=False, max_length=MAX_TEXT, initial=answer.text,
                widget=forms.Textarea(attrs={"rows": 6}),
            )  # fmt: skip
        self.attachments = list(revision.attachments.select_related("document"))
        for attachment in self.attachments:
            self._add_file(attachment)

    def _add_file(self, attachment: Attachment) -> None:
        """Add the fields of one file, named after its document, which stays the same when files are renumbered."""
        name = f"file_{attachment.document_id}"
        least = most_private(self.instance.appear_as, attachment.appear_as)
        bylines = self._bylines(least)
        if self.may_show_more or least == self.instance.appear_as:
            bylines = [("", _("Like the contribution")), *bylines]
        self.fields[f"{name}_language"] = forms.ChoiceField(
            label=_("Language"), choices=settings.CONTENT_LANGUAGES, initial=attachment.language
        )
        self.fields[f"{name}_appear_as"] = forms.ChoiceField(
            label=_("How it appears"), required=False, initial=attachment.appear_as,
            choices=bylines,
        )  # fmt: skip
        self.fields[f"{name}_is_translation"] = forms.BooleanField(
            label=_("It is a translation"), required=False, initial=attachment.is_translation
        )
        self.fields[f"{name}_removed"] = forms.BooleanField(label=_("Remove it"), required=False)

    def _bylines(self, chosen: str) -> list[tuple[str, Any]]:
        """Return the choices of how it appears: of what a sender filed, those that show no more names than `chosen`."""
        if self.may_show_more:
            return AppearAs.choices
        return [choice for choice in AppearAs.choices if choice[0] in BY_PRIVACY[BY_PRIVACY.index(AppearAs(chosen)) :]]

    def _clean_name(self, name: str) -> str:
        """Return a name that readers see. Refuse an address that staff typed."""
        typed: str = self.cleaned_data[name]
        if name in self.changed_data:
            validate_name(typed)
        return typed

    def clean_organization_name(self) -> str:
        """Refuse an address."""
        return self._clean_name("organization_name")

    def clean_person_name(self) -> str:
        """Refuse an address."""
        return self._clean_name("person_name")

    def clean_signers(self) -> str:
        """Refuse an address."""
        return self._clean_name("signers")

    def clean_country(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["country"]).upper()

    def clean(self) -> dict[str, Any]:
        """Refuse a form that changes nothing, because each correction is a new revision to review."""
        super().clean()
        if not self.errors and set(self.changed_data) <= {"reason", "new_file_language"}:
            raise forms.ValidationError(_("Nothing is changed yet."))
        return self.cleaned_data

    def correction(self) -> Correction:
        """Return what a valid form asks for."""
        data = self.cleaned_data
        upload = data.get("new_file")
        return Correction(
            reason=data["reason"],
            fields={name: data[name] for name in WORDS if name in data},
            answers={
                int(name.removeprefix("answer_")): text for name, text in data.items() if name.startswith("answer_")
            },
            files={
                attachment.document_id: self._file(attachment)
                for attachment in self.attachments
                if not data[f"file_{attachment.document_id}_removed"]
            },
            added=[(upload, data["new_file_language"])] if upload else [],
            organization=data["organization"],
            country=data["country"] if "country" in self.changed_data else None,
        )

    def _file(self, attachment: Attachment) -> FileCorrection:
        data, name = self.cleaned_data, f"file_{attachment.document_id}"
        details = ("language", "is_translation", "appear_as")
        return FileCorrection(**{detail: data[f"{name}_{detail}"] for detail in details})

    # For the template, which shows the fields in groups.

    def words(self) -> list[BoundField]:
        """Return the fields of the content."""
        answers = [name for name in self.fields if name.startswith("answer_")]
        return [self[name] for name in ("title", "language", *answers, "text")]

    def sender(self) -> list[BoundField]:
        """Return the fields that say who sent it, when, and which names appear."""
        names = "organization_name person_name signers appear_as received_on organization country"
        return [self[name] for name in names.split() if name in self.fields]

    def files_on_record(self) -> list[FileFields]:
        """Return the fields of each file."""
        details = ("language", "appear_as", "is_translation", "removed")
        return [
            FileFields(attachment, [self[f"file_{attachment.document_id}_{detail}"] for detail in details])
            for attachment in self.attachments
        ]

    def added_file(self) -> list[BoundField]:
        """Return the fields of a further file."""
        return [self["new_file"], self["new_file_language"]]
