"""The review in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from contributions import workflow
from contributions.models import Call, Check, Contribution, Revision
from tests import build

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:contributions_contribution_changelist")
LOG = "publishing-transition-content_type-object_id"
FORMSETS = {f"{LOG}-TOTAL_FORMS": "0", f"{LOG}-INITIAL_FORMS": "0"}
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


def page(record):
    return reverse("admin:contributions_contribution_change", args=[record.pk])


def press(desk, record, verb, **fields):
    return desk.post(page(record), FORMSETS | SETTLED | {"_verb": verb} | fields, follow=True)


def buttons(desk, record):
    html = desk.get(page(record)).content.decode()
    every = [*VERBS["submitted"], "unpublish"]
    return [verb for verb in every if f'name="_verb" value="{verb}"' in html]


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_the_queue_lists_submissions_and_no_draft(request, browser_of, participant, who):
    call = build.call()
    for state in ["draft", *VERBS]:
        build.contribution(call, by=participant, state=state, title=f"It is {state}")
    html = browser_of(request.getfixturevalue(who)).get(QUEUE).content.decode()
    assert "It is draft" not in html
    assert "Open Door" in html
    for state in VERBS:
        assert f"It is {state}" in html


def test_a_draft_has_no_page(desk, participant):
    draft = build.draft(build.call(), by=participant, title="Half a thought")
    answer = desk.get(page(draft), follow=True)
    assert answer.redirect_chain[0][0] == reverse("admin:index")
    assert "Half a thought" not in answer.content.decode()
    press(desk, draft, "publish")
    assert Contribution.objects.get().state == "draft"


@pytest.mark.parametrize("state", VERBS)
def test_the_buttons_fit_the_state(desk, participant, state):
    record = build.contribution(by=participant, state=state)
    assert sorted(buttons(desk, record)) == sorted(VERBS[state])


@pytest.mark.parametrize(("state", "verb"), LEADS_TO)
def test_a_button_makes_a_move_and_the_log_names_the_reviewer(desk, participant, reviewer, state, verb):
    record = build.contribution(by=participant, state=state)
    press(desk, record, verb, note="Please name no victims.")
    assert Contribution.objects.get().state == LEADS_TO[state, verb]
    move = record.transitions.first()
    assert (move.verb, move.actor) == (verb, reviewer)
    assert move.note == ("Please name no victims." if verb in ("request_changes", "decline") else "")


@pytest.mark.parametrize("verb", ["request_changes", "decline"])
def test_requesting_changes_without_a_note_is_refused(desk, participant, verb):
    record = build.contribution(by=participant, state="submitted")
    mail.outbox.clear()
    answer = press(desk, record, verb, note=" ")
    assert "Write the message that the sender will read." in answer.content.decode()
    assert (Contribution.objects.get().state, mail.outbox) == ("submitted", [])


@pytest.mark.parametrize("state", VERBS)
def test_a_verb_without_a_button_does_nothing(desk, participant, state):
    record = build.contribution(by=participant, state=state)
    for verb in {"publish", "unpublish", "request_changes", "decline", "withdraw", "submit"} - set(VERBS[state]):
        press(desk, record, verb, note="Words.")
        assert Contribution.objects.get().state == state


def test_publishing_several_continues_after_a_refusal(desk, reviewer):
    call = build.call()
    states = ("submitted", "declined", "submitted")
    records = [build.checked(build.contribution(call, state=state)) for state in states]
    chosen = {"action": "publish_selected", "_selected_action": [record.pk for record in records]}
    html = desk.post(QUEUE, chosen, follow=True).content.decode()
    assert list(Contribution.objects.order_by("pk").values_list("state", flat=True)) == [
        "published",
        "declined",
        "published",
    ]
    assert "2 records done." in html
    assert "“Declined” and can&#x27;t go that way" in html
    assert {record.transitions.first().actor for record in (records[0], records[2])} == {reviewer}


def test_staff_cannot_change_the_content(desk, participant, stranger):
    call, topic = build.call(), build.topic()
    record = build.contribution(call, by=participant, state="submitted")
    changes = {
        "title": "Changed", "text": "Changed", "organization_name": "Changed", "language": "fr", "state": "published",
        "reference": "X-1", "filer": stranger.pk, "call": build.call().pk, "published_at_0": "2024-01-01",
        "published_at_1": "10:00",
    }  # fmt: skip
    before, words = Contribution.objects.values().get(), Revision.objects.values().get()
    desk.post(page(record), FORMSETS | changes | {"topics": [topic.pk]})
    after = Contribution.objects.values().get()
    assert Revision.objects.values().get() == words
    assert after == before
    assert list(record.topics.all()) == [topic]


def test_the_reviewer_reads_the_text_and_can_open_the_files(desk, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("secret-name.txt", b"words")])
    html = desk.get(page(record)).content.decode()
    for words in ("Our account.", f'href="{record.newest.attachments.get().get_absolute_url()}"'):
        assert words in html
    assert "secret-name" not in html


@pytest.mark.parametrize("role", [None, "Co-Chairs"])
def test_staff_without_permission_see_no_queue(browser_of, role):
    record = build.contribution(state="submitted")
    browser = browser_of(build.user("clerk@example.org", role=role, is_staff=True))
    assert browser.get(QUEUE).status_code == 403
    assert browser.get(page(record)).status_code == 403
    assert press(browser, record, "publish").status_code == 403
    assert Contribution.objects.get().state == "submitted"


def test_staff_who_may_only_view_have_no_buttons(browser_of):
    clerk = build.user("clerk@example.org", is_staff=True)
    rights = ["view_contribution", "change_contribution"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=rights))
    record, browser = build.contribution(state="submitted"), browser_of(clerk)
    assert buttons(browser, record) == []
    press(browser, record, "publish")
    browser.post(QUEUE, {"action": "publish_selected", "_selected_action": record.pk})
    assert Contribution.objects.get().state == "submitted"


@pytest.mark.parametrize("who", ["participant", "stranger"])
def test_users_who_are_not_staff_cannot_enter(request, browser_of, who):
    record = build.contribution(by=request.getfixturevalue("participant"), state="submitted")
    browser = browser_of(request.getfixturevalue(who))
    assert browser.get(QUEUE).status_code == 302
    browser.post(page(record), FORMSETS | {"_verb": "publish"})
    assert Contribution.objects.get().state == "submitted"


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_nobody_adds_or_deletes_a_contribution(request, browser_of, who):
    record, browser = build.contribution(state="submitted"), browser_of(request.getfixturevalue(who))
    assert browser.get(reverse("admin:contributions_contribution_add")).status_code == 403
    delete = reverse("admin:contributions_contribution_delete", args=[record.pk])
    assert browser.post(delete, {"post": "yes"}).status_code == 403
    assert Contribution.objects.exists()


def test_a_move_that_comes_too_late_is_refused_with_a_message(desk, participant, monkeypatch):
    record = build.contribution(by=participant, state="submitted")

    def publish_after_it_was_withdrawn(late, *, by, seen):
        workflow.withdraw(Contribution.objects.get(), by=participant)
        return publish(late, by=by, seen=seen)

    publish = workflow.publish
    monkeypatch.setattr(workflow, "publish", publish_after_it_was_withdrawn)
    assert "“Withdrawn” and can&#x27;t go that way" in press(desk, record, "publish").content.decode()
    assert Contribution.objects.get().state == "withdrawn"


def test_the_secretariat_publishes_a_call_with_its_questions(secretary, browser_of):
    call = build.call(public=False)
    browser = browser_of(secretary)
    address = reverse("admin:contributions_call_change", args=[call.pk])
    form = {
        "dialogue": call.dialogue.pk, "title": "Call", "file_limit": "3", "file_megabytes": "2", "word_limit": "500",
        "audience": "invited", "languages": ["fr", "ar"], "_verb": "publish",
        "opens_at_0": "2024-01-01", "opens_at_1": "10:00:00", "closes_at_0": "2040-01-01", "closes_at_1": "10:00:00",
        "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0", "questions-0-number": "1",
        "questions-0-text": "What do you see?", "questions-0-language": "en", "questions-0-word_limit": "50",
    } | {name: count for name, count in FORMSETS.items() if name.startswith("publishing")}  # fmt: skip
    browser.post(address, form)
    stored = Call.objects.get()
    assert (stored.is_published, stored.file_limit, stored.questions.count()) == (True, 3, 1)
    limits = (stored.file_megabytes, stored.word_limit, stored.questions.get().word_limit)
    assert (limits, stored.audience, stored.languages) == ((2, 500, 50), "invited", ["fr", "ar"])
    assert stored.opens_at.isoformat() == "2024-01-01T09:00:00+00:00"
