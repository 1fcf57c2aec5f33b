"""The admin: all records of contributions, which only lists them, and calls."""

import pytest
from django.urls import reverse

from contributions.models import Call, Contribution
from tests import build, gate

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:contributions_contribution_changelist")
LOG = "publishing-transition-content_type-object_id"
FORMSETS = {f"{LOG}-TOTAL_FORMS": "0", f"{LOG}-INITIAL_FORMS": "0"}


def page(record):
    return reverse("admin:contributions_contribution_change", args=[record.pk])


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_the_list_has_submissions_and_no_draft(request, browser_of, participant, who):
    call = build.call()
    for state in ("draft", "submitted", "published", "withdrawn"):
        build.contribution(call, by=participant, state=state, title=f"It is {state}")
    browser = browser_of(request.getfixturevalue(who))
    assert gate.shows(browser, QUEUE, "Open Door", "It is submitted", "It is published", "It is withdrawn")
    assert gate.hides(browser, QUEUE, "It is draft", "_selected_action")


def test_a_draft_has_no_page(desk, participant):
    draft = build.draft(build.call(), by=participant, title="Half a thought")
    answer = desk.get(page(draft), follow=True)
    assert answer.redirect_chain[0][0] == reverse("admin:index")
    assert "Half a thought" not in answer.content.decode()


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_nothing_is_decided_or_changed_there(request, browser_of, who):
    record, browser = build.contribution(state="submitted"), browser_of(request.getfixturevalue(who))
    assert gate.shows(browser, page(record), f'href="{reverse("desk:review-page", args=[record.reference])}"')
    assert gate.hides(browser, page(record), 'name="_verb"', 'name="points"', 'name="_save"')
    before = Contribution.objects.values().get()
    changes = {"_verb": "publish", "assigned_to": "", "topics": [build.topic().pk], "title": "Changed"}
    assert browser.post(page(record), FORMSETS | changes).status_code == 403
    browser.post(QUEUE, {"action": "publish_selected", "_selected_action": record.pk})
    assert Contribution.objects.values().get() == before
    assert not record.topics.exists()


@pytest.mark.parametrize("role", [None, "Co-Chairs"])
def test_staff_without_permission_see_no_list(browser_of, role):
    record = build.contribution(state="submitted")
    browser = browser_of(build.user("clerk@example.org", role=role, is_staff=True))
    assert browser.get(QUEUE).status_code == 403
    assert browser.get(page(record)).status_code == 403


def test_users_who_are_not_staff_cannot_enter(browser_of, participant):
    assert browser_of(participant).get(QUEUE).status_code == 302


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_nobody_adds_or_deletes_a_contribution(request, browser_of, who):
    record, browser = build.contribution(state="submitted"), browser_of(request.getfixturevalue(who))
    assert browser.get(reverse("admin:contributions_contribution_add")).status_code == 403
    delete = reverse("admin:contributions_contribution_delete", args=[record.pk])
    assert browser.post(delete, {"post": "yes"}).status_code == 403
    assert Contribution.objects.exists()


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
