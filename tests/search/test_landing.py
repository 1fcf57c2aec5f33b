"""Each passage of each index has the address of the element that holds it, on a page that everyone may read."""

import re
from collections import defaultdict
from copy import deepcopy
from functools import cache

import pytest
from django.test import Client
from django.utils.translation import override
from lxml import html

from search.indexes import registered_indexes
from search.params import SearchParams
from search.query import find
from tests import build, files
from text.lists import MARKS
from text.words import words_of

pytestmark = pytest.mark.django_db
NOT_TEXT = ".//*[@class='paragraph-number' or @class='paragraph-menu' or @class='paragraph-mark'] | .//sup"
INLINE = ".//em | .//strong | .//p//a | .//wbr"  # inside a sentence, and so perhaps inside a word
COMMA = re.compile("|".join([", ", *MARKS[","].values()]))


@cache
def elements(answer):
    """Return {id: elements with it} of a page, which is parsed once."""
    found = defaultdict(list)
    for one in html.fromstring(answer.content).xpath("//*[@id]"):
        found[one.get("id")].append(one)
    return found


@cache
def element(answer, anchor):
    """Return the words of the element with an id, without its number and tools; None without such an element."""
    found = deepcopy(elements(answer).get(anchor, []))  # a copy, as elements with other ids may be inside
    if len(found) != 1:
        return None
    for left_out in found[0].xpath(NOT_TEXT):
        left_out.drop_tree()
    for inline in found[0].xpath(INLINE):
        inline.drop_tag()
    return words_of(" ".join(found[0].itertext()))


def passages():
    """Yield every passage of the sample, as in the active language, with the kind of its record."""
    for index in registered_indexes().values():
        for record in index.index_queryset():
            found = (*index.passages(record), *index.headings(record))
            yield from ((index.kind_name, passage) for passage in found if passage.text.strip())


def holds(words, some):
    """Return whether these words follow one another among others."""
    return f" {' '.join(some)} " in f" {' '.join(words)} "


def pieces(passage, anchor):
    """Return the parts of a passage that are together on the page; facts such as names can be in several places."""
    return COMMA.split(passage.text) if anchor in {"from", "by"} or anchor.startswith("at-") else [passage.text]


def problems():
    answers = {}
    for kind, passage in passages():
        page, _, anchor = passage.url.partition("#")
        if page not in answers:
            answers[page] = Client().get(page)
        answer = answers[page]
        words = element(answer, anchor) if answer.status_code == 200 else None
        if words is None:
            yield f"{kind}: {passage.url} leads nowhere"
        for piece in pieces(passage, anchor):
            if not holds(words or [], words_of(piece)):
                yield f"{kind}: {passage.url} holds {' '.join(words or [])[:200]!r}, not {piece[:200]!r}"


@pytest.mark.parametrize("reader", ["en", "ar"])
def test_each_passage_of_the_sample_is_in_the_element_at_its_address(sample, reader):
    with override(reader):
        found = list(problems())
    assert found == [], "\n".join(found[:20])


def land(text, reader="en"):
    """Return the first hit of a search, and the words of the element to which it leads."""
    with override(reader):
        hit = find(SearchParams(text)).hits[0]
    page, _, anchor = hit.url.partition("#")
    return hit, element(Client().get(page), anchor)


@pytest.fixture
def translated():
    """A dialogue in English whose description is in French too."""
    french = {"fr": {"description": "Une rencontre sur les quaggas."}}
    return build.dialogue(description="A meeting about quaggas at sea.", translations=french)


def test_a_hit_in_a_translation_leads_to_the_page_in_its_language(translated):
    hit, words = land("rencontre")
    assert hit.url == f"/fr{translated.get_absolute_url()}#about"
    assert words == ["Une", "rencontre", "sur", "les", "quaggas"]
    assert (hit.language, hit.page_language, hit.context[0]) == ("fr", "fr", "Français")


def test_a_hit_in_the_original_leads_to_the_page_in_its_language_where_a_translation_is_shown(translated):
    hit, _words = land("meeting sea", "fr")
    assert (hit.url, hit.page_language) == (f"{translated.get_absolute_url()}#about", "en")


@pytest.mark.parametrize("reader", ["en", "es"])
def test_a_hit_in_a_text_that_the_readers_page_shows_leads_to_that_page(translated, reader):
    hit, words = land("meeting sea", reader)
    assert hit.url == ("" if reader == "en" else "/es") + translated.get_absolute_url() + "#about"
    assert (hit.page_language, "English" in hit.context) == ("", False)
    assert words == ["A", "meeting", "about", "quaggas", "at", "sea"]


def test_a_word_that_both_have_leads_to_the_readers_page(translated):
    assert [land("quaggas", reader)[0].url.partition("/dialogues/")[0] for reader in ("en", "fr")] == ["", "/fr"]


def test_a_title_in_another_language_leads_to_the_page_in_it():
    item = build.news_item("The herd returns", translations={"ru": {"title": "Стадо вернулось"}})
    hit, words = land("Стадо")
    assert (hit.url, hit.page_language) == (f"/ru{item.get_absolute_url()}#title", "ru")
    assert words == ["Стадо", "вернулось"]


def test_the_page_marks_the_language_of_a_hit(client, translated):
    page = client.get("/search/?q=rencontre").content.decode()
    assert f'href="/fr{translated.get_absolute_url()}#about" hreflang="fr"' in page
    assert '<p dir="auto" lang="fr">' in page
    assert "hreflang=" not in client.get("/search/?q=meeting+sea").content.decode().partition("<ol")[2]


def test_a_hit_in_a_file_in_another_language_is_marked_as_such():
    file = ("annexe.pdf", files.pdf(["Une annexe sur les quaggas."]))
    contribution = build.contribution(text="A cover letter about quolls.", attach=[file])
    attachment = contribution.shown.attachments.get()
    attachment.language = "fr"
    attachment.save()
    assert [(hit.language, hit.page_language) for hit, _words in map(land, ["quaggas", "quolls"])] == [
        ("fr", ""), ("", "")
    ]  # fmt: skip
