import pytest

from contributions.models import Contribution
from dialogues.models import Organization
from intake.batches.batch_table import Table
from intake.batches.incoming_files import receive
from intake.models import Batch
from intake.person_cells import is_body, joined_name, names_a_person, split_people, split_sender
from tests import build, files

from . import batch_builders as batches
from . import list_builders as lists


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"first_name": "Ana", "last_name": "bin Sample"}, "Ana bin Sample"),
        ({"last_name": "Sukarmadi"}, "Sukarmadi"),
        ({"name": "Sample", "first_name": "Ana"}, "Ana Sample"),
        ({"name": "Ana", "last_name": "Sample"}, "Ana Sample"),
        ({"name": "Ana Sample", "first_name": "Ana"}, "Ana Sample"),
        ({"last_name": "李", "first_name": "明"}, "李明"),
        ({"name": "Ana Sample"}, "Ana Sample"),
    ],
)
def test_a_name_in_two_columns_is_joined(cells, name):
    assert joined_name({**cells, "role": "chair"}, "name") == {"name": name, "role": "chair"}


@pytest.mark.parametrize(
    ("cell", "person", "body"),
    [
        ("Achieng Odhiambo-Wells, Jetty Watch Collective", "Achieng Odhiambo-Wells", "Jetty Watch Collective"),
        ("Centre for Quiet Ledgers (CQL)", "", "Centre for Quiet Ledgers (CQL)"),
        ("Réseau des abris (RAL); Aïssatou Diallo-N’Guessan", "Aïssatou Diallo-N’Guessan", "Réseau des abris (RAL)"),
        ("Dr. Tran Quoc Bao (independent)", "Dr. Tran Quoc Bao", ""),
        ("Programa Ruedas / Lucía Ferrer Olmos", "Lucía Ferrer Olmos", "Programa Ruedas"),
        ("Kim Ha-eun", "Kim Ha-eun", ""),
        ("Open Door", "", "Open Door"),
        ("Mbuyi wa Kalala & Ilunga-Mercier, Observatoire des fleuves", "Mbuyi wa Kalala & Ilunga-Mercier",
         "Observatoire des fleuves"),
    ],
)  # fmt: skip
def test_a_person_and_an_organization_in_one_cell_are_told_apart(cell, person, body):
    assert split_sender(cell, lambda name: name == "Open Door") == (person, body)


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("Dr. Tran Quoc Bao", True), ("Tran Quoc Bao (independent)", True),
        ("Mbuyi wa Kalala, River Observatory", True), ("Open Door", False),
        ("Ministry of Health, Department of Shelters", False), ("Foundation “Stamp & Seal”", False),
        ("Women, Boats and Fences Network", False), ("Doctors at Sea", False),
        ("M. Théo Lambrecq", True), ("M. S. Varma Foundation", False), ("Srta. Ana Ruiz", True),
        ("Г-жа Анна Петрова", True), ("السيدة ليلى حداد", True), ("王芳女士", True), ("女士之家", False),
        ("Capitaine Odile Bras", True), ("Maîtres du port", False), ("جمعية السيدة ليلى", False),
    ],
)  # fmt: skip
def test_clear_signs_of_a_person_are_seen_in_the_name_of_an_organization(name, is_person):
    assert names_a_person(name) is is_person


def test_organizations_are_known_by_their_words():
    assert is_body("Observatoire des fleuves")
    assert is_body("The ILA")
    assert not is_body("Ana Sample")


@pytest.fixture
def batch_of(secretary, call):
    """Return a function that makes a batch of rows below these headings, each with a file."""

    def make(headings, *rows):
        made = Batch(made_by=secretary, call=call)
        listed = [["File", "Title", "Language", "Consent", *headings]]
        listed += [[f"{at}.pdf", f"Paper {at}", "en", "yes", *row] for at, row in enumerate(rows)]
        uploads = [files.upload(f"{at}.pdf", files.pdf([f"Words {at}"])) for at in range(len(rows))]
        receive(made, uploads, lists.upload(lists.semicolons(listed, "utf-8"), "list.csv"))
        return made

    return make


def test_a_row_with_a_person_and_an_organization_in_one_cell_asks(batch_of, secretary):
    batch = batch_of(
        ["Author / body"], ["Ana Sample, Jetty Watch Collective"], ["Centre for Quiet Ledgers"], ["Kim Ha-eun"]
    )
    both, body, person = Table(batch, secretary).rows
    assert both.row.values["person"] == "Ana Sample"
    assert both.row.values["organization"] == "Jetty Watch Collective"
    assert set(both.parsed.errors) == {"sender"}
    assert (body.state, body.row.values["organization"]) == ("ready", "Centre for Quiet Ledgers")
    assert person.row.values["person"] == "Kim Ha-eun"
    assert person.state == "wrong"
    batches.import_ready(batch, secretary)
    assert list(Organization.objects.values_list("name", flat=True)) == ["Centre for Quiet Ledgers"]


