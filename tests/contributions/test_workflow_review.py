"""The decisions of reviewers: checklist, clean copies, scheduled publication, refusal, corrections, notes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contributions import workflow
from contributions.models import Check, Contribution, Note, Revision
from documents.models import CleanCopy
from tests import build

pytestmark = pytest.mark.django_db

POINTS = list(Check.Point)
UNSETTLED = "Tick each point of the checklist first"
UNCLEAN = "A file has no clean copy yet"


@pytest.mark.parametrize("note", ["", "  \n "])
@pytest.mark.parametrize("verb", ["request_changes", "decline"])
def test_requesting_changes_and_declining_need_a_note(reviewer, participant, verb, note):
    record = build.contribution(by=participant, state="submitted")
    with pytest.raises(ValidationError, match="Write the message that the sender will read"):
        getattr(workflow, verb)(record, by=reviewer, note=note)
    assert Contribution.objects.get().state == "submitted"


@pytest.mark.parametrize("verb", ["request_changes", "decline"])
def test_the_note_is_in_the_log_and_in_the_email(reviewer, participant, verb):
    record = build.contribution(by=participant, state="submitted")
    getattr(workflow, verb)(record, by=reviewer, note="  Please name no victims.\n")
    assert record.transitions.first().note == "Please name no victims."
    assert "Please name no victims." in mail.outbox[-1].body


@pytest.mark.parametrize("verb", ["publish", "accept"])
@pytest.mark.parametrize("settled", [[], POINTS[:1], POINTS[:-1]])
def test_staff_cannot_publish_before_the_checklist_is_settled(reviewer, verb, settled):
    record = build.contribution(state="submitted")
    workflow.set_checklist(record, by=reviewer, points=settled)
    with pytest.raises(ValidationError, match=UNSETTLED):
        getattr(workflow, verb)(record, by=reviewer)
    assert Contribution.objects.values_list("state", "published_at").get() == ("submitted", None)
    workflow.set_checklist(record, by=reviewer, points=POINTS)
    getattr(workflow, verb)(record, by=reviewer)
    assert Contribution.objects.get().state != "submitted"


def test_the_checklist_of_the_old_revision_does_not_count_for_the_new_one(participant, reviewer, settled):
    record = settled(build.contribution(by=participant, state="submitted"))
    build.correction(record, by=participant, text="With a phone number.")
    with pytest.raises(ValidationError, match=UNSETTLED):
        workflow.publish(record, by=reviewer)


def test_a_point_can_be_cleared_and_the_log_says_who_settled_what(reviewer):
    record = build.contribution(state="submitted")
    workflow.set_checklist(record, by=reviewer, points=["names", "files"])
    workflow.set_checklist(record, by=reviewer, points=["names"])
    workflow.set_checklist(record, by=reviewer, points=["names"])
    assert list(record.newest.checks.values_list("point", "by")) == [("names", reviewer.pk)]
    logged = record.transitions.filter(verb="check").values_list("actor", "facts")
    assert list(logged) == [
        (reviewer.pk, {"revision": 1, "points": ["names"]}),
        (reviewer.pk, {"revision": 1, "points": ["files", "names"]}),
    ]


@pytest.mark.parametrize("who", ["participant", "stranger"])
def test_only_reviewers_settle_assign_and_write_notes(request, participant, who):
    record, by = build.contribution(by=participant, state="submitted"), request.getfixturevalue(who)
    for verb, fields in (("set_checklist", {"points": POINTS}), ("assign", {"to": by}), ("add_note", {"text": "Hm."})):
        with pytest.raises(PermissionDenied):
            getattr(workflow, verb)(record, by=by, **fields)
    assert not Check.objects.exists()
    assert not Note.objects.exists()
    assert Contribution.objects.get().assigned_to is None


@pytest.mark.parametrize("by", ["reviewer", None])
@pytest.mark.parametrize("verb", ["publish", "accept"])
def test_nobody_publishes_files_without_a_clean_copy(request, by, verb):
    record = build.checked(build.contribution(state="submitted", attach=[("a.txt", b"words")]))
    copy = CleanCopy.objects.get()
    CleanCopy.objects.all().delete()
    by = by and request.getfixturevalue(by)
    with pytest.raises(ValidationError, match=UNCLEAN):
        getattr(workflow, verb)(record, by=by)
    assert Contribution.objects.values_list("state", "published_at").get() == ("submitted", None)
    copy.save(force_insert=True)
    getattr(workflow, verb)(record, by=by)
    assert Contribution.objects.get().state != "submitted"


def test_a_file_that_cannot_be_cleaned_is_not_published():
    record = build.contribution(state="submitted", attach=[("a.pdf", b"%PDF-1.4 and nothing more")])
    with pytest.raises(ValidationError, match=UNCLEAN):
        workflow.publish(record, by=None)


def test_an_accepted_contribution_is_published_at_its_time_and_not_before(reviewer, settled, clock):
    record = settled(build.contribution(state="submitted"))
    moment = timezone.now() + timedelta(hours=2)
    workflow.accept(record, by=reviewer, publish_at=moment)
    assert (record.state, record.publish_at, record.published_at) == ("accepted", moment, None)
    clock(moment - timedelta(microseconds=1))
    assert workflow.publish_due() == 0
    assert not Contribution.objects.published().exists()
    clock(moment)
    assert workflow.publish_due() == 1
    stored = Contribution.objects.get()
    assert (stored.state, stored.published_at, stored.publish_at) == ("published", moment, None)
    assert (stored.transitions.first().verb, stored.transitions.first().part) == ("publish", "system")
    assert workflow.publish_due() == 0
    assert stored.transitions.filter(verb="publish").count() == 1


def test_a_contribution_that_cannot_be_published_does_not_stop_the_others(reviewer, settled, clock):
    call, moment = build.call(), timezone.now() + timedelta(hours=2)
    stuck = settled(build.contribution(call, state="submitted", attach=[("a.txt", b"words")]))
    free = settled(build.contribution(call, state="submitted"))
    for record in (stuck, free):
        workflow.accept(record, by=reviewer, publish_at=moment)
    CleanCopy.objects.all().delete()
    clock(moment)
    assert workflow.publish_due() == 1
    assert list(Contribution.objects.published()) == [free]
    assert Contribution.objects.get(pk=stuck.pk).state == "accepted"


def test_a_time_in_the_past_is_refused(reviewer, settled, clock):
    record, now = settled(build.contribution(state="submitted")), timezone.now()
    clock(now)
    with pytest.raises(ValidationError, match="That time has passed"):
        workflow.accept(record, by=reviewer, publish_at=now)
    assert Contribution.objects.get().state == "submitted"


@pytest.mark.parametrize("change", ["correct", "withdraw", "decline"])
def test_a_contribution_that_changed_before_its_time_is_not_published_automatically(
    participant, reviewer, settled, clock, change
):
    record = settled(build.contribution(by=participant, state="submitted"))
    moment = timezone.now() + timedelta(hours=2)
    workflow.accept(record, by=reviewer, publish_at=moment)
    if change == "correct":
        build.correction(record, by=participant, text="Not yet read by anyone.")
    elif change == "withdraw":
        workflow.withdraw(record, by=participant)
    else:
        workflow.decline(record, by=reviewer, note="Second thoughts.")
    clock(moment + timedelta(days=1))
    assert workflow.publish_due() == 0
    assert Contribution.objects.values_list("published_at", "publish_at").get() == (None, None)


def test_publishing_a_correction_replaces_the_public_revision(participant, reviewer, settled):
    record = build.contribution(by=participant, title="First")
    first = record.published_at
    build.correction(record, by=participant, title="Second")
    workflow.publish(settled(record), by=reviewer)
    stored = Contribution.objects.get()
    assert (stored.shown.title, stored.newest, stored.published_at) == ("Second", stored.shown, first)
    assert list(Revision.objects.filter(shown_at=None)) == []


def test_declining_a_correction_keeps_the_public_revision(participant, reviewer):
    record = build.contribution(by=participant, title="First")
    moment = record.published_at
    build.correction(record, by=participant, title="Second")
    workflow.decline(record, by=reviewer, note="Names a victim.")
    stored = Contribution.objects.get()
    assert (stored.state, stored.published_at) == ("published", moment)
    assert (stored.shown.title, stored.newest) == ("First", stored.shown)
    assert mail.outbox[-1].subject == f"{record.reference} is declined"
    third = build.correction(record, by=participant, sent=False)
    assert (third.number, third.title) == (3, "First")


def test_requesting_changes_of_a_correction_keeps_the_public_revision(participant, reviewer):
    record = build.contribution(by=participant, title="First")
    build.correction(record, by=participant, title="Second")
    workflow.request_changes(record, by=reviewer, note="Shorter.")
    stored = Contribution.objects.get()
    assert (stored.state, stored.shown.title, stored.newest.title) == ("returned", "First", "Second")
    assert Contribution.objects.published().exists()


def test_withdrawing_deletes_an_unsubmitted_correction(participant, django_capture_on_commit_callbacks):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    build.correction(record, by=participant, sent=False, text="Half a thought")
    document = build.attached(record, "b.txt", b"more", by=participant).document
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(record, by=participant)
    assert [revision.number for revision in Revision.objects.all()] == [1]
    assert not document.file.storage.exists(document.file.name)
    kept = record.newest.attachments.get().document
    assert kept.file.storage.exists(kept.file.name)
    assert record.draft is None


def test_unpublishing_while_a_correction_waits_keeps_the_correction_in_review(participant, reviewer):
    record = build.contribution(by=participant)
    build.correction(record, by=participant, title="Second")
    workflow.unpublish(record, by=reviewer)
    stored = Contribution.objects.get()
    assert (stored.state, stored.shown, stored.published_at, stored.newest.title) == (
        "submitted", None, None, "Second",
    )  # fmt: skip
    assert not Contribution.objects.published().exists()


def test_assignment_is_logged_once_and_can_be_undone(reviewer, secretary):
    record = build.contribution(state="submitted")
    for to in (secretary, secretary, None):
        workflow.assign(record, by=reviewer, to=to)
    assert Contribution.objects.get().assigned_to is None
    facts = record.transitions.filter(verb="assign").values_list("facts", flat=True)
    assert list(facts) == [{"to": None}, {"to": secretary.pk}]


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_note_is_refused(reviewer, text):
    record = build.contribution(state="submitted")
    with pytest.raises(ValidationError, match="Write the note first"):
        workflow.add_note(record, by=reviewer, text=text)
    assert workflow.add_note(record, by=reviewer, text=" Look twice. ").text == "Look twice."
    assert Note.objects.get().author == reviewer
