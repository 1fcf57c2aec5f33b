import pytest

from intake.press.quotation_marks import find_quotations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said “yes”.", ["yes"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("Il dit « oui ».", ["oui"]),
        ("‘We’ve come,’ she said.", []),  # single marks are apostrophes too
        ("“He called it ‘home’ once.”", ["He called it ‘home’ once."]),
        ("The victims’ rights and the States’ duties", []),
        ("“First.\n\n“Second.” Third.", ["First.\n\nSecond."]),
        ("“Left open.\nNext.", ["Left open."]),
        ('A 5" pipe', []),
    ],
)
def test_quotations(text, words):
    assert [one.words(text) for one in find_quotations(text)] == words
