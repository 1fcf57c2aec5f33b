"""A step that can't be saved loses nothing: another window saved first, or the session, draft or token is gone."""

import json
import re

import pytest
from django.db import OperationalError
from django.test import Client

from contributions import workflow
from contributions.models import Attachment, Revision
from tests import build

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}
WORDS = {"title": "Typed title", "language": "fr", "text": "Typed\r\ntext <b>", "answer_1": "Typed answer"}


@pytest.fixture
def draft(participant):
    call = build.call()
    call.questions.create(number=1, text="What did you see?")
    return build.draft(call, by=participant)


def page(record, step="answers"):
    return f"/contributions/mine/{record.key}/{step}/"


def stored():
    return Revision.objects.get()


def shown(answer):
    """Return the value of each text field and hidden field of a page."""
    html = answer.content.decode()
    inputs = re.findall(r'<input(?: type="hidden")?(?: id="[^"]*")? name="(\w+)" value="([^"]*)"', html)
    texts = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\r?\n(.*?)</textarea>', html, re.DOTALL)
    return dict(inputs + texts)


def seen(browser, record, step="answers"):
    return re.search(r'name="seen" value="(\w+)"', browser.get(page(record, step)).content.decode())[1]


# Another window


def test_newer_words_are_shown_and_replaced_only_by_a_second_save(filer, draft):
    opened = seen(filer, draft)
    filer.post(page(draft), WORDS | {"title": "Saved elsewhere", "text": "Other"})
    answer = filer.post(page(draft), WORDS | {"seen": opened})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This draft was saved in another window" in html
    assert "Use what was saved there" in html
    assert re.search(r"<dt>Title</dt><dd[^>]*>Saved elsewhere</dd>", html)
    assert "<dt>Language you write in</dt>" not in html, "only what differs"
    assert 'value="Typed title"' in html
    assert stored().title == "Saved elsewhere"
    again = re.search(r'name="seen" value="(\w+)"', html)[1]
    assert filer.post(page(draft), WORDS | {"seen": again}).status_code == 302
    assert stored().title == "Typed title"


def test_saving_the_same_words_again_is_no_conflict(filer, draft):
    words = WORDS | {"seen": seen(filer, draft)}
    assert [filer.post(page(draft), words).status_code for _ in range(2)] == [302, 302]


def test_a_change_of_another_step_or_of_the_files_is_no_conflict(filer, draft, participant):
    opened = {step: seen(filer, draft, step) for step in ("who", "answers", "appear")}
    filer.post(page(draft, "who"), {"organization_name": "Open Door", "seen": opened["who"]})
    build.attached(draft, "a.txt", b"words", by=participant)
    assert filer.post(page(draft), WORDS | {"seen": opened["answers"]}).status_code == 302
    chosen = {"appear_as": "anonymous", "seen": opened["appear"]}
    assert filer.post(page(draft, "appear"), chosen).status_code == 302


def test_the_names_on_a_file_are_not_replaced_unseen(filer, draft, participant):
    attachment = build.attached(draft, "a.txt", b"words", by=participant)
    name, opened = f"file_{attachment.document.sha256[:16]}", seen(filer, draft, "appear")
    filer.post(page(draft, "appear"), {"appear_as": "named", name: "anonymous"})
    answer = filer.post(page(draft, "appear"), {"appear_as": "named", name: "", "seen": opened})
    assert answer.status_code == 422
    assert "<dd" in answer.content.decode()
    assert Attachment.objects.get().appear_as == "anonymous"


def test_a_script_learns_what_was_saved_elsewhere(filer, draft):
    opened = seen(filer, draft)
    first = filer.post(page(draft), WORDS | {"seen": opened}, headers=JSON)
    assert first.status_code == 200
    assert first.json()["next"] == ""
    answer = filer.post(page(draft), WORDS | {"title": "Another", "answer_1": "", "seen": opened}, headers=JSON)
    told = answer.json()
    assert (answer.status_code, told["reason"]) == (409, "newer")
    assert told["stored"] == {"title": "Typed title", "answer_1": "Typed answer"}
    assert told["seen"] == first.json()["seen"] != opened
    assert stored().title == "Typed title"
    words = WORDS | {"title": "Another", "seen": told["seen"], "go": "files"}
    assert filer.post(page(draft), words, headers=JSON).json()["next"] == page(draft, "files")
    assert stored().title == "Another"


# Signed out


def test_after_the_session_ended_the_typed_words_are_shown_and_not_stored(client, draft):
    answer = client.post(page(draft), WORDS | {"seen": "abc"})
    assert answer.status_code == 403
    assert shown(answer).items() >= {
        "title": "Typed title", "text": "Typed\r\ntext &lt;b&gt;", "answer_1": "Typed answer", "language": "fr",
        "seen": "abc",
    }.items()  # fmt: skip
    html = answer.content.decode()
    assert "You are signed out, so this is not saved yet." in html
    assert "Leave this site now" in html
    assert 'target="_blank"' in html
    assert "no-store" in answer["Cache-Control"]
    assert stored().title == "What we saw"
    assert not client.session.keys(), "nothing typed is stored for someone unknown"


def test_a_script_learns_that_the_session_ended(client, draft):
    answer = client.post(page(draft), WORDS, headers=JSON)
    assert (answer.status_code, answer.json()["reason"]) == (403, "signed-out")
    assert "Typed" not in answer.content.decode()


def test_questions_are_not_shown_to_someone_who_is_signed_out(client, draft):
    answer = client.post(page(draft), WORDS)
    assert "Answer 1" in answer.content.decode()
    assert "What did you see?" not in answer.content.decode()


