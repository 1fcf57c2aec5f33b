from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dialogues.models import Organization, Panel, Speaker
from intake import workflow
from intake.batches.batch_table import Table
from intake.batches.incoming_files import receive
from intake.models import Batch
from tests import build, files

from . import batch_builders as batches
from . import list_builders as lists

GOOD = {"number": "2", "kind": "Briefing", "title": "Return", "starts": "2024-07-10 09:30", "ends": "11:00",
        "dialogue": "fifth"}  # fmt: skip
VIENNA = ZoneInfo("Europe/Vienna")


@pytest.fixture
def dialogue(db):
    return build.dialogue(title="Fifth dialogue", slug="fifth")


@pytest.fixture
def imported(secretary, dialogue):
    """Return a function that creates a batch of one row with these cells and imports it if it is ready."""

    def make(**cells):
        cells = {**GOOD, **cells}
        batch = batches.batch(secretary, (), [list(cells), list(cells.values())], kind="programme")
        (batch.before,) = Table(batch, secretary).rows
        workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary)
        return batch

    return make


def test_a_row_becomes_a_panel_in_the_time_zone_of_the_dialogue(imported, dialogue):
    assert imported().rows.get().outcome == "Fifth dialogue: 2. Return"
    made = Panel.objects.get()
    assert (made.dialogue, made.number, made.kind, made.title) == (dialogue, 2, "briefing", "Return")
    assert made.starts_at == datetime(2024, 7, 10, 9, 30, tzinfo=VIENNA)
    assert made.ends_at == datetime(2024, 7, 10, 11, 0, tzinfo=VIENNA)


def test_the_parsed_time_is_shown(imported):
    notes = imported(starts="11.07.2024 09:30", ends="11:00").before.parsed.notes
    assert notes == {"starts": "11 Jul 2024, 09:30 (Vienna)", "ends": "11 Jul 2024, 11:00 (Vienna)"}
    assert Panel.objects.get().ends_at == datetime(2024, 7, 11, 11, 0, tzinfo=VIENNA)


def test_an_ambiguous_date_is_an_error(imported):
    said = "Write the date and time like this: 2026-03-01 09:30."
    assert imported(starts="03/04/2024 09:30", ends="").before.parsed.errors == {"starts": said}


@pytest.mark.parametrize("text", ["10/07/2024 09:30", "07/10/2024 09:30", "Wed, 10 July 2024, 9.30 a.m.", "9h30"])
def test_a_day_is_the_one_of_the_dialogue_in_either_order(imported, dialogue, text):
    dialogue.starts_on = dialogue.ends_on = date(2024, 7, 10)
    dialogue.save()
    imported(starts=text, ends="")
    assert Panel.objects.get().starts_at == datetime(2024, 7, 10, 9, 30, tzinfo=VIENNA)


def test_a_session_without_a_number_gets_the_next_one(secretary, dialogue):
    rows = [["When", "No.", "Session"], ["2024-07-10 15:00", "–", "Closing remarks"],
            ["2024-07-10 11:15", "2", "The clause"], ["Total: 2 sessions"]]  # fmt: skip
    batch = Batch(made_by=secretary, kind="programme", dialogue=dialogue)
    receive(batch, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    assert batches.import_ready(batch, secretary) == 2
    assert list(Panel.objects.values_list("number", "title")) == [(2, "The clause"), (3, "Closing remarks")]
    again = Batch(made_by=secretary, kind="programme", dialogue=dialogue)
    receive(again, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    assert [row.state for row in Table(again, secretary).rows] == ["same", "same"]


def test_a_day_in_a_column_of_its_own_goes_with_each_hour(secretary, dialogue):
    rows = [["Date", "Start", "End", "Title"], ["26/06/2026", "09:30", "10:45", "Opening"]]
    batch = Batch(made_by=secretary, kind="programme", dialogue=dialogue)
    receive(batch, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    batches.import_ready(batch, secretary)
    made = Panel.objects.get()
    assert made.starts_at == datetime(2026, 6, 26, 9, 30, tzinfo=VIENNA)
    assert made.ends_at == datetime(2026, 6, 26, 10, 45, tzinfo=VIENNA)


def test_an_existing_panel_is_found_and_another_title_is_an_error(imported):
    imported()
    assert imported(title="RETURN").before.state == "same"
    assert imported(title="Other").before.parsed.errors == {"number": "Panel 2 of this dialogue is “Return”."}
    assert Panel.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"number": "two"}, "number", "Write the number of the panel, such as 2."),
        ({"kind": "party"}, "kind", "Write one of briefing, panel, qa, inputs."),
        ({"title": ""}, "title", "Enter a title."),
        ({"starts": "soon"}, "starts", "Write the date and time like this: 2026-03-01 09:30."),
        ({"ends": "09:30"}, "ends", "The panel ends before it starts."),
        ({"dialogue": "ninth"}, "dialogue", "There is no dialogue “ninth”: write its title or its address."),
        ({"dialogue": ""}, "dialogue", "Name the dialogue."),
    ],
)
def test_errors_are_shown_at_their_cell(imported, cells, column, sentence):
    assert imported(**cells).before.parsed.errors == {column: sentence}
    assert not Panel.objects.exists()


