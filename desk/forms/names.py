"""A field in which a person or an organization is chosen by typing its name."""

import re
from typing import Any

from django import forms
from django.db.models import Model
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from contributions.screening.contacts import find_contacts
from intake.existing_records import free_slug
from text.lists import joined


def validate_name(name: str) -> None:
    """Raise ValidationError for a name with an email address or a phone number, which readers would see."""
    if any(find_contacts(name)):
        raise forms.ValidationError(_("Enter a name without an address or phone number."))


class NameInput(forms.TextInput):
    """A text field that suggests names while one types; with `adds`, a checkbox says that the name is new."""

    template_name = "desk/widgets/name.html"

    def __init__(self, kind: str, adds: bool) -> None:
        names = reverse_lazy("desk:names", args=[kind])
        super().__init__({"data-names": names, "autocomplete": "off"})
        self.adds = adds

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, bool]:
        return (data.get(name) or "").strip(), bool(data.get(f"{name}-is-new"))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed, is_new = value if isinstance(value, tuple) else (value, False)
        context = super().get_context(name, typed, attrs)
        context["widget"].update(adds=self.adds, is_new=is_new)
        return context


class NameField(forms.Field):
    """A record chosen by its name. With `adds`, a name that is not known can be added as a new record.

    A name that several people share is followed by their address: “Ana Sample [ana-sample-2]”.
    """

    def __init__(self, model: type[Model], *, adds: bool = False, **kwargs: Any) -> None:
        kind = str(model._meta.model_name)
        super().__init__(widget=NameInput(kind, adds), **kwargs)
        self.model, self.adds = model, adds

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self.model._default_manager.filter(pk=value).first()
        return label_of(value) if isinstance(value, Model) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data[0] or None)

    def clean(self, value: Any) -> Any:
        """Return the record, unsaved if it is new.

        Raises ValidationError for an unknown or an ambiguous name, and for a new one that is an address.
        """
        name, is_new = value
        if not name:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        found = named(self.model, name)
        if len(found) == 1:
            return found[0]
        if found:
            labels = joined(label_of(record) for record in found)
            raise forms.ValidationError(_("Several have this name. Enter one of: %(labels)s") % {"labels": labels})
        if not (self.adds and is_new):
            if self.adds:
                raise forms.ValidationError(
                    _("“%(name)s” is not in the list. Correct it, or tick “New: add to the list”.") % {"name": name}
                )
            raise forms.ValidationError(_("“%(name)s” is not in the list.") % {"name": name})
        validate_name(name)
        has_slug = any(field.name == "slug" for field in self.model._meta.fields)
        return self.model(name=name, **({"slug": free_slug(self.model, name)} if has_slug else {}))


def label_of(record: Any) -> str:
    """Return the name of a record, with its address if others have the same name."""
    if hasattr(record, "slug") and type(record).objects.filter(name=record.name).exclude(pk=record.pk).exists():
        return f"{record.name} [{record.slug}]"
    return str(record)


def named(model: Any, name: str) -> list[Any]:
    """Return the records with this name, or with the address that follows it in brackets."""
    plain, bracket, slug = name.removesuffix("]").rpartition(" [")
    if bracket and name.endswith("]"):
        return list(model.objects.filter(slug=slug, name=plain))
    return list(model.objects.filter(name=name)) or list(model.objects.filter(name__iregex=f"^{re.escape(name)}$"))
