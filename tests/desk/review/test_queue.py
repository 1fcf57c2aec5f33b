"""The queue of contributions to review: its filters, its order, the next one after a decision."""

import pytest

from contributions import workflow
from contributions.models import Check, Contribution
from tests import build, gate
from tests.desk.review.reviewing import EVERYTHING, QUEUE, page, states, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return build.call(title="Papers")


def listed(desk, **query):
    return list(desk.get(QUEUE, query).context["contributions"])


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
def test_the_queue_lists_what_was_sent_and_no_draft(request, browser_of, participant, call, who):
    for state in ("draft", "submitted", "returned", "accepted", "published", "declined", "withdrawn"):
        build.contribution(call, by=participant, state=state, title=f"It is {state}")
    browser = browser_of(request.getfixturevalue(who))
    assert [one.newest.title for one in listed(browser)] == ["It is submitted"]
    assert len(listed(browser, state="all")) == 6
    assert gate.hides(browser, f"{QUEUE}?state=all", "It is draft", participant.email)


@pytest.mark.parametrize("role", [None, "Co-Chairs"])
def test_staff_who_do_not_review_see_no_queue(browser_of, call, role):
    (record,) = waiting(call)
    browser = browser_of(build.user("clerk@example.org", role=role, is_staff=True))
    for address in (QUEUE, f"{QUEUE}publish/?record={record.reference}"):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"verb": "assign", "to": "me", "record": record.reference}).status_code == 403
    assert states() == ["submitted"]


def test_for_others_the_queue_does_not_exist(browser_of, participant):
    assert gate.is_absent(browser_of(participant), QUEUE)


def test_the_oldest_comes_first_with_its_age(desk, call):
    first, second = waiting(call, 2)
    assert listed(desk) == [first, second]
    assert [one.days for one in listed(desk)] == [2, 1]


def test_the_queue_filters_by_reviewer(desk, reviewer, secretary, call):
    free, mine, theirs = waiting(call, 3)
    workflow.assign(mine, by=None, to=reviewer)
    workflow.assign(theirs, by=None, to=secretary)
    assert listed(desk) == [free, mine]
    assert listed(desk, who="mine") == [mine]
    assert listed(desk, who="nobody") == [free]
    assert listed(desk, who="others") == [theirs]
    assert listed(desk, who="all") == [free, mine, theirs]


def test_the_queue_filters_by_call_dialogue_language_and_words(desk, call, participant):
    (record,) = waiting(call)
    other = build.contribution(build.call(), by=participant, state="submitted")
    build.correction(other, by=participant, title="Quagga", language="fr", organization_name="Okapi House")
    assert (
        listed(desk, call=call.pk) == listed(desk, dialogue=call.dialogue_id) == listed(desk, language="en") == [record]
    )
    assert listed(desk, q="quagga") == listed(desk, q="okapi") == listed(desk, q=other.reference) == [other]
    assert listed(desk, q="quagga paper") == listed(desk, q=participant.email) == []
    for nonsense in ({"call": "x"}, {"state": "draft"}, {"who": "x"}, {"dialogue": "9" * 40}, {"imported": "x"}):
        assert len(listed(desk, **nonsense)) == 2


def test_a_filter_reveals_nothing_of_a_hidden_call(desk):
    hidden = build.call(title="Quagga call", public=False)
    (record,) = waiting(hidden)
    assert listed(desk, call=hidden.pk) == [record]  # as if the filter were not there
    assert gate.hides(desk, QUEUE, "Quagga call")


def test_the_queue_filters_what_staff_brought_in(desk, call):
    (sent,) = waiting(call)
    brought_in = build.contribution(call, state="submitted")
    Contribution.objects.filter(pk=brought_in.pk).update(is_imported=True)
    assert listed(desk, imported="yes") == [brought_in]
    assert listed(desk, imported="no") == [sent]


def test_previous_and_next_lead_through_the_queue_as_it_was_filtered(desk, secretary, call):
    first, second, third = waiting(call, 3)
    workflow.assign(second, by=None, to=secretary)
    html = desk.get(page(first)).content.decode()
    assert f'rel="next" data-key="j" href="{page(third)}"' in html
    assert 'rel="prev"' not in html
    html = desk.get(page(second, "?who=all")).content.decode()
    assert f'rel="next" data-key="j" href="{page(third, "?who=all")}"' in html
    assert f'rel="prev" data-key="k" href="{page(first, "?who=all")}"' in html
    assert "2 of 3" in html


def test_after_a_decision_the_next_of_the_queue_is_open(desk, call):
    first, second, third = waiting(call, 3)
    go_on = {"verb": "accept"} | EVERYTHING
    assert desk.post(page(first), go_on).headers["Location"] == page(second)
    assert desk.post(page(third), go_on).headers["Location"] == page(second)  # the one that was left out
    assert desk.post(page(second), go_on).headers["Location"] == QUEUE
    assert gate.shows(desk, QUEUE, "This queue is empty.")
    assert states() == ["accepted"] * 3


def test_after_an_error_the_same_page_is_open(desk, call):
    first, _second = waiting(call, 2)
    assert desk.post(page(first), {"verb": "accept", "revision": "1"}).status_code == 422


def test_a_decision_outside_the_queue_stays_on_its_page(desk, call):
    record = build.contribution(call)
    waiting(call)
    assert desk.post(page(record), {"verb": "unpublish"}).headers["Location"] == page(record)


def test_the_number_of_queries_does_not_grow_with_the_queue(desk, call, django_assert_max_num_queries):
    for record in waiting(call, 12):
        build.checked(record)
    with django_assert_max_num_queries(25):
        assert gate.shows(desk, QUEUE, "checklist complete")


@pytest.mark.parametrize("settled", [0, 4])
def test_the_queue_shows_how_far_the_checklist_is(desk, call, settled):
    (record,) = waiting(call)
    for point in list(Check.Point)[:settled]:
        record.newest.checks.create(point=point)
    assert gate.shows(desk, QUEUE, "checklist complete" if settled else "checklist open", "not opened by you")
    desk.get(page(record))
    assert gate.hides(desk, QUEUE, "not opened by you")


@pytest.mark.parametrize(
    ("title", "words"), [("Долги моряков", "ДОЛГИ Моряков"), ("Économie des pêches", "économie PÊCHES")]
)
def test_the_search_ignores_case_in_every_alphabet(desk, participant, call, title, words):
    record = build.contribution(call, by=participant, state="submitted", title=title)
    assert listed(desk, who="all", q=words) == [record]
    assert listed(desk, who="all", q="долги виз") == []
