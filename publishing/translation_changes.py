"""What changed between two states of the translations of a record, text by text, for pages that show its history."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.text import capfirst

from .models import Translatable
from .models.translatable import text_field
from .translation_forms import LANGUAGES, inputs_of

Translations = Mapping[str, Mapping[str, str]]


class TextChange(NamedTuple):
    """A text of a record that changed: its name, such as “Name (Français)”, and its words before and after."""

    field: str
    old: str
    new: str


def changed_texts(model: type[Translatable], old: Translations, new: Translations) -> Iterator[TextChange]:
    """Yield each translated text that differs between two values of `translations`; an absent text is empty."""
    for _name, field, language in inputs_of(model):
        before, after = (state.get(language, {}).get(field, "") for state in (old, new))
        if before != after:
            label = f"{capfirst(str(text_field(model, field).verbose_name))} ({LANGUAGES[language]})"
            yield TextChange(label, before, after)
