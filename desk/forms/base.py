"""The base of the desk's forms: fields as the desk shows them, and no newer text overwritten unseen."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue, Organization, Speaker, Topic
from publishing.forms import ConcurrentEditForm, WebAddressField
from publishing.models import keep_address
from publishing.models.gate import GatedQuerySet

from .names import NameField
from .timecodes import TimecodeField

CHOSEN_BY_NAME = (Speaker, Organization)


def desk_field(db_field: Any, **kwargs: Any) -> Any:
    """Return the form field of a model field: dates and times with pickers, people and organizations by name."""
    related = getattr(db_field, "remote_field", None) and db_field.remote_field.model
    if related in CHOSEN_BY_NAME and db_field.many_to_one:
        return NameField(
            related, adds=True, label=capfirst(db_field.verbose_name),
            required=not db_field.blank, help_text=db_field.help_text,
        )  # fmt: skip
    if related in (Topic, Dialogue) and db_field.many_to_many:
        kwargs["widget"] = forms.CheckboxSelectMultiple
    if db_field.name == "recording_seconds":
        return TimecodeField(label=capfirst(db_field.verbose_name), required=False, help_text=db_field.help_text)
    if db_field.name == "languages":
        return forms.MultipleChoiceField(
            label=capfirst(db_field.verbose_name), choices=settings.CONTENT_LANGUAGES,
            widget=forms.CheckboxSelectMultiple, required=False, help_text=kwargs.get("help_text", db_field.help_text),
        )  # fmt: skip
    if isinstance(db_field, models.DateTimeField):
        kwargs["widget"] = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    elif isinstance(db_field, models.DateField):
        kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif isinstance(db_field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 6})
    elif isinstance(db_field, models.SlugField):
        kwargs.setdefault("help_text", _("The last part of the address of its page."))
        kwargs["error_messages"] = {
            "invalid": _("Use only letters from a to z, digits and hyphens."),
            "unique": _("Another record has this address."),
        }
    elif isinstance(db_field, models.URLField):
        kwargs["form_class"] = WebAddressField
    return _with_capitals(db_field.formfield(**kwargs))


def _with_capitals(field: Any) -> Any:
    """Return a field whose choices begin with a capital: some labels are written for the middle of a sentence."""
    if isinstance(field, forms.TypedChoiceField):
        choices: Any = field.choices
        field.choices = [(value, capfirst(label)) for value, label in choices]
    return field


class EditForm(ConcurrentEditForm):
    """A form for one record, which offers only related records that the user may see."""

    outdated_message = _(
        "Someone else saved this after you opened it. Compare, then save again to replace what they saved."
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_only_visible(user)

    def _offer_only_visible(self, user: Any) -> None:
        """Offer only related records that `user` may see. Hidden ones that are set stay set."""
        self.hidden: dict[str, list[Any]] = {}
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and isinstance(field.queryset, GatedQuerySet):
                everything, field.queryset = field.queryset, field.queryset.visible_to(user)
                if isinstance(field, forms.ModelMultipleChoiceField) and self.instance.pk:
                    related = everything.filter(pk__in=getattr(self.instance, name).values("pk"))
                    self.hidden[name] = list(related.exclude(pk__in=field.queryset.values("pk")))

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # unknown to the stubs
        for name, records in self.hidden.items():
            getattr(self.instance, name).add(*records)

    def save(self, commit: bool = True) -> Any:
        """Save the record, and the people and organizations that were added by name."""
        with transaction.atomic():
            if self.instance.pk and "slug" in self.changed_data:
                keep_address(self.instance, self.initial["slug"])
            for name in self._added():
                record = self.cleaned_data[name]
                record.save()
                setattr(self.instance, name, record)
            return super().save(commit)

    def _added(self) -> list[str]:
        """Return the names of the fields in which a new person or organization was entered."""
        return [
            name
            for name, field in self.fields.items()
            if isinstance(field, NameField) and (record := self.cleaned_data.get(name)) and record.pk is None
        ]

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out new people and organizations: they are saved with the form, not before it is valid."""
        return {*super()._get_validation_exclusions(), *self._added()}  # type: ignore[misc]  # unknown to the stubs
