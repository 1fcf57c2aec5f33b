"""The form of a letter to the filers of a call, with its translations."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contributions.letters import fields_for
from contributions.models import REACHABLE_STATES, CallLetter
from contributions.workflow import recipient_counts
from mail.letter import MAX_SUBJECT, Words, faults_of
from text.localized import direction
from text.markup import NO_BREAK_SPACE

from .base import EditForm

PARTS = ("subject", "body")


class CallLetterForm(EditForm):
    """Who gets a letter, and its words: first in one language and, once it is saved, in the others."""

    states = forms.MultipleChoiceField(label=_("To those whose contribution is"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = CallLetter
        fields = ["states", "original_language", "subject", "body"]
        labels = {"original_language": _("Written in")}
        help_texts = {"body": _("Others may read it in transit: name no contribution and no person.")}
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts = recipient_counts(self.instance.call)
        states: Any = self.fields["states"]
        states.choices = [(state.value, _with_count(state, counts[state.value])) for state in REACHABLE_STATES]
        states.help_text = _(
            "The number of people who can be reached. Each gets one letter. People who withdrew everything get none."
        )
        if self.instance.pk:
            del self.fields["original_language"]
            self._set_language(PARTS, self.instance.original_language)
            for language, name in self._other_languages():
                self._add_translation(language, name)

    def _other_languages(self) -> Iterator[tuple[str, str]]:
        """Yield code and name of each language that the letter can be translated into."""
        for code, name in settings.CONTENT_LANGUAGES:
            if code != self.instance.original_language:
                yield code, name

    def _add_translation(self, language: str, name: str) -> None:
        subject, body = names_in(language)
        labels = [format_lazy("{} ({})", self.fields[part].label, name) for part in PARTS]
        self.fields[subject] = forms.CharField(label=labels[0], required=False, max_length=MAX_SUBJECT)
        widget = forms.Textarea(attrs={"rows": 10})
        self.fields[body] = forms.CharField(label=labels[1], required=False, widget=widget)
        texts = self.instance.translations.get(language, {})
        self.initial.update({subject: texts.get("subject", ""), body: texts.get("body", "")})
        self._set_language((subject, body), language)

    def _set_language(self, names: tuple[str, ...], language: str) -> None:
        for name in names:
            self.fields[name].widget.attrs.update(lang=language, dir=direction(language))

    def shown_values(self) -> dict[str, Any]:
        return {**super().shown_values(), "translations": self.instance.translations}

    @property
    def first_fields(self) -> list[BoundField]:
        """The fields that every letter has."""
        return [self[name] for name in self.Meta.fields if name in self.fields]

    def translations(self) -> Iterator[tuple[str, list[BoundField], bool]]:
        """Yield the name of each other language, its fields, and whether its section is open: it has text or errors."""
        if self.instance.pk:
            for language, name in self._other_languages():
                bound = [self[field] for field in names_in(language)]
                yield name, bound, any(field.value() or field.errors for field in bound)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._check(PARTS)
        if self.instance.pk:
            translations = {}
            for language, _name in self._other_languages():
                names = names_in(language)
                words = self._words(names)
                if words.subject or words.body:
                    self._check(names)
                    given = {"subject": words.subject, "body": words.body}
                    translations[language] = {part: text for part, text in given.items() if text}
            self.instance.translations = translations
        return cleaned

    def _words(self, names: tuple[str, ...]) -> Words:
        subject, body = (self.cleaned_data.get(name, "") for name in names)
        return Words.tidy(subject, body)

    def _check(self, names: tuple[str, ...]) -> None:
        """Add an error for each reason why these words can't be sent."""
        by_part = dict(zip(PARTS, names, strict=True))
        for part, sentence in faults_of(self._words(names), fields_for(self.instance.call)):
            if by_part[part] not in self.errors:
                self.add_error(by_part[part], sentence)


def names_in(language: str) -> tuple[str, str]:
    """Return the names of the inputs for the subject and the text of a translation."""
    return f"subject_{language}", f"body_{language}"


def _with_count(state: Any, count: int) -> str:
    people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
    return f"{state.label} ({people.replace(' ', NO_BREAK_SPACE)})"
