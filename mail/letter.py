"""Kinds of letters: what each is for, which fields its words may use, and its words in each language.

An app declares its letters in a module `letters`. Their default words are templates; the first line is the subject:

    RECEIPT = register(Letter("contributions/letters/receipt.txt", _("Receipt"), _("To filers."), (REFERENCE, CODE)))

In the words, a field is its name in braces, such as `{reference}`. Each field is replaced once, and nothing in the
words is executed, because staff may write them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from text.site_name import site_name

FIELD = re.compile(r"\{([^{}\n]*)\}")
BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
MAX_SUBJECT = 200  # characters

Values = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A field that the words of a letter may use: its meaning for staff, and an example of its value for previews.

    The text must contain a field that `is_needed`. Only those that may be `in_subject` are allowed there: a secret or a
    list is not, because a locked telephone shows subjects.
    """

    name: str
    meaning: str | Promise
    example: str | Promise | Callable[[], str]
    is_needed: bool = False
    in_subject: bool = False

    @property
    def example_text(self) -> str:
        """The example in the active language."""
        return str(self.example() if callable(self.example) else self.example)


SITE = Field(
    "site",
    gettext_lazy("The name of this site."),
    lazy(lambda: site_name().text, str)(),
    in_subject=True,
)


@dataclass(frozen=True)
class Words:
    """The subject and the text of a letter, with fields in braces or, once filled, without them."""

    subject: str
    body: str

    @classmethod
    def tidy(cls, subject: str, body: str) -> Self:
        """Return words with Unix line ends and without surrounding white space; the subject is one line."""
        return cls(" ".join(subject.split()), "\n".join(line.rstrip() for line in body.splitlines()).strip())

    def filled(self, values: Values) -> Self:
        """Return the words with each field replaced by its value.

        A paragraph or line is left out if none of its fields has a value, such as the line for a note that nobody
        wrote. It stays if at least one field has a value, so that no code or address is ever lost.
        """

        def is_kept(text: str) -> bool:
            names = FIELD.findall(text)
            return not names or any(values[name] for name in names)

        def fill(text: str) -> str:
            return FIELD.sub(lambda found: values[found[1]], text)

        paragraphs = [
            "\n".join(fill(line) for line in paragraph.split("\n") if is_kept(line))
            for paragraph in filter(is_kept, BETWEEN_PARAGRAPHS.split(self.body))
        ]
        return type(self)(" ".join(fill(self.subject).split()), "\n\n".join(paragraphs) + "\n")


@dataclass(frozen=True)
class Letter:
    """A kind of letter: the template of its default words, its title and purpose for staff, and its fields."""

    template: str
    title: str | Promise
    purpose: str | Promise
    own_fields: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """Its name in addresses and in the database, such as `contributions-receipt`."""
        return self.template.removesuffix(".txt").replace("/letters/", "-")

    @property
    def app_name(self) -> str:
        """The name of the app that sends it, in the active language."""
        return str(apps.get_app_config(self.template.split("/")[0]).verbose_name)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, and the one that all letters have."""
        return (*self.own_fields, SITE)

    def default_words(self, language: str) -> Words:
        """Return the words of its template in a language of the interface, with fields in braces."""
        with override(language):
            text = render_to_string(self.template, {field.name: f"{{{field.name}}}" for field in self.fields})
        return Words.tidy(*text.split("\n", 1))

    def example_values(self, language: str) -> dict[str, str]:
        """Return an example value of each field in a language of the interface."""
        with override(language):
            return {field.name: field.example_text for field in self.fields}


KINDS: dict[str, Letter] = {}


def register(letter: Letter) -> Letter:
    """Add a kind of letter to those that staff can edit, and return it."""
    KINDS[letter.name] = letter
    return letter


def faults_of(words: Words, fields: Sequence[Field]) -> Iterator[tuple[str, str]]:
    """Yield why these words can't be sent, as the name of the part, "subject" or "body", and a sentence."""
    known = {field.name: field for field in fields}
    for part, text in (("subject", words.subject), ("body", words.body)):
        if not text.strip():
            yield part, _("This is empty.")
        names = dict.fromkeys(FIELD.findall(text))
        for name in names:
            if name not in known:
                yield part, _("This letter has no field {%(name)s}.") % {"name": name}
            elif part == "subject" and not known[name].in_subject:
                yield part, _("The field {%(name)s} cannot be in the subject.") % {"name": name}
        if names.keys() <= known.keys() and re.search(r"[{}]", FIELD.sub("", text)):
            yield (
                part,
                _("The braces do not match. Write each field between two, such as {%(name)s}.") % {"name": SITE.name},
            )
    used = FIELD.findall(words.body)
    for field in fields:
        if field.is_needed and field.name not in used:
            words_of = {"name": field.name, "meaning": field.meaning}
            yield "body", _("The field {%(name)s} is missing. %(meaning)s") % words_of
