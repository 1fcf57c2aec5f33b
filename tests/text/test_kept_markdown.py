"""Kept HTML: the same as newly made, made once, and deleted within a day."""

import random
import sys

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.utils import translation

from text import markup
from text.markup import forget_daily, is_plain_paragraph, render

BOLD = "A **debt**."
TABLE = "|a|b|\n|-|-|\n|1|2|"
PIECES = ["\n", "\n\n", "“", "(", "«", "\xa0", "\u202f", "  ", "1. ", "2024. ", "- ", "=", "--", "+", ":", "http://a.b",
          "a@b.c", "'", '"', "wzxhzdk:0", "klzzwxh:0001", "*", "_", "&amp;", "<b>", "#", "\t", "\x02", "\u2028", "１. ",
          "١. ", "a", "Z", "É", "ж", "债", "د", "😀", "\u0301", "%", "{", "!", "^"]  # fmt: skip


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """The cache, empty at first."""
    settings.CACHES = settings.CACHES | {"markdown": settings.CACHES["markdown"] | {"LOCATION": tmp_path / "markdown"}}
    return caches["markdown"]


@pytest.fixture
def conversions(monkeypatch):
    """The texts that are converted."""
    texts, convert = [], markup.convert

    def note(text, headings_below):
        texts.append(text)
        return convert(text, headings_below)

    monkeypatch.setattr(markup, "convert", note)
    return texts


def converted(text):
    return str(markup.TABLE.sub(markup._in_region, markup._convert_and_clean(text, 2)))


def test_a_text_is_converted_once(conversions):
    assert render(BOLD) == render(BOLD) == "<p>A <strong>debt</strong>.</p>"
    assert conversions == [BOLD]


def test_kept_html_serves_other_processes(conversions, kept, settings):
    render(BOLD)
    settings.CACHES = dict(settings.CACHES)  # as a process that begins
    assert caches["markdown"] is not kept
    assert render(BOLD) == converted(BOLD)
    assert conversions == [BOLD, BOLD]  # the second for the comparison


def test_other_options_and_texts_are_kept_apart():
    assert render("# A **b**") == "<h3>A <strong>b</strong></h3>"
    assert render("# A **b**", 1) == "<h2>A <strong>b</strong></h2>"
    assert render("# A **c**") == "<h3>A <strong>c</strong></h3>"


def test_another_renderer_uses_nothing_of_an_earlier_one(conversions, monkeypatch):
    render(BOLD)
    monkeypatch.setattr(markup, "RENDERER", "another")
    render(BOLD)
    assert conversions == [BOLD, BOLD]


def test_the_language_of_a_page_is_not_kept():
    assert 'aria-label="Table: a, b"' in render(TABLE)
    with translation.override("fr"):
        assert 'aria-label="Tableau' in render(TABLE)


@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05K\x01."])
def test_unreadable_html_is_made_again(kept, damage):
    render(BOLD)
    (file,) = kept._list_cache_files()
    with open(file, "wb") as written:
        written.write(damage)
    assert render(BOLD) == converted(BOLD)


def test_a_page_does_without_a_place_to_keep_it(monkeypatch, kept):
    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(type(kept), "set", full)
    assert render(BOLD) == converted(BOLD)


def test_all_goes_after_a_day_and_not_before(kept, conversions, monkeypatch, capsys):
    assert forget_daily()
    render(BOLD)
    call_command("sweep_markdown")
    assert capsys.readouterr().out == ""
    render(BOLD)
    assert conversions == [BOLD]
    kept.set(markup.SWEPT, True, -1)
    call_command("sweep_markdown")
    assert "deleted" in capsys.readouterr().out
    assert len(kept._list_cache_files()) == 1  # when it was done
    render(BOLD)
    assert conversions == [BOLD, BOLD]


def test_a_plain_paragraph_is_neither_converted_nor_kept(kept, conversions):
    text = "The debt of “a worker”, at 5 % a month\nin the port; it’s \N{NO-BREAK SPACE}owed."
    assert render(text) == f"<p>{text}</p>".replace("\N{NO-BREAK SPACE}", "&nbsp;")
    assert conversions == []
    assert kept._list_cache_files() == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "1. a", "- a", "a ", " a", "a\n- b", "a\n\nb", "a\n===", "    a", "a  \nb", "a & b", "<b>", "a\tb",
     "[^1]: a", "a\n1. b", "a\n    b", "a|b", "a\x02", "١. a", "a\n"],
)  # fmt: skip
def test_possible_markup_is_converted(text):
    assert not is_plain_paragraph(text)
    assert render(text) == converted(text)


def test_plain_paragraphs_are_as_the_converter_makes_them():
    dice = random.Random(4)  # noqa: S311
    texts = ("".join(dice.choices(PIECES, k=dice.randint(1, 8))) for _ in range(20_000))
    plain = [text for text in texts if is_plain_paragraph(text)]
    assert len(plain) > 1_000
    for text in plain:
        assert render(text) == converted(text)


def test_each_character_of_a_plain_paragraph_stays_as_it_is():
    for first in range(0, sys.maxunicode, 1000):
        characters = (chr(code) for code in range(first, first + 1000) if code <= sys.maxunicode)
        text = "a" + "".join(one for one in characters if is_plain_paragraph(f"a{one}a")) + "a"
        assert render(text) == converted(text)