def test_a_programme_accepts_no_files(browser_of, secretary):
    data = {"kind": "programme", "files": [files.upload("a.pdf", files.pdf())]}
    response = browser_of(secretary).post("/desk/imports/add/", data)
    assert "Speakers and programmes come as a list: send a CSV, XLSX or ODS file." in response.content.decode()


def test_a_list_is_shown_as_a_table(browser_of, secretary, dialogue):
    listed = files.upload("programme.csv", b"no;title\r\n1;Opening\r\n")
    browser = browser_of(secretary)
    response = browser.post("/desk/imports/add/", {"kind": "programme", "list": listed, "dialogue": dialogue.pk})
    assert "Import 1 ready row" in " ".join(browser.get(response.url).content.decode().split())
    browser.post(response.url, {"import": ""})
    assert Panel.objects.get().title == "Opening"
    assert "Fifth dialogue: 1. Opening" in browser.get(response.url).content.decode()


def people_of(panel):
    return set(panel.appearances.values_list("speaker__name", "role", "affiliation"))


def test_a_row_names_the_room_and_those_who_chair_and_moderate(imported, dialogue):
    known = build.speaker("Ana Ruiz")
    Organization.objects.create(name="Open Door")
    batch = imported(room="Boardroom D", chair="Ana Ruiz (Spain)", moderator="Tom Berg, Open Door; Mei Chen")
    assert batch.before.parsed.notes["chair"] == "On record: Ana Ruiz"
    made = Panel.objects.get()
    assert made.room == "Boardroom D"
    assert people_of(made) == {
        ("Ana Ruiz", "chair", "Spain"), ("Tom Berg", "moderator", "Open Door"), ("Mei Chen", "moderator", ""),
    }  # fmt: skip
    assert made.appearances.get(role="chair").speaker == known


def test_two_who_chair_are_co_chairs_and_a_new_person_becomes_one_speaker(imported):
    imported(chair="Ana Ruiz and Tom Berg", moderator="Ana Ruiz")
    assert people_of(Panel.objects.get()) == {
        ("Ana Ruiz", "co-chair", ""), ("Tom Berg", "co-chair", ""), ("Ana Ruiz", "moderator", ""),
    }  # fmt: skip
    assert Speaker.objects.count() == 2


def test_a_row_brought_in_again_adds_a_chair_only_if_staff_correct_it(imported, secretary):
    imported()
    batch = imported(chair="Ana Ruiz", room="Hall 2")
    assert not Panel.objects.get().appearances.exists()
    row = batch.rows.get()
    row.again = "correct"
    row.save()
    workflow.confirm(batch, Table(batch, secretary).ready(), by=secretary)
    made = Panel.objects.get()
    assert (made.room, people_of(made)) == ("Hall 2", {("Ana Ruiz", "chair", "")})
    assert imported(chair="Ana Ruiz", room="Hall 2").before.parsed.choices == ()


@pytest.mark.parametrize("column", ["chair", "moderator"])
def test_an_address_is_no_name_of_somebody_who_chairs(secretary, dialogue, column):
    rows = [["title", column], ["Opening", "Ana Ruiz ana@example.org"], ["Return", "Tom Berg"]]
    batch = batches.batch(secretary, (), rows, kind="programme", dialogue=dialogue)
    said = "Enter a name without an address or phone number."
    assert [row.parsed.errors for row in Table(batch, secretary).rows] == [{column: said}, {}]


