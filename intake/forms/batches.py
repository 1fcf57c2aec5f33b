from collections.abc import Sequence
from typing import Any, Self, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contributions.models import Call
from dialogues.models import Dialogue
from publishing.forms import NamesMissingFields

from ..batches.row_kinds import KINDS
from ..models import Batch


class MultipleFileInput(forms.ClearableFileInput):
    """An input that accepts several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """A field with a list of files. Their content is checked later, one by one."""

    widget = MultipleFileInput

    def clean(self, data: list[UploadedFile] | None, initial: object = None) -> list[UploadedFile]:
        return [super(MultipleFileField, self).clean(one, initial) for one in data or []]


class UploadForm(NamesMissingFields, forms.Form):
    """Files and a list for a batch."""

    files = MultipleFileField(  # type: ignore[assignment]  # Django takes fields out of the class, so `files` stays
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, DOCX, ODT, TXT, MD or a ZIP of them."),
    )
    folder = MultipleFileField(
        label=_("Or a folder"),
        required=False,
        allow_empty_file=True,
        widget=MultipleFileInput(attrs={"webkitdirectory": True}),
    )
    list = forms.FileField(label=_("List"), required=False, allow_empty_file=True, help_text=_("CSV, XLSX or ODS."))
    pasted = forms.CharField(
        label=_("Or paste a table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As copied from a spreadsheet, with its row of headings."),
    )

    def clean(self) -> dict[str, Any]:
        """Take a pasted table for the list, unless a list was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("pasted", "").strip() and not cleaned.get("list"):
            cleaned["list"] = SimpleUploadedFile("pasted.csv", cleaned["pasted"].encode())
        return cleaned

    def uploads(self) -> Sequence[UploadedFile]:
        """Return all files, chosen one by one or as a folder."""
        return [*self.cleaned_data["files"], *self.cleaned_data["folder"]]


class DefaultsForm(NamesMissingFields, forms.Form):
    """Values for the rows of a batch that leave these columns empty."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", "—"), *settings.CONTENT_LANGUAGES],
        help_text=_("For rows that leave it empty."),
    )
    consent = forms.BooleanField(
        label=_("All senders agreed to the publication"),
        required=False,
        help_text=_("For rows that leave it empty. Tick it only if each of them agreed."),
    )

    @classmethod
    def of(cls, batch: Batch, data: QueryDict | None = None) -> Self | None:
        """Return the form of a batch, with the fields that its rows have, or None if they have none of them."""
        initial = {"language": batch.defaults.get("language", ""), "consent": bool(batch.defaults.get("consent"))}
        form = cls(data, initial=initial, prefix="default")
        for name in set(form.fields) - set(KINDS[batch.kind].COLUMNS.names):
            del form.fields[name]
        return form if form.fields else None

    def defaults(self, kind: str) -> dict[str, str]:
        """Return the defaults as text by column, for the columns of a kind of batch."""
        data = {**self.cleaned_data, "consent": "yes" if self.cleaned_data.get("consent") else ""}
        return {
            name: data[name] for name in ("language", "consent") if data[name] and name in KINDS[kind].COLUMNS.names
        }


class BatchForm(DefaultsForm, UploadForm):
    """A new batch."""

    kind = forms.ChoiceField(label=_("What to import"), choices=Batch.Kind)
    call = forms.ModelChoiceField(
        Call.objects.none(), label=_("Call"), required=False, help_text=_("For rows that leave it empty.")
    )
    dialogue = forms.ModelChoiceField(
        Dialogue.objects.none(),
        label=_("Dialogue"),
        required=False,
        help_text=_("For papers and lists: for rows that leave it empty."),
    )
    field_order = ["kind", "files", "folder", "list", "pasted", "call", "dialogue", "language", "consent"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["call"]).queryset = Call.objects.visible_to(user)
        cast("forms.ModelChoiceField", self.fields["dialogue"]).queryset = Dialogue.objects.visible_to(user)

    def new_batch(self, user: User) -> Batch:
        """Return the batch, not saved."""
        data = self.cleaned_data
        return Batch(
            kind=data["kind"],
            call=data["call"],
            dialogue=data["dialogue"],
            defaults=self.defaults(data["kind"]),
            made_by=user,
        )
