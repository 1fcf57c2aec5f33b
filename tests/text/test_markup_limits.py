"""Texts that are too costly to convert show as typed, and long ordinary texts are converted.

The tests check that the work is not done, because the time that it takes depends on the machine.
"""

import pytest
from django.utils.html import escape

from text.markdown_converter import COST_LIMIT, CostLimit, TooCostlyError, build_converter, convert
from text.markup import render

LONGEST = 100_000  # characters, as many as a contribution may have

HOSTILE = [
    "# a\n", "a\n=\n", "=\n", "---\n", "- a\n# b\n", "> # a\n",  # each heading reads the block again
    "a\n\n", "- a\n\n", "a|b\n-|-\n", "> ",  # many pieces
    "*a*", "\\*", "&a;", "a  \n", "`a`",  # each mark copies the text
    "[", "[a](", "[a][", "![", "[`]",  # each bracket reads the rest of the text
]  # fmt: skip
HIDDEN_COSTS = {
    "one heading of marks": "# " + "#" * 90_000 + "a",
    "a table of nothing": "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * 40_000,
    "brackets far apart": ("[" + "a" * 99) * 1000,
}


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_repeated_costly_pattern_is_not_converted(pattern):
    text = pattern * (LONGEST // len(pattern))
    assert convert(text, 2) == f"<p>{escape(text)}</p>"


@pytest.mark.parametrize("name", HIDDEN_COSTS)
def test_a_text_with_hidden_costs_is_not_converted(name):
    assert convert(HIDDEN_COSTS[name], 2) == f"<p>{escape(HIDDEN_COSTS[name])}</p>"


def test_a_conversion_stops_close_to_the_limit():
    converter = build_converter(2)
    with pytest.raises(TooCostlyError):
        converter.convert("# a\n" * 25_000)
    spent = next(each.spent for each in converter.registeredExtensions if isinstance(each, CostLimit))
    assert COST_LIMIT < spent < COST_LIMIT * 1.1


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
def test_a_long_ordinary_text_is_converted(piece, number, tag):
    text = piece * number
    assert len(text) <= LONGEST
    # A line break at the end of the text is dropped.
    assert render(text).count(tag) in (number, number - 1)


def test_a_long_table_is_converted():
    text = "| a | b | c |\n| - | - | - |\n" + "| a cell | another | a third |\n" * 2000
    assert render(text).count("<tr>") == 2001


def test_each_text_has_the_whole_limit():
    assert convert("# a\n" * 25_000, 2).startswith("<p># a")
    assert convert("# a", 2) == "<h3>a</h3>"
