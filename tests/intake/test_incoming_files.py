import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages

from documents.models import Document
from documents.orphans import stored_names
from intake import workflow
from intake.batches.incoming_files import receive
from intake.batches.row_files import values_from_file_name
from intake.models import Batch, BatchFile
from tests import files

from . import batch_builders as batches
from . import list_builders as lists

PDF = files.pdf(["One"])


def on_disk():
    storage = storages["documents"]
    return set(stored_names(storage))


def laid_out(batch):
    """Return the number, file name and title of each row."""
    return [(row.number, row.file and row.file.name, row.values.get("title")) for row in batch.rows.all()]


def refused(by, uploads, listed=None):
    before = on_disk()
    with pytest.raises(ValidationError) as error:
        receive(Batch(made_by=by), uploads, listed)
    assert (on_disk(), Batch.objects.count(), BatchFile.objects.count()) == (before, 0, 0)
    return error.value.messages[0]


def test_without_a_list_rows_are_filled_from_file_names(secretary):
    batch = batches.batch(secretary, [files.upload("Open Door – What_we saw.pdf", PDF)])
    assert batch.rows.get().values == {
        "file": "Open Door – What_we saw.pdf", "organization": "Open Door", "title": "What we saw",
    }  # fmt: skip
    assert values_from_file_name("report-final.pdf") == {"file": "report-final.pdf", "title": "report-final"}
    assert not Document.objects.exists()


def test_files_are_matched_with_the_list_and_others_are_reported(secretary):
    uploads = [files.upload("A.PDF", PDF), files.upload("b.pdf", files.pdf(["Two"])), files.upload("c.txt", b"three")]
    batch = batches.batch(secretary, uploads, [["file", "title"], ["a.pdf", "A"], ["gone.pdf", "G"], ["b", "B"]])
    assert laid_out(batch) == [(2, "A.PDF", "A"), (3, None, "G"), (4, "b.pdf", "B"), (5, "c.txt", "c")]
    assert batch.remarks == ["Not in any row of the list, and added below it: “c.txt”."]


def test_system_files_are_ignored(secretary):
    litter = [files.upload(".DS_Store", b"x"), files.upload("Thumbs.db", b"x"), files.upload("desktop.ini", b"[x]")]
    assert refused(secretary, litter) == "Nothing was uploaded: choose files, a ZIP or a list."
    assert laid_out(batches.batch(secretary, [*litter, files.upload("a.pdf", PDF)])) == [(2, "a.pdf", "a")]


def test_a_zip_may_contain_the_list(secretary):
    content = batches.archive({"x/a.pdf": PDF, "x/list.csv": b"file;title\r\na.pdf;A\r\n"})
    assert laid_out(batches.batch(secretary, [files.upload("all.ZIP", content)])) == [(2, "a.pdf", "A")]


def test_an_invalid_file_is_reported_in_its_row_and_not_stored(secretary):
    before = on_disk()
    uploads = [
        files.upload("a.pdf", b""), files.upload("b.exe", b"MZ\0\0"), files.upload("c.pdf", files.encrypted_pdf()),
    ]  # fmt: skip
    batch = batches.batch(secretary, uploads)
    assert [file.fault for file in batch.files.all()] == [
        "This file is empty: choose another one.",
        "This type of file is not accepted: send a PDF, DOCX, ODT, TXT or MD file.",
        "This file is protected by a password: save it without one and send the new file.",
    ]
    assert on_disk() == before


def test_the_same_content_is_stored_once(secretary):
    batch = batches.batch(secretary, [files.upload("a.pdf", PDF), files.upload("b.pdf", PDF)])
    assert (laid_out(batch), batch.remarks) == ([(2, "a.pdf", "a")], ["“b.pdf” was uploaded twice and is used once."])
    receive(batch, [files.upload("a.pdf", PDF)])
    assert laid_out(batch) == [(2, "a.pdf", "a")]


