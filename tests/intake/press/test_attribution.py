"""Who speaks in one or two sentences, and their affiliation. All people are invented."""

import pytest

from intake.press import read_press_release


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Ruiz, Open Door, asked “why nobody opens the door”.", [("Ana Ruiz", "", "")]),
        ("“We have opened it,” said Dr. Ana Ruiz, PhD, of the Open Door.", [("Ana Ruiz", "Dr.", "Open Door")]),
        ("“We have opened it,” said UNODC Director Ana Ruiz.", [("Ana Ruiz", "Director", "")]),
        ("The Director of UNODC, Ana Ruiz, in her message said “we open”.", [("Ana Ruiz", "", "")]),
        ("Peru’s delegate, Ms. Ana Ruiz, said: “We have opened it.”", [("Ana Ruiz", "", "")]),
        (
            "“We have opened it,” said Ana Ruiz, former Co-Chair of the Dialogue, now Director of Open Door.",
            [("Ana Ruiz", "", "")],
        ),
        ("“We have opened it,” said Lt. Col. Ana Ruiz (Open Door).", [("Ana Ruiz", "Lt. Col.", "Open Door")]),
        ("“We have opened it,” said A. B. Ruiz of Open Door.", [("A. B. Ruiz", "", "Open Door")]),
        ("“We open,” said Maria “Mia” Holm of Open Door.", [("Maria “Mia” Holm", "", "Open Door")]),
        ("The Dialogue remembered Ana Ruiz, whom everybody in the network Safe Harbour knew.", []),
        ("A study from the trade union Fuerza Rural said “we open the door”.", []),
    ],
)
def test_people_who_speak(text, people):
    assert [(one.name, one.title, one.affiliation) for one in read_press_release(text).people] == people


@pytest.mark.parametrize(
    ("second", "speaker"),
    [
        ("“Doors do close and open,” the Vice-Chair added.", ""),
        ("According to him, “doors do close”.", "Tom Berg"),
        ("“Doors do close”, was his answer.", "Tom Berg"),
        ("Asked why, he does not hesitate: “Doors do close.”", "Tom Berg"),
        ("“Doors do close and open,” was the reply from the floor by Eva Holm.", ""),
        ("For Eva Holm, “doors do close, and they open again”.", "Eva Holm"),
        ("Then came Eva Holm, who added: “Doors do close.”", "Eva Holm"),
    ],
)
def test_the_speaker_of_the_next_quote(second, speaker):
    first = "“Doors open,” said Mr. Tom Berg, Vice-Chair of the Working Group on Firearms."
    assert read_press_release(f"{first}\n\n{second}").quotes[-1].speaker == speaker


def test_her_co_chair_is_not_the_last_speaker():
    text = (
        "The Co-Chairs, Ms. Eva Holm of Open Door and Mr. Tom Berg of Closed Door, agreed. “Doors open,” said Ms. Holm."
        " Her Co-Chair added that “doors do close at night too”."
    )
    assert [(one.speaker, one.text) for one in read_press_release(text).quotes] == [
        ("Eva Holm", "Doors open"),
        ("", "doors do close at night too"),
    ]
