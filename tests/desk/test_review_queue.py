"""The queue of contributions to review: its filters, its order, and decisions on several at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from contributions import workflow
from contributions.models import Check, Contribution, Revision
from documents.models import CleanCopy
from publishing.models import Verb
from publishing.workflow import log
from tests import build, files, gate

pytestmark = pytest.mark.django_db

QUEUE = "/desk/review/"
SETTLED = {"checklist": "1", "everything": "1", "revision": "1"}


@pytest.fixture
def desk(reviewer, browser_of):
    return browser_of(reviewer)


@pytest.fixture
def call():
    return build.call(title="Papers")


def page(record, query=""):
    return reverse("desk:review-page", args=[record.reference]) + query


def waiting(call, number=1, **fields):
    """Return contributions that wait for a decision, the oldest first."""
    made = [build.contribution(call, state="submitted", title=f"Paper {n}", **fields) for n in range(1, number + 1)]
    for days, one in enumerate(reversed(made), 1):
        Revision.objects.filter(contribution=one).update(sent_at=timezone.now() - timedelta(days=days))
    return made


def looked_at(desk, *records):
    """Open the page of each and settle its checklist, as a reviewer does."""
    for record in records:
        desk.get(page(record))
        desk.post(page(record), SETTLED | {"verb": "save"})


def decide(desk, verb, *records, **fields):
    chosen = {"verb": verb, "record": [record.reference for record in records]}
    return desk.post(QUEUE, chosen | fields, follow=True).content.decode()


def states():
    return list(Contribution.objects.order_by("pk").values_list("state", flat=True))


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


def test_the_queue_filters_what_staff_brought_in(desk, call, secretary):
    (sent,) = waiting(call)
    brought_in = build.contribution(call, state="submitted")
    log(brought_in, Verb.IMPORT, by=secretary)
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
    go_on = {"verb": "accept"} | SETTLED
    assert desk.post(page(first), go_on).headers["Location"] == page(second)
    assert desk.post(page(third), go_on).headers["Location"] == page(second)  # the one that was left out
    assert desk.post(page(second), go_on).headers["Location"] == QUEUE
    assert gate.shows(desk, QUEUE, "Nothing waits in this queue.")
    assert states() == ["accepted"] * 3


def test_after_an_error_the_same_page_is_open(desk, call):
    first, _second = waiting(call, 2)
    assert desk.post(page(first), {"verb": "accept", "revision": "1"}).status_code == 422


def test_a_decision_outside_the_queue_stays_on_its_page(desk, call):
    record = build.contribution(call)
    waiting(call)
    assert desk.post(page(record), {"verb": "unpublish"}).headers["Location"] == page(record)


@pytest.mark.parametrize("verb", ["accept", "publish", "schedule"])
def test_only_what_was_opened_and_settled_is_decided_with_others(desk, call, verb):
    unopened, unsettled, ready = waiting(call, 3)
    build.checked(unopened)  # by somebody else
    desk.get(page(unsettled))
    looked_at(desk, ready)
    records = [unopened, unsettled, ready]
    if verb == "publish":
        address = f"{QUEUE}publish/?" + "&".join(f"record={one.reference}" for one in records)
        assert decide(desk, verb, *records).count("Publish this contribution?") == 1
        html = desk.get(address).content.decode()
        done = desk.post(address, follow=True).content.decode()
    else:
        html = done = decide(desk, verb, *records, moment="2099-03-01T13:00")
    assert f"{unopened.reference}: Open its page and read it first." in html.replace("</a>", "").replace(
        f'<a href="{page(unopened)}">', ""
    )
    assert "Settle each point of its checklist first." in html
    assert "1 contribution done." in done
    assert states() == ["submitted", "submitted", "published" if verb == "publish" else "accepted"]
    if verb == "schedule":
        assert Contribution.objects.get(pk=ready.pk).publish_at.isoformat() == "2099-03-01T12:00:00+00:00"


def test_what_another_reviewer_opened_was_not_looked_at_by_this_one(desk, browser_of, secretary, call):
    (record,) = waiting(call)
    looked_at(browser_of(secretary), record)
    assert "Open its page and read it first." in decide(desk, "accept", record)
    desk.get(page(record))
    decide(desk, "accept", record)
    assert states() == ["accepted"]


def test_a_newer_revision_has_to_be_looked_at_again(desk, participant):
    record = build.contribution(by=participant, state="submitted")
    looked_at(desk, record)
    build.correction(record, by=participant, text="Not read yet")
    assert "Open its page and read it first." in decide(desk, "accept", record)


@pytest.mark.parametrize("moment", ["", "soon", "2099-13-40"])
def test_a_time_is_needed_to_schedule(desk, call, moment):
    (record,) = waiting(call)
    looked_at(desk, record)
    assert "Say when they are to be published." in decide(desk, "schedule", record, moment=moment)
    assert states() == ["submitted"]


def test_publish_tells_what_becomes_public_and_can_be_undone(desk, call):
    first, second = waiting(call, 2)
    looked_at(desk, first, second)
    html = decide(desk, "publish", first, second)
    for words in ("Publish these 2 contributions?", "Becomes public", "2 contributions:", "Paper 1", "Open Door"):
        assert words in html
    assert states() == ["submitted", "submitted"]
    address = f"{QUEUE}publish/?record={first.reference}&record={second.reference}"
    html = desk.post(address, follow=True).content.decode()
    assert "2 contributions done." in html
    assert ">Undo<" in html
    desk.post("/desk/undo/", {"next": QUEUE})
    assert states() == ["submitted", "submitted"]


def test_publish_says_that_a_hidden_dialogue_keeps_them_hidden_without_its_name(desk, browser_of, secretary):
    call = build.call(build.dialogue(title="Quagga dialogue", public=False))
    (record,) = waiting(call)
    office = browser_of(secretary)
    for browser, is_named in ((desk, False), (office, True)):
        looked_at(browser, record)
        html = browser.get(f"{QUEUE}publish/?record={record.reference}").content.decode()
        assert "Nothing becomes public yet." in html
        assert ("Quagga dialogue" in html) is is_named


def test_publish_leaves_out_what_cannot_be_published(desk, call):
    (record,) = waiting(call, attach=[("a.pdf", files.pdf(["Words."]))])
    looked_at(desk, record)
    CleanCopy.objects.all().delete()
    html = desk.get(f"{QUEUE}publish/?record={record.reference}").content.decode()
    assert "A file has no clean copy yet" in html
    assert '<button class="button">Publish' not in html


def test_nothing_ticked_or_nothing_known_changes_nothing(desk, call, participant):
    waiting(call)
    draft = build.draft(call, by=participant)
    assert "Tick one or more contributions first." in decide(desk, "accept")
    for reference in ("nonsense", str(draft.key), ""):
        html = desk.post(QUEUE, {"verb": "assign", "to": "me", "record": reference}, follow=True).content.decode()
        assert "Tick one or more contributions first." in html


def test_several_are_assigned_at_once_without_a_look(desk, reviewer, secretary, stranger, call):
    records = waiting(call, 2)
    assert "2 contributions done." in decide(desk, "assign", *records, to="me")
    assert {one.assigned_to for one in Contribution.objects.all()} == {reviewer}
    decide(desk, "assign", *records, to=secretary.pk)
    assert {one.assigned_to for one in Contribution.objects.all()} == {secretary}
    for nobody in (stranger.pk, "x", ""):
        assert "Choose a reviewer first." in decide(desk, "assign", *records, to=nobody)
    decide(desk, "assign", *records, to="nobody")
    assert {one.assigned_to for one in Contribution.objects.all()} == {None}


def test_the_number_of_queries_does_not_grow_with_the_queue(desk, call, django_assert_max_num_queries):
    for record in waiting(call, 12):
        build.checked(record)
    with django_assert_max_num_queries(25):
        assert gate.shows(desk, QUEUE, "checklist settled")


@pytest.mark.parametrize("settled", [0, 4])
def test_the_queue_shows_how_far_the_checklist_is(desk, call, settled):
    (record,) = waiting(call)
    for point in list(Check.Point)[:settled]:
        record.newest.checks.create(point=point)
    assert gate.shows(desk, QUEUE, "checklist settled" if settled else "checklist open", "not opened by you")
    desk.get(page(record))
    assert gate.hides(desk, QUEUE, "not opened by you")


class TestSecondReader:
    """A call that wants a second reader."""

    @pytest.fixture
    def call(self):
        return build.call(needs_second_reader=True)

    @pytest.fixture
    def second(self, browser_of):
        return browser_of(build.user("second@example.org", role="Reviewers", is_staff=True))

    def test_each_reader_has_a_checklist_of_their_own(self, desk, second, call):
        (record,) = waiting(call)
        looked_at(desk, record)
        assert gate.shows(desk, page(record), "waits for a second reader", "reviewer@example.org")
        assert desk.get(page(record)).content.decode().count('form="decide" checked') == 4
        assert second.get(page(record)).content.decode().count('form="decide" checked') == 0
        second.post(page(record), {"verb": "save", "checklist": "1", "points": ["names"], "revision": "1"})
        assert Check.objects.count() == 5

    def test_one_reader_accepts_and_another_publishes(self, desk, second, call):
        (record,) = waiting(call)
        assert gate.hides(desk, page(record), 'name="verb" value="publish"')
        desk.post(page(record), SETTLED | {"verb": "accept"})
        assert states() == ["accepted"]
        assert gate.hides(desk, page(record), 'name="verb" value="publish"')
        answer = desk.post(page(record), SETTLED | {"verb": "publish"})
        assert "This call wants a second reader" in answer.content.decode()
        assert states() == ["accepted"]
        assert gate.shows(second, page(record), 'name="verb" value="publish"', "waits for a second reader")
        second.post(page(record), SETTLED | {"verb": "publish"})
        assert states() == ["published"]

    def test_a_scheduled_contribution_waits_for_the_second_reader(self, desk, second, call, reviewer):
        (record,) = waiting(call)
        looked_at(desk, record)
        workflow.accept(record, by=reviewer, publish_at=timezone.now() + timedelta(hours=1))
        Contribution.objects.update(publish_at=timezone.now())
        assert workflow.publish_due() == 0
        looked_at(second, record)
        assert workflow.publish_due() == 1

    def test_points_settled_by_two_people_make_no_reader(self, reviewer, secretary, call):
        (record,) = waiting(call)
        workflow.set_checklist(record, by=reviewer, points=["names", "files"])
        workflow.set_checklist(record, by=secretary, points=["language", "contacts"])
        with pytest.raises(ValidationError, match="Settle each point"):
            workflow.accept(record, by=reviewer)

    def test_clearing_ones_own_points_leaves_those_of_the_other(self, reviewer, secretary, call):
        (record,) = waiting(call)
        for reader in (reviewer, secretary):
            workflow.set_checklist(record, by=reader, points=list(Check.Point))
        workflow.set_checklist(record, by=secretary, points=[])
        assert set(Check.objects.values_list("by", flat=True)) == {reviewer.pk}
        with pytest.raises(ValidationError, match="second reader"):
            workflow.publish(record, by=secretary)

    def test_several_are_not_published_by_their_first_reader(self, desk, second, call):
        records = waiting(call, 2)
        looked_at(desk, *records)
        assert decide(desk, "publish", *records).count("This call wants a second reader") == 2
        assert "waits for a second reader" in desk.get(QUEUE).content.decode()
        looked_at(second, *records)
        address = f"{QUEUE}publish/?" + "&".join(f"record={one.reference}" for one in records)
        assert "2 contributions done." in second.post(address, follow=True).content.decode()

    def test_an_ordinary_call_shares_one_checklist(self, desk, second):
        (record,) = waiting(build.call())
        looked_at(desk, record)
        assert second.get(page(record)).content.decode().count('form="decide" checked') == 4
        assert gate.hides(desk, page(record), "second reader")
