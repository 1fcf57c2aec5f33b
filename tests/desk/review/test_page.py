"""The review page of one contribution: who may open it, and what is on it."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from contributions import workflow
from contributions.models import Check, Look
from desk import review_files
from documents.models import CleanCopy, Document
from publishing import workflow as proceedings
from tests import build, files, gate
from tests.desk.review.reviewing import SETTLED, buttons, page, press, state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [None, "Co-Chairs"])
def test_staff_who_do_not_review_open_no_page(browser_of, record, role):
    browser = browser_of(build.user("clerk@example.org", role=role, is_staff=True))
    for place in ("", "revisions/", "files/1/"):
        assert browser.get(f"{page(record)}{place}").status_code == 403
    assert browser.post(page(record), SETTLED | {"verb": "publish"}).status_code == 403
    assert state() == "submitted"


def test_for_others_the_page_does_not_exist(browser_of, record, participant, stranger):
    for user in (participant, stranger, build.co_chair(record.call.dialogue)):
        assert gate.is_absent(browser_of(user), page(record))
        assert browser_of(user).post(page(record), SETTLED | {"verb": "publish"}).status_code == 404
    assert state() == "submitted"


def test_a_user_who_may_only_view_decides_nothing(browser_of, record):
    clerk = build.user("clerk@example.org", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["view_contribution", "change_contribution"]))
    browser = browser_of(clerk)
    assert buttons(browser, record) == []
    assert gate.hides(browser, page(record), 'name="points"', "I have looked at everything")
    assert browser.post(page(record), SETTLED | {"verb": "publish"}).status_code == 403
    assert (state(), Check.objects.exists(), Look.objects.exists()) == ("submitted", False, False)


def test_a_draft_has_no_page(desk, participant):
    draft = build.correction(build.contribution(by=participant, state="submitted"), by=participant, sent=False)
    assert desk.get(f"/desk/review/{draft.contribution.key}/").status_code == 404
    assert gate.hides(desk, page(draft.contribution), "Revision 2")


def test_one_tick_settles_everything_when_all_text_is_on_the_page(desk, participant):
    attach = [
        ("a.pdf", files.pdf(["First page of the paper.", "Second page of the paper."])),
        ("b.txt", b"Plain words."),
    ]
    record = build.contribution(by=participant, state="submitted", attach=attach)
    shown = ["First page of the paper.", "Second page of the paper.", "Plain words.", 'id="file-1-page-2"', ">Page 2<"]
    assert gate.shows(desk, page(record), *shown, "I have looked at everything")
    assert "Published." in press(desk, record, "publish", everything="1", points=[])
    assert state() == "published"
    assert set(Check.objects.values_list("point", flat=True)) == set(Check.Point.values)


@pytest.mark.parametrize("why", ["too long", "no text"])
def test_a_file_that_is_not_all_on_the_page_has_to_be_opened_first(desk, participant, monkeypatch, why):
    record = build.contribution(by=participant, state="submitted", attach=[("a.pdf", files.pdf(["One.", "Two."]))])
    if why == "too long":
        monkeypatch.setattr(review_files, "MOST_SHOWN", 5)
    else:
        document = Document.objects.get()
        document.pages.all().delete()
        Document.objects.update(state="faulty", fault="no_text")
    assert gate.shows(desk, page(record), "Open first, as not all of their text is here:")
    assert "Open these files first, as not all of their text is here: 1." in press(
        desk, record, "accept", everything="1"
    )
    assert state() == "submitted"
    answer = desk.get(f"{page(record)}files/1/")
    attachment = record.newest.attachments.get()
    to = attachment.get_absolute_url() if why == "too long" else attachment.get_download_url()
    assert (answer.status_code, answer.headers["Location"]) == (302, to)
    assert gate.hides(desk, page(record), "Open first, as not all of their text is here:")
    press(desk, record, "accept", everything="1", points=[])
    assert state() == "accepted"


def test_a_file_that_another_reviewer_opened_still_has_to_be_opened(desk, office, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.pdf", files.pdf(["One."]))])
    Document.objects.get().pages.all().delete()
    assert office.get(f"{page(record)}files/1/").status_code == 302
    assert "Open these files first" in press(desk, record, "accept", everything="1")


def test_a_file_of_an_older_revision_and_a_missing_file_are_not_opened(desk, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.txt", b"words")])
    assert desk.get(f"{page(record)}files/2/").status_code == 404
    CleanCopy.objects.all().delete()
    assert desk.get(f"{page(record)}files/1/").status_code == 404


def test_findings_lead_to_the_page_of_the_file(desk, participant):
    attach = [("a.pdf", files.pdf(["Nothing here.", "Write to mara@example.org for help."]))]
    record = build.contribution(by=participant, state="submitted", attach=attach)
    assert gate.shows(desk, page(record), 'href="#file-1-page-2"', "<mark", "mara@example.org")


@pytest.mark.parametrize(("appear_as", "shown"), [("named", True), ("organization", False), ("anonymous", False)])
def test_the_byline_that_the_public_will_see_is_in_view(desk, participant, appear_as, shown):
    record = build.contribution(by=participant, state="submitted", appear_as=appear_as, person_name="Ada Sample")
    html = desk.get(page(record)).content.decode()
    public = html[html.index("What the public will see") : html.index("Before it is published")]
    byline = public[: public.index("<details")] if "<details" in public else public
    assert ("Ada Sample" in byline) is shown
    assert ("Name withheld" in byline) is (appear_as == "anonymous")
    assert "Ada Sample" in html


def test_the_page_says_what_publication_shows(desk, participant):
    call = build.call(build.dialogue())
    record = build.contribution(call, by=participant, state="submitted", attach=[("a.txt", b"words")])
    assert gate.shows(desk, page(record), "Publishing it makes this text and 1 file public.")
    proceedings.unpublish(call.dialogue, by=None)
    assert gate.shows(desk, page(record), "its dialogue is a draft")
    proceedings.publish(call.dialogue, by=None)
    workflow.publish(record, by=None)
    build.correction(record, by=participant, title="Second")
    assert gate.shows(desk, page(record), "Publishing it replaces revision 1, which is public now.")


def test_the_sender_is_named_only_to_those_who_may_view_accounts(desk, office, record, participant):
    for browser, shown in ((desk, False), (office, True)):
        html = browser.get(page(record)).content.decode()
        assert (participant.email in html) is shown
        assert ("Filed by" in html) is shown
    html = press(desk, record, "publish")
    assert participant.email not in html


def test_a_hidden_call_is_not_named(desk, participant):
    call = build.call(title="Quagga call", public=False)
    record = build.contribution(call, by=participant, state="submitted")
    assert gate.hides(desk, page(record), "Quagga call")
    call.published_at = timezone.now()
    call.save()
    assert gate.shows(desk, page(record), "Quagga call")


def test_a_late_submission_and_an_earlier_public_revision_are_mentioned(desk, participant, clock, browser_of):
    record = build.contribution(by=participant, title="First")
    moment = record.call.closes_at
    assert gate.hides(desk, page(record), "after the call had closed")
    clock(moment)
    build.correction(record, by=participant, title="Second")
    browser = browser_of(build.user("new@example.org", role="Reviewers", is_staff=True))
    said = ["Revision 2, sent", "Revision 1 is published and stays so until this one is.", "Second"]
    assert gate.shows(browser, page(record), *said, "Sent in time; corrected after the call had closed.")


def test_two_revisions_are_shown_side_by_side(desk, participant, record):
    compare = f"{page(record)}revisions/"
    assert gate.hides(desk, page(record), compare)
    build.correction(record, by=participant, title="Quagga", signers="Okapi", appear_as="anonymous")
    assert gate.shows(desk, page(record), compare)
    answer = desk.get(compare)
    assert (answer.context["old"].number, answer.context["new"].number) == (1, 2)
    labels = [str(label) for label, _pairs in answer.context["parts"]]
    assert labels == ["Signers", "How it appears", "Title", "Text"]
    answer = desk.get(compare, {"old": "2", "new": "1"})
    assert (answer.context["old"].number, answer.context["new"].number) == (2, 1)
    for query in ({"old": "x", "new": "-1"}, {"old": "9" * 40}, {"new": "1"}):
        assert desk.get(compare, query).status_code == 200


def test_keys_are_told_on_the_page_and_can_be_switched_off(desk, record):
    assert gate.shows(desk, page(record), 'id="keys"', "data-keys-on", "Keys do nothing while you write in a field.")
