"""French and Spanish have the spaces and marks that their readers expect, and templates the marks of each language."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR, "templates")
PHRASE = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)
CONDITIONS = r"(?:\{% (?:endif|else|if [^%]*) %\}|</?strong>)*"
# Chinese has no space between two sentences.
BETWEEN_SENTENCES = re.compile(
    rf"\.(?:['\"] %\}}|\{{% endblocktranslate %\}}){CONDITIONS}\s+{CONDITIONS}\{{% (?:block)?translate"
)
BETWEEN_VALUES = re.compile(r"[}>][:,] (?=\{[{%]|<)|[}>] ?\((?=\{[{%]|<)")
# A plain space may end a line there, and leaves the mark alone on the next one.
PLAIN_IN_FRENCH = re.compile(r"\S [:;?!»]|« |\d \d{3}\b|(?:\d|\)[sd]|\}) (?:[KMG]o\b|%(?![(sd]))|\w[?!]")
ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")


def sentences(language):
    """Yield each translation into a language."""
    with Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "django.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                yield from message.string if message.pluralizable else (message.string,)


def french_faults(text):
    return PLAIN_IN_FRENCH.findall(ADDRESS.sub("", text))


def spanish_faults(text):
    return [mark for mark, opening in (("?", "¿"), ("!", "¡")) if text.count(mark) != text.count(opening)]


def hard_marks(source):
    """Return the colons, commas and brackets between values of a template, outside phrases that translators read."""
    return BETWEEN_VALUES.findall(PHRASE.sub("", source))


def test_french_marks_follow_a_no_break_space():
    assert [text for text in sentences("fr") if french_faults(text)] == []


def test_spanish_questions_have_both_marks():
    assert [text for text in sentences("es") if spanish_faults(text)] == []


def test_no_template_sets_a_colon_a_comma_or_brackets_of_english_between_values():
    found = {
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if hard_marks(path.read_text("utf8"))
    }
    assert found == set()


def test_no_template_sets_a_space_between_sentences():
    found = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if BETWEEN_SENTENCES.search(path.read_text("utf8"))
    }
    assert found == set()


def test_no_template_isolates_one_that_it_includes():
    """The line break at the end of a file would count as part of the text, and be drawn on its other side."""
    found = {
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if "<bdi>{% include" in path.read_text()
    }
    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        "{% translate 'One.' %} {% translate 'Two.' %}",
        "{% blocktranslate %}One.{% endblocktranslate %}{% endif %}\n {% blocktranslate %}Two.{% endblocktranslate %}",
        "{% translate 'One.' %}</strong>{% if two %} {% translate 'Two.' %}",
    ],
)
def test_spaces_between_sentences_are_seen(source):
    assert BETWEEN_SENTENCES.search(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% translate 'One.' %}{% between_sentences %}{% translate 'Two.' %}",
        "{% translate 'One.' %}</p>\n<p>{% translate 'Two.' %}",
        "{% translate 'One' %} {% translate 'two' %}",
    ],
)
def test_other_spaces_are_not(source):
    assert not BETWEEN_SENTENCES.search(source)


@pytest.mark.parametrize(
    "text",
    [
        "Fichier : %(name)s",
        "Envoyée ; corrigée",
        "Vraiment ?",
        "Vraiment?",
        "« mot »",
        "de 1 280 pixels",
        "%(size)d Mo",
        "400 %",
    ],
)
def test_a_plain_space_before_a_french_mark_is_found(text):
    assert french_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fichier\u00a0: %(name)s",
        "Vraiment\u202f?",
        "«\u00a0mot\u00a0»",
        "1\u202f280 pixels",
        "%(size)d\u00a0Mo",
        "par %(who)s",
        "[écrire](mailto:%(contact)s)",
        "https://a.example/?b",
        "14 h 30",
    ],
)
def test_french_marks_that_are_right_are_left_alone(text):
    assert french_faults(text) == []


@pytest.mark.parametrize(("text", "count"), [("Seguro?", 1), ("¿Seguro?", 0), ("Atención!", 1), ("Hecho.", 0)])
def test_a_spanish_question_without_its_first_mark_is_found(text, count):
    assert len(spanish_faults(text)) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('{% translate "For" %}: {{ name }}', 1),
        ("{{ day }}, <b>{{ time }}</b>", 1),
        ("{{ day }} ({{ note }})", 1),
        ("<b>{{ day }}</b>{% brackets %}{{ note }}{% endbrackets %}", 0),
        ('{% translate "For" %}{% colon %}{{ name }}', 0),
        ("{% blocktranslate %}{{ day }}, {{ time }}{% endblocktranslate %}", 0),
    ],
)
def test_a_hard_mark_of_a_template_is_found(source, count):
    assert len(hard_marks(source)) == count
