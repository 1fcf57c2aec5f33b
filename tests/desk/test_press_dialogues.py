"""Where people spoke, on the page for a press release of several dialogues. All people are invented."""

import pytest

from dialogues.models import Appearance, Dialogue, Quote
from tests import build

from .test_press import PAGE, counted, fields, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def firearms():
    return build.series("FIR", name="Firearms")


APART = (
    "Two days in Vienna\n\nVienna, 12 May 2024. The Constructive Dialogue on Firearms was held on 10 May 2024, and the"
    " Constructive Dialogue on Trafficking in Persons on 11 May 2024.\n\n“We have to begin with those who were there,”"
    " said Ana Ruiz of the Open Door. “Nobody asks us,” replied Tom Berg of the Lighthouse."
)


def refusals(answer):
    """Return the errors of each row that has some, by the prefix of the row."""
    rows = [form for kind in ("people", "quotes") for form in answer.context["review"].rows(kind)]
    return {form.prefix: form.non_field_errors() for form in rows if form.errors}


def test_all_rows_that_cannot_be_accepted_are_reported_at_once(desk, firearms):
    build.series("TIP", name="Trafficking in Persons")
    sent = fields(read(desk, APART))
    answer = desk.post(PAGE, sent | {"accept": "ticked"})
    sentence = ["Choose the dialogue at which this was said."]
    assert refusals(answer) == {"people-0": sentence, "people-1": sentence}
    assert counted() == [0] * 8
    answer = desk.post(PAGE, sent | {"people-0-meeting": "0", "accept": "ticked"})
    assert refusals(answer) == {"people-1": sentence}


def test_a_quote_is_from_the_dialogue_of_its_speaker_unless_it_names_another(desk, firearms):
    build.series("TIP", name="Trafficking in Persons")
    sent = fields(read(desk, APART)) | {"people-0-meeting": "0", "people-1-meeting": "1", "quotes-1-meeting": "0"}
    desk.post(PAGE, sent | {"accept": "ticked"})
    assert sorted(Quote.objects.values_list("text", "appearance__dialogue__series__name")) == [
        ("Nobody asks us", "Firearms"),
        ("We have to begin with those who were there", "Firearms"),
    ]
    assert sorted(Appearance.objects.values_list("speaker__name", "dialogue__series__name")) == [
        ("Ana Ruiz", "Firearms"),
        ("Tom Berg", "Firearms"),
        ("Tom Berg", "Trafficking in Persons"),
    ]


def test_a_quote_by_a_person_at_two_dialogues_needs_one_of_them(desk, firearms):
    build.series("TIP", name="Trafficking in Persons")
    sent = fields(read(desk, APART)) | {
        "people-0-meeting": "0", "people-1-meeting": "1", "people-1-name": "Ana Ruiz", "accept": "ticked"
    }  # fmt: skip
    answer = desk.post(PAGE, {name: value for name, value in sent.items() if name != "quotes-1-accept"})
    assert refusals(answer) == {"quotes-0": ["Choose the dialogue at which this was said."]}


FOURTH = (
    "A day in Vienna\n\nVienna, 12 May 2024. The Fourth Constructive Dialogue on Firearms was held{on}.\n\n“We begin,”"
    " said Ana Ruiz of the Open Door."
)


def test_a_new_dialogue_has_the_edition_and_the_title_that_the_text_gives_it(desk, firearms):
    desk.post(PAGE, fields(read(desk, FOURTH.format(on=" on 10 May 2024"))) | {"accept": "ticked"})
    made = Dialogue.objects.get()
    assert (made.edition, made.title) == (4, "Fourth Constructive Dialogue on Firearms")


@pytest.mark.parametrize(
    ("held", "edition", "on", "is_same"),
    [
        (None, 4, " on 10 May 2024", True),
        (None, 3, " on 10 May 2024", False),
        ("2022-05-10", 4, " on 10 May 2024", False),
        ("2022-05-10", 4, "", True),
    ],
)
def test_a_dialogue_that_is_there_is_known_by_its_edition_unless_its_date_is_another(
    desk, firearms, held, edition, on, is_same
):
    there = build.dialogue(series=firearms, edition=edition, starts_on=held)
    chosen = fields(read(desk, FOURTH.format(on=on))).get("meetings-0-existing", "")
    assert (str(chosen) == str(there.pk)) == is_same
