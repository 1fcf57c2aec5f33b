"""The form of a text of the site: the original beside one other language."""

from typing import Any

from django import forms
from django.forms import BoundField

from publishing.models import SiteText
from publishing.site_texts import SiteTextKind, unknown_fields
from publishing.translation_forms import LANGUAGES, input_name, inputs_of, make_translations_form
from text.localized import direction

from .subjects import TranslatedForm


class LongTextarea(forms.Textarea):
    """A field for a page of text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 20, **(attrs or {})})


SiteTextTranslations: Any = make_translations_form(SiteText, area=LongTextarea)


class SiteTextForm(SiteTextTranslations, TranslatedForm):
    """The title and the body in the original language and in `language`. The other languages stay as they are."""

    class Meta:
        model = SiteText
        fields = ["title", "body"]
        widgets = {"title": forms.TextInput, "body": LongTextarea}

    def __init__(self, *args: Any, kind: SiteTextKind, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.language = language
        original = self.instance.original_language
        shown = [field for field in SiteText.translated_fields if field != "body" or kind.has_body]
        for name, field, code in inputs_of(SiteText):
            if name in self.fields and (code != language or field not in shown):
                del self.fields[name]
        for field in SiteText.translated_fields:
            if field not in shown:
                del self.fields[field]
                continue
            self.fields[field].widget.attrs.update(lang=original, dir=direction(original))
            self.fields[field].label = f"{self.fields[field].label} ({LANGUAGES[original]})"
        if kind.has_body:
            self.fields["body"].required = True

    def current_digest(self) -> str:
        """Return the digest of the words that readers get now, which are the default until staff write others."""
        return self.digest()

    def pairs(self) -> list[list[BoundField]]:
        """Return the fields of each text: in the original language, and in the other one unless they are the same."""
        names = [[field, input_name(field, self.language)] for field in SiteText.translated_fields]
        rows = [[self[name] for name in row if name in self.fields] for row in names]
        return [row for row in rows if row]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in [field.name for row in self.pairs() for field in row]:
            for sentence in unknown_fields(self.kind, self.cleaned_data.get(name) or ""):
                self.add_error(name, sentence)
        return cleaned
