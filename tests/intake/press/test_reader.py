"""The invented press releases and the real one must be read completely: nothing wrong, nothing missed."""

import json
import time
from pathlib import Path

import pytest

from bench import staff
from bench.press_scoring import is_in_source, score
from intake.press import read_press_release

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.txt"))
SERIES = [one["name"] for one in json.loads(staff.REAL.read_text("utf8"))["series"]]
REAL = Path(__file__).parents[3] / staff.TEXT


def faults(text, series, answers):
    return {
        tally.name: tally.listed()
        for tally in score(text, read_press_release(text, series), answers)
        if tally.wrong or tally.missed
    }


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_invented_releases(path):
    answers = json.loads(path.with_suffix(".json").read_text("utf8"))
    assert faults(path.read_text("utf8"), SERIES, answers) == {}


def test_all_releases_are_found():
    assert len(RELEASES) == 49


def test_unseen_releases_are_read_as_well_as_before():
    found, wrong, missed = staff.score_unseen()
    assert len(staff.UNSEEN) == 11
    assert (found >= 220, wrong <= 7, missed <= 26) == (True, True, True)


@pytest.mark.skipif(not REAL.exists(), reason="needs the shared press releases, ../shared/press")
def test_the_real_release():
    text, answers = REAL.read_text("utf8"), json.loads(staff.ANSWERS.read_text("utf8"))
    assert faults(text, SERIES, answers) == {}
    found = read_press_release(text, SERIES)
    assert (len(found.meetings), len(found.people), len(found.quotes)) == (2, 6, 9)
    assert (found.place, str(found.date)) == ("Vienna", "2024-07-25")


def test_quotations_are_joined_only_within_one_sentence():
    found = read_press_release(
        "“Doors open,” said Ana Ruiz. “Doors close,” she further emphasized. “Not,” she added, “by themselves.”"
    )
    assert [(one.speaker, one.text) for one in found.quotes] == [
        ("Ana Ruiz", "Doors open"), ("Ana Ruiz", "Doors close"), ("Ana Ruiz", "Not […] by themselves."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "between", [", but that she sees in the present law ", ", and that the law of today is ", "; she called the law, "]
)
def test_words_of_two_statements_are_two_quotes(between):
    first, second = "we shall never agree to that ban,", "a measure that has already saved many lives"
    found = read_press_release(f"Ana Ruiz, of the Open Door, said that “{first}”{between}“{second}”.")
    assert [one.text for one in found.quotes] == [first.strip(","), second]


@pytest.mark.parametrize("path", [*RELEASES, *staff.UNSEEN, REAL], ids=lambda path: path.stem)
def test_every_quote_has_the_words_of_the_source(path):
    if not path.exists():
        pytest.skip("needs the shared press releases, ../shared/press")
    text = path.read_text("utf8")
    altered = [one.text for one in read_press_release(text, SERIES).quotes if not is_in_source(one.text, text)]
    assert altered == []


def test_another_speaker_ends_a_quote():
    text = "“Doors open,” said Ana Ruiz. “Doors close,” replied Tom Berg. “They open again,” Ms. Ruiz added."
    assert [one.speaker for one in read_press_release(text).quotes] == ["Ana Ruiz", "Tom Berg", "Ana Ruiz"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing was said.",
        "The so-called “brokers of the river” were discussed by Ana Ruiz.",
        "The report “Shadows in the Harbour” is available online.",
        "Participants remembered the late Ana Ruiz of the Open Door.",
    ],
)
def test_texts_without_quotes(text):
    found = read_press_release(text)
    assert (found.people, found.quotes) == ([], [])
    assert not found


def test_wrapped_lines_are_joined():
    text = "Vienna, 2 May 2024\n\n“We have to begin with those\nwho were there,” said Ana\nRuiz of the Open\nDoor."
    found = read_press_release(text)
    assert [(one.name, one.affiliation) for one in found.people] == [("Ana Ruiz", "Open Door")]
    assert found.quotes[0].text == "We have to begin with those who were there"


def test_offsets_refer_to_the_text():
    text = "Vienna, 2 May 2024. “We begin,” said Ana Ruiz at the Constructive Dialogue on Firearms on 1 May."
    found = read_press_release(text)
    assert text[found.people[0].start : found.people[0].end] == "Ana Ruiz"
    assert text[found.quotes[0].start : found.quotes[0].end] == "We begin"
    assert text[found.meetings[0].start : found.meetings[0].end] == "Constructive Dialogue on Firearms"


@pytest.mark.parametrize(
    "piece",
    ["A. ", "H.E.", "Ana Ruiz ", "Ana Ruiz, of the a b c, ", "(Ana (Ruiz ", "— Ana\n", "Ochieng’ ", "of the NGO "],
)
def test_repetitive_texts_are_read_in_reasonable_time(piece):
    started = time.perf_counter()
    read_press_release(piece * (20_000 // len(piece)), SERIES)
    assert time.perf_counter() - started < 10


def test_a_quote_belongs_to_its_signature():
    found = read_press_release("“Doors open.”\n– Ana Ruiz, Director, Open Door\n\n“Doors close,” said Tom Berg.")
    assert [(one.speaker, one.text) for one in found.quotes] == [
        ("Ana Ruiz", "Doors open."),
        ("Tom Berg", "Doors close"),
    ]


def test_a_quote_with_an_unknown_attribution_is_left_out():
    found = read_press_release(
        "“Doors open,” said Ana Ruiz.\n\n“Doors close,” ran a line on the wall behind the podium."
    )
    assert [(one.speaker, one.text) for one in found.quotes] == [("Ana Ruiz", "Doors open")]


@pytest.mark.parametrize(
    ("text", "series"),
    [
        (
            "Two Constructive Dialogues, one on Firearms and one on Smuggling of Migrants.",
            ["Firearms", "Smuggling of Migrants"],
        ),
        ("A panel on ports and one on Firearms followed.", []),
    ],
)
def test_one_of_several_dialogues(text, series):
    assert [one.series for one in read_press_release(text, SERIES).meetings] == series


@pytest.mark.parametrize(
    "text",
    [
        "The Chair, Ana Ruiz, quoted Seneca: “It is not that we have a short time.”",
        "The Chair, Ana Ruiz, recalled a mother from her town who had told her: “You count the guns.”",
    ],
)
def test_words_that_a_speaker_quotes_are_left_out(text):
    assert read_press_release(text).quotes == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Press release\n\nWho counts the guns?\n\nVienna, 2 May 2024. Text.", "Who counts the guns?"),
        ("Dialogue: “We count the guns”\n\nVienna, 2 May 2024. Text.", "Dialogue: “We count the guns”"),
        ("Vienna, 2 May 2024. The Constructive Dialogue on Firearms was held.", "Constructive Dialogue on Firearms"),
        ("Vienna, 2 May 2024. Two Dialogues, one on Firearms and one on Technical Assistance, were held.", ""),
    ],
)
def test_titles(text, title):
    assert read_press_release(text, SERIES).title == title


@pytest.mark.parametrize("place", ["VIENNA", "Vienna/Online", "Vienna (Austria)", "Vienna, Austria", "Vienna/Austria"])
def test_the_town_of_a_dateline(place):
    found = read_press_release(f"{place}, 14 July 2023 – Text.")
    assert (found.place, str(found.date)) == ("Vienna", "2023-07-14")