def test_missing_files_are_added_and_a_new_list_replaces_the_first(secretary):
    batch = batches.batch(secretary, [files.upload("a.pdf", b"")], [["file", "title"], ["a.pdf", "A"], ["b.pdf", "B"]])
    receive(batch, [files.upload("a.pdf", PDF), files.upload("b.pdf", files.pdf(["Two"]))])
    assert laid_out(batch) == [(2, "a.pdf", "A"), (3, "b.pdf", "B")]
    assert list(batch.files.values_list("fault", flat=True)) == ["", ""]
    receive(batch, [], lists.upload(b"file,title\nb.pdf,Better\na.pdf,Good\n"))
    assert laid_out(batch) == [(2, "b.pdf", "Better"), (3, "a.pdf", "Good")]


def test_a_batch_accepts_no_uploads_during_its_import(secretary):
    batch = batches.batch(secretary, [files.upload("a.pdf", PDF)])
    batch.rows.update(state="waiting")
    with pytest.raises(ValidationError, match="being imported"):
        receive(batch, [files.upload("b.pdf", PDF)])


def test_invalid_uploads_leave_nothing_behind(secretary, monkeypatch):
    good = lambda: files.upload("a.pdf", PDF)  # noqa: E731
    assert refused(secretary, []) == "Nothing was uploaded: choose files, a ZIP or a list."
    assert refused(secretary, [], lists.upload(b"")) == "This list is empty: choose another one."
    assert refused(secretary, [good(), files.upload("x.zip", b"no")]).startswith("This ZIP is damaged")
    two = [files.upload("l.csv", b"file\na"), files.upload("m.csv", b"file\nb")]
    assert refused(secretary, two) == "You uploaded two lists: send one."
    monkeypatch.setattr("intake.batches.incoming_files.MAX_FILES", 1)
    assert refused(secretary, batches.papers(2)) == "There are more than 1 files: send them in several parts."


@pytest.mark.parametrize(
    ("uploads", "fault"),
    [
        ([files.upload("list.xlsx", PDF)], "This is not a list: send a CSV, XLSX or ODS file."),
        ([files.upload("l.csv", b"file\na"), files.upload("m.csv", b"file\nb")], "You uploaded two lists: send one."),
    ],
)
def test_a_refused_list_loses_no_file_and_alone_is_asked_for_again(secretary, uploads, fault):
    batch = batches.batch(secretary, [files.upload("a.pdf", PDF), *uploads])
    assert (laid_out(batch), batch.list_fault) == ([(2, "a.pdf", "a")], fault)
    receive(batch, [], lists.upload(b"file,title\na.pdf,Better\n"))
    assert (laid_out(batch), batch.list_fault) == ([(2, "a.pdf", "Better")], "")


def test_a_corrected_row_gets_the_file_that_it_names(secretary):
    uploads = [files.upload("a.pdf", PDF), files.upload("b.pdf", files.pdf(["Two"]))]
    batch = batches.batch(secretary, uploads, [["file", "title"], ["wrong.pdf", "A"], ["b.pdf", "B"]])
    assert laid_out(batch) == [(2, None, "A"), (3, "b.pdf", "B"), (4, "a.pdf", "a")]
    wrong, right, alone = batch.rows.all()
    unchanged = {row.pk: dict(row.values) for row in (right, alone)}
    workflow.correct(batch, {wrong.pk: {"file": "A.pdf"}, **unchanged}, by=secretary)
    assert laid_out(batch) == [(2, "a.pdf", "A"), (3, "b.pdf", "B")]


def test_a_file_that_belongs_to_another_row_is_not_taken_from_it(secretary):
    uploads = [files.upload("a.pdf", PDF), files.upload("b.pdf", files.pdf(["Two"]))]
    batch = batches.batch(secretary, uploads, [["file", "title"], ["a.pdf", "A"], ["b.pdf", "B"]])
    workflow.correct(batch, {batch.rows.first().pk: {"file": "b.pdf"}}, by=secretary)
    assert laid_out(batch) == [(2, None, "A"), (3, "b.pdf", "B"), (4, "a.pdf", "a")]
    workflow.correct(batch, {batch.rows.first().pk: {"file": "a.pdf"}}, by=secretary)
    assert laid_out(batch) == [(2, "a.pdf", "A"), (3, "b.pdf", "B")]
