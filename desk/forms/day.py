"""The forms of recordings, statements from the floor, photographs, and figures on participation."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogues.models import Appearance, ParticipationCount, Photograph, Recording, Speaker, Statement
from documents.forms import DocumentField, PictureField
from documents.workflow import store, store_picture

from .base import desk_field
from .names import NameField
from .proceedings import PartForm


class RecordingForm(PartForm):
    """A recording of the dialogue on another site."""

    class Meta:
        model = Recording
        fields = ["title", "url", "language"]
        formfield_callback = desk_field


class ParticipationCountForm(PartForm):
    """A figure on participation, with its source."""

    class Meta:
        model = ParticipationCount
        fields = ["what", "number", "source"]
        formfield_callback = desk_field


class StatementForm(PartForm):
    """A statement from the floor. The person who delivered it appears in the programme, from the floor."""

    speaker = NameField(
        Speaker,
        adds=True,
        label=_("Delivered by"),
        required=False,
        help_text=_("The person. Leave it empty if only the organization is known."),
    )
    as_title = forms.CharField(label=Appearance._meta.get_field("title").verbose_name, required=False, max_length=200)
    as_affiliation = forms.CharField(
        label=Appearance._meta.get_field("affiliation").verbose_name, required=False, max_length=300
    )
    upload = DocumentField(label=_("file"), required=False, help_text=_("PDF, DOCX, ODT or text, up to 20 MB."))

    class Meta:
        model = Statement
        fields = ["organization", "panel", "position", "title", "language", "text", "recording", "recording_seconds"]
        formfield_callback = desk_field

    field_order = [
        "speaker", "as_title", "as_affiliation", "organization", "panel", "position", "title", "language", "upload",
        "text", "recording", "recording_seconds",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.instance.appearance:
            self.initial.update(speaker=given.speaker_id, as_title=given.title, as_affiliation=given.affiliation)
        if not self.instance.pk:
            last = self.dialogue.statements.order_by("position").last()
            self.initial.setdefault("position", last.position + 1 if last else 1)

    def digest(self) -> str:
        given = self.instance.appearance
        return super().digest() + (f"{given.pk}-{given.as_given}"[:40] if given else "")

    def clean(self) -> dict[str, Any] | None:
        """Require somebody who delivered it."""
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data.get("speaker") and not self.cleaned_data.get("organization"):
            self.add_error("speaker", _("Enter who delivered it: a person, an organization or both."))
        return cleaned

    def save(self, commit: bool = True) -> Statement:
        """Save the statement, with a new person or organization and the file, and who delivered it as they appeared."""
        with transaction.atomic():
            speaker, organization = self.cleaned_data["speaker"], self.cleaned_data["organization"]
            for record in (speaker, organization):
                if record and record.pk is None:
                    record.save()
            self.instance.organization = organization
            self.instance.appearance = self._appearance(speaker) if speaker else None
            if upload := self.cleaned_data.get("upload"):
                self.instance.document = store(upload)
            statement: Statement = super().save(commit)
        return statement

    def _appearance(self, speaker: Speaker) -> Appearance:
        """Return the appearance of the speaker from the floor of the panel, with title and affiliation as given.

        If the person or the panel is corrected, so is the appearance, unless other records refer to it.
        """
        panel, current = self.cleaned_data["panel"], self.instance.appearance
        where = {"dialogue": self.dialogue, "panel": panel, "role": Appearance.Role.FLOOR, "speaker": speaker}
        found = Appearance.objects.filter(**where).first()
        if found is None and current and self._is_only_used_here(current):
            found = current
            found.speaker, found.panel = speaker, panel
        if found is None:
            found = Appearance(**where, position=self.dialogue.appearances.count() + 1)
        given = {"title": self.cleaned_data["as_title"], "affiliation": self.cleaned_data["as_affiliation"]}
        given["organization"] = self.instance.organization
        for name, value in given.items():
            if value or found.pk is None or found == current:
                setattr(found, name, value)
        found.save()
        return found

    def _is_only_used_here(self, appearance: Appearance) -> bool:
        others = appearance.statements.exclude(pk=self.instance.pk)
        is_used = others.exists() or appearance.quotes.exists()
        return appearance.role == Appearance.Role.FLOOR and not is_used


class PhotographForm(PartForm):
    """A photograph with its alternative text, its credit, and the consent of those in it."""

    upload = PictureField(label=_("picture"), help_text=_("JPEG, PNG or WebP, up to 20 MB."))
    alt = forms.CharField(
        label=_("alternative text"),
        max_length=500,
        help_text=_("What the picture shows, for those who cannot see it. Name only people who agreed to it."),
    )
    credit = forms.CharField(
        label=_("credit"), required=False, max_length=255, help_text=_("Who made it or holds its rights.")
    )

    class Meta:
        model = Photograph
        fields = ["caption", "consented_on", "consent_note"]
        formfield_callback = desk_field

    field_order = ["upload", "alt", "credit", "caption", "consented_on", "consent_note"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        if self.instance.is_published:
            del self.fields["upload"]
        elif self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = _("another picture")
            self.fields["upload"].help_text = _("It needs a consent of its own: the one that is recorded ends.")
        if self.instance.pk:
            self.initial.update(alt=self.instance.picture.alt, credit=self.instance.picture.credit)

    def clean(self) -> dict[str, Any] | None:
        """Require the consent of a published photograph to stay, and a word on how it was given."""
        cleaned = super().clean()
        consented_on = self.cleaned_data.get("consented_on")
        if self.instance.is_published and "consented_on" in self.cleaned_data and not consented_on:
            self.add_error(
                "consented_on", _("This photograph is published. Use “Consent was withdrawn”, which hides it.")
            )
        if consented_on and not self.cleaned_data.get("consent_note"):
            self.add_error("consent_note", _("Enter how consent was given."))
        return cleaned

    def save(self, commit: bool = True) -> Photograph:
        """Save the photograph with its picture, and who recorded the consent."""
        photograph, data = self.instance, self.cleaned_data
        with transaction.atomic():
            if data.get("upload"):
                self._end_consent()
                photograph.picture = store_picture(data["upload"], alt=data["alt"], credit=data["credit"])
            elif {"alt", "credit"} & set(self.changed_data):
                photograph.picture.alt, photograph.picture.credit = data["alt"], data["credit"]
                photograph.picture.save(update_fields=["alt", "credit"])
            if data["consented_on"] and "consented_on" in self.changed_data:
                photograph.consent_by, photograph.consent_withdrawn_at = self.user, None
            saved: Photograph = super().save(commit)
        return saved

    def _end_consent(self) -> None:
        """Forget the consent to the picture that is replaced, unless the one to the new picture was entered with it."""
        self.instance.consent_withdrawn_at = None
        if "consented_on" not in self.changed_data:
            self.instance.consented_on, self.instance.consent_note, self.instance.consent_by = None, "", None
