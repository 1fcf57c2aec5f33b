"""Drafts through their pages: beginning, writing, sending, withdrawing; and doors that stay shut."""

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.html import escape

from contributions import workflow
from contributions.models import Attachment, Contribution
from contributions.views.filing import MineMixin
from documents.models import Document
from tests import build, files, gate

pytestmark = pytest.mark.django_db

WORDS = {"organization_name": "Open Door", "title": "What we saw", "language": "fr", "text": "Our account."}
FORM = WORDS | {"upload_language": "en"}
PLACES = ["", "receipt/", "withdraw/", "discard/"]


@pytest.fixture
def draft(participant):
    return build.draft(build.call(), by=participant, organization_name="", title="", text="")


def page(record, place=""):
    return f"/contributions/mine/{record.key}/{place}"


def everything():
    rows = [list(model.objects.order_by("pk").values()) for model in (Contribution, Attachment, Document)]
    return rows, len(mail.outbox)


def test_filing_needs_a_sign_in(client, draft, participant):
    attachment = workflow.attach(draft, files.upload("a.txt", b"words"), by=participant, language="en")
    before = everything()
    inside = [page(draft, place) for place in PLACES]
    for address in ["/contributions/new/", "/contributions/mine/", *inside]:
        for answer in (client.get(address), client.post(address, FORM | {"send": "", "remove": attachment.pk})):
            assert answer.status_code == 302
            assert answer.url.startswith("/accounts/")
            assert answer.url.endswith(f"next={address}")
    assert everything() == before


def test_choosing_an_open_call_begins_a_draft(filer, participant):
    call = build.call(title="Tell us about ports")
    assert gate.shows(filer, "/contributions/new/", "Tell us about ports", "Begin a contribution")
    assert not Contribution.objects.exists()
    answer = filer.post("/contributions/new/", {"call": call.pk})
    begun = Contribution.objects.get()
    assert (begun.call, begun.filer, begun.state) == (call, participant, "draft")
    assert (answer.status_code, answer.url) == (302, page(begun))


@pytest.mark.parametrize("change", [{"closes": -0.5}, {"opens": 0.5}, {"public": False}, "orphan"])
def test_a_call_that_is_not_open_is_neither_shown_nor_begun(filer, change):
    orphan = change == "orphan"
    fields = {"of": build.dialogue(public=False)} if orphan else change
    call = build.call(title="Too early, too late", **fields)
    assert gate.hides(filer, "/contributions/new/", "Too early, too late")
    assert filer.post("/contributions/new/", {"call": call.pk}).status_code == 404
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("call", ["", "x", "-1", "0", "²", "1' OR 1=1", "\0", *gate.TOO_LARGE])
def test_a_call_that_does_not_exist_is_not_begun(filer, call):
    assert filer.post("/contributions/new/", {"call": call}).status_code == 404
    assert filer.post("/contributions/new/").status_code == 404


def test_saving_keeps_the_words_and_stays_on_the_page(filer, draft):
    answer = filer.post(page(draft), FORM | {"save": ""})
    assert (answer.status_code, answer.url) == (302, page(draft))
    stored = Contribution.objects.get()
    assert {field: getattr(stored, field) for field in WORDS} == WORDS
    assert (stored.state, mail.outbox) == ("draft", [])
    assert gate.shows(filer, page(draft), 'value="What we saw"', "Our account.</textarea>")


def test_an_empty_draft_is_saved_as_well_and_listed(filer, draft):
    assert filer.post(page(draft), {"language": "en", "upload_language": "en"}).status_code == 302
    assert gate.shows(filer, "/contributions/mine/", "Untitled draft", page(draft), page(draft, "discard/"))
    assert gate.shows(filer, page(draft, "discard/"), "“Untitled draft” and its files are deleted for good.")


