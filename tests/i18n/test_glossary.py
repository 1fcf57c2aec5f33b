"""The translations use the terms of docs/glossary.csv."""

import csv
import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

GLOSSARY = settings.BASE_DIR / "docs" / "glossary.csv"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
VOWEL_SIGNS = re.compile("[\u064b-\u0652]")  # of Arabic, which most texts leave out
CODES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def glossary():
    with GLOSSARY.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def form_pattern(form):
    """Return what matches a form, in which * stands for any ending."""
    parts = [re.escape(part) for part in VOWEL_SIGNS.sub("", form).strip().split("*")]
    return re.compile(r"\w*".join(parts), re.IGNORECASE)


def has_term(term, message):
    return re.search(rf"\b{re.escape(term)}(e?s)?\b", PLACEHOLDER.sub("", message), re.IGNORECASE)


def messages(code):
    """Yield pairs of an English message and its translations."""
    path = settings.BASE_DIR / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id:
                many = isinstance(message.id, tuple)
                yield message.id[0] if many else message.id, message.string if many else (message.string,)


@pytest.mark.parametrize("code", CODES)
def test_a_message_with_a_term_is_translated_with_one_of_its_forms(code):
    terms = [(row["term"], [form_pattern(form) for form in row[code.split("-")[0]].split(";")]) for row in glossary()]
    wrong = [
        (term, english, words)
        for english, translations in messages(code)
        for term, forms in terms
        if has_term(term, english)
        for words in translations
        if not any(form.search(VOWEL_SIGNS.sub("", words)) for form in forms)
    ]
    assert wrong == []


def test_the_glossary_has_each_term_once_and_in_each_language():
    rows = glossary()
    assert len({row["term"] for row in rows}) == len(rows) > 20
    assert all(value.strip() for row in rows for value in row.values())


@pytest.mark.parametrize(
    ("form", "words", "fits"),
    [
        ("материал*", "Письменные материалы", True),
        ("материал*", "Черновики", False),
        ("سلسل*", "سلسلة", True),
        ("الحوارات البناءة", "الحوارات البنّاءة", True),
    ],
)
def test_a_star_stands_for_any_ending(form, words, fits):
    assert bool(form_pattern(form).search(VOWEL_SIGNS.sub("", words))) is fits
