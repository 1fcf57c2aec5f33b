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


class BatchForm(MoreForm):
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

    field_order = ["kind", "files", "folder", "list", "call", "dialogue", "language", "consent"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = Call.objects.visible_to(user)
        self.fields["dialogue"].queryset = Dialogue.objects.visible_to(user)

    def batch(self, user):
        """The batch that was described, not saved."""
        said = self.cleaned_data
        columns = KINDS[said["kind"]].COLUMNS.names
        defaults = {"language": said["language"], "consent": "yes" if said["consent"] else ""}
        return Batch(
            kind=said["kind"],
            call=said["call"],
            dialogue=said["dialogue"],
            defaults={name: words for name, words in defaults.items() if words and name in columns},
            made_by=user,
        )
