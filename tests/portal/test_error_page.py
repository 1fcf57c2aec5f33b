"""With a full disk, a locked database or a server that is gone, nothing that was typed is lost."""

import errno
import sqlite3

import pytest
from django.core.files.storage import storages
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from contributions import workflow
from contributions.models import Attachment, Revision
from documents.models import Document
from portal import errors
from tests import build, files
from tests.on_sqlite import on_sqlite

TEXT = "Wages were <withheld> for a year."


@pytest.fixture
def browser(participant, browser_of):
    """A participant's browser, which shows the page of an error as it is."""
    browser = browser_of(participant)
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def draft(participant):
    return workflow.begin(build.call(), by=participant)


@pytest.fixture
def locked(transactional_db):
    """Return a function that lets another process write without end, and returns how to end it."""

    def lock():
        connection.cursor().execute("PRAGMA busy_timeout = 20")  # milliseconds; 20 seconds in production
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        return other.close

    yield lock
    connection.close()


def answers(draft):
    return reverse("contributions:answers", args=[draft.key])


@on_sqlite
def test_a_lock_that_is_held_for_too_long_loses_nothing_that_was_typed(locked, draft, browser):
    fields = {"title": "Debt", "language": "en", "text": TEXT, "go": "answers", "organization_name": "Open Door"}
    address = reverse("contributions:who", args=[draft.key])
    end = locked()
    answer = browser.post(address, fields)
    end()
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "What you typed is on this page and nowhere else." in page
    for name, value in fields.items():
        assert name == "go" or (f'name="{name}"' in page, escape(value) in page) == (True, True), (name, page)
    assert f'<form method="post" action="{address}"' in page
    assert browser.post(address, fields).status_code == 302  # sent again
    assert Revision.objects.get().organization_name == "Open Door"


def test_a_disk_that_is_full_at_an_upload_keeps_the_fields_and_asks_for_the_file_again(draft, browser, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    storage = type(storages["documents"])
    address = reverse("contributions:files", args=[draft.key])
    with monkeypatch.context() as patch:
        patch.setattr(storage, "_save", full)
        fields = {"upload_language": "en", "go": ""}
        answer = browser.post(address, fields | {"upload": files.upload("a.txt", b"words")})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert '<input type="file" id="file-1" name="upload">' in page
    assert 'enctype="multipart/form-data"' in page
    assert not Attachment.objects.exists()
    assert not Document.objects.exists()
    assert browser.post(address, fields | {"upload": files.upload("a.txt", b"words")}).status_code == 302
    assert Attachment.objects.count() == 1


def test_a_disk_that_is_full_before_the_form_has_arrived_sends_people_back_to_it(draft, browser, monkeypatch):
    def full(self, data, start):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.receive_data_chunk", full)
    address = reverse("contributions:files", args=[draft.key])
    answer = browser.post(address, {"upload_language": "en", "upload": files.upload("a.txt", b"words")})
    assert answer.status_code == 503
    assert "go back in your browser" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_an_upload_that_fails_early_is_received_to_its_end_so_that_the_browser_shows_the_page(rf):
    request = rf.post("/", {"upload": files.upload("a.txt", b"words" * 100_000)})
    request.read(1000)
    errors.server_error(request)
    assert request.read() == b""


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (OperationalError("server closed the connection"), 503, "Wait a minute, then try again."),
        (ConnectionRefusedError(), 503, "Wait a minute, then try again."),
        (ValueError("secret detail"), 500, "and we have recorded it"),
    ],
)
def test_each_error_has_its_sentence_and_shows_no_detail(error, status, sentence, draft, browser, monkeypatch):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("contributions.workflow.save", fail)
    answer = browser.post(answers(draft), {"text": TEXT, "go": "files"})
    page = answer.content.decode()
    assert (answer.status_code, "Retry-After" in answer.headers) == (status, status == 503)
    assert sentence in page
    assert escape(TEXT) in page
    assert "secret detail" not in page
    assert "server closed" not in page


def test_a_page_that_cannot_be_read_says_so_in_the_language_of_its_address(client, db, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    client.raise_request_exception = False
    monkeypatch.setattr("portal.views.latest_quotes", fail)
    for address, direction in (("/", "ltr"), ("/ar/", "rtl")):
        answer = client.get(address)
        assert answer.status_code == 503
        assert f'dir="{direction}"' in answer.content.decode()
        assert "<form" not in answer.content.decode()


def test_fields_of_a_form_that_another_site_sent_are_not_shown(db, participant, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    from_elsewhere = Client(enforce_csrf_checks=True, raise_request_exception=False)
    from_elsewhere.force_login(participant)
    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware._check_token", fail)
    answer = from_elsewhere.post("/contributions/new/", {"text": TEXT})
    assert answer.status_code == 503
    assert escape(TEXT) not in answer.content.decode()


def test_nothing_is_asked_of_a_database_that_is_away(draft, browser, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    addresses = answers(draft), reverse("contributions:who", args=[draft.key])
    with monkeypatch.context() as away:
        away.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
        found = [browser.post(address, {"text": TEXT, "go": "files"}) for address in addresses]
    for answer in found:
        assert answer.status_code == 503
        assert "What you typed is on this page and nowhere else." in answer.content.decode()
        assert escape(TEXT) in answer.content.decode()


def test_the_words_are_shown_though_the_page_of_a_contribution_cannot_be_made(draft, browser, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("contributions.workflow.save", fail)
    monkeypatch.setattr("portal.errors.unsaved_response", fail)
    answer = browser.post(answers(draft), {"text": TEXT, "go": "files"})
    assert answer.status_code == 503
    assert escape(TEXT) in answer.content.decode()


@pytest.mark.parametrize("words", ["Fees and debt.", "中介扣留我们的护照。", "ديون"])
def test_words_can_be_read_in_each_script_and_keys_are_left_out(words, draft, browser, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("contributions.workflow.save", fail)
    monkeypatch.setattr("portal.errors.unsaved_response", fail)
    page = browser.post(answers(draft), {"text": words, "language": "en", "go": "files"}).content.decode()
    shown = page.split('<h2 class="part">')[1]
    assert words in shown
    assert shown.count("<p>") == 1