def test_a_likely_person_in_the_column_of_organizations_asks_until_staff_say_which(batch_of, secretary):
    batch = batch_of(["Organization", "Sender is"], ["Dr. Tran Quoc Bao", ""], ["Dr. Mara Lind", "organization"])
    asked, said = Table(batch, secretary).rows
    assert "may be the name of a person" in asked.parsed.errors["sender"]
    assert said.state == "ready"


@pytest.mark.parametrize(("appears", "byline"), [("named", "Kim Ha-eun"), ("person", "Kim Ha-eun"), ("anonymous", "")])
def test_a_person_alone_comes_in_without_becoming_an_organization(batch_of, secretary, appears, byline):
    batch = batch_of(["Person", "Sender is", "Appears", "Country"], ["Kim Ha-eun", "person", appears, "KOR"])
    assert batches.import_ready(batch, secretary) == 1
    made = Contribution.objects.get()
    assert not Organization.objects.exists()
    assert made.organization is None
    assert str(made.newest.byline) == byline


@pytest.mark.parametrize("appears", ["", "organization"])
def test_the_name_of_a_person_alone_appears_only_if_the_row_says_so(batch_of, secretary, appears):
    batch = batch_of(["Person", "Sender is", "Appears"], ["Kim Ha-eun", "person", appears])
    (row,) = Table(batch, secretary).rows
    assert "named or anonymous" in row.parsed.errors["appear_as"]


def test_speakers_with_names_in_two_columns_come_in_whole(secretary, db):
    build.dialogue(title="Fifth dialogue", slug="fifth")
    made = Batch(made_by=secretary, kind="speakers")
    rows = [["Family name", "First name", "Role", "Dialogue"], ["Sample", "Ana", "chair", "fifth"],
            ["Sukarmadi", "–", "speaker", "fifth"], ["* to be confirmed"], ["Total", "2"]]  # fmt: skip
    receive(made, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    assert [row.values["name"] for row in made.rows.all()] == ["Ana Sample", "Sukarmadi"]
    assert "First and family names were joined: look at the order of each name." in made.remarks
    assert "Left out, because they are not rows of the list: 4, 5." in made.remarks


@pytest.mark.parametrize("name", ["Khin Thiri Aye", "Aye, Khin Thiri", "Daw Khin Thiri Aie"])
def test_a_speaker_with_a_similar_name_is_named(secretary, db, name):
    build.dialogue(title="Fifth dialogue", slug="fifth")
    build.speaker(name="Daw Khin Thiri Aye")
    build.speaker(name="Ana Sample")
    made = Batch(made_by=secretary, kind="speakers")
    rows = [["Name", "Role", "Dialogue"], [name, "chair", "fifth"], ["Mara Lind", "chair", "fifth"]]
    receive(made, [], lists.upload(lists.semicolons(rows, "utf-8"), "list.csv"))
    similar, new = Table(made, secretary).rows
    assert similar.parsed.notes["name"] == "A new speaker. If it is “Daw Khin Thiri Aye”, write that."
    assert new.parsed.notes["name"] == "A new speaker"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Ruiz", [("Ana Ruiz", "")]),
        ("Ruiz, Ana", [("Ruiz, Ana", "")]),
        ("Ana Ruiz (Spain) and Tom Berg (Open Door)", [("Ana Ruiz", "Spain"), ("Tom Berg", "Open Door")]),
        ("Ana Ruiz et Tom Berg", [("Ana Ruiz", ""), ("Tom Berg", "")]),
        ("Ana Ruiz, Ministry of Justice and Peace", [("Ana Ruiz", "Ministry of Justice and Peace")]),
        ("Ana Ruiz, Open Door", [("Ana Ruiz", "Open Door")]),
        ("Ana Ruiz; Tom Berg\nMei Chen", [("Ana Ruiz", ""), ("Tom Berg", ""), ("Mei Chen", "")]),
        (
            "Ana Ruiz (Spain), Tom Berg (Open Door), Mei Chen and Lea Vogt",
            [("Ana Ruiz", "Spain"), ("Tom Berg", "Open Door"), ("Mei Chen", ""), ("Lea Vogt", "")],
        ),
        ("Ana Ruiz (Spain), Open Door", [("Ana Ruiz, Open Door", "Spain")]),
        ("Ana Ruiz (Spain), Director", [("Ana Ruiz, Director", "Spain")]),
        ("Ana Ruiz, Port of Lorne", [("Ana Ruiz", "Port of Lorne")]),
        ("Ana Ruiz, Director of Research", [("Ana Ruiz, Director of Research", "")]),
        ("García Márquez, Ana de la Cruz", [("García Márquez, Ana de la Cruz", "")]),
        ("王梅（中国）", [("王梅", "中国")]),
        ("", []),
    ],
)
def test_a_cell_with_several_people(text, people):
    assert split_people(text, {"Open Door"}.__contains__) == people
