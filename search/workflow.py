"""Import the vocabulary as a list, in the form in which the admin exports it."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Concept
from .terms import join_terms, split_terms

OWN_LIST = Path(__file__).with_name("vocabulary.csv")
SEPARATORS = ",;\t"  # between the cells of a list, as spreadsheet programs write it in different countries


def read_vocabulary(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file in UTF-8, as `load_vocabulary` takes them."""
    text = path.read_text("utf-8-sig")
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    return list(enumerate(csv.DictReader(text.splitlines(keepends=True), delimiter=separator), 2))


def ambiguous_headings() -> set[str]:
    """Return the headings of the ambiguous terms: the name of the field, and its label in each language."""
    headings = {"ambiguous_terms"}
    for language, _name in settings.LANGUAGES:
        with override(language):
            headings.add(str(Concept._meta.get_field("ambiguous_terms").verbose_name))
    return headings


@transaction.atomic
def load_vocabulary(rows: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[int, int]:
    """Add the concepts of rows, and replace the terms of those that exist; return (number added, number replaced).

    `rows` are numbers of rows with their cells by heading, such as "name [fr]" and "other_terms [fr]".

    A concept is recognized by its official term in its original language: English, or else the first language that has
    one. Raise ValidationError with a sentence for each row that has an error; then nothing is changed.
    """
    added = replaced = 0
    errors = []
    for number, row in rows:
        concept = _read_concept(row)
        try:
            concept.full_clean()
        except ValidationError as error:
            errors += [_("Row %(number)d: %(error)s") % {"number": number, "error": line} for line in error.messages]
            continue
        added, replaced = (added, replaced + 1) if concept.pk else (added + 1, replaced)
        concept.save()
    if errors:
        raise ValidationError(errors)
    return added, replaced


def _read_concept(row: Mapping[str, str]) -> Concept:
    """Return the concept of a row, which may exist already, with the terms of the row."""
    texts = {}
    for language, _name in settings.CONTENT_LANGUAGES:
        name = (row.get(f"name [{language}]") or "").strip()
        others = join_terms(split_terms(row.get(f"other_terms [{language}]") or ""))
        texts[language] = {field: text for field, text in (("name", name), ("other_terms", others)) if text}
    named = [language for language in texts if "name" in texts[language]]
    original = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in named else next(iter(named), settings.LANGUAGE_CODE)
    own = {"name": "", "other_terms": "", **texts.pop(original)}
    concept = Concept.objects.filter(name=own["name"]).first() or Concept(name=own["name"])
    concept.original_language, concept.other_terms = original, own["other_terms"]
    concept.translations = {language: translated for language, translated in texts.items() if translated}
    ambiguous = next((row[heading] for heading in ambiguous_headings() if row.get(heading)), "")
    concept.ambiguous_terms = join_terms(split_terms(ambiguous))
    return concept
