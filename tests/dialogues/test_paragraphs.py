from pathlib import Path

import pytest

from dialogues.paragraphs import Block, align, in_order, join, plain_in_order, rank_headings, split

SAMPLE = Path(__file__).parents[2] / "portal" / "sample"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sample_summaries_survive_the_round_trip_unchanged(language):
    text = (SAMPLE / f"summary.{language}.md").read_text("utf8")
    blocks = split(text)
    assert [block.number for block in blocks if not block.level] == list(range(1, 41))
    assert join(blocks) == text.strip()
    assert split(join(blocks)) == blocks


def test_headings_have_levels_and_no_number():
    assert split("# One\n\n#### Four\n\n1. text") == [
        Block("One", level=1), Block("Four", level=4), Block("text", number=1)
    ]  # fmt: skip


def test_five_hashes_a_bare_hash_and_a_hashtag_are_not_headings():
    assert [block.level for block in split("##### five\n\n#\n\n#tag")] == [0, 0, 0]


def test_a_heading_needs_no_blank_lines_around_it():
    assert split("1. a\n## Two\n2. b\n   ## Three\n3. c") == [
        Block("a", number=1), Block("Two", level=2), Block("b", number=2), Block("Three", level=2), Block("c", number=3)
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["12. x", "12) x", "12.   x", "12.\nx", "\n\n12. x\n\n", "   12. x", "١٢. x"])
def test_a_paragraph_keeps_its_number(typed):
    assert split(typed) == [Block("x", number=12)]


@pytest.mark.parametrize("typed", ["12.x", "12 x", "1.2 x", "12345. x", "a 12. x", "-12. x", "12."])
def test_an_incomplete_number_is_text(typed):
    assert split(f"3. first\n\n{typed}")[0] == Block(f"first\n\n{typed}", number=3)


def test_numbers_need_not_start_at_one_or_be_consecutive():
    assert [block.number for block in split("7. a\n\n3. b\n\n0. c\n\n9999. d")] == [7, 3, 0, 9999]


def test_paragraphs_of_a_text_without_numbers_are_numbered_from_one():
    assert split("a\n\n## H\n\nb") == [Block("a", number=1), Block("H", level=2), Block("b", number=2)]


def test_if_one_paragraph_has_a_number_the_others_get_none():
    assert split("Preamble.\n\nMore.\n\n1. a") == [Block("Preamble."), Block("More."), Block("a", number=1)]


def test_unnumbered_text_after_a_numbered_paragraph_belongs_to_it():
    assert split("1. a\n\nsecond thought\n\n- x\n- y\n\n2. b") == [
        Block("a\n\nsecond thought\n\n- x\n- y", number=1), Block("b", number=2)
    ]  # fmt: skip


def test_unnumbered_text_after_a_heading_is_a_paragraph_of_its_own():
    assert split("1. a\n\n## H\n\nb")[2] == Block("b")


def test_numbers_of_an_indented_list_are_not_paragraphs():
    assert split("1. a:\n\n   1. x\n   2. y\n\n2. b") == [Block("a:\n\n1. x\n2. y", number=1), Block("b", number=2)]


def test_a_list_directly_below_its_paragraph_gets_the_blank_line_that_markdown_requires():
    assert split("1. a:  \n   - x\n   - y") == [Block("a:\n\n- x\n- y", number=1)]


@pytest.mark.parametrize("text", ["1. a\n\n1. b", "1. a\n\n## H\n\n2. b\n\n1) c", "0. a\n\n0. b"])
def test_a_repeated_number_raises_an_error_that_users_can_read(text):
    with pytest.raises(ValueError, match=r"^Paragraph [01] occurs twice\. Where numbers begin again at 1"):
        split(text)


ANNEX = "# I. Opening\n\n1. One.\n\n2. Two.\n\n# Annex\n\n1. Question?\n\n2. Another?"


def test_numbers_that_begin_again_below_a_heading_begin_another_part():
    blocks = split(ANNEX)
    assert [(block.part, block.number) for block in blocks] == [
        (1, None), (1, 1), (1, 2), (2, None), (2, 1), (2, 2),
    ]  # fmt: skip
    assert [block.label for block in blocks] == ["", "1", "2", "", "1 (part 2)", "2 (part 2)"]
    assert split(join(blocks)) == blocks


def test_a_third_part_begins_below_the_next_heading():
    assert [block.part for block in split(f"{ANNEX}\n\n## B\n\nNote.\n\n1. c")] == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_numbers_that_go_on_below_a_heading_stay_in_their_part():
    assert {block.part for block in split("1. a\n\n# B\n\n2. b\n\n# C\n\n4. c")} == {1}


def test_paragraphs_of_two_languages_are_paired_within_their_part():
    shorter = split("1. Un.\n\n# Annexe\n\n1. Question ?")
    pairs = [(one and one.text, other and other.text) for one, other in align(split(ANNEX), shorter)]
    assert ("Question?", "Question ?") in pairs
    assert ("One.", "Un.") in pairs
    assert ("Two.", None) in pairs


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\u2028\n\x0c"])
def test_a_blank_text_has_no_blocks(text):
    assert split(text) == []
    assert join([]) == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"])
def test_all_line_endings_of_pasted_text_are_recognized(end):
    assert split(f"1. a{end}b{end}{end}2. c") == [Block("a\nb", number=1), Block("c", number=2)]


