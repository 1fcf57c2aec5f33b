"""Texts made to choke the converter are given up and stay as typed; long texts that someone wrote are not.

What is asserted is that the work was not done: how long it would take depends on the machine.
"""

import pytest
from django.utils.html import escape

from text import markup
from text.markup import build_converter, convert, render

LONGEST = 100_000  # characters, as many as a contribution may have

HOSTILE = [
    "# a\n", "a\n=\n", "=\n", "---\n", "- a\n# b\n", "> # a\n",  # a block is gone over for each of its headings
    "a\n\n", "- a\n\n", "a|b\n-|-\n", "> ",  # very many pieces
    "*a*", "\\*", "&a;", "a  \n", "`a`",  # a text is copied for each of its marks
    "[", "[a](", "[a][", "![", "[`]",  # a text is read on for each bracket
]  # fmt: skip
CROOKED = {
    "one heading of marks": "# " + "#" * 90_000 + "a",
    "a table of nothing": "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * 40_000,
    "brackets far apart": ("[" + "a" * 99) * 1000,
}


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_pattern_over_and_over_is_given_up(pattern):
    text = pattern * (LONGEST // len(pattern))
    assert convert(text, 2) == f"<p>{escape(text)}</p>"


@pytest.mark.parametrize("name", CROOKED)
def test_what_costs_more_than_it_seems_is_given_up(name):
    assert convert(CROOKED[name], 2) == f"<p>{escape(CROOKED[name])}</p>"


def test_it_is_given_up_before_the_limit_is_far_behind():
    converter = build_converter(2)
    with pytest.raises(markup.TooCostlyError):
        converter.convert("# a\n" * 25_000)
    spent = next(each.spent for each in converter.registeredExtensions if isinstance(each, markup.CostLimit))
    assert markup.COST_LIMIT < spent < markup.COST_LIMIT * 1.1


@pytest.mark.parametrize(
    ("piece", "number", "tag"),
    [
        ("word " * 100 + "[link](https://example.org) and *more*\n\n", 180, "<a "),
        ("- a point with a [link](https://example.org) and **weight**\n", 1500, "<a "),
        ("## Heading\n" + "word " * 200 + "\n", 95, "<h4>"),
        ("## Heading\n\n" + "word " * 20 + "\n\n", 800, "<h4>"),
        ("> words of another\n\nand an answer\n\n", 2000, "<blockquote>"),
        ("a line of a poem  \n", 100, "<br>"),
    ],
)
def test_a_long_text_that_someone_wrote_is_converted(piece, number, tag):
    text = piece * number
    assert len(text) <= LONGEST
    # Of a line break, the last one ends the text.
    assert render(text).count(tag) in (number, number - 1)


def test_so_is_a_long_table():
    text = "| a | b | c |\n| - | - | - |\n" + "| a cell | another | a third |\n" * 2000
    assert render(text).count("<tr>") == 2001


def test_what_one_text_costs_the_next_does_not_pay():
    assert convert("# a\n" * 25_000, 2).startswith("<p># a")
    assert convert("# a", 2) == "<h3>a</h3>"
