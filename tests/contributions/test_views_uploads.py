"""Files on the page of a draft: what is refused and how it is said, what is shown of those that were taken."""

import re

import pytest
from django.utils.html import escape

from contributions import workflow
from contributions.models import Contribution
from documents.models import Document
from tests import build, files, gate

pytestmark = pytest.mark.django_db

FORM = {
    "organization_name": "Open Door",
    "title": "Typed <title>",
    "language": "fr",
    "text": "Typed & kept.",
    "upload_language": "es",
    "is_translation": "on",
}
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "WordDocument".encode("utf-16-le")
REFUSED = {
    "empty": ("a.pdf", b"", "This file is empty: choose another one."),
    "encrypted": ("a.pdf", files.encrypted_pdf(), "This file asks for a password: save it without one"),
    "picture": ("a.pdf", files.png(), "This file seems to be of a type that is not taken"),
    "old word": ("a.doc", OLD_WORD, "This is a Word file of the old kind (.doc): save it as PDF or DOCX"),
    "large": ("a.txt", b"a" * (20 * 1024 * 1024 + 1), "This file is larger than 20 MB: send a smaller version"),
}


@pytest.fixture
def draft(participant):
    return build.draft(build.call(file_limit=2), by=participant, organization_name="", title="", text="")


def page(record):
    return f"/contributions/mine/{record.key}/"


def post(browser, record, name="a.txt", content=b"words", **fields):
    return browser.post(page(record), FORM | fields | {"upload": files.upload(name, content)})


def remove(browser, record, pk, **fields):
    return browser.post(page(record), FORM | fields | {"remove": pk})


@pytest.mark.parametrize("button", ["save", "send"])
@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_is_told_in_a_sentence_and_what_was_typed_is_kept(filer, draft, case, button):
    name, content, sentence = REFUSED[case]
    answer = post(filer, draft, name, content, consent="on", **{button: ""})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert len(re.findall(rf'<a href="#id_upload">[^<]*{re.escape(escape(sentence))}', html)) == 1
    for typed in ('value="Open Door"', 'value="Typed &lt;title&gt;"', "Typed &amp; kept.</textarea>"):
        assert typed in html
    assert re.search(r'<option value="fr"\s+selected>', html)
    assert re.search(r'<option value="es"\s+selected>', html)
    assert re.search(r'name="is_translation"[^>]* checked', html)
    assert not Document.objects.exists()
    stored = Contribution.objects.get()
    assert (stored.state, stored.title, stored.text) == ("draft", "Typed <title>", "Typed & kept.")


def test_a_file_is_saved_with_its_language_and_the_page_says_that_it_was_read(filer, draft):
    answer = post(filer, draft, "report.pdf", files.pdf(["One", "Two"]))
    assert answer.url == f"{page(draft)}#files"
    attachment = draft.attachments.get()
    assert (attachment.language, attachment.is_translation) == ("es", True)
    assert gate.shows(filer, page(draft), "report.pdf", "2 pages", "Safe here and read.")
    assert gate.hides(filer, page(draft), "being read", "file-state.js")


def test_a_file_that_waits_to_be_read_says_so_and_where_to_look_again(filer, draft, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    post(filer, draft)
    again = f'<a href="{page(draft)}#files">Look again</a>'
    assert gate.shows(filer, page(draft), "Safe here; being read…", again, "file-state.js")


def test_a_file_that_can_not_be_read_says_what_to_do(filer, draft):
    post(filer, draft, "a.pdf", files.pdf()[:200])
    assert draft.attachments.get().document.fault == "damaged"
    sentence = "This file is damaged: save it again in the program that made it and send the new file."
    assert gate.shows(filer, page(draft), sentence)
    assert gate.hides(filer, page(draft), "Safe here and read.")


def test_a_damaged_file_does_not_keep_the_contribution_from_being_sent(filer, draft):
    post(filer, draft, "a.pdf", files.pdf()[:200], send="", consent="on")
    assert Contribution.objects.get().state == "submitted"


def test_one_file_too_many_is_refused_and_the_words_are_saved(filer, draft):
    for number in range(2):
        post(filer, draft, f"{number}.txt", f"Text {number}".encode())
    answer = post(filer, draft, "2.txt", b"Text 2", title="Third try")
    assert answer.status_code == 422
    assert "This call takes 2 files at most; remove one first." in answer.content.decode()
    assert (Document.objects.count(), Contribution.objects.get().title) == (2, "Third try")


def test_a_wrong_field_does_not_lose_the_file(filer, draft):
    answer = post(filer, draft, "kept.txt", title="x" * 301)
    assert answer.status_code == 422
    assert "kept.txt" in answer.content.decode()
    assert draft.attachments.count() == 1


def test_a_file_is_removed(filer, draft):
    post(filer, draft)
    answer = remove(filer, draft, draft.attachments.get().pk)
    assert answer.url == f"{page(draft)}#files"
    assert not Document.objects.exists()


def test_a_file_of_another_contribution_is_not_removed(filer, draft, stranger):
    other = build.contribution(by=stranger, state="draft", attach=[("a.txt", b"words")])
    for wrong in [other.attachments.get().pk, "all", "", "²", "\0", *gate.TOO_LARGE]:
        assert remove(filer, draft, wrong).status_code == 302
    assert other.attachments.exists()


def test_removing_a_file_of_what_was_sent_in_another_window_leads_to_the_receipt(filer, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.txt", b"words")])
    answer = remove(filer, record, record.attachments.get().pk)
    assert (answer.status_code, answer.url) == (302, f"{page(record)}receipt/")
    assert record.attachments.exists()


def test_the_name_of_a_file_is_escaped(filer, draft):
    post(filer, draft, "<b>x.txt")
    assert gate.hides(filer, page(draft), "<b>x")
    assert gate.shows(filer, page(draft), "&lt;b&gt;x.txt")


def test_removing_a_file_keeps_what_was_typed(filer, draft):
    workflow.attach(draft, files.upload("a.pdf", files.pdf()), by=draft.filer, language="en")
    remove(filer, draft, draft.attachments.get().pk, title="A better title")
    assert Contribution.objects.get().title == "A better title"
    assert not draft.attachments.exists()


def test_removing_a_file_keeps_what_was_typed_wrong(filer, draft):
    workflow.attach(draft, files.upload("a.pdf", files.pdf()), by=draft.filer, language="en")
    answer = remove(filer, draft, draft.attachments.get().pk, title="x" * 301, text="More words.")
    assert answer.status_code == 422
    assert ("x" * 301 in answer.content.decode(), "More words." in answer.content.decode()) == (True, True)
    assert not draft.attachments.exists()


def test_the_same_file_twice_is_one_attachment(draft):
    for _ in range(2):
        workflow.attach(draft, files.upload("a.pdf", files.pdf()), by=draft.filer, language="en")
    assert draft.attachments.count() == 1
    assert Document.objects.count() == 1


def test_a_text_too_long_for_a_page_is_refused_in_one_sentence_and_kept(filer, draft):
    fields = {"organization_name": "Open Door", "title": "T", "language": "en", "text": "word " * 20_001}
    answer = filer.post(page(draft), fields)
    assert answer.status_code == 422
    assert "at most 100000 characters" in answer.content.decode()
    assert "word " * 20_001 in answer.content.decode()