def test_a_tab_indents_like_four_spaces():
    assert split("1. a\n\n\t- x") == split("1. a\n\n    - x")


UNUSUAL = [
    "  foo\n    bar\n\n1. x",
    "Preamble:\n1. not a paragraph\n2. nor this\n\n1. first",
    "    12. indented first\n\n1. x",
    "1. # not a heading\n   # a heading",
    "1. 2. 3. x",
    "1. a\u2028b\u2028\u2028c",
    "1. hard  \n   break\\\n   again",
    "1. | a | b |\n   | - | - |\n   | 1 | 2 |",
    "1. > quoted\n\n   > more\n\n     deep",
    "1. a\n\n        code\n\n    b",
    "##  spaced  ##\n\n#\u00a0x\n\n\u20035. em",
    "1. <b>\n\n<script>\n\n</script>",
    "- a\n2. b\n\n3. c",
    "1. عربي\n   سطر\n\n٢. ثان",
]


@pytest.mark.parametrize("text", UNUSUAL)
def test_unusual_texts_survive_the_round_trip(text):
    blocks = split(text)
    assert split(join(blocks)) == blocks
    assert join(split(join(blocks))) == join(blocks)


@pytest.mark.parametrize(
    ("levels", "ranks"),
    [
        ([2, 2, 2], [2, 2, 2]),
        ([1, 2, 3, 2, 1], [2, 3, 4, 3, 2]),
        ([2, 4, 4, 2], [2, 3, 3, 2]),
        ([3, 2, 3], [2, 2, 3]),
        ([4, 1, 4, 3], [2, 2, 3, 3]),
        ([], []),
    ],
)
def test_ranks_of_headings_never_skip_a_level(levels, ranks):
    blocks = [Block("Head", level=level) for level in levels]
    assert [heading.rank for heading in rank_headings([*blocks, Block("Words", number=1)])] == ranks


def aligned(left, right):
    return [(a and a.text, b and b.text) for a, b in align(split(left), split(right))]


def test_paragraphs_are_aligned_by_number_and_headings_by_order():
    left, right = "## A\n\n1. one\n\n## B\n\n2. two\n\n3. three", "## a\n\n1. un\n\n## b\n\n3. trois\n\n4. quatre"
    assert aligned(left, right) == [
        ("A", "a"), ("one", "un"), ("B", "b"), ("two", None), ("three", "trois"), (None, "quatre")
    ]  # fmt: skip
    assert aligned("", right)[0] == (None, "a")
    assert aligned("", "") == []


def anchors(text, **options):
    return [(block.anchor, block.text) for block in in_order(text, **options)]


def test_in_order_paragraphs_are_counted_whatever_numbers_were_typed():
    text = "# Debts\n\nBefore.\n\n7. Seven.\n\n7. Again.\n\n## Ports\nAfter."
    assert anchors(text) == [
        ("h1", "Debts"), ("p1", "Before."), ("p2", "7. Seven."), ("p3", "7. Again."), ("h2", "Ports"), ("p4", "After."),
    ]  # fmt: skip
    assert [block.rank for block in in_order(text)] == [2, 0, 0, 0, 3, 0]


def test_in_order_addresses_take_a_prefix_and_headings_a_rank():
    assert anchors("One.\n\nTwo.", prefix="a2") == [("a2p1", "One."), ("a2p2", "Two.")]
    assert in_order("# A", "a2", 3)[0].rank == 3


@pytest.mark.parametrize(
    "text",
    [
        "- one\n- two\n- three",
        "1. one\n\n   more of one",
        "> said\n> by her",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```\na line of code that goes on and on and ends.\nand another line of code that goes on and on.\n```",
    ],
)
def test_in_order_what_markdown_makes_one_block_stays_one(text):
    assert len(in_order(text)) == 1


def test_in_order_a_text_without_blank_lines_is_divided_where_its_lines_end():
    line = "The debt was written down by the employer, and nobody else had a copy of the page. " * 2
    assert len(in_order(f"{line}\n{line}\n{line}")) == 3


@pytest.mark.parametrize("mark", ["1.", "-", "*"])
def test_in_order_a_long_list_is_divided_at_every_item_and_a_short_one_is_not(mark):
    item = f"{mark} The debt was written down by the employer, and nobody else had a copy of the page.\n   Nor I."
    assert [block.text for block in in_order("\n".join([item] * 8))] == [item] * 8
    assert len(in_order("\n".join([item] * 3))) == 1


def test_in_order_the_plain_text_of_each_paragraph_is_what_its_page_shows():
    text = "# A *heading*\n\n1. The *debts*[^1] of sailors.\n\n[^1]: A note."
    assert [plain for plain, _ in plain_in_order(text)] == ["A heading", "The debts of sailors.", "A note."]


@pytest.mark.parametrize(
    "text", ["In 1967. The debts.", "See S/2004/1) and others.", "A\n1994. We.", "resolution 55/25. To"]
)
def test_in_order_the_plain_text_has_all_numbers_but_that_of_the_paragraph(text):
    assert [plain for plain, _ in plain_in_order(text)] == [text]
    assert [plain for plain, _ in plain_in_order(f"12. {text}")] == [text.replace("1994. ", "")]  # of a list


@pytest.mark.parametrize("text", ["", " \n ", "\n\n"])
def test_in_order_a_blank_text_has_no_paragraphs(text):
    assert in_order(text) == ()
