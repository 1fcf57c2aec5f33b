"""How the words of a card are broken, sized and put in order. These need the fonts of Debian's Noto packages."""

import pytest

from cards import fonts
from cards.bidi import Style, direction_of, runs, width
from cards.typesetting import ELLIPSIS, balanced, broken, cut, fitted, pieces

needs_fonts = pytest.mark.skipif(bool(fonts.missing()), reason=f"cards need fonts: {', '.join(fonts.missing())}")
pytestmark = needs_fonts

LATIN, ARABIC, CHINESE = (Style("serif", 40, language) for language in ("en", "ar", "zh"))
SENTENCE = "We were asked for years to describe what we see, and we did so. What we ask for now is a date. " * 3
BOX = (944, 364)
SIZES = (76, 60, 48, 40, 34)


def test_a_text_loses_nothing_when_it_is_broken_and_no_line_is_too_wide():
    lines = broken(SENTENCE, 900, LATIN)
    assert " ".join(lines) == SENTENCE.strip()
    assert len(lines) > 3
    assert all(width(line, LATIN) <= 900 for line in lines)


def test_a_line_may_end_after_a_hyphen_or_a_dash_but_not_before_one():
    assert pieces("well-known facts—and dates — all") == ["well-", "known ", "facts—", "and ", "dates — ", "all"]


def test_chinese_breaks_anywhere_but_not_before_a_full_stop_or_after_a_bracket():
    assert pieces("我们（同意）。好") == ["我", "们", "（同", "意）。", "好"]
    lines = broken("对话以日期结束，才是协议。" * 8, 400, CHINESE)
    assert len(lines) > 4
    assert not any(line[0] in "，。" for line in lines)


def test_a_word_that_is_wider_than_the_line_is_broken_and_kept_whole_in_all():
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    lines = broken(f"A {word} came.", 600, LATIN)
    assert "".join(lines).replace(" ", "") == f"A{word}came."
    assert all(width(line, LATIN) <= 600 for line in lines)


def test_lines_are_evened_out_so_that_no_word_stands_alone():
    text = "One two three four five six seven eight nine ten eleven."
    greedy, even = broken(text, 900, LATIN), balanced(text, 900, LATIN)
    assert len(greedy) == len(even) == 2
    assert width(greedy[0], LATIN) - width(greedy[1], LATIN) > width(even[0], LATIN) - width(even[1], LATIN)


def test_what_is_cut_ends_at_a_word_with_an_ellipsis():
    lines = cut(SENTENCE, 900, 2, LATIN)
    assert len(lines) == 2
    assert lines[1].endswith(ELLIPSIS)
    whole = " ".join(lines).removesuffix(ELLIPSIS)
    assert SENTENCE.startswith(whole)
    assert SENTENCE[len(whole)] in " ,."
    assert width(lines[1], LATIN) <= 900
    assert cut("Short.", 900, 2, LATIN) == ["Short."]


@pytest.mark.parametrize("words", [3, 12, 40, 55])
def test_a_quote_of_any_usual_length_fits_whole(words):
    text = " ".join(["words"] * words)
    block = fitted(text, BOX, SIZES, "serif", "en")
    assert " ".join(block.lines) == text
    assert block.height <= BOX[1]
    assert all(width(line, block.style) <= BOX[0] for line in block.lines)


def test_short_quotes_are_set_large_and_long_ones_small():
    sizes = [fitted("words " * count, BOX, SIZES, "serif", "en").style.size for count in (3, 30, 70)]
    assert sizes[0] == SIZES[0]
    assert sizes == sorted(set(sizes), reverse=True)


def test_a_quote_that_fits_at_no_size_is_cut():
    block = fitted("words " * 300, BOX, SIZES, "serif", "en")
    assert block.style.size == SIZES[-1]
    assert block.height <= BOX[1]
    assert block.lines[-1].endswith("words" + ELLIPSIS)


def test_a_line_of_one_font_and_direction_is_one_run():
    assert [(run.text, run.direction) for run in runs("We were heard.", LATIN)] == [("We were heard.", "ltr")]


def test_an_arabic_line_has_its_latin_words_where_a_reader_looks_for_them():
    found = [(run.text, run.script, run.direction) for run in runs("كما في UNODC عام", ARABIC) if run.text.strip()]
    assert found == [("عام", "arabic", "rtl"), ("UNODC", "latin", "ltr"), ("كما في ", "arabic", "rtl")]


def test_brackets_that_the_arabic_font_lacks_stand_in_the_order_of_the_line():
    found = [run.text for run in runs("قال (نعم)", ARABIC)]
    assert found == [")", "نعم", "(", "قال "]
    assert {run.direction for run in runs("قال (نعم)", ARABIC)} == {"rtl"}


def test_a_percent_sign_stays_with_its_number():
    found = [run for run in runs("بنسبة 100% فقط", ARABIC) if run.text.strip()]
    assert [run.text.strip() for run in found] == ["فقط", "100", "%", "بنسبة"]
    assert [run.direction for run in found] == ["rtl", "ltr", "ltr", "rtl"]


def test_an_arabic_name_in_an_english_line_is_one_run_from_right_to_left():
    found = [(run.text, run.direction) for run in runs("By ليلى حداد, today", LATIN)]
    assert found == [("By ", "ltr"), ("ليلى حداد", "rtl"), (", today", "ltr")]


@pytest.mark.parametrize(
    ("text", "direction"), [("Hello", "ltr"), ("12 سلام", "rtl"), ("«سلام»", "rtl"), ("12", "ltr")]
)
def test_the_direction_of_a_text_is_that_of_its_first_letter(text, direction):
    assert direction_of(text) == direction


def test_letters_of_arabic_are_joined():
    apart = sum(width(letter, ARABIC) for letter in "سلام")
    assert width("سلام", ARABIC) < apart * 0.9


def test_words_are_set_only_where_a_font_has_all_of_their_letters():
    assert fonts.can_set("Привет, ليلى and 陈", "serif", "en")
    assert not fonts.can_set("გამარჯობა", "serif", "en")
