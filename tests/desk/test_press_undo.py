"""Undo after a press release, and how its text is taken. All people are invented."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogues.models import NewsItem
from tests import build

from .test_press import PAGE, counted, fields, only, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def firearms():
    return build.series("FIR", name="Firearms")


def test_an_accepted_release_can_be_undone(desk, firearms):
    page = desk.post(PAGE, fields(read(desk)) | {"accept": "ticked"}).content.decode()
    assert "The records of the press release were created." in page
    assert reverse("desk:undo") in page
    assert "Undone." in desk.post(reverse("desk:undo"), {"next": PAGE}, follow=True).content.decode()
    assert counted()[:-1] == [0] * 7


@pytest.mark.parametrize("pressed_on", [PAGE, "/desk/"])
def test_undo_leads_back_to_the_review_as_it_was(desk, firearms, pressed_on):
    sent = fields(read(desk)) | {"people-0-affiliation": "The Open Door, typed by hand"}
    del sent["quotes-1-accept"]
    desk.post(PAGE, sent | {"accept": "ticked"})
    made = counted()[:-1]
    answer = desk.post(reverse("desk:undo"), {"next": pressed_on}, follow=True)
    assert "Undone." in answer.content.decode()
    assert {name: str(value) for name, value in fields(answer).items()} == {
        name: str(value) for name, value in sent.items()
    }
    again = desk.get(answer.request["PATH_INFO"], {"again": ""})  # reloaded
    desk.post(PAGE, fields(again) | {"accept": "ticked"})
    assert counted()[:-1] == made


def test_the_typed_rows_are_kept_until_the_page_is_used_again(desk, firearms):
    desk.post(PAGE, fields(read(desk)) | {"accept": "ticked"})
    desk.post(reverse("desk:undo"), {"next": PAGE})
    assert "review" in desk.get(PAGE, {"again": ""}).context
    assert desk.get(PAGE).context["review"] is None
    assert desk.get(PAGE, {"again": ""}).context["review"] is None


def test_nothing_typed_stays_in_the_session_after_a_minute(desk, firearms, clock):
    desk.post(PAGE, fields(read(desk)) | {"accept": "ticked"})
    assert "Ana Ruiz" in str(dict(desk.session)).replace("+", " ")
    clock(timezone.now() + timedelta(seconds=61))
    desk.get(PAGE)
    assert "Ana Ruiz" not in str(dict(desk.session)).replace("+", " ")


def test_nothing_is_offered_if_all_was_there(desk, firearms):
    sent = fields(read(desk)) | {"accept": "ticked"}
    desk.post(PAGE, sent)
    desk.post(reverse("desk:undo"), {"next": PAGE})
    build.dialogue(series=firearms, starts_on="2024-05-10")
    assert (
        "The records of the press release were created."
        not in desk.post(PAGE, only(sent, "meetings-0")).content.decode()
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Les participants ont demandé que les foyers soient ouverts la nuit et que les juges leur répondent.",
        ),
        ("es", "Los participantes pidieron que los refugios abran de noche y que los jueces respondan a las cartas."),
        ("en", "The participants asked that the shelters be open at night and that the judges answer their letters."),
    ],
)
def test_the_language_of_the_text_is_guessed(desk, firearms, language, text):
    assert fields(read(desk, f"{text} {text}"))["news-language"] == language


def test_an_empty_role_says_what_it_means(desk, firearms):
    assert "– not stated: a speaker –" in read(desk).content.decode()


def test_the_lines_of_a_wrapped_text_are_joined(desk, firearms):
    text = "Doors open\n\nVienna, 12 May 2024. “We have to\nbegin,” said Ana Ruiz\nof the Open\nDoor."
    desk.post(PAGE, fields(read(desk, text)) | {"accept": "ticked", "people-0-accept": "", "quotes-0-accept": ""})
    assert NewsItem.objects.get().text.count("\n\n") == 0


def test_a_french_release_finds_what_exists_by_its_french_names(desk):
    topic = build.topic("Compensation")
    topic.translations = {"fr": {"name": "Indemnisation"}}
    topic.save()
    text = (
        "Les juges veulent lire\n\nVIENNE, 14 octobre 2026 – L’indemnisation a occupé la matinée. « Ouvrons la porte ce"
        " soir », a déploré Ana Ruiz, de l’Association des mères du port."
    )
    sent = fields(read(desk, text))
    assert sent["topics-0-name"] == "Compensation"
    assert (sent["people-0-name"], sent["people-0-affiliation"]) == ("Ana Ruiz", "Association des mères du port")
