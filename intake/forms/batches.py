from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contributions.models import Call
from dialogues.models import Dialogue
from intake.batches.kinds import KINDS
from intake.models import Batch


class SeveralFilesInput(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The files of a field, as a list; what they are is looked at later, one by one."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        return [super(SeveralFilesField, self).clean(one, initial) for one in data or []]


class MoreForm(forms.Form):
    """More files, or a better list, for a batch."""

    files = SeveralFilesField(
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, DOCX, ODT, TXT, MD or a ZIP of them."),
    )
    folder = SeveralFilesField(
        label=_("Or a folder"),
        required=False,
        allow_empty_file=True,
        widget=SeveralFilesInput(attrs={"webkitdirectory": True}),
    )
    list = forms.FileField(label=_("List"), required=False, allow_empty_file=True, help_text=_("CSV or XLSX."))

    def uploads(self):
        """All files that were sent, however they were chosen."""
        return [*self.cleaned_data["files"], *self.cleaned_data["folder"]]


class DefaultsForm(forms.Form):
    """What holds for those rows of a batch that say nothing of it."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", "—"), *settings.CONTENT_LANGUAGES],
        help_text=_("For rows that say nothing of it."),
    )
    consent = forms.BooleanField(
        label=_("All senders agreed to the publication"),
        required=False,
        help_text=_("For rows that say nothing of it. Tick it only if you have it from each of them."),
    )

    @classmethod
    def of(cls, batch, data=None):
        """The form of a batch, with those fields that its rows have; None where they have neither."""
        said = {"language": batch.defaults.get("language", ""), "consent": bool(batch.defaults.get("consent"))}
        form = cls(data, initial=said, prefix="default")
        for name in set(form.fields) - set(KINDS[batch.kind].COLUMNS.names):
            del form.fields[name]
        return form if form.fields else None

    def defaults(self, kind):
        """What was said, as words of a row, by column; a kind's rows have not all of them."""
        said = {**self.cleaned_data, "consent": "yes" if self.cleaned_data.get("consent") else ""}
        return {
            name: said[name] for name in ("language", "consent") if said[name] and name in KINDS[kind].COLUMNS.names
        }


class BatchForm(DefaultsForm, MoreForm):
    """A new batch."""

    kind = forms.ChoiceField(label=_("What comes in"), choices=Batch.Kind)
    call = forms.ModelChoiceField(
        Call.objects.none(), label=_("Call"), required=False, help_text=_("For rows that name none.")
    )
    dialogue = forms.ModelChoiceField(
        Dialogue.objects.none(),
        label=_("Dialogue"),
        required=False,
        help_text=_("For papers and lists: for rows that name none."),
    )
    field_order = ["kind", "files", "folder", "list", "call", "dialogue", "language", "consent"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = Call.objects.visible_to(user)
        self.fields["dialogue"].queryset = Dialogue.objects.visible_to(user)

    def batch(self, user):
        """The batch that was described, not saved."""
        said = self.cleaned_data
        return Batch(
            kind=said["kind"],
            call=said["call"],
            dialogue=said["dialogue"],
            defaults=self.defaults(said["kind"]),
            made_by=user,
        )
