"""A call that wants a second reader."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from contributions import workflow
from contributions.models import Check, Contribution
from tests import build, gate
from tests.desk.review.reviewing import EVERYTHING, QUEUE, decide, looked_at, page, states, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return build.call(needs_second_reader=True)


@pytest.fixture
def second(browser_of):
    return browser_of(build.user("second@example.org", role="Reviewers", is_staff=True))


def test_each_reader_has_a_checklist_of_their_own(desk, second, call):
    (record,) = waiting(call)
    looked_at(desk, record)
    assert gate.shows(desk, page(record), "Awaiting a second reader", "reviewer@example.org")
    assert desk.get(page(record)).content.decode().count('form="decide" checked') == 4
    assert second.get(page(record)).content.decode().count('form="decide" checked') == 0
    second.post(page(record), {"verb": "save", "checklist": "1", "points": ["names"], "revision": "1"})
    assert Check.objects.count() == 5


def test_one_reader_accepts_and_another_publishes(desk, second, call):
    (record,) = waiting(call)
    assert gate.hides(desk, page(record), 'name="verb" value="publish"')
    desk.post(page(record), EVERYTHING | {"verb": "accept"})
    assert states() == ["accepted"]
    assert gate.hides(desk, page(record), 'name="verb" value="publish"')
    answer = desk.post(page(record), EVERYTHING | {"verb": "publish"})
    assert "This call needs a second reader" in answer.content.decode()
    assert states() == ["accepted"]
    assert gate.shows(second, page(record), 'name="verb" value="publish"', "Awaiting a second reader")
    second.post(page(record), EVERYTHING | {"verb": "publish"})
    assert states() == ["published"]


def test_a_scheduled_contribution_waits_for_the_second_reader(desk, second, call, reviewer):
    (record,) = waiting(call)
    looked_at(desk, record)
    workflow.accept(record, by=reviewer, publish_at=timezone.now() + timedelta(hours=1))
    Contribution.objects.update(publish_at=timezone.now())
    assert workflow.publish_due() == 0
    looked_at(second, record)
    assert workflow.publish_due() == 1


def test_the_desk_says_that_a_planned_contribution_needs_a_second_reader(desk, second, call, reviewer):
    (record,) = waiting(call)
    looked_at(desk, record)
    workflow.accept(record, by=reviewer, publish_at=timezone.now() + timedelta(minutes=1))
    words = ("if a second reader has completed the checklist by then", "is to be published and needs a second reader")
    assert gate.shows(desk, "/desk/", *words)
    assert gate.shows(desk, page(record), "to be published on")
    looked_at(second, record)
    assert gate.hides(desk, "/desk/", *words)
    assert gate.shows(desk, "/desk/", "Contribution is published")


def test_a_second_reader_who_has_not_finished_is_told_so(desk, second, call):
    (record,) = waiting(call)
    looked_at(desk, record)
    some = {"verb": "publish", "checklist": "1", "points": ["names"], "revision": "1"}
    mine = "complete the checklist yourself first"
    assert mine in second.post(page(record), some).content.decode()
    assert mine in decide(second, "publish", record)
    assert mine not in decide(desk, "publish", record)
    assert states() == ["submitted"]


def test_points_settled_by_two_people_make_no_reader(reviewer, secretary, call):
    (record,) = waiting(call)
    workflow.set_checklist(record, by=reviewer, points=["names", "files"])
    workflow.set_checklist(record, by=secretary, points=["language", "contacts"])
    with pytest.raises(ValidationError, match="Tick each point"):
        workflow.accept(record, by=reviewer)


def test_clearing_ones_own_points_leaves_those_of_the_other(reviewer, secretary, call):
    (record,) = waiting(call)
    for reader in (reviewer, secretary):
        workflow.set_checklist(record, by=reader, points=list(Check.Point))
    workflow.set_checklist(record, by=secretary, points=[])
    assert set(Check.objects.values_list("by", flat=True)) == {reviewer.pk}
    with pytest.raises(ValidationError, match="second reader"):
        workflow.publish(record, by=secretary)


def test_several_are_not_published_by_their_first_reader(desk, second, call):
    records = waiting(call, 2)
    looked_at(desk, *records)
    assert decide(desk, "publish", *records).count("This call needs a second reader") == 2
    assert "awaiting a second reader" in desk.get(QUEUE).content.decode()
    looked_at(second, *records)
    address = f"{QUEUE}publish/?" + "&".join(f"record={one.reference}" for one in records)
    assert "2 contributions done." in second.post(address, follow=True).content.decode()


def test_an_ordinary_call_shares_one_checklist(desk, second):
    (record,) = waiting(build.call())
    looked_at(desk, record)
    assert second.get(page(record)).content.decode().count('form="decide" checked') == 4
    assert gate.hides(desk, page(record), "second reader")
