from pathlib import Path

from documents.sandbox.client import make_clean_copy, read_markdown
from documents.structure.pdf import markdown
from documents.structure.pdf.lines import Vocabulary
from tests.documents.drawn_pdf import drawn
from tests.documents.summaries import TEXTS, forty_in_pdf

LONG = "and so the line goes on to the other margin of the page where it ends at"


def test_paragraphs_are_kept_and_running_headers_and_footers_are_not():
    text = read_markdown(make_clean_copy(forty_in_pdf(), "pdf").content, "pdf")
    numbered = [part.replace("[^1]", "") for part in text.split("\n\n") if part[0].isdigit()]
    assert numbered == [f"{number}. {words}" for number, words in enumerate(TEXTS, start=1)]
    assert "working group" not in text
    assert "Page" not in text


def test_headings_and_a_footnote_are_kept():
    parts = markdown(forty_in_pdf()).split("\n\n")
    assert parts[:2] == ["# Summary of an invented meeting", "## Part 1"]
    assert (
        parts[parts.index(f"2. {TEXTS[1]}[^1]") + 1]
        == "    [^1]: A note that begins here and goes on in a second line."
    )
    assert [part for part in parts if part.startswith("##")] == [f"## Part {number}" for number in range(1, 5)]


def test_number_in_the_margin_begins_a_paragraph_and_one_in_a_sentence_does_not():
    page = [(72, 700, "9."), (108, 700, f"Nine, {LONG}"), (72, 685, "12. of them were counted."), (72, 660, "10. Ten.")]
    assert markdown(drawn(page)).split("\n\n") == [f"9. Nine, {LONG} 12. of them were counted.", "10. Ten."]


def test_paragraph_continues_past_a_page_break_with_headers_and_footers():
    foot = [(72, 800, "A running head"), (300, 40, "- 1 -")]
    pages = [[(72, 700, f"1. One, {LONG}"), *foot], [(72, 700, "the next page."), (72, 670, "2. Two."), *foot]]
    assert markdown(drawn(*pages)).split("\n\n") == [f"1. One, {LONG} the next page.", "2. Two."]


def test_bullets_and_letters_are_lists_and_emphasis_is_kept():
    page = [(72, 700, "1. One has:"), (90, 680, "• a point"), (90, 665, "(b) a letter"),
            (108, 652, "(i) further in"),
            (72, 640, "2."), (90, 640, "Two", "Helvetica-Bold", 11),
            (115, 640, "is here.", "Helvetica-Oblique", 11)]  # fmt: skip
    assert markdown(drawn(page)).split("\n\n") == [
        "1. One has:",
        "    - a point\n    - (b) a letter\n        - (i) further in",
        "2. **Two** *is here.*",
    ]


def test_broken_word_is_joined_only_where_that_is_safe():
    words = Vocabulary(["trafficking of well-being, long term"])
    assert words.is_one_word("traf", "ficking")
    assert words.is_one_word("smug", "gling")
    assert not words.is_one_word("well", "being")
    assert not words.is_one_word("long", "term")


def test_compound_word_keeps_its_hyphen_at_a_line_end():
    page = [(72, 700, "1. On well-being."), (72, 685, f"2. Two, {LONG} well-"), (72, 670, "being and vil-"),
            (72, 655, "lages.")]  # fmt: skip
    assert markdown(drawn(page)).split("\n\n")[1] == f"2. Two, {LONG} well-being and villages."


def test_arabic_lines_are_read_from_the_right():
    parts = markdown((Path(__file__).parent / "arabic.pdf").read_bytes()).split("\n\n")
    assert parts[0] == "مرحبا بالعالم السلام عليكم"
    assert parts[2].startswith("هذه فقرة طويلة جداً لكي تنكسر على أكثر من سطر واحد")
    assert parts[2].endswith("في صفحة من صفحات الملف المطبوع من المتصفح")


def test_page_without_headers_and_footers_loses_nothing():
    assert markdown(drawn([(72, 700, "1. One."), (72, 680, "2. Two.")])) == "1. One.\n\n2. Two."
