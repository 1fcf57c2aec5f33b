"""Public pages in Arabic, Chinese and Russian: they are in their script, and mark what is in another language."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

from contributions.models import Call, Contribution
from dialogues.models import (
    Dialogue,
    NewsItem,
    Organization,
    Paper,
    Photograph,
    Quote,
    Series,
    Speaker,
    Statement,
    Topic,
)
from portal.sample import translations
from portal.sample.real import FOLDER
from publishing.models.translatable import BaseTranslatable
from search.models import Concept
from tests.i18n.bidi import drawn_together
from tests.i18n.scripts import share_of_other_scripts, wrongly_marked
from tests.sample import copy_rows_and_files

LANGUAGES = {"ar": "/ar", "zh": "/zh", "ru": "/ru"}
FIXED = [
    "/", "/dialogues/", "/contributions/", "/contributions/participation/", "/contributions/terms/",
    "/contributions/check/", "/search/", "/about/", "/about/follow/", "/about/citing/", "/about/privacy/",
    "/about/contact/", "/accessibility/", "/awaited/", "/quotes/", "/speakers/", "/topics/", "/news/",
    "/accounts/sign-in/", "/nowhere/",
]  # fmt: skip
# All that staff write for these is translated in the sample, so that hardly a letter is of another script.
TRANSLATED = ["/", "/dialogues/", "/search/", "/about/", "/topics/", "/news/", "/contributions/"]
MOST = 0.1


@pytest.fixture(scope="module")
def sample(loaded_sample, django_db_blocker):
    """Have the loaded sample in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        copy_rows_and_files(loaded_sample)
        yield Dialogue.objects.get(slug="sample-dialogue")
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()  # of numbers that were the sample's


pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def records(dialogue):
    """Return public records of each kind with a page, by kind."""
    first = {
        "panel": dialogue.panels.first(),
        "summary": dialogue.summaries.get(language="en"),
        "topic": Topic.objects.published().first(),
        "call": Call.objects.published().first(),
        "contribution": Contribution.objects.published().get(shown__title__startswith="Reading the ledger"),
        "quote": Quote.objects.published().first(),
        "speaker": Speaker.objects.published().first(),
        "news item": NewsItem.objects.published().first(),
        "statement": Statement.objects.published().first(),
        "photograph": Photograph.objects.published().first(),
        "series": Series.objects.get(code="SMP"),
        "real dialogue": Dialogue.objects.get(slug="smuggling-of-migrants-third-2024"),
    }
    return {"dialogue": dialogue, **first}


def names():
    """Return the names of people, bodies and places on the internet, which no language changes."""
    bodies = Organization.objects.values_list("name", flat=True)
    return [*Speaker.objects.values_list("name", flat=True), *bodies, "video.example"]


def page(language, address):
    return Client().get(LANGUAGES[language] + address).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_in_another_script_than_its_page_is_marked(sample, language):
    summary = sample.summaries.get(language="en").get_absolute_url()
    addresses = [*FIXED, f"{summary}beside/fr/", f"{sample.get_absolute_url()}quotes/"]
    addresses += [record.get_absolute_url() for record in records(sample).values()]
    known = names()
    found = {address: wrongly_marked(page(language, address), known) for address in addresses}
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_latin_words_of_an_arabic_page_do_not_draw_numbers_and_other_words_to_their_side(sample):
    addresses = [*FIXED, *(record.get_absolute_url() for record in records(sample).values())]
    found = {address: drawn_together(page("ar", address)) for address in addresses}
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_words_that_are_drawn_together_are_found():
    html = "<p>ورقة {}، 2,6 كيلوبايت</p>"
    assert drawn_together(html.format("PDF")) == ["F، 2,6 كيلوبايت"]
    for apart in ("<bdi>PDF</bdi>", '<span dir="auto">PDF</span>'):
        assert drawn_together(html.format(apart)) == []
    assert drawn_together('<p class="meta"><span>ورقة، PDF</span><span>English</span></p>') == []
    assert drawn_together('<div dir="ltr"><p>PDF، 2,6</p></div>') == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_whose_texts_are_translated_are_in_their_own_script(sample, language):
    kinds = records(sample)
    addresses = [*TRANSLATED, *(kinds[kind].get_absolute_url() for kind in ("dialogue", "panel", "topic", "call"))]
    shares = {address: share_of_other_scripts(page(language, address), language, names()) for address in addresses}
    assert {address: share for address, share in shares.items() if share >= MOST} == {}


def test_each_text_of_the_sample_is_translated_into_each_language():
    missing = []
    for model in {type(record) for record in records(Dialogue.objects.get(slug="sample-dialogue")).values()} | {Paper}:
        if issubclass(model, BaseTranslatable):
            for record in model.objects.exclude(pk=None):
                for field in record.translated_fields:
                    # A statement and a news item keep their own words where no translation was made.
                    if record.missing_languages(field):
                        missing.append(f"{model.__name__}.{field}: {getattr(record, field)[:60]}")
    assert missing == []


def test_each_translation_of_the_sample_is_of_a_text_in_it():
    used = {
        getattr(record, field)
        for model in BaseTranslatable.__subclasses__()
        for concrete in (model, *model.__subclasses__())
        if not concrete._meta.abstract and concrete is not Concept
        for record in concrete.objects.all()
        for field in record.translated_fields
    }
    items = json.loads((FOLDER / "translations.json").read_text("utf8"))
    assert {item["en"] for item in items} - used == set()
    assert len(translations.words()) == len(items)


def test_unmarked_texts_are_found():
    html = '<html lang="ar"><p>Not marked</p><p lang="en">Marked</p><bdi>Ada Smith</bdi><p>بيان من Ada Smith</p></html>'
    assert wrongly_marked(html, ["Ada Smith"]) == ["Not marked"]
