"""Public pages show the texts that staff write in the reader's language, or in their own, marked as such.

All texts of a world hold a word that names their language. The tests find these words on all public pages.
"""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps

from publishing.models import BaseTranslatable
from publishing.page_sources import shown_models
from tests import build
from tests.public_world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
MARKED = re.compile(r"\b(en|fr|ar)word\b")
SHOWN_ATTRIBUTES = {"alt", "aria-label", "title", "placeholder"}
NOTE = "Some texts on this page are not translated yet."


class Words(HTMLParser):
    """Collects the marked words of a page with the languages of the elements around them."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found, self.in_attributes = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        for name in SHOWN_ATTRIBUTES & given.keys():
            self.in_attributes += [(word, tag, name) for word in MARKED.findall(given[name] or "")]
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        around = [given for _tag, given in self.open]
        tags = {tag for tag, _given in self.open}
        # A citation has the original title, whatever the language of the page.
        # The description of a chart, of all bars in one line, can't be marked.
        if tags & {"head", "script", "desc"} or any(given.get("id") == "citation" for given in around):
            return
        language = next((given["lang"] for given in reversed(around) if "lang" in given), "")
        self.found += [(word, language[:2], data.strip()) for word in MARKED.findall(data)]


def translatable_records():
    """Return all records of the models whose texts pages show in the language of the reader."""
    models = [model for model in apps.get_models() if issubclass(model, BaseTranslatable) and model in shown_models()]
    return [record for model in models for record in model.objects.all()]


def write(record, original, *translations):
    """Give each text of a record the word of its language, and translations with the words of theirs."""
    record.translations = {
        language: dict.fromkeys(record.translated_fields, f"Text {language}word") for language in translations
    }
    for field in record.translated_fields:
        if isinstance(getattr(type(record), field, None), property):
            if picture := getattr(record, "portrait" if field.startswith("portrait_") else "picture"):
                setattr(picture, field.removeprefix("portrait_"), f"Text {original}word")
                picture.save()
        else:
            unique = f"{record.pk} " if record._meta.get_field(field).unique else ""
            setattr(record, field, f"Text {unique}{original}word")
    if isinstance(getattr(type(record), "original_language", None), property):
        record.language = original
    else:
        record.original_language = original
    record.save()


@pytest.fixture
def world():
    made = make_world()
    made.dialogue.counts.create(what="Organizations", number=3)
    build.dialogue(title="Another dialogue", series=build.series("FIR"))
    made.pages += ["/recommendations/"]
    made.pages += [f"/series/{made.dialogue.series.slug}/years/", f"/topics/{made.topic.slug}/years/"]
    made.pages += [f"{made.summary.get_absolute_url()}{made.summary.paragraphs.first().anchor}/cite/"]
    return made


def pages(world, client, prefix):
    for address in world.pages:
        if address != "/sitemap.xml":
            response = client.get(f"{prefix}{address}")
            if response.status_code == 200:
                yield address, response.content.decode()


def test_readers_get_each_text_in_their_language(world, client):
    for record in translatable_records():
        write(record, "en", "fr", "ar")
    shown = 0
    for prefix, language in {"": "en", "/fr": "fr", "/ar": "ar"}.items():
        for address, page in pages(world, client, prefix):
            words = Words(page)
            shown += len(words.found)
            wrong = [found for found in (*words.found, *words.in_attributes) if found[0] != language]
            assert wrong == [], prefix + address
            assert NOTE not in page
    assert shown > 300


def test_texts_without_a_translation_are_marked_with_their_language(world, client):
    for record in translatable_records():
        write(record, "ar", "fr")
    for prefix, language in {"": "ar", "/fr": "fr", "/zh": "ar"}.items():
        for address, page in pages(world, client, prefix):
            words = Words(page)
            wrong = [found for found in words.found if found[0] != found[1] or found[0] != language]
            assert wrong == [], prefix + address
            assert {word for word, *_rest in words.in_attributes} <= {language}, prefix + address
            if prefix == "" and any(word == "ar" for word, *_rest in words.found):
                assert page.count(NOTE) == 1, address