def test_sending_leads_to_the_receipt_and_the_page_is_closed(filer, draft):
    answer = filer.post(page(draft), FORM | {"send": "", "consent": "on"})
    assert (answer.status_code, answer.url) == (302, page(draft, "receipt/"))
    stored = Contribution.objects.get()
    assert (stored.state, len(mail.outbox)) == ("submitted", 1)
    answer = filer.get(page(draft))
    assert (answer.status_code, answer.url) == (302, stored.get_absolute_url())


def test_a_second_click_on_send_leads_to_the_same_receipt(filer, draft):
    for _ in range(2):
        answer = filer.post(page(draft), FORM | {"send": "", "consent": "on", "title": f"Click {_}"})
        assert (answer.status_code, answer.url) == (302, page(draft, "receipt/"))
    assert Contribution.objects.get().title == "Click 0"
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "fields", [FORM | {"send": "", "consent": "on"}, FORM | {"title": "x" * 301, "upload": "file"}]
)
def test_a_second_click_that_overlaps_the_first_leads_there_too(filer, draft, participant, monkeypatch, fields):
    look_up = MineMixin.get_object

    def look_up_before_the_first_click_is_done(view):
        found = look_up(view)
        if found.state == "draft":
            build.filing.submit(build.Contribution.objects.get(), by=None, consent=True)
        return found

    Contribution.objects.update(**WORDS)
    monkeypatch.setattr(MineMixin, "get_object", look_up_before_the_first_click_is_done)
    if "upload" in fields:
        fields = fields | {"upload": files.upload("a.txt", b"words")}
    answer = filer.post(page(draft), fields)
    assert (answer.status_code, answer.url) == (302, page(draft, "receipt/"))
    assert (Contribution.objects.get().state, len(mail.outbox)) == ("submitted", 1)
    assert not Document.objects.exists()


def test_what_is_missing_is_said_beside_its_field_and_linked(filer, draft):
    answer = filer.post(page(draft), {"language": "en", "upload_language": "en", "text": "Typed.", "send": ""})
    html = answer.content.decode()
    assert answer.status_code == 422
    for field in ("organization_name", "title", "consent"):
        assert f'<a href="#id_{field}">' in html
        assert f'id="id_{field}"' in html
        assert html.count(f'id="id_{field}_error"') == 1
    assert '<a href="#id_text">' not in html
    assert "Typed.</textarea>" in html
    assert (Contribution.objects.get().state, Contribution.objects.get().text) == ("draft", "Typed.")


def test_a_wrong_field_keeps_all_that_was_typed(filer, draft):
    answer = filer.post(page(draft), FORM | {"title": "x" * 301, "text": "A & B", "send": "", "consent": "on"})
    html = answer.content.decode()
    assert answer.status_code == 422
    for typed in ('value="Open Door"', f'value="{"x" * 301}"', "A &amp; B</textarea>", '<a href="#id_title">'):
        assert typed in html
    assert (Contribution.objects.get().state, mail.outbox) == ("draft", [])


def test_a_closed_call_keeps_the_draft(filer, draft, monkeypatch):
    closing = draft.call.closes_at
    monkeypatch.setattr(timezone, "now", lambda: closing)
    filer.force_login(draft.filer)
    answer = filer.post(page(draft), FORM | {"send": "", "consent": "on"})
    assert answer.status_code == 422
    assert escape("This call is closed. Your draft is kept") in answer.content.decode()
    assert (Contribution.objects.get().state, Contribution.objects.get().title) == ("draft", "What we saw")


def test_what_was_returned_is_mended_on_its_page_and_sent_again(filer, participant):
    record = build.contribution(by=participant, state="returned")
    assert gate.shows(filer, page(record), "The secretariat asks for changes:", "Leave the name out.")
    answer = filer.post(page(record), FORM | {"save": ""})
    assert (answer.status_code, answer.url) == (302, page(record))
    answer = filer.post(page(record), FORM | {"save": "", "upload": files.upload("a.txt", b"words")})
    assert answer.url == f"{page(record)}#files"
    answer = filer.post(page(record), FORM | {"remove": record.attachments.get().pk})
    assert answer.url == f"{page(record)}#files"
    filer.post(page(record), FORM | {"send": "", "consent": "on"})
    assert Contribution.objects.get().state == "submitted"
    assert Contribution.objects.get().reference == record.reference