def test_steps_without_typed_words_lead_to_the_sign_in(client, draft):
    for step in ("files", "check"):
        assert client.post(page(draft, step)).url.startswith("/accounts/sign-in/")


# The draft is gone


def test_a_draft_that_was_deleted_in_another_window_loses_no_words(filer, draft, participant):
    workflow.discard(draft, by=participant)
    answer = filer.post(page(draft), WORDS)
    assert (answer.status_code, shown(answer)["answer_1"]) == (404, "Typed answer")
    assert ">Save</button>" not in answer.content.decode(), "another try can't succeed"
    assert filer.post(page(draft), WORDS, headers=JSON).json()["reason"] == "absent"


def test_a_draft_of_another_account_looks_like_one_that_is_absent(draft, stranger, browser_of):
    answer = browser_of(stranger).post(page(draft), WORDS)
    assert (answer.status_code, shown(answer)["title"]) == (404, "Typed title")
    assert "What we saw" not in answer.content.decode()
    assert stored().title == "What we saw"


def test_a_draft_that_was_sent_in_another_window_loses_no_words(filer, draft, participant):
    workflow.submit(draft, by=participant, consent=True)
    answer = filer.post(page(draft), WORDS)
    assert (answer.status_code, shown(answer)["title"]) == (409, "Typed title")
    assert "You have submitted this contribution" in answer.content.decode()
    assert filer.post(page(draft), WORDS, headers=JSON).json()["reason"] == "sent"
    assert stored().title == "What we saw"


# The token and the server


@pytest.fixture
def strict(participant):
    """The participant's browser, whose tokens are checked."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(participant)
    return browser


def test_a_form_from_before_another_sign_in_is_shown_with_a_fresh_token(strict, draft):
    answer = strict.post(page(draft), WORDS | {"csrfmiddlewaretoken": "x" * 64})
    assert (answer.status_code, shown(answer)["title"]) == (403, "Typed title")
    assert "You signed in or out after this page was opened" in answer.content.decode()
    assert strict.post(page(draft), shown(answer)).status_code == 302
    assert stored().title == "Typed title"


def test_a_script_gets_a_fresh_token(strict, draft):
    answer = strict.post(page(draft), WORDS, headers=JSON)
    assert (answer.status_code, answer.json()["reason"]) == (403, "token")
    token = answer.json()["token"]
    assert strict.post(page(draft), WORDS | {"csrfmiddlewaretoken": token}, headers=JSON).status_code == 200


def test_another_site_can_put_no_words_on_a_page(strict, draft):
    for headers in ({"origin": "https://elsewhere.example"}, {"origin": "null"}):
        answer = strict.post(page(draft), WORDS, headers=headers)
        assert answer.status_code == 403
        assert "This page is out of date" in answer.content.decode()
        assert "Typed" not in answer.content.decode()


def test_other_forms_get_a_kind_page_for_a_wrong_token(strict):
    answer = strict.post("/contributions/new/", {"title": "Typed"})
    assert answer.status_code == 403
    assert "Go back, reload the page and try again." in answer.content.decode()


def test_a_failure_of_the_server_loses_no_words(filer, draft, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise OperationalError("database is locked")

    filer.raise_request_exception = False
    monkeypatch.setattr(workflow, "save", fail)
    answer = filer.post(page(draft), WORDS)
    assert (answer.status_code, shown(answer)["title"]) == (503, "Typed title")
    assert "The portal cannot save anything at the moment." in answer.content.decode()
    told = filer.post(page(draft), WORDS, headers=JSON)
    assert (told.status_code, json.loads(told.content)["reason"]) == (503, "error")
    monkeypatch.setattr(workflow, "submit", fail)
    answer = filer.post(page(draft, "check"), {"send": "1"})
    assert (answer.status_code, "you can send it again" in answer.content.decode()) == (503, True)
    assert caplog.records, "the failure is on record"


# Copies in the browser


def test_a_page_has_the_key_of_its_own_filers_draft(filer, draft, participant, stranger, browser_of):
    other = build.draft(draft.call, by=stranger)
    second = build.draft(draft.call, by=participant)
    found = [
        dict(re.findall(r'data-(account|draft|key)="(\w+)"', browser.get(page(record, step)).content.decode()))
        for browser, record, step in (
            (filer, draft, "who"),
            (filer, draft, "answers"),
            (filer, second, "who"),
            (browser_of(stranger), other, "who"),
        )
    ]
    assert found[0] == found[1]
    assert len(found[0]["key"]) == 64
    assert (found[0]["account"] == found[2]["account"], found[0]["key"] == found[2]["key"]) == (True, False)
    assert not set(found[0].values()) & set(found[3].values())


def test_the_pages_that_end_a_draft_name_it(filer, draft, participant):
    name = re.search(r'data-draft="(\w+)"', filer.get(page(draft)).content.decode())[1]
    assert f'data-forgets="{name}"' in filer.get(page(draft, "discard")).content.decode()
    workflow.submit(draft, by=participant, consent=True)
    assert f'data-forgotten="{name}"' in filer.get(page(draft, "receipt")).content.decode()
    workflow.revise(draft, by=participant)
    assert name not in filer.get(page(draft)).content.decode(), "a correction is another draft"


def test_signing_out_clears_the_browser(filer, client):
    assert "data-forgets" in filer.get("/accounts/sign-out/").content.decode()
    answer = filer.post("/accounts/sign-out/")
    assert answer["Clear-Site-Data"] == '"storage"'  # pages for filers are kept by no browser
    assert "Clear-Site-Data" not in client.get("/").headers
