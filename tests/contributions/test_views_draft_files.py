"""The step for files: what it refuses and how it says so, and what it shows of attached files."""

import re

import pytest
from django.utils.html import escape

from documents.models import Document
from tests import build, files, gate

pytestmark = pytest.mark.django_db

FORM = {"upload_language": "es", "is_translation": "on"}
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "WordDocument".encode("utf-16-le")
REFUSED = {
    "empty": ("a.pdf", b"", "This file is empty: choose another one."),
    "encrypted": ("a.pdf", files.encrypted_pdf(), "This file is protected by a password: save it without one"),
    "picture": ("a.pdf", files.png(), "This type of file is not accepted"),
    "old word": ("a.doc", OLD_WORD, "This is an old Word file (.doc): save it as PDF or DOCX"),
    "large": ("a.txt", b"a" * (20 * 1024 * 1024 + 1), "This file is larger than 20 MB: send a smaller version"),
    "large for the call": ("a.txt", b"a" * (1024 * 1024 + 1), "This call accepts files of up to 1 MB"),
}


@pytest.fixture
def draft(participant):
    return build.draft(build.call(file_limit=2, file_megabytes=1), by=participant)


def page(record):
    return f"/contributions/mine/{record.key}/files/"


def post(browser, record, name="a.txt", content=b"words", **fields):
    return browser.post(page(record), FORM | fields | {"upload": files.upload(name, content)})


def attachments(record):
    return record.revisions.get(sent_at=None).attachments


@pytest.mark.parametrize("go", ["", "appear"])
@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_gets_a_message_at_its_field(filer, draft, case, go):
    name, content, sentence = REFUSED[case]
    answer = post(filer, draft, name, content, go=go)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert len(re.findall(rf'<a href="#id_upload">[^<]*{re.escape(escape(sentence))}', html)) == 1
    assert re.search(r'<option value="es"\s+selected>', html)
    assert re.search(r'name="is_translation"[^>]* checked', html)
    assert not Document.objects.exists()


def test_a_file_is_saved_with_its_language_and_the_page_says_what_was_removed(filer, draft):
    answer = post(filer, draft, "report.pdf", files.pdf(["One", "Two"]))
    assert answer.url == f"{page(draft)}#files"
    attachment = attachments(draft).get()
    assert (attachment.language, attachment.is_translation) == ("es", True)
    assert gate.shows(filer, page(draft), "report.pdf", "2 pages", "Removed from the copy that will be published:")
    assert gate.shows(filer, page(draft), f"{page(draft)}1/")
    assert gate.hides(filer, page(draft), "being made", "file-state.js")


def test_a_file_without_a_clean_copy_says_so_and_links_to_a_refresh(filer, draft, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    post(filer, draft)
    again = f'<a href="{page(draft)}#files">Refresh</a>'
    assert gate.shows(filer, page(draft), "Uploaded. We are removing hidden data…", again, "file-state.js")
    assert gate.is_absent(filer, f"{page(draft)}1/")


def test_a_file_that_cannot_be_read_says_what_to_do(filer, draft):
    post(filer, draft, "a.pdf", files.pdf()[:200])
    assert attachments(draft).get().document.fault == "damaged"
    sentence = "This file is damaged: save it again in the program that made it and send the new file."
    assert gate.shows(filer, page(draft), sentence)


def test_a_damaged_file_does_not_stop_the_submission(filer, draft):
    post(filer, draft, "a.pdf", files.pdf()[:200])
    filer.post(f"/contributions/mine/{draft.key}/check/", {"send": "1", "consent": "on"})
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_one_file_too_many_is_refused(filer, draft):
    for number in range(2):
        post(filer, draft, f"{number}.txt", f"Text {number}".encode())
    answer = post(filer, draft, "2.txt", b"Text 2")
    assert answer.status_code == 422
    assert "This call accepts up to 2 files: remove one first." in answer.content.decode()
    assert Document.objects.count() == attachments(draft).count() == 2


def test_the_same_file_twice_is_one_attachment(filer, draft):
    for _ in range(2):
        assert post(filer, draft).url == f"{page(draft)}#files"
    assert Document.objects.count() == attachments(draft).count() == 1


def test_an_invalid_language_keeps_the_file_out_and_says_so(filer, draft):
    answer = post(filer, draft, upload_language="xx")
    assert answer.status_code == 422
    assert '<a href="#id_upload_language">' in answer.content.decode()
    assert not Document.objects.exists()


def test_without_a_file_the_buttons_lead_to_the_next_step(filer, draft):
    assert filer.post(page(draft), FORM | {"go": "appear"}).url == f"/contributions/mine/{draft.key}/appear/"
    assert filer.post(page(draft), FORM | {"go": "answers"}).url == f"/contributions/mine/{draft.key}/answers/"


def test_a_file_is_removed_and_a_second_click_removes_nothing_more(filer, draft):
    post(filer, draft, "a.txt", b"a")
    post(filer, draft, "b.txt", b"b")
    digest = attachments(draft).first().document.sha256
    for _ in range(2):
        assert filer.post(page(draft), FORM | {"remove": digest}).url == f"{page(draft)}#files"
    assert Document.objects.count() == attachments(draft).count() == 1


def test_a_file_of_another_contribution_is_not_removed(filer, draft, stranger):
    other = build.contribution(by=stranger, state="draft", attach=[("a.txt", b"words")])
    its = attachments(other).get()
    for wrong in [its.document.sha256, its.pk, its.number, "all", "", "²", "\0", *gate.TOO_LARGE]:
        assert filer.post(page(draft), FORM | {"remove": wrong}).status_code == 302
    assert attachments(other).exists()


def test_a_correction_cannot_remove_a_file_of_the_submitted_revision(filer, participant):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    build.correction(record, by=participant, sent=False)
    filer.post(page(record), FORM | {"remove": attachments(record).get().document.sha256})
    assert (record.shown.attachments.exists(), attachments(record).exists()) == (True, False)
    assert Document.objects.exists()


def test_removing_a_file_after_submission_in_another_window_leads_to_its_page(filer, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.txt", b"words")])
    answer = filer.post(page(record), FORM | {"remove": record.newest.attachments.get().document.sha256})
    assert (answer.status_code, answer.url) == (302, f"/contributions/mine/{record.key}/")
    assert record.newest.attachments.exists()


def test_the_name_of_a_file_is_escaped(filer, draft):
    post(filer, draft, "<b>x.txt")
    assert gate.hides(filer, page(draft), "<b>x")
    assert gate.shows(filer, page(draft), "&lt;b&gt;x.txt")


def test_a_text_that_is_too_long_is_refused_with_one_message_and_kept(filer, draft):
    answer = filer.post(page(draft).replace("files", "answers"), {"language": "en", "text": "word " * 20_001})
    assert answer.status_code == 422
    assert "at most 100000 characters" in answer.content.decode()
    assert "word " * 20_001 in answer.content.decode()
