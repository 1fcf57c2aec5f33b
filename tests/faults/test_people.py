"""People of `make faults` notice an answer that does not say that what they typed is kept."""

import pytest

from bench.faults.people import Answer, Person

TYPED = "words that somebody wrote"
KEPT = f"<p>What you typed is not lost: it is kept.</p><p>{TYPED}</p>"
UNSAVED = f"<p>What you typed is on this page and nowhere else.</p><textarea>{TYPED}</textarea>"


@pytest.mark.parametrize(
    ("status", "text", "is_noted"),
    [
        (503, KEPT, False),
        (503, UNSAVED, False),
        (500, "<h1>Internal Server Error</h1>", True),
        (503, KEPT.replace(TYPED, ""), True),
        (302, "", False),
        (0, "", False),  # the line was cut: the browser says so
    ],
)
def test_an_error_that_says_nothing_is_noted(status, text, is_noted):
    person = Person(0)
    person.judge("/page/", Answer(status, text=text), [TYPED])
    assert bool(person.bare) == is_noted
