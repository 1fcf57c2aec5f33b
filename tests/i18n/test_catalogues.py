"""The translation catalogues are complete, keep placeholders and markup, and are compiled."""

import gettext
import re
from collections import Counter
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from portal.management.commands.words import normalized

LOCALES = [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
NAMED, COUNTED = re.compile(r"%\(\w+\)[sd]|\{\w+\}"), re.compile(r"%[sd]")
TAG = re.compile(r"</?\w+")


def place(locale, suffix):
    return Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / f"django.{suffix}"


def read(path, *, is_strict=True):
    with path.open("rb") as file:
        return read_po(file, abort_invalid=is_strict)


@pytest.fixture(params=LOCALES)
def locale(request):
    return request.param


def forms(message):
    """Yield pairs of an original and its translation; plural entries yield a pair for each form."""
    if not isinstance(message.id, tuple):
        return [(message.id, message.string)]
    one, many = message.id
    return [(one if number == 0 else many, said) for number, said in enumerate(message.string)]


def faults(message, plurals):
    """Yield the problems of one entry."""
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy:
        yield "is fuzzy"
    if not all(said) or (message.pluralizable and len(said) != plurals):
        yield "is not translated, or lacks a plural form"
        return
    for original, words in forms(message):
        if COUNTED.findall(original) != COUNTED.findall(words):
            yield f"has different %d or %s placeholders: {words}"
        named = set(NAMED.findall(original)), set(NAMED.findall(words))
        # "One day" may leave out its number; a form for any number may not.
        if not named[1] <= named[0] or (named[1] != named[0] and not message.pluralizable):
            yield f"has different placeholders: {words}"
        if Counter(TAG.findall(original)) != Counter(TAG.findall(words)):
            yield f"has different tags: {words}"
        if original.startswith("\n") != words.startswith("\n") or original.endswith("\n") != words.endswith("\n"):
            yield f"begins or ends differently: {words}"
    if message.pluralizable and set(NAMED.findall(message.id[1])) != set(NAMED.findall(said[-1])):
        yield f"lacks a placeholder in its last form: {said[-1]}"


def test_each_entry_is_translated_and_keeps_placeholders_and_tags(locale):
    catalogue = read(place(locale, "po"))
    found = {
        (message.context, message.id): wrong
        for message in catalogue
        if message.id and (wrong := list(faults(message, catalogue.num_plurals)))
    }
    assert found == {}


def test_the_compiled_catalogue_matches_its_source(locale):
    said = {}
    for message in read(place(locale, "po")):
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and all(strings) and not message.fuzzy:
            key = message.id[0] if message.pluralizable else message.id
            key = f"{message.context}\x04{key}" if message.context else key
            said |= {(key, n): words for n, words in enumerate(strings)} if message.pluralizable else {key: strings[0]}
    with place(locale, "mo").open("rb") as file:
        compiled = {key: words for key, words in gettext.GNUTranslations(file)._catalog.items() if key}
    assert compiled == said, "run `make words`"


def test_all_languages_have_the_same_entries():
    ids = {locale: {(message.context, message.id) for message in read(place(locale, "po"))} for locale in LOCALES}
    assert len(ids["fr"]) > 1000
    assert {locale: entries ^ ids["fr"] for locale, entries in ids.items() if entries != ids["fr"]} == {}


def test_plural_rules_match_djangos(locale):
    of_django = Path(django.__file__).parent / "conf" / "locale" / locale / "LC_MESSAGES" / "django.po"
    ours, theirs = read(place(locale, "po")), read(of_django, is_strict=False)
    squeezed = [catalogue.plural_forms.replace(" ", "").rstrip(";") for catalogue in (ours, theirs)]
    assert squeezed[0] == squeezed[1]


# Tests of the checker itself: what it must find, and what it must not.


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        ('msgid "Hear"\nmsgstr ""', 1),
        ('#, fuzzy\nmsgid "Hear"\nmsgstr "Entendre"', 1),
        ('#, python-format\nmsgid "%(name)s spoke"\nmsgstr "a parlé"', 1),
        ('#, python-format\nmsgid "%(name)s spoke"\nmsgstr "%(nom)s a parlé"', 1),
        ('#, python-format\nmsgid "%d of %s"\nmsgstr "%s de %d"', 1),
        ('msgid "<b>Hear</b>"\nmsgstr "<b>Entendre"', 1),
        ('msgid "{count} left"\nmsgstr "reste"', 1),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s jour"\nmsgstr[1] ""', 1),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s jour"\nmsgstr[1] "jours"', 1),
        ('msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "un jour"\nmsgstr[1] "%d jours"', 1),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "un jour"\nmsgstr[1] "%(n)s jours"', 0),
        ('#, python-format\nmsgid "%(name)s <b>spoke</b>"\nmsgstr "<b>Parole</b> de %(name)s"', 0),
    ],
)
def test_faults_are_found(tmp_path, entry, count):
    path = tmp_path / "django.po"
    path.write_text(f'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n{entry}\n', "utf8")
    (message,) = [message for message in read(path) if message.id]
    assert len(list(faults(message, 2))) == count


@pytest.mark.parametrize(
    ("entry", "tidy"),
    [
        ('msgid "a"\nmsgstr "b"\n', 'msgid "a"\nmsgstr "b"\n'),
        (
            'msgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\nmsgstr[1] ""\n',
            'msgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n',
        ),
        (
            'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] ""\n\nmsgid "b"\nmsgstr ""\n',
            'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] ""\n\nmsgid "b"\nmsgstr ""\n',
        ),
    ],
)
def test_normalizing_a_catalogue_loses_no_entry(entry, tidy):
    head = '"Plural-Forms: nplurals=3; plural=0;\\n"\n'
    assert normalized(f'"POT-Creation-Date: 2026\\n"\n{head}\n{entry}') == f"{head}\n{tidy}"
