"""Change forms of the admin, as a browser sends them: all their fields, and another valid value for each."""

from datetime import UTC, datetime, timedelta

import lxml.html
from django import forms
from django.utils.formats import localize_input

from tests import files

DAY = datetime(2024, 7, 10, 9, tzinfo=UTC)
VALUES = {
    "slug": "renamed", "timezone": "Europe/Berlin", "code": "ZZZ", "country": "NO", "number": 7, "file_megabytes": 19,
}  # fmt: skip
FILES = {
    "picture": lambda name: {name: files.upload("b.jpg", files.jpeg()), f"{name}_alt": "Another picture"},
    "upload": lambda name: {name: files.upload("b.pdf", files.pdf(["Another file"]))},
}


class ChangeForm:
    """The change form of a record, with those of its inlines."""

    def __init__(self, browser, record):
        opts = record._meta
        self.browser = browser
        self.address = f"/admin/{opts.app_label}/{opts.model_name}/{record.pk}/change/"
        answer = browser.get(self.address)
        page = lxml.html.fromstring(answer.content.decode())
        [shown] = page.xpath(f"//form[@id='{opts.model_name}_form']")
        self.values = {}
        for name, value in shown.form_values():
            self.values.setdefault(name, []).append(value)
        rows = [form for inline in answer.context["inline_admin_formsets"] for form in inline.formset.initial_forms]
        every = [answer.context["adminform"].form, *rows]
        self.fields = {
            form.add_prefix(name): form[name]
            for form in every
            for name, field in form.fields.items()
            if not isinstance(field, forms.models.InlineForeignKeyField) and not field.widget.is_hidden
        }

    def post(self, changes):
        """Save the form with these values in place of those on the page; return whether it was saved.

        It is refused if it deletes a row on which others depend. Anything else must be valid.
        """
        answer = self.browser.post(self.address, {**self.values, **changes})
        is_saved = answer.status_code == 302
        assert is_saved or "would require deleting" in str(answer.context["errors"]), (
            changes,
            answer.context["errors"],
        )
        return is_saved


def another(name, bound):
    """Return {name: value} of what changes a field and is valid."""
    match name.rpartition("-")[2], bound.field:
        case field, _ if field in VALUES:
            return {name: VALUES[field]}
        case "dialogue", forms.ModelChoiceField():  # panels belong to one dialogue
            return {name: other_value(bound.field, bound.value()), f"{name.removesuffix('dialogue')}panel": ""}
        case "panel", _ if bound.value():
            return {name: ""}
        case "role", _:  # a dialogue that has a co-chair can have no chair
            return {name: "floor"}
        case "version", _:
            return {name: bound.value() + 1, "changes": "Corrected"}
        case field, _ if field in FILES:
            return FILES[field](name)
        case "body", _:
            return {name: bound.value().replace("quagga", "zebra")}
        case _, forms.SplitDateTimeField():
            day, time = bound.field.widget.decompress((bound.value() or DAY) + timedelta(minutes=1))
            return {f"{name}_0": localize_input(day), f"{name}_1": f"{time:%H:%M:%S}"}
        case _, field:
            return {name: other_value(field, bound.value())}


def other_value(field, value):
    """Return another value of a field that has one input."""
    match field:
        case forms.BooleanField():
            return [] if value else "on"
        case forms.ModelMultipleChoiceField():
            return [] if value else [field.queryset.first().pk]
        case forms.ModelChoiceField():
            return field.queryset.exclude(pk=value).order_by("pk").last().pk
        case forms.MultipleChoiceField():
            return [key for key, _label in field.choices if key not in (value or [])][:1]
        case forms.TypedChoiceField():
            return next(key for key, _label in field.choices if key and key != value)
        case forms.IntegerField():
            return (value or 0) + 1
        case forms.DateField():
            return localize_input(value + timedelta(days=1)) if value else "2024-07-11"
        case forms.URLField():
            return "https://other.example/"
        case forms.EmailField():
            return "other@example.org"
        case _:
            return f"{value or ''} b".strip()
