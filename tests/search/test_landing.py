"""Each passage of each index has the address of the element that holds it, on a page that everyone may read."""

import re
from functools import cache

import pytest
from django.test import Client
from lxml import html

from search.indexes import registered_indexes
from text.lists import MARKS
from text.words import words_of

pytestmark = pytest.mark.django_db
NOT_TEXT = ".//*[@class='paragraph-number' or @class='paragraph-menu' or @class='paragraph-mark'] | .//sup"
INLINE = ".//em | .//strong | .//p//a"  # inside a sentence, and so perhaps inside a word
COMMA = re.compile("|".join([", ", *MARKS[","].values()]))


@cache
def element(answer, anchor):
    """Return the words of the element with an id, without its number and tools; None without such an element."""
    found = html.fromstring(answer.content).xpath("//*[@id=$anchor]", anchor=anchor)
    if len(found) != 1:
        return None
    for left_out in found[0].xpath(NOT_TEXT):
        left_out.drop_tree()
    for inline in found[0].xpath(INLINE):
        inline.drop_tag()
    return words_of(" ".join(found[0].itertext()))


def passages():
    """Yield every passage of the sample with the kind of its record."""
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
        # Titles and names are found in all languages, and shown in that of the page.
        page = f"/{passage.language}{page}" if passage.language != "en" else page
        if page not in answers:
            answers[page] = Client().get(page)
        answer = answers[page]
        words = element(answer, anchor) if answer.status_code == 200 else None
        if words is None:
            yield f"{kind}: {passage.url} leads nowhere"
        for piece in pieces(passage, anchor):
            if not holds(words or [], words_of(piece)):
                yield f"{kind}: {passage.url} holds {' '.join(words or [])[:200]!r}, not {piece[:200]!r}"


def test_each_passage_of_the_sample_is_in_the_element_at_its_address(sample):
    found = list(problems())
    assert found == [], "\n".join(found[:20])
