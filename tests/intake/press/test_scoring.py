"""What `make bench ONLY=staff` counts as found, wrong and missed. All people are invented."""

from pathlib import Path

import pytest

from bench.press_scoring import organization_key, role_code, same_name, score
from intake import press
from intake.press import OMISSION, KnownNames, read_press_release
from intake.source_text import is_in_source

NAMES = KnownNames(series=["Firearms"])

TEXT = (
    "Vienna, 12 May 2024. The Constructive Dialogue on Firearms was held on 10 May 2024. “We begin here,” said Ana Ruiz"
    " of the Open Door. “And now,” she added. “Not yet,” replied Tom Berg, Chair of the Dialogue."
)


def tallies(**answers):
    """Return how many facts are found, how many rows are wrong, and how many facts are missed, by kind."""
    found = score(TEXT, read_press_release(TEXT, NAMES), answers)
    wrong = {kind: len(one.wrong_ticked + one.wrong_others) for kind, one in found.items()}
    return {kind: (one.found, wrong[kind], len(one.missed)) for kind, one in found.items()}


@pytest.mark.parametrize("day", ["2024-05-10", "10 May 2024", "2024", None])
def test_a_dialogue_is_found_by_series_and_day(day):
    assert tallies(dialogues=[{"series": "Firearms", "date": day}]) == {"dialogues": (1, 0, 0)}


def test_another_date_is_wrong_and_missed():
    assert tallies(dialogues=[{"series": "Firearms", "date": "2024-05-11"}]) == {"dialogues": (0, 1, 1)}


def test_people_with_roles_and_affiliations():
    """A moderator without a role is wrong, because the page saves such a person as a speaker."""
    people = [
        {"name": "Ms. Ana Ruiz", "affiliation": "The Open Door", "role": "Moderator"},
        {"name": "Tom Berg", "role": "Chair of the Dialogue"},
        {"name": "Eva Holm", "affiliation": "Nowhere"},
    ]
    assert tallies(people=people) == {
        "people": (2, 1, 1), "roles": (1, 0, 1), "affiliations": (1, 0, 1), "dialogues of people": (0, 0, 0)
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Ana Ruiz", "affiliation": "Closed Door"},
        {"name": "Ana Holm"},
        {"name": "Ana Ruiz", "dialogue": "Ports"},
    ],
)
def test_one_wrong_detail_makes_a_person_wrong(wrong):
    people = [wrong, {"name": "Tom Berg", "role": "Chair"}]
    assert tallies(people=people)["people"][1] == 1


ALL_QUOTES = [
    {"speaker": "Ana Ruiz", "text": "“We begin here,”"}, {"speaker": "Ana Ruiz", "text": "And now."},
    {"speaker": "Tom Berg", "text": "Not yet"},
]  # fmt: skip


def test_quotes():
    assert tallies(quotes=ALL_QUOTES) == {"quotes": (3, 0, 0)}
    assert tallies(quotes=ALL_QUOTES[1:]) == {"quotes": (2, 1, 0)}


@pytest.mark.parametrize("text", ["We began here", "We begin here And now", "We begin"])
def test_a_different_or_missing_word_is_wrong(text):
    assert tallies(quotes=[{"speaker": "Ana Ruiz", "text": text}]) == {"quotes": (0, 3, 1)}


def test_ticked_rows_are_counted_apart():
    proposals = read_press_release(TEXT, NAMES)
    proposals.quotes[2].sure = False
    tally = score(TEXT, proposals, {"quotes": ALL_QUOTES})["quotes"]
    assert (tally.ticked, tally.others, tally.precision, tally.recall) == (2, 1, 1, 1)
    proposals.quotes[1].speaker = "Tom Berg"
    tally = score(TEXT, proposals, {"quotes": ALL_QUOTES})["quotes"]
    assert (tally.ticked, tally.wrong_ticked, tally.precision) == (1, ["Tom Berg: And now"], 0.5)


def test_a_quote_that_is_not_in_the_source_is_wrong():
    """The text that is kept counts, not the offsets of its parts."""
    proposals = read_press_release(TEXT, NAMES)
    proposals.quotes[0].text = "We begin here and now"
    answers = [{"speaker": "Ana Ruiz", "text": "We begin here and now"}]
    assert "Ana Ruiz: We begin here and now" in score(TEXT, proposals, {"quotes": answers})["quotes"].wrong_ticked


def test_quotations_of_two_sentences_that_were_joined_are_wrong():
    proposals = read_press_release(TEXT, NAMES)
    first, second = proposals.quotes[:2]
    first.text += OMISSION + second.text
    first.parts += second.parts
    proposals.quotes = [first]
    assert len(score(TEXT, proposals, {"quotes": ALL_QUOTES})["quotes"].wrong_ticked) == 1


@pytest.mark.parametrize(
    ("words", "is_in"),
    [("We begin here", True), ("We begin here […] And now", True), ("We begin here\n\nAnd now", False),
     ("We begin [again] here", True), ("We begin here And now", False), ("We begin here… And now", False)],
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


def test_the_reader_stays_small():
    files = Path(press.__file__).parent.glob("*.py")
    assert sum(len(path.read_text("utf8").splitlines()) for path in files) <= 900
