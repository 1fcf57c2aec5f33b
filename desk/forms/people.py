"""The forms of speakers and organizations."""

from dialogues import forms as dialogues_forms
from dialogues.models import Organization, Speaker

from .base import EditForm, desk_field


class SpeakerForm(dialogues_forms.SpeakerForm, EditForm):
    """A speaker with their current title and organization, and a portrait."""

    class Meta:
        model = Speaker
        fields = ["name", "family_name", "title", "organization", "biography", "slug"]
        formfield_callback = desk_field


class OrganizationForm(EditForm):
    """An organization that takes part."""

    class Meta:
        model = Organization
        fields = ["name", "acronym", "type", "country"]
        formfield_callback = desk_field
