import io

import pytest
from openpyxl import Workbook

from contributions.models import Contribution
from intake.models import Batch, BatchList, RememberedColumns
from tests import files
from tests.gate import is_absent
from tests.intake import batch_builders as batches
from tests.intake import list_builders as lists
from tests.intake import outside_lists as outside

ADD = "/desk/imports/add/"
PDF = files.pdf(["One"])
HEADINGS = ["Beilage", "Paper", "Wer", "Sprache", "Zustimmung"]
ROWS = [["Liste der Beiträge"], HEADINGS, ["a.pdf", "Was wir sahen", "Haus am Ufer", "English", "yes"]]


@pytest.fixture
def batch(desk, call):
    """A batch with one file, whose list has a line above its headings and columns that are not known."""
    return upload(desk, ROWS, call=call.pk)


def upload(browser, rows, name="list.xlsx", **fields):
    data = {"kind": "contributions", "files": [files.upload("a.pdf", PDF)], **fields}
    browser.post(ADD, data | {"list": lists.upload(lists.xlsx(rows), name)})
    return Batch.objects.first()


def page(batch):
    return f"/desk/imports/{batch.pk}/columns/"


def table(batch):
    return f"/desk/imports/{batch.pk}/"


def text_of(response):
    return " ".join(response.content.decode().split())


def chosen(*names, header=2):
    return {"header": header, **{f"column-{at}": name for at, name in enumerate(names)}}


def test_staff_are_asked_what_columns_are_before_the_list_becomes_rows(desk, batch):
    assert desk.get(table(batch)).url == page(batch)
    html = text_of(desk.get(page(batch)))
    assert "row 2: Beilage · Paper" in html
    assert "Was wir sahen" in html
    assert '<th scope="row"><bdi>Beilage</bdi></th>' in html  # aligned as the page is, whatever its language
    assert "1 file is kept in the meantime." in html
    form = desk.get(page(batch)).context["form"]
    assert [form[name].value() for name in form.names] == ["file", "title", "", "language", ""]
    assert not batch.rows.exists()


def test_the_columns_that_staff_choose_are_remembered(desk, batch, call):
    names = ["file", "title", "organization", "language", "consent"]
    assert desk.post(page(batch), {**chosen(*names), "use": ""}).url == table(batch)
    row = batch.rows.get()
    assert row.number == 3
    assert row.values == {
        "file": "a.pdf", "title": "Was wir sahen", "organization": "Haus am Ufer", "language": "English",
        "consent": "yes",
    }  # fmt: skip
    assert "Ready: 1." in text_of(desk.get(table(batch)))
    again = upload(desk, [["Andere Zeile"], [], *ROWS[1:]], call=call.pk)
    assert (again.pk != batch.pk, again.list.header, again.rows.get().values) == (True, 3, row.values)


def test_columns_that_were_only_proposed_to_be_left_out_are_asked_about_again(desk, batch, call):
    proposed = desk.get(page(batch)).context["form"]
    desk.post(page(batch), {**chosen(*[proposed[name].value() for name in proposed.names]), "use": ""})
    assert batch.rows.exists()
    assert not RememberedColumns.objects.exists()
    desk.post(page(batch), {**chosen("file", "title", "organization", "language", ""), "use": ""})
    assert RememberedColumns.objects.get().columns == ["file", "title", "organization", "language", ""]


def test_staff_choose_which_of_several_sheets_is_read(desk, call):
    book, file = Workbook(), io.BytesIO()
    book.active.title = "Programme"
    for row in [["Start", "Title"], ["09:30", "Opening"]]:
        book.active.append(row)
    people = book.create_sheet("Speakers")
    for row in [["Name", "Role"], ["Ana Sample", "chair"]]:
        people.append(row)
    book.save(file)
    data = {"kind": "speakers", "dialogue": call.dialogue_id, "list": lists.upload(file.getvalue(), "list.xlsx")}
    desk.post(ADD, data)
    batch = Batch.objects.first()
    assert not batch.rows.exists()
    form = desk.get(page(batch)).context["form"]
    assert [label for _value, label in form.fields["sheet"].choices] == ["Speakers", "Programme"]
    desk.post(page(batch), {**chosen("name", "role", header=1), "sheet": 1, "look": ""})
    assert batch.list.table[1] == ["09:30", "Opening"]
    assert desk.post(page(batch), {**chosen("", "title", header=1), "sheet": 0, "use": ""}).url == page(batch)
    assert not batch.rows.exists()
    desk.post(page(batch), {**chosen("name", "role", header=1), "sheet": 0, "use": ""})
    assert batch.rows.get().values == {"name": "Ana Sample", "role": "chair"}


def test_columns_are_remembered_for_one_kind_of_list(desk, batch):
    names = ["file", "title", "organization", "language", "consent"]
    desk.post(page(batch), {**chosen(*names), "use": ""})
    assert RememberedColumns.objects.get().kind == "contributions"
    papers = upload(desk, ROWS, kind="papers")
    assert not papers.list.is_applied


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["", "title", "", "", ""], "This list has no column “File”"),
        (["file", "title", "title", "", ""], "This list has two columns for “Title”: keep one of them."),
    ],
)
def test_columns_that_do_not_fit_are_refused_and_stay_as_chosen(desk, batch, names, sentence):
    html = text_of(desk.post(page(batch), {**chosen(*names), "use": ""}))
    assert sentence in html
    assert desk.post(page(batch), {**chosen(*names), "use": ""}).context["form"]["column-1"].value() == "title"
    assert not batch.rows.exists()
    assert not RememberedColumns.objects.exists()


