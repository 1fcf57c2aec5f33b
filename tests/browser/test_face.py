"""Every type of page in every language of the interface, from a phone to a desk, light and dark."""

import io
from functools import partial

import pytest
from django.conf import settings
from django.core.management import call_command

from bench.pages import page_types
from dialogues.models import Dialogue
from tests import build
from tests.browser.face import complaints

LANGUAGES = [code for code, name in settings.LANGUAGES]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def localized(address, language):
    """That page in another language of the interface."""
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


@pytest.fixture
def sample(roles):
    """The sample, and an item of news, of which it has none."""
    call_command("load_sample", stdout=io.StringIO())
    build.news_item("A day in the city", about=Dialogue.objects.filter(slug="sample-dialogue"))


@pytest.fixture
def look(open_page, picture):
    """Goes to each page, {name: address}, in that language; says what is wrong with any."""

    def at(pages, language):
        page, found = open_page(), []
        for name, address in pages.items():
            page.goto(localized(address, language))
            found += [f"{name}: {problem}" for problem in complaints(page, partial(keep, f"{language}-{name}"))]
        assert found == [], "\n".join(found)

    def keep(name, page, way):
        picture(page, f"{name}-{way}", whole=True)

    return at


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_page_is_accessible(sample, look, language):
    look(page_types(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_portal_is_accessible(look, language):
    lists = ("dialogues", "speakers", "quotes", "topics", "news", "awaited", "contributions")
    look({name: f"/{name}/" for name in lists} | {"home": "/"}, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_very_long_words_stay_inside(look, language):
    dialogue = build.dialogue(title=LONG, city=LONG[:90], venue=LONG, description=LONG)
    seat = build.appearance(dialogue, who=build.speaker(LONG), title=LONG, affiliation=LONG)
    quote = build.quote(seat, text=LONG, source=LONG)
    summary = build.summary(dialogue, text=f"# {LONG}\n\n1. {LONG}")
    build.topic(LONG)
    build.call(dialogue, title=LONG)
    build.news_item(LONG, about=[dialogue], text=LONG)
    lists = ("dialogues", "speakers", "quotes", "topics", "news", "contributions")
    records = {"dialogue": dialogue, "speaker": seat.speaker, "quote": quote, "summary": summary}
    pages = {name: f"/{name}/" for name in lists} | {"home": "/", "search": "/search/?q=" + LONG}
    pages |= {name: record.get_absolute_url() for name, record in records.items()}
    look(pages, language)
