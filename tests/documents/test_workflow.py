import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save

from documents import tasks, workflow
from documents.errors import UnreadableError
from documents.models import CleanCopy, Document, Fault, Kind, Page, State
from documents.sandbox.client import CleanedFile
from documents.tasks import read_document
from tests import files

pytestmark = pytest.mark.django_db


def stored_files() -> set[str]:
    root = Path(storages["documents"].location)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def stored(name="a.pdf", content=None) -> Document:
    document = workflow.store(files.upload(name, content or files.pdf(["one", "two"])))
    document.refresh_from_db()
    return document


class Broken:
    """A task that cannot be queued."""

    @staticmethod
    def enqueue(pk):
        raise IntegrityError


def test_store_saves_file_row_and_text():
    content = files.pdf(["First page", "Second page"])
    document = stored("Statement of Lagos.pdf", content)
    assert (document.kind, document.size, document.original_name) == (Kind.PDF, len(content), "Statement of Lagos.pdf")
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.state, document.fault, document.page_count) == (State.READ, "", 2)
    assert list(document.pages.values_list("number", "text")) == [(1, "First page"), (2, "Second page")]
    with document.file.open() as file:
        assert file.read() == content


def test_stored_name_reveals_nothing():
    name = stored("secret-name.pdf").file.name
    first, second, rest = name.split("/")
    assert rest.startswith(first + second)
    assert len(rest) == 32
    assert int(rest, 16)
    assert Path(storages["documents"].path(name)).stat().st_mode & 0o777 == 0o600


def test_other_kinds_have_one_page_and_no_page_count():
    document = stored("a.docx", files.docx(["One", "Two"]))
    assert list(document.pages.values_list("number", "text")) == [(1, "One\n\nTwo")]
    assert document.page_count is None


def test_store_checks_an_upload_that_no_form_has_checked():
    with pytest.raises(ValidationError, match="empty"):
        workflow.store(files.upload("a.pdf", b""))
    assert not Document.objects.exists()


def test_new_document_waits_until_it_is_read(monkeypatch):
    monkeypatch.setattr(workflow, "read_document", type("Later", (), {"enqueue": staticmethod(lambda pk: pk)}))
    document = stored()
    assert (document.state, document.is_pending) == (State.RECEIVED, True)
    read_document.call(document.pk)
    document.refresh_from_db()
    assert (document.state, document.is_pending) == (State.READ, False)


def test_scan_is_faulty_and_still_has_its_file():
    document = stored("scan.pdf", files.pdf([""]))
    assert (document.state, document.fault, document.page_count) == (State.FAULTY, Fault.NO_TEXT, None)
    assert not document.pages.exists()
    assert storages["documents"].exists(document.file.name)


def test_file_is_deleted_when_its_row_or_task_fails(monkeypatch):
    before = stored_files()
    monkeypatch.setattr(workflow, "read_document", Broken)
    with pytest.raises(IntegrityError):
        workflow.store(files.upload("a.pdf", files.pdf()))
    assert stored_files() == before
    assert not Document.objects.exists()


def test_discard_deletes_row_and_pages_and_on_commit_the_file(django_capture_on_commit_callbacks):
    document = stored()
    name = document.file.name
    with django_capture_on_commit_callbacks() as callbacks:
        workflow.discard(document)
    assert not Document.objects.exists()
    assert not Page.objects.exists()
    assert storages["documents"].exists(name)
    for callback in callbacks:
        callback()
    assert not storages["documents"].exists(name)


@pytest.mark.django_db(transaction=True)
def test_discard_that_is_rolled_back_leaves_the_file():
    document = stored()
    pk, name = document.pk, document.file.name
    with transaction.atomic():
        workflow.discard(document)
        transaction.set_rollback(True)
    assert Document.objects.get(pk=pk).file.name == name
    assert storages["documents"].exists(name)


