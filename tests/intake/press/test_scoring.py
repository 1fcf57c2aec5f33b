"""What `make bench ONLY=staff` counts as found, wrong and missed. All people are invented."""

import pytest

from bench.press_scoring import is_in_source, organization_key, role_code, same_name, score
from intake.press import read_press_release

TEXT = (
    "Vienna, 12 May 2024. The Constructive Dialogue on Firearms was held on 10 May 2024. “We begin here,” said Ana Ruiz"
    " of the Open Door. “And now,” she added. “Not yet,” replied Tom Berg, Chair of the Dialogue."
)


def tallies(**answers):
    return {
        one.name: (one.found, len(one.wrong), len(one.missed)) for one in score(TEXT, read_press_release(TEXT), answers)
    }


@pytest.mark.parametrize("day", ["2024-05-10", "10 May 2024", "2024", None])
def test_a_dialogue_is_found_by_series_and_day(day):
    assert tallies(dialogues=[{"series": "Firearms", "date": day}]) == {"dialogues": (1, 0, 0)}


def test_another_date_is_wrong_and_missed():
    assert tallies(dialogues=[{"series": "Firearms", "date": "2024-05-11"}]) == {"dialogues": (0, 1, 1)}


def test_people_with_roles_and_affiliations():
    people = [
        {"name": "Ms. Ana Ruiz", "affiliation": "The Open Door", "role": "Moderator"},
        {"name": "Tom Berg", "role": "Chair of the Dialogue"},
        {"name": "Eva Holm", "affiliation": "Nowhere"},
    ]
    assert tallies(people=people) == {
        "people": (2, 0, 1), "roles": (1, 0, 1), "affiliations": (1, 0, 1), "dialogues of people": (0, 0, 0)
    }  # fmt: skip


@pytest.mark.parametrize(
    "quotes",
    [
        [{"speaker": "Ana Ruiz", "text": "We begin here, And now"}, {"speaker": "Tom Berg", "text": "Not yet"}],
        {"Ana Ruiz": ["“We begin here,”", "And now."], "Tom Berg": "Not yet"},
    ],
)
def test_quotes_in_one_or_several_pieces(quotes):
    found = 2 if isinstance(quotes, list) else 3
    assert tallies(quotes=quotes) == {"quotes": (found, 0, 0)}


def test_quotes_may_be_given_with_people():
    people = [{"name": "Ana Ruiz", "quotes": ["We begin here", "And now"]}, {"name": "Tom Berg", "quotes": ["Not yet"]}]
    assert tallies(people=people)["quotes"] == (3, 0, 0)


@pytest.mark.parametrize("text", ["We began here And now", "We begin here and now", "We begin"])
def test_a_different_or_missing_word_is_wrong(text):
    assert tallies(quotes=[{"speaker": "Ana Ruiz", "text": text}]) == {"quotes": (0, 3, 1)}


def test_a_quote_that_is_not_in_the_source_is_wrong():
    """The text that is kept counts, not the offsets of its parts."""
    proposals, quotes = read_press_release(TEXT), [{"speaker": "Ana Ruiz", "text": "We begin here"}]
    proposals.quotes = proposals.quotes[:1]
    assert [tally.wrong for tally in score(TEXT, proposals, {"quotes": quotes})] == [[]]
    proposals.quotes[0].text = "We begin here and now"
    assert [tally.wrong for tally in score(TEXT, proposals, {"quotes": quotes})] == [
        ["Ana Ruiz: We begin here and now"]
    ]


@pytest.mark.parametrize(
    ("words", "is_in"),
    [("We begin here", True), ("We begin here […] And now", True), ("We begin here\n\nAnd now", True),
     ("We begin here And now", False), ("We begin here… And now", False)],
)  # fmt: skip
def test_pieces_of_a_quote_are_looked_for_in_the_source(words, is_in):
    assert is_in_source(words, TEXT) is is_in


def test_kinds_without_answers_are_not_scored():
    assert tallies() == {}


def test_names_and_roles_are_compared_in_any_form():
    assert [role_code(one) for one in ("Co-Chair of the Dialogue", "From the floor", "panelist")] == [
        "co-chair", "floor", "panellist"
    ]  # fmt: skip
    assert organization_key("The Open Door (OD)") == "open door"
    assert same_name("Professor Ana Ruiz", "Ana Ruiz")
    assert not same_name("Ana Ruiz", "Ana Berg")
