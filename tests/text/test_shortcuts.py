"""Faster ways to read a text give the same result as the plain patterns, on texts made of awkward pieces."""

import random
import re

import pytest

from dialogues.paragraphs import STRUCTURE, _plain, in_order, plain_in_order
from text.markup import LINE_MARKUP, plain_text
from text.words import (
    ACRONYM_STOP,
    ALL_CAPITALS,
    CAPITALS_RUN,
    PREFIX_HYPHEN,
    TOKEN,
    _quieten_run,
    fold_in_place,
    quieten,
    words_of,
)

PIECES = [
    "peace", "co-operation", "re‐election", "U.S.S.R.", "debt’s", "“land”", "AIDS", "MINUSTAH", "TRAFFICKING",
    "PERSONS", "de\u0301tte", "über", "Łódź", "人口", "право", "حقوق", "x1", "-", "–", "—", "…", "·", "•", "«", "»",
    "\N{NO-BREAK SPACE}", "[note]", "[1]", "]", "[", "(", ")", ".", ",", ":", ";", "12.", "3)", "a-b", "e-mail",
    "€", "\u2003", "\ud800",
]  # fmt: skip


def drawn(number, pieces=PIECES, glue=(" ", " ", " ", "", "\n")):
    """Yield texts of up to a dozen pieces, the same in each run."""
    dice = random.Random(7)  # noqa: S311
    for _ in range(number):
        yield "".join(dice.choice(pieces) + dice.choice(glue) for _ in range(dice.randrange(1, 12)))


def test_words_are_those_of_the_pattern():
    texts = list(drawn(4_000))
    assert len({text.isascii() for text in texts}) == 2
    for text in texts:
        assert words_of(text) == TOKEN.findall(PREFIX_HYPHEN.sub("", ACRONYM_STOP.sub("", text))), text


def test_a_folded_text_has_a_character_for_each_and_the_same_words():
    for text in drawn(4_000):
        folded = fold_in_place(text)
        assert len(folded) == len(text)
        assert [found.span() for found in TOKEN.finditer(folded)] == [found.span() for found in TOKEN.finditer(text)]


def test_only_what_is_loud_becomes_quiet():
    texts = [text for text in drawn(4_000) if not text.islower() and not ALL_CAPITALS.fullmatch(text)]
    changed = 0
    for text in texts:
        quiet = quieten(text)
        assert quiet == CAPITALS_RUN.sub(_quieten_run, text), text
        changed += quiet != text
    assert changed > 10


def test_the_plain_text_of_a_whole_is_that_of_its_blocks():
    pieces = [*PIECES, "\n\n", "\r", "\x85", "\t", "    ", "\n- ", "\n1) ", "\n2. ", "# ", "*", "_", "&", "\n==", "|"]
    converted = 0
    for text in drawn(4_000, pieces):
        plain = [words for words, _ in plain_in_order(text)]
        assert plain == [_plain(block) for block in in_order(text)], text
        converted += plain != [block.text.strip() for block in in_order(text)]
    assert converted > 100


@pytest.mark.parametrize("pattern", [STRUCTURE, LINE_MARKUP])
def test_the_start_of_a_line_is_the_same_after_a_line_break(pattern):
    plain = re.compile("^" + pattern.pattern.removeprefix("\\n"), re.MULTILINE)
    pieces = ["- ", "-", "+ ", "* ", "> ", "```", "~~~", "==", "---", "    ", "|--|", ":-|", "12. ", "word", " ", "\t"]
    found = set()
    for text in drawn(4_000, pieces, ("", "", "\n")):
        assert bool(pattern.search(f"\n{text}")) == bool(plain.search(text)), text
        found.add(bool(plain.search(text)))
    assert found == {True, False}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A [sic] in it [1]", "A [sic] in it [1]"),
        ("A [link](https://example.org) here", "A link here"),
        ("A [link][1]\n\n[1]: https://example.org", "A link"),
        ("A ![picture](https://example.org/a.png)", "A ![picture](https://example.org/a.png)"),
        ("A note[^1] here", "A note here"),
    ],
)
def test_brackets_are_markup_only_with_an_address(text, plain):
    assert plain_text(text) == plain