def test_the_receipt_says_what_arrived_and_when(filer, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("secret-name.pdf", files.pdf())])
    moment = timezone.localtime(record.submitted_at)
    when = f"{moment.day} {moment:%B %Y, %H:%M:%S} Vienna time"
    address = page(record, "receipt/")
    assert gate.shows(filer, address, record.reference, when, record.attachments.get().document.sha256)
    assert gate.hides(filer, address, "secret-name")


def test_before_it_is_sent_there_is_no_receipt(filer, draft):
    answer = filer.get(page(draft, "receipt/"))
    assert (answer.status_code, answer.url) == (302, page(draft))


@pytest.mark.parametrize("who", ["stranger", "reviewer", "secretary"])
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_anothers_pages_are_absent(request, browser_of, participant, who, state):
    record = build.contribution(by=participant, state=state, attach=[("a.txt", b"words")])
    browser, before = browser_of(request.getfixturevalue(who)), everything()
    for place in PLACES:
        assert gate.is_absent(browser, page(record, place))
    for place in ["", "withdraw/", "discard/"]:
        sent = FORM | {"send": "", "consent": "on", "remove": record.attachments.get().pk}
        answer = browser.post(page(record, place), sent)
        assert answer.content == browser.get("/there-is-nothing-here/").content
        assert answer.status_code == 404
    assert everything() == before


def test_my_contributions_are_mine_alone(filer, participant, stranger):
    call = build.call()
    build.draft(call, by=participant, title="My draft")
    build.contribution(call, by=stranger, title="Another's account")
    assert gate.shows(filer, "/contributions/mine/", "My draft")
    assert gate.hides(filer, "/contributions/mine/", "Another&#x27;s account")


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "declined", "withdrawn"])
def test_looking_changes_nothing(filer, participant, state):
    record = build.contribution(by=participant, state=state, attach=[("a.txt", b"words")])
    before = everything()
    for place in PLACES:
        filer.get(page(record, place))
        filer.head(page(record, place))
    filer.get("/contributions/new/", {"call": record.call.pk})
    assert everything() == before


def test_withdrawing_asks_first_and_then_does_it(filer, participant):
    record = build.contribution(by=participant)
    assert gate.shows(filer, page(record, "withdraw/"), "Withdraw this contribution?", record.reference)
    answer = filer.post(page(record, "withdraw/"), follow=True)
    assert "Your contribution is withdrawn" in answer.content.decode()
    assert Contribution.objects.get().state == "withdrawn"


@pytest.mark.parametrize("state", ["draft", "declined", "withdrawn"])
def test_what_can_not_be_withdrawn_is_not_offered_and_not_done(filer, participant, state):
    record = build.contribution(by=participant, state=state)
    assert filer.get(page(record, "withdraw/")).status_code == 302
    assert page(record, "withdraw/") not in filer.get("/contributions/mine/").content.decode()
    answer = filer.post(page(record, "withdraw/"), follow=True)
    assert "t go that way" in answer.content.decode()
    assert Contribution.objects.get().state == state


def test_deleting_a_draft_asks_first_and_then_does_it(filer, draft):
    assert gate.shows(filer, page(draft, "discard/"), "Delete this draft?")
    assert Contribution.objects.exists()
    assert filer.post(page(draft, "discard/")).url == "/contributions/mine/"
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("state", ["submitted", "returned", "published"])
def test_what_was_sent_is_not_offered_for_deletion_and_not_deleted(filer, participant, state):
    record = build.contribution(by=participant, state=state)
    for answer in (filer.get(page(record, "discard/")), filer.post(page(record, "discard/"))):
        assert (answer.status_code, answer.url) == (302, page(record, "receipt/"))
    assert Contribution.objects.get().state == state
