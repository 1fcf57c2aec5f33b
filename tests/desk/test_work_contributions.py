"""Contributions in the work queue, for each kind of user."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from contributions import workflow
from contributions.models import Contribution, Revision
from desk.work import contributions as work_queue
from documents.models import Document
from tests import build, files

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Vienna"))


def by_title(user):
    return {str(heap.title): heap for heap in work_queue.work_lists(user)}


def sent(days, state="submitted", **fields):
    """A contribution that was submitted that many days ago to a closed call."""
    made = build.contribution(build.call(opens=-2, closes=1), state=state, **fields)
    Revision.objects.sent().filter(contribution=made).update(sent_at=timezone.now() - timedelta(days=days))
    type(made.call).objects.filter(pk=made.call_id).update(closes_at=timezone.now() - timedelta(minutes=1))
    return made


def test_an_empty_queue_has_no_lists(reviewer, secretary):
    for state in ("published", "declined", "withdrawn", "draft"):
        sent(3, state)
    assert work_queue.work_lists(reviewer) == work_queue.work_lists(secretary) == []


def test_a_draft_is_not_listed_even_for_a_filer_who_reviews(reviewer):
    sent(1, "draft", by=reviewer)
    assert work_queue.work_lists(reviewer) == []


def test_contributions_to_review_are_listed_oldest_first_with_their_age(reviewer):
    young, old = sent(2, title="Young"), sent(30, title="Old", assigned_to=reviewer)
    found = by_title(reviewer)["Contributions to review"]
    assert [(line.text, line.days, str(line.note)) for line in found.lines] == [
        (f"{old.reference} Old", 30, "reviewer@example.org"), (f"{young.reference} Young", 2, "unassigned"),
    ]  # fmt: skip
    assert found.lines[0].address == f"/desk/review/{old.reference}/"
    assert [(str(part.text), part.note) for part in found.parts] == [("Unassigned", "1"), ("Mine", "1")]
    assert found.parts[1].address == "/desk/review/?state=submitted&who=mine"


def test_the_linked_lists_hold_what_is_counted(reviewer, browser_of):
    mine, nobodys = sent(2, title="Mine it is", assigned_to=reviewer), sent(3, title="Nobody has it")
    found = by_title(reviewer)["Contributions to review"]
    mine_part = found.parts[1]
    page = browser_of(reviewer).get(mine_part.address).content.decode()
    assert mine.reference in page
    assert "Nobody has it" not in page
    assert nobodys.reference in browser_of(reviewer).get(found.address).content.decode()


def accepted(title, publish_at):
    made = sent(1, "accepted", title=title)
    Contribution.objects.filter(pk=made.pk).update(publish_at=publish_at)
    return made


def test_contributions_due_today_are_listed_apart_from_those_scheduled_for_later(reviewer, clock):
    today = [accepted("Late", NOON - timedelta(days=2)), accepted("Tonight", NOON.replace(hour=23, minute=59))]
    later = [accepted("Midnight", NOON.replace(hour=0) + timedelta(days=1)), accepted("Some day", None)]
    clock(NOON)
    found = by_title(reviewer)
    names = ("Contributions to be published today", "Accepted, not published")
    for name, expected in zip(names, (today, later), strict=True):
        lines = found[name].lines
        assert {line.text for line in lines} == {f"{one.reference} {one.newest.title}" for one in expected}
    assert found[names[0]].lines[1].note == "10 Mar 2026, 23:59"
    assert {str(line.note) for line in found[names[1]].lines} == {"11 Mar 2026, 00:00", "no time set"}


def test_returned_contributions_are_listed(reviewer):
    made = sent(4, "returned")
    (line,) = by_title(reviewer)["Returned to their senders for changes"].lines
    assert (line.address, line.days) == (f"/desk/review/{made.reference}/", 4)


def fail(contribution, **fields):
    document = contribution.newest.attachments.get().document
    Document.objects.filter(pk=document.pk).update(state="faulty", fault="no_text", **fields)
    return document


@pytest.mark.parametrize(("state", "waits"), [("submitted", True), ("published", False), ("declined", False)])
def test_a_failed_file_is_listed_while_a_decision_is_open(reviewer, state, waits):
    made = sent(1, state, attach=[("report.pdf", files.pdf())])
    fail(made)
    assert ("Files of contributions that failed" in by_title(reviewer)) is waits


def test_a_public_file_that_nobody_can_download_is_listed(reviewer):
    made = sent(1, "published", attach=[("report.pdf", files.pdf())])
    fail(made).clean_copy.delete()
    (line,) = by_title(reviewer)["Files of contributions that failed"].lines
    assert (line.text, line.address) == (made.reference, f"/desk/review/{made.reference}/")


def test_a_file_that_a_correction_left_out_is_not_listed(reviewer):
    made = sent(1, attach=[("report.pdf", files.pdf())])
    fail(made)
    revision = workflow.revise(made, by=None)
    revision.attachments.all().delete()
    assert "Files of contributions that failed" in by_title(reviewer)
    workflow.submit(made, by=None, consent=True)
    assert "Files of contributions that failed" not in by_title(reviewer)


def test_open_calls_show_when_they_close_and_mention_today(reviewer, clock):
    for title, hours in {"Later": 240, "Soon": 2}.items():
        build.call(title=title, opens_at=NOON - timedelta(days=9), closes_at=NOON + timedelta(hours=hours))
    build.call(title="Draft", public=False)
    build.call(build.dialogue(public=False), title="Hidden")
    clock(NOON)
    lines = by_title(reviewer)["Open calls"].lines
    assert [(line.text, str(line.note)) for line in lines] == [
        ("Soon", "closes today, 14:00"), ("Later", "closes 20 Mar 2026, 12:00"),
    ]  # fmt: skip


def test_a_user_who_reviews_nothing_sees_nothing(stranger):
    sent(1)
    build.call()
    assert work_queue.work_lists(stranger) == []
