import pytest

from dialogues.alignment import align
from dialogues.paragraphs import split
from dialogues.summary_checks import language_warnings, warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. a\n\n2. b[^1]\n\n    [^1]: note", []),
        ("no numbers\n\nat all", []),
        ("1. a\n\n4. b", ["Numbers that are missing: 2, 3."]),
        ("1. a\n\n1. b", ["Numbers that occur twice: 1."]),
        ("2. a\n\n1. b", ["Numbers that are out of order: 1."]),
        ("1. a[^2]", ["Footnotes without a text: 2."]),
        ("1. a\n\n    [^2]: b", ["Footnotes that nothing refers to: 2."]),
        ("1. a\n\n    | a |\n    | --- |\n", []),
        (
            "1. a\n\n    |a|b|c|d|e|f|g|\n    |-|-|-|-|-|-|-|",
            ["Tables too wide for a page, by their number of columns: 7."],
        ),
        ("20. a", ["Numbers that are missing: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …."]),
    ],
)
def test_what_staff_are_told_of_a_text(text, said):
    assert warnings(text) == said


def test_what_staff_are_told_of_languages_that_differ():
    assert list(language_warnings([1, 2, 3], [("French", [1, 2, 4]), ("Arabic", [1, 2, 3])])) == [
        "Not in French: 3.", "Only in French: 4."
    ]  # fmt: skip


def aligned(left, right):
    return [(a and a.text, b and b.text) for a, b in align(split(left), split(right))]


def test_paragraphs_stand_beside_those_of_the_same_number_and_headings_in_their_order():
    left, right = "## A\n\n1. one\n\n## B\n\n2. two\n\n3. three", "## a\n\n1. un\n\n## b\n\n3. trois\n\n4. quatre"
    assert aligned(left, right) == [
        ("A", "a"), ("one", "un"), ("B", "b"), ("two", None), ("three", "trois"), (None, "quatre")
    ]  # fmt: skip
    assert aligned("", right)[0] == (None, "a")
    assert aligned("", "") == []