def test_a_name_that_several_speakers_have_is_an_error(imported):
    for _number in range(2):
        build.speaker("Ana Ruiz")
    assert set(imported(chair="Ana Ruiz").before.parsed.errors) == {"chair"}


@pytest.mark.parametrize(
    "headings",
    [
        ["Session", "Chair", "Moderator", "Room"],
        ["Session", "Chaired by", "Moderated by", "Venue"],
        ["Titre", "Présidence", "Modératrice", "Salle"],
        ["Título", "Preside", "Moderador", "Sala"],
        ["Название", "Председатель", "Модератор", "Зал"],
        ["عنوان الجلسة", "رئيس الجلسة", "مدير الجلسة", "القاعة"],
        ["标题", "主席", "主持人", "会议室"],
    ],
)
def test_headings_in_six_languages(secretary, dialogue, headings):
    rows = [headings, ["Opening", "Ana Ruiz", "Tom Berg", "Boardroom D"]]
    batch = Batch(made_by=secretary, kind="programme", dialogue=dialogue)
    receive(batch, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    (row,) = batch.rows.all()
    wanted = {"title": "Opening", "chair": "Ana Ruiz", "moderator": "Tom Berg", "room": "Boardroom D"}
    assert {name: row.values.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "said", ["2024-07-10 09:30-11:00", "10 July 2024, 9.30 – 11.00", "10/07/2024 9:30 a.m. to 11 a.m.", "9 h 30 – 11h",
             "09.30 h - 11.00 h", "٠٩:٣٠ – ١١:٠٠"]
)  # fmt: skip
def test_a_cell_with_two_hours_has_the_start_and_the_end(imported, dialogue, said):
    dialogue.starts_on = dialogue.ends_on = date(2024, 7, 10)
    dialogue.save()
    assert imported(starts=said.replace(" h 30", "h30"), ends="").before.parsed.errors == {}
    made = Panel.objects.get()
    assert made.starts_at == datetime(2024, 7, 10, 9, 30, tzinfo=VIENNA)
    assert made.ends_at == datetime(2024, 7, 10, 11, 0, tzinfo=VIENNA)


def test_an_end_in_its_own_column_counts_first(imported):
    imported(starts="2024-07-10 09:30-11:00", ends="10:15")
    assert Panel.objects.get().ends_at == datetime(2024, 7, 10, 10, 15, tzinfo=VIENNA)


def test_a_day_is_no_range_of_hours(imported):
    imported(starts="10.07.2024 09:30", ends="")
    assert Panel.objects.get().ends_at is None


def test_a_spanish_programme_brings_in_its_sessions_and_speakers(secretary, dialogue):
    dialogue.starts_on = dialogue.ends_on = date(2024, 7, 10)
    dialogue.save()
    build.speaker("Ana Ruiz")
    rows = [["Hora", "Sesión", "Moderadora", "Ponentes", "Sala"],
            ["09:30-10:00", "Apertura", "", "Ana Ruiz", "M1"],
            ["10:00–11:30", "Piezas impresas", "Luis Farré i Mas", "Tom Berg (Open Door), Mei Chen", "M1"]]  # fmt: skip
    batch = Batch(made_by=secretary, kind="programme", dialogue=dialogue)
    receive(batch, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    assert batches.import_ready(batch, secretary) == 2
    first, second = Panel.objects.order_by("number")
    assert (first.title, first.room, first.ends_at) == ("Apertura", "M1", datetime(2024, 7, 10, 10, tzinfo=VIENNA))
    assert people_of(first) == {("Ana Ruiz", "panellist", "")}
    assert people_of(second) == {
        ("Luis Farré i Mas", "moderator", ""), ("Tom Berg", "panellist", "Open Door"), ("Mei Chen", "panellist", "")
    }  # fmt: skip


def test_an_address_among_the_speakers_is_an_error(secretary, dialogue):
    rows = [["Title", "Speakers"], ["Opening", "Tom Berg"], ["Return", "Ana Ruiz, ana@example.org"],
            ["Closing", "Mei Chen"]]  # fmt: skip
    batch = Batch(made_by=secretary, kind="programme", dialogue=dialogue)
    receive(batch, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    assert [row.parsed.errors for row in Table(batch, secretary).rows] == [
        {}, {"speakers": "Enter a name without an address or phone number."}, {}
    ]  # fmt: skip
