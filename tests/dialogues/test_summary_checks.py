import pytest

from dialogues.summary_checks import language_warnings, text_warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. a\n\n2. b[^1]\n\n    [^1]: note", []),
        ("no numbers\n\nat all", []),
        ("1. a\n\n4. b", ["Numbers that are missing: 2, 3."]),
        ("1. a\n\n1. b", ["Numbers that occur twice: 1."]),
        ("1. a\n\n2. b\n\n## Annex\n\n1. c", []),
        ("1. a\n\n## Annex\n\n1. c\n\n3. d", ["Numbers that are missing: 2 (part 2)."]),
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
def test_warnings_about_a_text(text, expected):
    assert text_warnings(text) == expected


def test_warnings_about_languages_with_other_paragraphs():
    assert list(language_warnings(["1", "2", "3"], [("French", ["1", "2", "4"]), ("Arabic", ["1", "2", "3"])])) == [
        "Not in French: 3.", "Only in French: 4."
    ]  # fmt: skip
