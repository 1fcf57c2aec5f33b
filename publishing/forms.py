import hashlib
import json
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.forms import BoundField
from django.forms.models import model_to_dict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .workflow.previews import MAX_DAYS

THIS_FIELD_IS_REQUIRED = forms.Field.default_error_messages["required"]


class NamesMissingFields(forms.BaseForm):
    """A form that names a required field that was left empty, unless the field has a message of its own.

    Django's message only says “This field”, which tells nothing in a list of all errors of a page.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error to a field, or to the whole form."""
        if field and getattr(error, "message", error) is THIS_FIELD_IS_REQUIRED:
            error = ValidationError(_missing(self.fields[field]) % {"label": capfirst(self[field].label)}, "required")
        super().add_error(field, error)


def _missing(field: forms.Field) -> str | Promise:
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(label)s”.")
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s”.")
    if isinstance(field, forms.ChoiceField):
        return _("Choose an option for “%(label)s”.")
    return _("Fill in “%(label)s”.")


class WebAddressField(forms.URLField):
    """The address of a web page, to which public pages link. FTP and other schemes are refused."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"assume_scheme": "https", **kwargs})


class PreviewForm(NamesMissingFields, forms.Form):
    """The recipient of a preview and how long it stays open. `recipients` are the people who may be chosen, if any."""

    recipient: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        # Translators: who a preview or a contribution is for
        queryset=None,
        label=_("For"),
        required=False,
        empty_label=_("anyone who holds the address"),
    )
    email = forms.EmailField(
        label=_("Email address"), required=False, help_text=_("The address is sent there; without one, copy it.")
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    days = forms.IntegerField(label=_("Days it stays open"), initial=14, min_value=1, max_value=MAX_DAYS)

    def __init__(self, *args: Any, recipients: QuerySet[Any] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if recipients is None:
            del self.fields["recipient"]
        else:
            cast("forms.ModelChoiceField[Any]", self.fields["recipient"]).queryset = recipients


class ConcurrentEditForm(NamesMissingFields, forms.ModelForm):
    """A form for one record that does not overwrite what others saved while it was open.

    It carries a digest of the record as it was shown. If the record has been saved since, the form refuses once and
    keeps what was typed; saving again replaces what was saved. Subclasses give the sentence that says so.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    outdated_message: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = self.current_digest()
        self.initial["seen"] = self.current
        self.opened_at = ""
        if self.is_bound:
            name = self.add_prefix("seen")
            self.opened_at = self.data.get(name, "")
            sent: Any = self.data
            self.data = sent.copy()
            self.data[name] = self.current  # type: ignore[index]  # a QueryDict

    def digest(self) -> str:
        """Return a digest of what the form shows of the record that is in the database."""
        text = json.dumps(self.shown_values(), default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def current_digest(self) -> str:
        """Return the digest that this form compares with the one it was opened with; none for a new record."""
        return self.digest() if self.instance.pk else ""

    def shown_values(self) -> dict[str, Any]:
        """Return what the form shows of the record that is in the database."""
        return model_to_dict(self.instance, self._meta.fields)

    @property
    def is_outdated(self) -> bool:
        """Whether the record was saved after this form was opened, and the form would change it back."""
        return bool(self.opened_at and self.opened_at != self.current and self.has_changed())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.is_outdated:
            raise forms.ValidationError(self.outdated_message)
        return cleaned

    def newer_values(self) -> list[tuple[BoundField, str]]:
        """Return the fields whose stored value differs from what was typed, each with the stored value as text."""
        return [(self[name], self._as_text(self[name])) for name in self.changed_data]

    def _as_text(self, field: BoundField) -> str:
        """Return the stored value of a field as people read it."""
        value = field.initial
        names = {str(key): str(name) for key, name in getattr(field.field, "choices", [])}
        return names.get(str(value), "" if value is None else str(value))
