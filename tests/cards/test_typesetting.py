"""How text is broken into lines, fitted and put in visual order. Needs the fonts of Debian's Noto packages."""

import pytest

from cards import fonts
from cards.bidi import Style, base_direction, text_width, visual_runs
from cards.typesetting import ELLIPSIS, balance_lines, break_lines, break_opportunities, fit_text, truncate_lines

MISSING = fonts.missing_packages()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

LATIN, ARABIC, CHINESE = (Style("serif", 40, language) for language in ("en", "ar", "zh"))
SENTENCE = "We were asked for years to describe what we see, and we did so. What we ask for now is a date. " * 3
BOX = (944, 364)
SIZES = (76, 60, 48, 40, 34)


def test_broken_lines_hold_the_whole_text_and_are_not_too_wide():
    lines = break_lines(SENTENCE, 900, LATIN)
    assert " ".join(lines) == SENTENCE.strip()
    assert len(lines) > 3
    assert all(text_width(line, LATIN) <= 900 for line in lines)


def test_lines_break_after_hyphens_and_dashes_but_not_before():
    assert break_opportunities("well-known facts—and dates — all") == [
        "well-",
        "known ",
        "facts—",
        "and ",
        "dates — ",
        "all",
    ]


def test_chinese_breaks_anywhere_but_not_before_a_full_stop_or_after_a_bracket():
    assert break_opportunities("我们（同意）。好") == ["我", "们", "（同", "意）。", "好"]
    lines = break_lines("对话以日期结束，才是协议。" * 8, 400, CHINESE)
    assert len(lines) > 4
    assert not any(line[0] in "，。" for line in lines)


def test_a_word_wider_than_the_line_is_split_without_loss():
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    lines = break_lines(f"A {word} came.", 600, LATIN)
    assert "".join(lines).replace(" ", "") == f"A{word}came."
    assert all(text_width(line, LATIN) <= 600 for line in lines)


def test_balanced_lines_are_of_similar_length():
    text = "One two three four five six seven eight nine ten eleven."
    greedy, even = break_lines(text, 900, LATIN), balance_lines(text, 900, LATIN)
    assert len(greedy) == len(even) == 2
    assert text_width(greedy[0], LATIN) - text_width(greedy[1], LATIN) > text_width(even[0], LATIN) - text_width(
        even[1], LATIN
    )


def test_truncated_text_ends_at_a_word_with_an_ellipsis():
    lines = truncate_lines(SENTENCE, 900, 2, LATIN)
    assert len(lines) == 2
    assert lines[1].endswith(ELLIPSIS)
    whole = " ".join(lines).removesuffix(ELLIPSIS)
    assert SENTENCE.startswith(whole)
    assert SENTENCE[len(whole)] in " ,."
    assert text_width(lines[1], LATIN) <= 900
    assert truncate_lines("Short.", 900, 2, LATIN) == ["Short."]


@pytest.mark.parametrize("words", [3, 12, 40, 55])
def test_a_quote_of_usual_length_fits_completely(words):
    text = " ".join(["words"] * words)
    block = fit_text(text, BOX, SIZES, "serif", "en")
    assert " ".join(block.lines) == text
    assert block.height <= BOX[1]
    assert all(text_width(line, block.style) <= BOX[0] for line in block.lines)


def test_short_quotes_are_set_large_and_long_ones_small():
    sizes = [fit_text("words " * count, BOX, SIZES, "serif", "en").style.size for count in (3, 30, 70)]
    assert sizes[0] == SIZES[0]
    assert sizes == sorted(set(sizes), reverse=True)


def test_a_quote_that_fits_at_no_size_is_truncated():
    block = fit_text("words " * 300, BOX, SIZES, "serif", "en")
    assert block.style.size == SIZES[-1]
    assert block.height <= BOX[1]
    assert block.lines[-1].endswith("words" + ELLIPSIS)


def test_a_line_of_one_font_and_direction_is_one_run():
    assert [(run.text, run.direction) for run in visual_runs("We were heard.", LATIN)] == [("We were heard.", "ltr")]


def test_latin_words_in_an_arabic_line_are_in_visual_order():
    found = [
        (run.text, run.script, run.direction) for run in visual_runs("كما في UNODC عام", ARABIC) if run.text.strip()
    ]
    assert found == [("عام", "arabic", "rtl"), ("UNODC", "latin", "ltr"), ("كما في ", "arabic", "rtl")]


def test_brackets_that_the_arabic_font_lacks_are_in_visual_order():
    found = [run.text for run in visual_runs("قال (نعم)", ARABIC)]
    assert found == [")", "نعم", "(", "قال "]
    assert {run.direction for run in visual_runs("قال (نعم)", ARABIC)} == {"rtl"}


def test_a_percent_sign_stays_with_its_number():
    found = [run for run in visual_runs("بنسبة 100% فقط", ARABIC) if run.text.strip()]
    assert [run.text.strip() for run in found] == ["فقط", "100", "%", "بنسبة"]
    assert [run.direction for run in found] == ["rtl", "ltr", "ltr", "rtl"]


def test_an_arabic_name_in_an_english_line_is_one_run_from_right_to_left():
    found = [(run.text, run.direction) for run in visual_runs("By ليلى حداد, today", LATIN)]
    assert found == [("By ", "ltr"), ("ليلى حداد", "rtl"), (", today", "ltr")]


@pytest.mark.parametrize(
    ("text", "direction"), [("Hello", "ltr"), ("12 سلام", "rtl"), ("«سلام»", "rtl"), ("12", "ltr")]
)
def test_the_base_direction_is_that_of_the_first_letter(text, direction):
    assert base_direction(text) == direction


def test_arabic_letters_are_joined():
    apart = sum(text_width(letter, ARABIC) for letter in "سلام")
    assert text_width("سلام", ARABIC) < apart * 0.9


def test_text_is_rendered_only_if_the_fonts_have_all_characters():
    assert fonts.can_render("Привет, ليلى and 陈", "serif", "en")
    assert not fonts.can_render("გამარჯობა", "serif", "en")
