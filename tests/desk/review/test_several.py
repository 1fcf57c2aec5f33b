"""Decisions on several contributions at once, each of which was looked at."""

from html import unescape

import pytest

from contributions.models import Contribution
from documents.models import CleanCopy
from tests import build, files
from tests.desk.review.reviewing import QUEUE, decide, looked_at, page, states, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return build.call(title="Papers")


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
    assert "Tick each point of its checklist first." in html
    assert "1 contribution done." in done
    assert states() == ["submitted", "submitted", "published" if verb == "publish" else "accepted"]
    if verb == "schedule":
        assert Contribution.objects.get(pk=ready.pk).publish_at.isoformat() == "2099-03-01T12:00:00+00:00"


def test_a_page_that_another_reviewer_opened_was_not_looked_at_by_this_one(desk, browser_of, secretary, call):
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
    assert "Enter when to publish them." in decide(desk, "schedule", record, moment=moment)
    assert states() == ["submitted"]


@pytest.mark.parametrize("fields", [{"moment": ""}, {"moment": "2020-03-01T13:00"}, {"verb": "assign", "to": "999"}])
def test_ticks_and_time_are_kept_if_nothing_was_done(desk, call, fields):
    ready, _other = waiting(call, 2)
    looked_at(desk, ready)
    answer = desk.post(f"{QUEUE}?call={call.pk}", {"verb": "schedule", "record": ready.reference} | fields)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{ready.reference}" aria-label="{ready.reference}: Paper 1" data-ready checked' in html
    assert html.count(" checked") == 1
    assert f'name="moment" value="{fields.get("moment", "")}"' in html
    assert f'action="{QUEUE}?call={call.pk}"' in html
    assert states() == ["submitted", "submitted"]


def test_ticks_and_filters_are_kept_on_the_way_back_from_the_page_of_publication(desk, call):
    ready, other, _third = waiting(call, 3)
    looked_at(desk, ready)
    records = f"&record={ready.reference}&record={other.reference}"
    shown = desk.get(f"{QUEUE}publish/?call={call.pk}{records}")
    assert f'href="{shown.context["back"]}"' in unescape(shown.content.decode())
    assert shown.context["back"] == f"{QUEUE}?call={call.pk}{records}"
    html = desk.get(shown.context["back"]).content.decode()
    assert html.count(" checked") == 2
    assert f'value="{ready.reference}" aria-label="{ready.reference}: Paper 1" data-ready checked' in html


def test_nothing_stays_ticked_once_it_was_done(desk, call):
    ready, other = waiting(call, 2)
    looked_at(desk, ready)
    assert " checked" not in decide(desk, "schedule", ready, other, moment="2099-03-01T13:00")
    assert states() == ["accepted", "submitted"]


def test_publish_tells_what_becomes_public_and_can_be_undone(desk, call):
    first, second = waiting(call, 2)
    looked_at(desk, first, second)
    html = decide(desk, "publish", first, second)
    for words in ("Publish these contributions?", "Becomes public", "2 contributions<", "Paper 1", "Open Door"):
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
