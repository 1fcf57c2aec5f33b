"""The page of one review: checklist, notes, assignment, scheduled publication, comparison of revisions; the queue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contributions import workflow
from contributions.admin import ContributionAdmin
from contributions.models import Check, Contribution, Note
from documents.models import CleanCopy
from tests import build, gate

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:contributions_contribution_changelist")
LOG = "publishing-transition-content_type-object_id"
FORMSETS = {f"{LOG}-TOTAL_FORMS": "0", f"{LOG}-INITIAL_FORMS": "0"}
UNSETTLED = "Settle each point of the checklist first."


@pytest.fixture
def record(participant):
    return build.contribution(by=participant, state="submitted")


def page(record):
    return reverse("admin:contributions_contribution_change", args=[record.pk])


def compare(record):
    return reverse("admin:contributions_contribution_compare", args=[record.pk])


def save(desk, record, **fields):
    return desk.post(page(record), FORMSETS | {"revision": "1"} | fields, follow=True).content.decode()


def choose(desk, action, *records, **fields):
    chosen = {"action": action, "_selected_action": [record.pk for record in records]}
    return desk.post(QUEUE, chosen | fields, follow=True).content.decode()


def found(desk, **query):
    return set(desk.get(QUEUE, query).context["cl"].queryset)


def test_saving_settles_and_clears_points_of_the_checklist(desk, reviewer, record):
    save(desk, record, checklist="1", points=["names", "files", "nonsense"])
    assert list(Check.objects.values_list("point", "by").order_by("point")) == [
        ("files", reviewer.pk), ("names", reviewer.pk),
    ]  # fmt: skip
    html = desk.get(page(record)).content.decode()
    assert html.count('name="points"') == 4
    assert html.count("checked") >= 2
    save(desk, record, checklist="1", points=["names"])
    assert Check.objects.get().point == "names"
    save(desk, record)  # a form without the checklist, for example of another page
    assert Check.objects.get().point == "names"


@pytest.mark.parametrize("verb", ["publish", "accept"])
def test_no_button_publishes_before_the_checklist_is_settled(desk, record, verb):
    html = save(desk, record, _verb=verb, checklist="1", points=["names"])
    assert UNSETTLED in html
    assert Contribution.objects.values_list("state", "published_at").get() == ("submitted", None)
    assert "done." in save(desk, record, _verb=verb, checklist="1", points=Check.Point.values)


def test_no_action_publishes_before_the_checklist_is_settled_and_the_files_are_clean(desk, record):
    ready = build.checked(build.contribution(record.call, state="submitted"))
    unclean = build.checked(build.contribution(record.call, state="submitted", attach=[("a.txt", b"words")]))
    CleanCopy.objects.all().delete()
    html = choose(desk, "publish_selected", record, ready, unclean)
    assert UNSETTLED in html
    assert "A file has no clean copy yet" in html
    assert "1 record done." in html
    assert list(Contribution.objects.published()) == [ready]


def test_after_a_decision_the_page_links_to_the_next_contribution(desk, record, participant):
    others = build.contribution(record.call, state="submitted", title="Another’s")
    workflow.assign(others, by=None, to=build.user("busy@example.org", role="Reviewers", is_staff=True))
    build.contribution(build.call(), state="submitted", title="Of another call")
    assert "The next that waits" not in save(desk, record, _verb="publish", checklist="1", points=["names"])
    following = build.contribution(record.call, state="submitted", title="A <b> title")
    html = save(desk, record, _verb="publish", checklist="1", points=Check.Point.values)
    assert f'The next that waits: <a href="{page(following)}">{following.reference} A &lt;b&gt; title</a>' in html
    html = save(desk, following, _verb="publish", checklist="1", points=Check.Point.values)
    assert "The next that waits" not in html


@pytest.mark.parametrize("action", ["accept_selected", "publish_selected_later"])
def test_after_acceptance_the_page_links_to_the_next_contribution_too(desk, record, action):
    html = choose(desk, action, record, moment="2099-03-01T13:00")
    assert UNSETTLED in html
    assert Contribution.objects.get().state == "submitted"


def test_several_are_accepted_for_a_time_in_vienna(desk, record):
    other = build.checked(build.contribution(record.call, state="submitted"))
    html = choose(desk, "publish_selected_later", build.checked(record), other, moment="2099-03-01T13:00")
    assert "2 records done." in html
    moments = {moment.isoformat() for moment in Contribution.objects.values_list("publish_at", flat=True)}
    assert moments == {"2099-03-01T12:00:00+00:00"}


@pytest.mark.parametrize("moment", ["", "soon", "2099-13-40"])
def test_the_action_asks_for_a_missing_time(desk, record, moment):
    assert "Say when, in the field beside the action." in choose(
        desk, "publish_selected_later", build.checked(record), moment=moment
    )
    assert Contribution.objects.get().state == "submitted"


def test_a_button_accepts_for_a_future_time_and_refuses_a_past_one(desk, record):
    passed = timezone.localtime() - timedelta(hours=1)
    html = save(desk, build.checked(record), _verb="accept", moment=f"{passed:%Y-%m-%dT%H:%M}")
    assert "That moment has passed" in html
    save(desk, record, _verb="accept", moment="2099-03-01T13:00")
    assert Contribution.objects.values_list("state").get() == ("accepted",)
    assert Contribution.objects.get().publish_at.isoformat() == "2099-03-01T12:00:00+00:00"
    assert gate.shows(desk, page(record), "1 March 2099, 13:00")


def test_an_invalid_time_changes_nothing(desk, record):
    assert "Enter a valid date/time." in save(desk, build.checked(record), _verb="accept", moment="soon")
    assert Contribution.objects.get().state == "submitted"


def test_notes_are_shown_to_staff_with_their_authors(desk, reviewer, record):
    save(desk, record, staff_note="  ")
    assert not Note.objects.exists()
    save(desk, record, staff_note="Look <twice>.")
    assert (Note.objects.get().author, Note.objects.get().text) == (reviewer, "Look <twice>.")
    assert gate.shows(desk, page(record), "Look &lt;twice&gt;.", reviewer.email)


def test_the_form_assigns_through_the_workflow(desk, reviewer, secretary, stranger, record):
    save(desk, record, assigned_to=secretary.pk)
    assert Contribution.objects.get().assigned_to == secretary
    save(desk, record, assigned_to=stranger.pk)
    assert Contribution.objects.get().assigned_to == secretary
    save(desk, record, assigned_to="")
    assert Contribution.objects.get().assigned_to is None
    logged = record.transitions.filter(verb="assign").values_list("actor", "facts")
    assert list(logged) == [(reviewer.pk, {"to": None}), (reviewer.pk, {"to": secretary.pk})]
    choose(desk, "assign_to_me", record)
    assert Contribution.objects.get().assigned_to == reviewer


def test_the_queue_filters_by_reviewer(desk, reviewer, secretary, record):
    mine, theirs = (
        build.contribution(record.call, state="submitted", assigned_to=who) for who in (reviewer, secretary)
    )
    assert found(desk, assigned="nobody") == {record}
    assert found(desk, assigned="me") == {mine}
    assert found(desk, assigned="others") == {theirs}
    assert found(desk) == {record, mine, theirs}


def test_the_queue_filters_and_searches_the_newest_revision(desk, participant, record):
    build.correction(record, by=participant, title="Quagga", language="fr")
    assert found(desk, newest__language="fr") == found(desk, q="quagga") == {record}
    assert found(desk, newest__language="en") == found(desk, q="What we saw") == set()
    assert found(desk, state="submitted") == {record}


def test_saving_the_form_does_not_undo_a_move_made_meanwhile(desk, participant, record, monkeypatch):
    record = Contribution.objects.get()
    topic = build.topic()
    get_object = ContributionAdmin.get_object

    def get_before_it_is_withdrawn(admin, *args, **kwargs):
        found = get_object(admin, *args, **kwargs)
        if record.state == "submitted":
            workflow.withdraw(record, by=participant)
        return found

    monkeypatch.setattr(ContributionAdmin, "get_object", get_before_it_is_withdrawn)
    save(desk, record, topics=[topic.pk])
    stored = Contribution.objects.get()
    assert (stored.state, stored.withdrawn_at is None) == ("withdrawn", False)


def test_two_revisions_are_shown_side_by_side(desk, participant, record):
    assert compare(record) not in desk.get(page(record)).content.decode()
    build.correction(record, by=participant, title="Quagga", signers="Okapi", appear_as="anonymous")
    assert compare(record) in desk.get(page(record)).content.decode()
    answer = desk.get(compare(record))
    assert (answer.context["old"].number, answer.context["new"].number) == (1, 2)
    labels = [str(label) for label, _pairs in answer.context["parts"]]
    assert labels == ["Signers", "How it appears", "Title", "Text"]
    answer = desk.get(compare(record), {"old": "2", "new": "1"})
    assert (answer.context["old"].number, answer.context["new"].number) == (2, 1)
    for query in ({"old": "x", "new": "-1"}, {"old": "9" * 40}, {"new": "1"}):
        assert desk.get(compare(record), query).status_code == 200


def test_only_reviewers_compare_revisions(filer, client, browser_of, record):
    clerk = browser_of(build.user("clerk@example.org", is_staff=True))
    assert clerk.get(compare(record)).status_code in (302, 403)
    for browser in (filer, client):
        assert browser.get(compare(record)).status_code == 302


def test_a_draft_has_no_revisions_to_compare(desk, participant):
    draft = build.draft(build.call(), by=participant, title="Quagga")
    assert desk.get(compare(draft)).status_code == 404
    for action in ("publish_selected", "accept_selected", "assign_to_me"):
        choose(desk, action, draft)
    assert Contribution.objects.values_list("state", "assigned_to").get() == ("draft", None)


def test_a_late_submission_and_an_earlier_public_revision_are_mentioned(desk, participant, clock):
    record = build.contribution(by=participant, title="First")
    moment = record.call.closes_at
    assert "after the call had closed" not in desk.get(page(record)).content.decode()
    clock(moment)
    build.correction(record, by=participant, title="Second")
    desk.force_login(build.user("new@example.org", role="Reviewers", is_staff=True))
    said = ["What was sent, revision 2", "Revision 1 is published and stays so until this one is.", "Second"]
    assert gate.shows(desk, page(record), *said, "Sent in time; corrected after the call had closed.")
