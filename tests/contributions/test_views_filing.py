"""A contribution through its pages: beginning, receipt, withdrawal, deletion; and what stays closed."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from contributions import workflow
from contributions.models import Answer, Attachment, Contribution, Revision
from contributions.receipts import format_code
from contributions.views.private import OwnContributionMixin
from documents.models import Document
from publishing import workflow as proceedings
from tests import build, files, gate

pytestmark = pytest.mark.django_db

STEPS = ["who/", "answers/", "files/", "appear/", "check/"]
WRITTEN = ("who/", "answers/", "appear/")  # the steps whose words are shown again if they can't be saved
PLACES = ["", *STEPS, "receipt/", "withdraw/", "discard/", "correct/"]
STATES = ["draft", "submitted", "returned", "accepted", "published", "declined", "withdrawn"]


@pytest.fixture
def draft(participant):
    return build.draft(build.call(), by=participant, organization_name="", title="", text="")


def plain(answer):
    """Return the text of a page without its tokens and the keys in its addresses."""
    text = re.sub(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+', "", answer.content.decode())
    return re.sub(r"[0-9a-f-]{36}", "", text)


def page(record, place=""):
    return f"/contributions/mine/{record.key}/{place}"


def everything():
    models = (Contribution, Revision, Answer, Attachment, Document)
    return [list(model.objects.order_by("pk").values()) for model in models], len(mail.outbox)


def begin(browser, call, key=None):
    return browser.post("/contributions/new/", {"call": getattr(call, "number", call), "key": key or uuid4()})


def test_filing_requires_signing_in(client, participant):
    record = build.contribution(build.call(), by=participant, state="draft", attach=[("a.txt", b"words")])
    before = everything()
    inside = [page(record, place) for place in [*PLACES, "files/1/"]]
    for address in ["/contributions/new/", "/contributions/mine/", "/contributions/invitation/x/", *inside]:
        for answer in (client.get(address), client.post(address, {"send": "1", "title": "Changed"})):
            if answer.status_code == 403:  # what was typed is shown again
                assert address.endswith(WRITTEN)
                continue
            assert answer.status_code == 302
            assert answer.url.startswith("/accounts/")
            assert answer.url.endswith(f"next={address}")
    assert everything() == before


def test_choosing_an_open_call_begins_a_draft(filer, participant):
    call = build.call(title="Tell us about ports")
    assert gate.shows(filer, "/contributions/new/", "Tell us about ports", "Start a contribution")
    assert not Contribution.objects.exists()
    answer = begin(filer, call)
    begun = Contribution.objects.get()
    assert (begun.call, begun.filer, begun.state) == (call, participant, "draft")
    assert (answer.status_code, answer.url) == (302, page(begun, "who/"))
    assert filer.get(page(begun)).url == page(begun, "who/")


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_page_of_a_call_begins_a_draft_for_signed_in_users(client, filer, signed_in):
    call = build.call(title="Tell us about ports")
    html = (filer if signed_in else client).get(call.get_absolute_url()).content.decode()
    assert ("Start a contribution" in html, "Sign in and start" in html) == (signed_in, not signed_in)


def test_the_page_of_a_call_reveals_no_hidden_topic(client):
    call, topic = build.call(), build.topic("Hushed", public=False)
    page = call.get_absolute_url()
    without = client.get(page).content
    call.topics.add(topic)
    assert client.get(page).content == without
    build.published(topic)
    assert gate.shows(client, page, f'<a class="tag" href="{topic.get_absolute_url()}">Hushed</a>')


def test_a_second_click_begins_no_second_draft(filer):
    call, key = build.call(), uuid4()
    assert begin(filer, call, key).url == begin(filer, call, key).url
    assert Contribution.objects.count() == Revision.objects.count() == 1


@pytest.mark.parametrize("change", [{"closes": -0.5}, {"opens": 0.5}, {"audience": "invited"}, "hidden", "orphan"])
def test_a_call_that_is_not_open_to_all_is_neither_shown_nor_begun(filer, change):
    call = build.call(title="Too early, too late", **(change if isinstance(change, dict) else {}))
    if change in ("hidden", "orphan"):
        proceedings.unpublish(call if change == "hidden" else call.dialogue, by=None)
    assert gate.hides(filer, "/contributions/new/", "Too early, too late")
    answer = begin(filer, call)
    assert (answer.status_code, answer.url) == (302, "/contributions/new/")
    assert gate.shows(filer, "/contributions/new/", "This call is closed or by invitation only.")
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("call", ["", "x", "-1", "0", "²", "1' OR 1=1", "\0", *gate.TOO_LARGE])
def test_a_missing_call_is_not_begun(filer, call):
    assert begin(filer, call).url == "/contributions/new/"
    assert filer.post("/contributions/new/").url == "/contributions/new/"
    assert filer.post("/contributions/new/", {"call": build.call().number, "key": "x"}).url == "/contributions/new/"
    assert not Contribution.objects.exists()


def test_an_empty_draft_is_listed(filer, draft):
    assert gate.shows(filer, "/contributions/mine/", "Untitled draft", page(draft), page(draft, "discard/"))
    assert gate.shows(filer, page(draft, "discard/"), "“Untitled draft” and its files will be deleted permanently.")


def test_submitting_leads_to_the_receipt_and_closes_the_steps(filer, participant):
    record = build.draft(build.call(), by=participant)
    answer = filer.post(page(record, "check/"), {"send": "1", "consent": "on"})
    assert (answer.status_code, answer.url) == (302, page(record, "receipt/"))
    assert (Contribution.objects.get().state, len(mail.outbox)) == ("submitted", 1)
    for step in STEPS:
        answer = filer.get(page(record, step))
        assert (answer.status_code, answer.url) == (302, page(record))
        answer = filer.post(page(record, step), {"title": "Changed"})
        assert answer.status_code == (409 if step in WRITTEN else 302)
    assert Contribution.objects.get().title == "What we saw"


def test_a_second_click_submits_nothing_more(filer, participant):
    record = build.draft(build.call(), by=participant)
    for _ in range(2):
        assert filer.post(page(record, "check/"), {"send": "1", "consent": "on"}, follow=True).status_code == 200
    assert Revision.objects.exclude(sent_at=None).count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("place", ["who/", "answers/", "files/", "appear/", "check/", "discard/"])
def test_a_second_click_that_overlaps_the_first_leads_to_its_page(filer, participant, monkeypatch, place):
    record = build.draft(build.call(), by=participant)
    go_on = OwnContributionMixin.dispatch

    def submit_meanwhile(view, request, *args, **kwargs):
        if Contribution.objects.get().state == "draft":
            workflow.submit(Contribution.objects.get(), by=None, consent=True)
        return go_on(view, request, *args, **kwargs)

    monkeypatch.setattr(OwnContributionMixin, "dispatch", submit_meanwhile)
    upload = {"upload": files.upload("a.txt", b"words"), "upload_language": "en"} if place == "files/" else {}
    words = {"title": "Second", "language": "en", "appear_as": "named", "send": "1", "consent": "on"}
    answer = filer.post(page(record, place), words | upload)
    if place in WRITTEN:
        assert answer.status_code == 409
        assert "You have submitted this contribution, so you cannot change it now." in answer.content.decode()
    else:
        assert (answer.status_code, answer.url) == (302, page(record))
    assert (Contribution.objects.get().state, Contribution.objects.get().title) == ("submitted", "What we saw")
    assert len(mail.outbox) == 1
    assert not Document.objects.exists()


def test_the_receipt_says_what_arrived_and_when(filer, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("secret-name.txt", b"words")])
    moment = timezone.localtime(record.submitted_at)
    when = f"{moment.day} {moment:%B %Y, %H:%M:%S} Vienna time"
    code = format_code(record.newest.receipt_code)
    address = page(record, "receipt/")
    digest = record.newest.attachments.get().document.sha256
    assert gate.shows(filer, address, record.reference, when, digest, code, record.newest.log_digest)
    assert gate.hides(filer, address, "secret-name")


def test_an_earlier_revision_keeps_its_receipt(filer, participant):
    record = build.contribution(by=participant)
    build.correction(record, by=participant)
    first, second = (format_code(revision.receipt_code) for revision in record.revisions.all())
    assert gate.shows(filer, page(record, "receipt/"), second, "revision 2")
    assert gate.shows(filer, page(record, "receipt/1/"), first)
    assert gate.hides(filer, page(record, "receipt/1/"), second)
    build.correction(record, by=participant, sent=False)
    for number in (3, 9, *gate.TOO_LARGE[:2]):
        assert gate.is_absent(filer, page(record, f"receipt/{number}/"))


def test_there_is_no_receipt_before_submission(filer, draft):
    answer = filer.get(page(draft, "receipt/"))
    assert (answer.status_code, answer.url) == (302, page(draft))


@pytest.mark.parametrize("who", ["stranger", "reviewer", "secretary"])
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_the_pages_of_others_are_absent(request, browser_of, participant, who, state):
    record = build.contribution(by=participant, state=state, attach=[("a.txt", b"words")])
    browser, before = browser_of(request.getfixturevalue(who)), everything()
    nothing = browser.get("/there-is-nothing-here/").content
    for place in [*PLACES, "files/1/", "receipt/1/"]:
        if place == "correct/":  # a GET redirects to the page of the contribution, which is absent
            assert gate.is_absent(browser, browser.get(page(record, place)).url)
            continue
        assert gate.is_absent(browser, page(record, place))
    for place in [place for place in PLACES if place not in ("", "receipt/")]:
        words = {"send": "1", "consent": "on", "title": "x", "remove": "1"}
        answer = browser.post(page(record, place), words)
        if place in WRITTEN:  # what was typed is shown again, as for a draft that does not exist
            nowhere = browser.post(f"/contributions/mine/{uuid4()}/{place}", words)
            assert (answer.status_code, plain(answer)) == (404, plain(nowhere))
            continue
        assert (answer.status_code, answer.content) == (404, nothing)
    assert everything() == before


def test_the_list_shows_only_the_users_own(filer, participant, stranger):
    call = build.call()
    build.draft(call, by=participant, title="My draft")
    build.contribution(call, by=stranger, title="Another's account")
    assert gate.shows(filer, "/contributions/mine/", "My draft")
    assert gate.hides(filer, "/contributions/mine/", "Another&#x27;s account")


@pytest.mark.parametrize("state", STATES)
def test_get_requests_change_nothing(filer, participant, state):
    record = build.contribution(by=participant, state=state, attach=[("a.txt", b"words")])
    before = everything()
    for place in [*PLACES, "files/1/"]:
        filer.get(page(record, place))
        filer.head(page(record, place))
    filer.get(record.call.get_absolute_url())
    assert everything() == before


def test_withdrawing_asks_for_confirmation_first(filer, participant):
    record = build.contribution(by=participant)
    assert gate.shows(filer, page(record, "withdraw/"), "Withdraw this contribution?")
    assert gate.shows(filer, page(record, "withdraw/"), f'(<bdi class="reference">{record.reference}</bdi>)')
    answer = filer.post(page(record, "withdraw/"), follow=True)
    assert "Your contribution is withdrawn" in answer.content.decode()
    assert Contribution.objects.get().state == "withdrawn"


@pytest.mark.parametrize("state", ["draft", "declined", "withdrawn"])
def test_withdrawal_is_neither_offered_nor_possible_in_other_states(filer, participant, state):
    record = build.contribution(by=participant, state=state)
    assert filer.get(page(record, "withdraw/")).status_code == 302
    for listing in ("/contributions/mine/", page(record)):
        assert page(record, "withdraw/") not in filer.get(listing, follow=True).content.decode()
    filer.post(page(record, "withdraw/"), follow=True)
    assert Contribution.objects.get().state == state


def test_deleting_a_draft_asks_for_confirmation_first(filer, draft):
    assert gate.shows(filer, page(draft, "discard/"), "Delete this draft?")
    assert Contribution.objects.exists()
    assert filer.post(page(draft, "discard/")).url == "/contributions/mine/"
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("state", ["submitted", "returned", "published"])
def test_a_submission_is_neither_offered_for_deletion_nor_deleted(filer, participant, state):
    record = build.contribution(by=participant, state=state)
    for answer in (filer.get(page(record, "discard/")), filer.post(page(record, "discard/"))):
        assert (answer.status_code, answer.url) == (302, page(record))
    assert Contribution.objects.get().state == state


def test_the_page_of_open_calls_tells_the_end_in_the_time_of_the_reader(filer):
    build.call()
    page = filer.get("/contributions/new/").content.decode()
    assert "data-local" in page
    assert "filing.js" in page