def test_clean_copy_is_stored_beside_the_original():
    document = stored()
    copy = document.clean_copy
    with copy.file.open() as file:
        content = file.read()
    assert (copy.size, copy.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert document.shown_size == copy.size != document.size
    assert [label for label, _ in copy.report][:1] == ["Names of authors and editors"]
    assert content != files.pdf(["one", "two"])


def test_text_is_read_from_the_clean_copy():
    document = stored("a.md", b"seen\n\n<!-- between us -->\n")
    assert [page.text for page in document.pages.all()] == ["seen"]
    assert document.clean_copy.removed == [["comments", 1]]
    assert [(str(label), count) for label, count in document.clean_copy.report] == [("Comments and notes", 1)]


def test_scan_without_text_has_a_clean_copy():
    document = stored("scan.pdf", files.pdf([""]))
    assert (document.fault, document.copy is None) == (Fault.NO_TEXT, False)


def test_document_that_cannot_be_cleaned_is_faulty_and_loses_its_former_copy_and_pages(
    monkeypatch, django_capture_on_commit_callbacks
):
    document = stored()
    name = document.clean_copy.file.name

    def refuse(data, kind, **options):
        raise UnreadableError(Fault.UNCLEAN)

    monkeypatch.setattr(tasks, "make_clean_copy", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        read_document.call(document.pk)
    document = Document.objects.get()
    assert (document.state, document.fault, document.copy) == (State.FAULTY, Fault.UNCLEAN, None)
    assert not document.pages.exists()
    assert stored_files() & {name, document.file.name} == {document.file.name}


def test_reading_again_replaces_the_clean_copy_and_its_file(django_capture_on_commit_callbacks):
    document = stored()
    old, before = document.clean_copy.file.name, stored_files()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.read_again([document])
    new = CleanCopy.objects.get().file.name
    assert new != old
    assert stored_files() == before - {old} | {new}


def test_task_that_fails_while_it_records_changes_nothing(monkeypatch):
    document = stored()
    before, copy = stored_files(), document.clean_copy

    def die(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks.Page.objects, "bulk_create", die)
    with pytest.raises(KeyboardInterrupt):
        read_document.call(document.pk)
    assert stored_files() == before
    assert CleanCopy.objects.get() == copy
    assert document.pages.count() == 2


def test_document_deleted_while_it_is_cleaned_leaves_no_file(monkeypatch, django_capture_on_commit_callbacks):
    document = stored()

    def discard_first(data, kind, **options):
        with django_capture_on_commit_callbacks(execute=True):
            workflow.discard(document)
        return CleanedFile(b"copy", [])

    before = stored_files() - {document.file.name, document.clean_copy.file.name}
    monkeypatch.setattr(tasks, "make_clean_copy", discard_first)
    monkeypatch.setattr(tasks, "read_pages", lambda content, kind: ["text"])
    read_document.call(document.pk)
    assert not CleanCopy.objects.exists()
    assert stored_files() == before


def test_discard_deletes_the_clean_copy_too(django_capture_on_commit_callbacks):
    document = stored()
    name = document.clean_copy.file.name
    with django_capture_on_commit_callbacks(execute=True):
        workflow.discard(document)
    assert not CleanCopy.objects.exists()
    assert name not in stored_files()


def test_documents_without_a_clean_copy_are_unread():
    document = stored()
    assert not Document.objects.unread().exists()
    document.clean_copy.delete()
    assert list(Document.objects.unread()) == [document]


def test_reading_twice_leaves_one_set_of_pages():
    document = stored()
    Page.objects.create(document=document, number=3, text="left over")
    assert workflow.read_again([document]) == 1
    assert list(document.pages.values_list("number", "text")) == [(1, "one"), (2, "two")]


def test_fault_is_cleared_when_the_file_can_be_read():
    document = stored()
    Document.objects.filter(pk=document.pk).update(state=State.FAULTY, fault=Fault.TIMEOUT)
    workflow.read_again([document])
    document.refresh_from_db()
    assert (document.state, document.fault) == (State.READ, "")


def test_reading_a_deleted_document_is_no_error():
    document = stored()
    pk = document.pk
    workflow.discard(document)
    assert read_document.call(pk) is None


def test_missing_file_is_an_error_for_the_operator():
    document = stored()
    document.file.storage.delete(document.file.name)
    with pytest.raises(FileNotFoundError):
        read_document.call(document.pk)
    document.refresh_from_db()
    assert (document.state, document.pages.count()) == (State.READ, 2)


def test_signal_receivers_of_a_saved_document_find_its_pages():
    heard = []

    def listen(instance, update_fields, **kwargs):
        if update_fields:
            heard.append([page.text for page in Page.objects.filter(document=instance)])

    post_save.connect(listen, sender=Document)
    try:
        stored()
    finally:
        post_save.disconnect(listen, sender=Document)
    assert heard == [["one", "two"]]


def test_waiting_and_faulty_documents_are_unread():
    read, scan = stored(), stored("scan.pdf", files.pdf([""]))
    assert list(Document.objects.unread()) == [scan]
    assert read in Document.objects.all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 0},
        {"sha256": "0" * 63},
        {"state": State.FAULTY, "fault": ""},
        {"state": State.READ, "fault": Fault.DAMAGED},
    ],
)
def test_database_rejects_invalid_documents(wrong):
    right = {"file": "aa/bb/cc", "kind": Kind.PDF, "size": 1, "sha256": "0" * 64}
    Document.objects.create(**right)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(**right | wrong)