def test_headings_are_taken_from_another_row(desk, call):
    batch = upload(desk, [["File", "Title"], *ROWS[1:]], call=call.pk)
    assert desk.post(page(batch), {**chosen(header=1), "look": ""}).url == page(batch)
    assert BatchList.objects.get().header == 1
    desk.post(page(batch), {**chosen(header=0), "look": ""})
    assert BatchList.objects.get().header == 0


def test_a_list_without_headings_is_read_by_position(desk, call):
    batch = upload(desk, [["a.pdf", "Was wir sahen", "English"], ["b.pdf", "Anderes", "English"]], call=call.pk)
    desk.post(page(batch), {**chosen(header=0), "look": ""})
    desk.post(page(batch), {**chosen("file", "title", "language", header=0), "use": ""})
    assert [row.number for row in batch.rows.all()] == [1, 2]
    assert not RememberedColumns.objects.exists()


def test_a_list_is_left_out_and_its_files_stay(desk, batch):
    desk.post(page(batch), {**chosen(), "leave_out": ""})
    assert batch.rows.get().values == {"file": "a.pdf", "title": "a"}
    assert not BatchList.objects.exists()


def test_changed_columns_replace_the_rows_that_are_not_done(desk, batch, call):
    names = ["file", "title", "organization", "language", "consent"]
    desk.post(page(batch), {**chosen(*names), "use": ""})
    desk.post(table(batch), {"more": "", "list": lists.upload(lists.xlsx([*ROWS, ["b.pdf", "B", "C", "en", "yes"]]))})
    desk.post(table(batch), {"import": ""})
    assert sorted(batch.rows.values_list("number", "state")) == [(3, "done"), (4, "open")]
    desk.post(page(batch), {**chosen("file", "organization", "title", "language", "consent"), "use": ""})
    assert sorted(batch.rows.values_list("number", "state")) == [(3, "done"), (4, "open")]
    assert batch.rows.get(number=4).values["title"] == "C"
    assert Contribution.objects.count() == 1


def test_known_headings_are_not_asked_about_and_can_be_changed(desk, call):
    batch = upload(desk, [["file", "organization", "title"], ["a.pdf", "House", "A"]], call=call.pk)
    html = text_of(desk.get(table(batch)))
    assert "Read from “list.xlsx”, with the headings in row 1." in html
    assert page(batch) in html
    assert "your corrections in the table will be lost" in text_of(desk.get(page(batch)))


def test_a_column_of_addresses_is_no_name(desk, call):
    rows = [["file", "title", "Contact", "Author"], ["a.pdf", "A", "a@house.example", "b@house.example"]]
    batch = upload(desk, rows, call=call.pk)
    assert batch.list.columns == ["file", "title", "", ""]
    rows = [["file", "title", "Contact"], ["a.pdf", "A", "Mara Lind"]]
    assert upload(desk, rows, call=call.pk).list.columns == ["file", "title", "person"]


def test_after_a_refused_list_only_the_list_is_asked_for(desk, call):
    data = {"kind": "contributions", "files": [files.upload("a.pdf", PDF)], "call": call.pk}
    response = desk.post(ADD, data | {"list": lists.upload(b"<html>", "list.csv")})
    batch = Batch.objects.get()
    assert response.url == table(batch)
    html = text_of(desk.get(table(batch)))
    assert "The list was not accepted. The files are kept: This is not a list: send a CSV, XLSX or ODS file." in html
    assert batch.files.get().name == "a.pdf"
    desk.post(table(batch), {"more": "", "list": lists.upload(b"file,title\na.pdf,Better\n", "list.csv")})
    assert batch.rows.get().values["title"] == "Better"
    assert "was not accepted" not in text_of(desk.get(table(batch)))


def test_columns_are_for_users_who_may_change_batches(batch, browser_of, reviewer, participant):
    assert browser_of(reviewer).get(page(batch)).status_code == 403
    assert is_absent(browser_of(participant), page(batch))
    for user, status in [(reviewer, 403), (participant, 404)]:
        assert browser_of(user).post(page(batch), {**chosen("file"), "use": ""}).status_code == status
    assert not batch.rows.exists()


def test_a_batch_without_a_list_has_no_columns(desk, secretary, call):
    batch = batches.batch(secretary, batches.papers(1), call=call)
    assert desk.get(page(batch)).url == table(batch)


def test_the_outside_register_is_shown_with_its_first_rows(desk, call):
    data = {"kind": "contributions", "call": call.pk, "list": lists.upload(outside.french_register(), "liste.xlsx")}
    desk.post(ADD, data)
    html = text_of(desk.get(page(Batch.objects.get())))
    assert "row 4: N° d’ordre · Entité" in html
    assert "Association Rive Haute" in html


def test_text_beside_the_headings_is_left_out_and_said(desk, call):
    headings = ["File", "Title", "Language", "Organization", "Consent"]
    first, second = ["a.pdf", "A", "en", "Haus", "yes"], ["b.pdf", "B", "en", "Haus", "yes"]
    made = upload(desk, [headings, first, [*second, "came by post"]], call=call.pk)
    assert made.rows.count() == 2
    assert made.remarks == ["Left out, because it is outside the headings: row 3: “came by post”."]
    assert upload(desk, [headings, first, second], call=call.pk).remarks == []
