"""Accessibility of every type of page in English and Arabic, from phone to desktop, in light and dark mode."""

import pytest

from bench.page_types import page_types
from tests import build

from .asking import TAGS, complaints

LISTS = ("dialogues", "speakers", "quotes", "topics", "news", "contributions")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def test_every_type_of_page_is_accessible(sample, look):
    look(page_types())


@pytest.mark.parametrize("language", ["zh", "fr", "ru", "es"])
def test_every_type_of_page_is_accessible_in_the_other_languages_on_a_phone(sample, open_page, language):
    page, found = open_page(360), []
    for name, address in page_types().items():
        page.goto(f"/{language}{address}")
        asked = complaints(page, widths=[360], schemes={"light": TAGS})
        found += [f"{name}: {problem}" for problem in asked]
    assert found == [], "\n".join(found)


def test_an_empty_portal_is_accessible(look):
    look({f"empty-{name}": f"/{name}/" for name in (*LISTS, "awaited")} | {"empty-home": "/"})


def test_very_long_words_do_not_widen_the_page(look):
    dialogue = build.dialogue(title=LONG, city=LONG[:90], venue=LONG, description=LONG)
    seat = build.appearance(dialogue, who=build.speaker(LONG), title=LONG, affiliation=LONG)
    quote = build.quote(seat, text=LONG, source=LONG)
    summary = build.summary(dialogue, text=f"# {LONG}\n\n1. {LONG}")
    build.topic(LONG)
    build.news_item(LONG, about=[dialogue], text=LONG)
    contribution = build.contribution(build.call(dialogue, title=LONG), organization_name=LONG, title=LONG, text=LONG,
                                      attach=[("note.txt", LONG.encode())])  # fmt: skip
    pages = {f"long-{name}": f"/{name}/" for name in LISTS}
    pages |= {"long-home": "/", "long-search": "/search/?q=" + LONG}
    pages["long-file"] = f"{contribution.get_absolute_url()}files/1/"
    records = (dialogue, seat.speaker, quote, summary, contribution)
    look(pages | {f"long-{type(record).__name__.lower()}": record.get_absolute_url() for record in records})
