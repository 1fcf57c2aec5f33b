"""The forms of speakers and organizations."""

from typing import Any

from dialogues import forms as dialogues_forms
from dialogues.models import Organization, Speaker

from .base import EditForm, desk_field
from .names import validate_name


class NamedForm(EditForm):
    """A form for a record with a name, which must not be an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(validate_name)


class SpeakerForm(dialogues_forms.SpeakerForm, NamedForm):
    """A speaker with their current title and organization, and a portrait."""

    class Meta:
        model = Speaker
        fields = ["name", "family_name", "title", "organization", "biography", "slug"]
        formfield_callback = desk_field


class OrganizationForm(NamedForm):
    """An organization that takes part."""

    class Meta:
        model = Organization
        fields = ["name", "acronym", "type", "country"]
        formfield_callback = desk_field
