"""The review page of one contribution: what is on it, its checklist, its decisions, and what is kept on an error."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from contributions import workflow
from contributions.models import Check, Contribution, Look, Note
from desk import review_files
from dialogues.models import Organization
from documents.models import CleanCopy, Document
from publishing import workflow as proceedings
from tests import build, files, gate

pytestmark = pytest.mark.django_db

UNSETTLED = "Settle each point of the checklist first."
SETTLED = {"checklist": "1", "points": Check.Point.values, "revision": "1"}
VERBS = {
    "submitted": ["publish", "accept", "request_changes", "decline", "withdraw"],
    "returned": ["withdraw"],
    "accepted": ["publish", "request_changes", "decline", "withdraw"],
    "published": ["unpublish", "withdraw"],
    "declined": [],
    "withdrawn": [],
}
LEADS_TO = {
    ("submitted", "publish"): "published",
    ("submitted", "accept"): "accepted",
    ("submitted", "request_changes"): "returned",
    ("submitted", "decline"): "declined",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("accepted", "publish"): "published",
    ("accepted", "request_changes"): "returned",
    ("accepted", "decline"): "declined",
    ("accepted", "withdraw"): "withdrawn",
    ("published", "unpublish"): "submitted",
    ("published", "withdraw"): "withdrawn",
}


@pytest.fixture
def desk(reviewer, browser_of):
    return browser_of(reviewer)


@pytest.fixture
def office(secretary, browser_of):
    return browser_of(secretary)


@pytest.fixture
def record(participant):
    return build.contribution(by=participant, state="submitted")


def page(record):
    return reverse("desk:review-page", args=[record.reference])


def press(desk, record, verb, **fields):
    return desk.post(page(record), SETTLED | {"verb": verb} | fields, follow=True).content.decode()


def save(desk, record, **fields):
    return desk.post(page(record), {"revision": "1", "verb": "save"} | fields, follow=True).content.decode()


def buttons(desk, record):
    html = desk.get(page(record)).content.decode()
    every = [*VERBS["submitted"], "unpublish"]
    return [verb for verb in every if f'name="verb" value="{verb}"' in html]


def state():
    return Contribution.objects.get().state


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
@pytest.mark.parametrize("verb", ["publish", "accept"])
def test_those_who_review_need_no_other_permission(request, browser_of, record, who, verb):
    browser = browser_of(request.getfixturevalue(who))
    assert gate.shows(browser, page(record), "Our account.", "Before it is published")
    press(browser, record, verb)
    assert state() == LEADS_TO["submitted", verb]


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


def test_who_may_only_view_decides_nothing(browser_of, record):
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


@pytest.mark.parametrize("at", VERBS)
def test_the_buttons_fit_the_state(desk, participant, at):
    record = build.contribution(by=participant, state=at)
    assert sorted(buttons(desk, record)) == sorted(VERBS[at])


def test_nobody_is_asked_for_changes_who_cannot_read_it(desk):
    record = build.contribution(state="submitted")
    assert "request_changes" not in buttons(desk, record)
    assert "no sender in the portal" in press(desk, record, "request_changes", note="Words.")
    assert state() == "submitted"


@pytest.mark.parametrize(("at", "verb"), LEADS_TO)
def test_a_button_makes_a_move_and_the_log_names_the_reviewer(desk, reviewer, participant, at, verb):
    record = build.contribution(by=participant, state=at)
    press(desk, record, verb, note="Please name no victims.")
    assert state() == LEADS_TO[at, verb]
    move = record.transitions.first()
    assert (move.verb, move.actor) == (verb, reviewer)
    assert move.note == ("Please name no victims." if verb in ("request_changes", "decline") else "")


@pytest.mark.parametrize("at", VERBS)
def test_a_verb_without_a_button_does_nothing(desk, participant, at):
    record = build.contribution(by=participant, state=at)
    for verb in {"publish", "unpublish", "request_changes", "decline", "withdraw", "submit"} - set(VERBS[at]):
        press(desk, record, verb, note="Words.")
        assert state() == at


def test_a_file_without_a_clean_copy_offers_neither_acceptance_nor_publication(desk, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.txt", b"words")])
    assert {"publish", "accept"} <= set(buttons(desk, record))
    CleanCopy.objects.all().delete()
    assert not {"publish", "accept"} & set(buttons(desk, record))
    assert gate.shows(desk, page(record), "Its clean copy is being made.")
    assert "A file has no clean copy yet" in press(desk, record, "publish")


def test_the_points_are_settled_and_cleared(desk, reviewer, record):
    save(desk, record, checklist="1", points=["names", "files", "nonsense"])
    assert list(Check.objects.values_list("point", "by").order_by("point")) == [
        ("files", reviewer.pk), ("names", reviewer.pk),
    ]  # fmt: skip
    html = desk.get(page(record)).content.decode()
    assert (html.count('name="points"'), html.count('form="decide" checked')) == (4, 2)
    save(desk, record, checklist="1", points=["names"])
    assert Check.objects.get().point == "names"
    save(desk, record)  # a form without the checklist
    assert Check.objects.get().point == "names"


@pytest.mark.parametrize("verb", ["publish", "accept"])
def test_no_button_publishes_before_the_checklist_is_settled(desk, record, verb):
    answer = desk.post(page(record), SETTLED | {"verb": verb, "points": ["names"]})
    assert answer.status_code == 422
    assert UNSETTLED in answer.content.decode()
    assert not Check.objects.exists()  # all or nothing
    assert state() == "submitted"


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
def test_what_the_public_will_see_is_in_view(desk, participant, appear_as, shown):
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
    assert gate.shows(desk, page(record), "To publish it makes this text and 1 file public.")
    proceedings.unpublish(call.dialogue, by=None)
    assert gate.shows(desk, page(record), "its dialogue is a draft")
    proceedings.publish(call.dialogue, by=None)
    workflow.publish(record, by=None)
    build.correction(record, by=participant, title="Second")
    assert gate.shows(desk, page(record), "To publish it replaces revision 1, which is public now.")


@pytest.mark.parametrize("verb", ["request_changes", "decline"])
def test_a_message_is_needed_where_the_sender_reads_it(desk, record, verb):
    mail.outbox.clear()
    assert "Write the message that the sender will read." in press(desk, record, verb, note=" ")
    assert (state(), mail.outbox) == ("submitted", [])


def test_nothing_typed_is_lost_on_an_error(desk, record, clock):
    typed = {"note": "Please <shorten> it.", "staff_note": "Ask Ana.", "moment": "2001-03-01T13:00"}
    html = press(desk, record, "accept", **typed)
    assert "That moment has passed" in html
    assert "Please &lt;shorten&gt; it.</textarea>" in html
    assert "Ask Ana.</textarea>" in html
    assert 'value="2001-03-01T13:00"' in html
    assert not Note.objects.exists()


def test_nothing_typed_is_lost_when_a_newer_revision_came(desk, record, participant):
    build.correction(record, by=participant, text="Not read yet")
    html = press(desk, record, "request_changes", note="My long message.")
    assert "A newer revision was sent meanwhile: read it first." in html
    assert "My long message.</textarea>" in html
    assert 'name="revision" value="2"' in html
    assert "Not read yet" in html


def test_nothing_typed_is_lost_when_the_session_has_ended(desk, client, reviewer, record):
    typed = {"verb": "decline", "note": "Not on the <subject>.", "staff_note": "Twice.", "moment": "2099-03-01T13:00"}
    answer = client.post(page(record), SETTLED | typed)
    assert answer.status_code == 302
    assert "/accounts/sign-in/" in answer.headers["Location"]
    client.force_login(reviewer)
    assert gate.hides(client, page(build.contribution(record.call, state="submitted")), "Not on the", "Twice.")
    html = client.get(page(record)).content.decode()
    for words in ("You were signed out, and nothing was decided.", "Not on the &lt;subject&gt;.</textarea>",
                  "Twice.</textarea>", 'value="2099-03-01T13:00"'):  # fmt: skip
        assert words in html
    assert Contribution.objects.get(pk=record.pk).state == "submitted"
    assert gate.hides(client, page(record), "You were signed out", "Not on the")


@pytest.mark.parametrize("moment", ["soon", "2099-13-40"])
def test_an_invalid_time_changes_nothing_and_stays_to_be_corrected(desk, record, moment):
    html = press(desk, build.checked(record), "accept", moment=moment, note="Kept.")
    assert "Enter a valid date/time." in html
    assert "Kept.</textarea>" in html
    assert state() == "submitted"


def test_accept_takes_a_time_in_vienna(desk, record):
    press(desk, record, "accept", moment="2099-03-01T13:00")
    assert Contribution.objects.get().publish_at.isoformat() == "2099-03-01T12:00:00+00:00"
    passed = timezone.localtime() - timedelta(hours=1)
    other = build.contribution(record.call, state="submitted")
    assert "That moment has passed" in press(desk, other, "accept", moment=f"{passed:%Y-%m-%dT%H:%M}")


def test_notes_are_shown_to_staff_with_their_authors(desk, reviewer, record):
    save(desk, record, staff_note="  ")
    assert not Note.objects.exists()
    save(desk, record, staff_note="Look <twice>.")
    assert (Note.objects.get().author, Note.objects.get().text) == (reviewer, "Look <twice>.")
    assert gate.shows(desk, page(record), "Look &lt;twice&gt;.", reviewer.email)


def case(desk, record, **fields):
    seen = desk.get(page(record)).context["case"].current
    chosen = {"verb": "case", "seen": seen, "organization": "", "assigned_to": ""}
    return desk.post(page(record), chosen | fields, follow=True).content.decode()


def test_the_case_is_saved_alone_and_assigned_through_the_workflow(desk, reviewer, secretary, stranger, record):
    organization, topic = Organization.objects.create(name="Open Door"), build.topic("Fees")
    case(desk, record, organization="Open Door", assigned_to=secretary.pk, topics=[topic.pk])
    stored = Contribution.objects.get()
    assert (stored.organization, stored.assigned_to, list(stored.topics.all())) == (organization, secretary, [topic])
    assert "Select a valid choice" in case(desk, record, assigned_to=stranger.pk)
    assert Contribution.objects.get().assigned_to == secretary
    case(desk, record)
    stored = Contribution.objects.get()
    assert (stored.organization, stored.assigned_to, list(stored.topics.all())) == (None, None, [])
    logged = record.transitions.filter(verb="assign").values_list("actor", "facts")
    assert list(logged) == [(reviewer.pk, {"to": None}), (reviewer.pk, {"to": secretary.pk})]


def test_only_who_may_add_organizations_adds_one(desk, office, record):
    new = {"organization": "New House", "organization-is-new": "1"}
    assert "is not in the list" in case(desk, record, **new)
    case(office, record, **new)
    assert Contribution.objects.get().organization.name == "New House"


def test_hidden_topics_are_neither_shown_nor_lost(desk, record):
    hidden, shown = build.topic("Hidden topic", public=False), build.topic("Shown topic")
    record.topics.set([hidden])
    assert gate.hides(desk, page(record), "Hidden topic")
    case(desk, record, topics=[shown.pk])
    assert set(record.topics.all()) == {hidden, shown}


def test_the_case_that_somebody_else_saved_is_not_overwritten_unseen(desk, record, secretary):
    seen = desk.get(page(record)).context["case"].current
    workflow.assign(record, by=None, to=secretary)
    answer = desk.post(page(record), {"verb": "case", "seen": seen, "organization": "", "assigned_to": ""})
    assert answer.status_code == 422
    assert "Someone else saved this" in answer.content.decode()
    assert Contribution.objects.get().assigned_to == secretary


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
    assert gate.hides(desk, page(record), "Sent after the call had closed.")
    clock(moment)
    build.correction(record, by=participant, title="Second")
    browser = browser_of(build.user("new@example.org", role="Reviewers", is_staff=True))
    said = ["Revision 2, sent", "Revision 1 is published and stays so until this one is.", "Second"]
    assert gate.shows(browser, page(record), *said, "Sent after the call had closed.")


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


def test_a_move_that_comes_too_late_is_refused_with_a_message(desk, participant, record, monkeypatch):
    publish = workflow.publish

    def publish_after_it_was_withdrawn(late, *, by, seen):
        workflow.withdraw(Contribution.objects.get(), by=participant)
        return publish(late, by=by, seen=seen)

    monkeypatch.setattr(workflow, "publish", publish_after_it_was_withdrawn)
    assert "“Withdrawn” and can&#x27;t go that way" in press(desk, record, "publish")


@pytest.mark.parametrize("verb", ["publish", "unpublish"])
def test_publication_can_be_undone_for_a_minute(desk, record, verb):
    if verb == "unpublish":
        workflow.publish(build.checked(record), by=None)
    assert ">Undo<" in press(desk, record, verb)
    desk.post("/desk/undo/", {"next": "/desk/"})
    assert Contribution.objects.get().is_published == (verb == "unpublish")


def test_the_pages_of_other_moves_do_not_touch_contributions(desk, office, record):
    for verb in ("publish", "unpublish", "delete"):
        for browser in (desk, office):
            assert browser.post(f"/desk/{verb}/?record=contribution-{record.pk}").status_code == 404
    assert state() == "submitted"


def test_keys_are_told_on_the_page_and_can_be_switched_off(desk, record):
    assert gate.shows(desk, page(record), 'id="keys"', "data-keys-on", "Keys do nothing while you write in a field.")
