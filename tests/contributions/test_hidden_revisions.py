"""Revisions other than the public one: drafts are for their filer alone, unpublished ones for no reader."""

import pytest
from django.urls import reverse

from contributions import workflow
from publishing import workflow as proceedings
from tests import build, gate

pytestmark = pytest.mark.django_db

OLD, NEW = "okapi", "quagga"


@pytest.fixture
def record(participant):
    """A published contribution with a file."""
    made = build.contribution(
        by=participant, title=f"The {OLD}", text=f"An {OLD} speaks.", attach=[("old.txt", f"One more {OLD}".encode())]
    )
    made.topics.add(build.topic("Ports"))
    return made


def rewrite(record, participant):
    """A draft with another title, another text and another file."""
    build.correction(record, by=participant, sent=False, title=f"The {NEW}", text=f"A {NEW} speaks.")
    workflow.detach(record.draft.attachments.get(), by=participant)
    build.attached(record, "new.txt", f"One more {NEW}".encode(), by=participant)


def readers(client, browser_of, *people):
    return [client, *(browser_of(person) for person in people)]


def public_pages(record):
    dialogue = record.call.dialogue.get_absolute_url()
    return [record.get_absolute_url(), "/", "/contributions/", dialogue, record.topics.get().get_absolute_url()]


def reads(browser, record, word, other):
    """Return whether the pages, the search and the file all have one word and not the other."""
    for page in public_pages(record):
        assert gate.shows(browser, page, f"The {word}"), page
        assert gate.hides(browser, page, other), page
    assert gate.shows(browser, f"/search/?q={word}", "1 result")
    assert gate.shows(browser, f"/search/?q={other}", "0 results")
    assert other not in browser.get(f"/search/suggest/?q={other[:4]}").json()[1]
    return True


def file(browser, record, number):
    """Return the download of a file; its page must be there for the same readers."""
    page = browser.get(f"/contributions/{record.reference}/files/{number}/")
    download = browser.get(f"/contributions/{record.reference}/files/{number}/download/")
    assert page.status_code == download.status_code
    return download


def test_a_draft_is_visible_to_its_filer_alone(client, filer, desk, office, browser_of, stranger, participant, record):
    chair = build.co_chair(record.call.dialogue)
    rewrite(record, participant)
    for browser in [*readers(client, browser_of, stranger, chair), desk, office]:
        assert reads(browser, record, OLD, NEW)
        assert file(browser, record, 1).status_code == 200
        for place in ("", "download/"):
            assert gate.is_absent(browser, f"/contributions/{record.reference}/files/2/{place}")
        assert gate.is_absent(browser, f"/contributions/mine/{record.key}/files/2/") or browser is client
    assert gate.shows(filer, f"/contributions/mine/{record.key}/answers/", f"A {NEW} speaks.")
    assert NEW in file(filer, record, 2).getvalue().decode()


def test_the_admin_shows_nothing_of_a_draft(desk, office, participant, record):
    rewrite(record, participant)
    queue = reverse("admin:contributions_contribution_changelist")
    row = reverse("admin:contributions_contribution_change", args=[record.pk])
    page = reverse("desk:review-page", args=[record.reference])
    compare = f"{page}revisions/"
    for browser in (desk, office):
        for address in (queue, row, "/desk/review/?state=all&who=all", page, compare, f"{compare}?new=2&old=1"):
            assert gate.hides(browser, address, NEW, "new.txt"), address
        assert gate.shows(browser, page, f"An {OLD} speaks.")
        assert len(browser.get(queue, {"q": NEW}).context["cl"].queryset) == 0
        found = browser.get("/desk/review/", {"q": NEW, "state": "all", "who": "all"}).context["contributions"]
        assert not found


def test_an_unpublished_revision_is_visible_to_reviewers_and_not_to_readers(
    client, filer, desk, browser_of, stranger, participant, record
):
    rewrite(record, participant)
    workflow.submit(record, by=participant, consent=True)
    chair = build.co_chair(record.call.dialogue)
    for browser in readers(client, browser_of, stranger, chair):
        assert reads(browser, record, OLD, NEW)
        assert file(browser, record, 1).status_code == 200
        for place in ("", "download/"):
            assert gate.is_absent(browser, f"/contributions/{record.reference}/files/2/{place}")
    page = reverse("desk:review-page", args=[record.reference])
    assert gate.shows(desk, page, f"A {NEW} speaks.", f"{page}files/2/")
    for browser in (desk, filer):
        assert NEW in file(browser, record, 2).getvalue().decode()


@pytest.mark.parametrize("verb", ["accept", "request_changes", "decline"])
def test_an_unpublished_revision_stays_hidden_after_any_decision_except_publication(client, participant, record, verb):
    rewrite(record, participant)
    workflow.submit(record, by=participant, consent=True)
    note = {} if verb == "accept" else {"note": "Hm."}
    getattr(workflow, verb)(record, by=None, **note)
    assert reads(client, record, OLD, NEW)
    assert gate.is_absent(client, f"/contributions/{record.reference}/files/2/")


def test_the_published_correction_leaves_nothing_of_the_old_revision(client, stranger, browser_of, participant, record):
    rewrite(record, participant)
    workflow.submit(record, by=participant, consent=True)
    workflow.publish(record, by=None)
    for browser in readers(client, browser_of, stranger):
        assert reads(browser, record, NEW, OLD)
        assert gate.is_absent(browser, f"/contributions/{record.reference}/files/1/")
        assert NEW in file(browser, record, 2).getvalue().decode()
    assert gate.shows(client, record.get_absolute_url(), ", corrected ")


@pytest.mark.parametrize("way", ["unpublish", "withdraw", "dialogue", "call's dialogue moved"])
def test_a_hidden_contribution_shows_nothing_of_any_revision(client, participant, record, way):
    rewrite(record, participant)
    workflow.submit(record, by=participant, consent=True)
    if way in ("unpublish", "withdraw"):
        getattr(workflow, way)(record, by=None)
    elif way == "dialogue":
        proceedings.unpublish(record.call.dialogue, by=None)
    else:
        record.call.dialogue = build.dialogue(public=False)
        record.call.save()
    for word in (OLD, NEW):
        assert gate.shows(client, f"/search/?q={word}", "0 results")
        for page in ("/", "/contributions/", record.topics.get().get_absolute_url()):
            assert gate.hides(client, page, word)
    for number in (1, 2):
        assert gate.is_absent(client, f"/contributions/{record.reference}/files/{number}/")
    answer = client.get(record.get_absolute_url())
    assert answer.status_code == (410 if way == "withdraw" else 404)
    assert OLD not in answer.content.decode()
    assert NEW not in answer.content.decode()


def test_no_key_or_number_opens_the_draft_of_another(client, desk, office, browser_of, stranger, participant):
    draft = build.draft(build.call(), by=participant, title=f"The {NEW}")
    build.attached(draft, "new.txt", b"words", by=participant)
    inside = [f"/contributions/mine/{draft.key}/{place}" for place in ("", "who/", "answers/", "files/1/", "check/")]
    for browser in (desk, office, browser_of(stranger), browser_of(build.co_chair(draft.call.dialogue))):
        for address in inside:
            assert gate.is_absent(browser, address)
        for listing in ("/contributions/mine/", "/", "/contributions/", draft.call.dialogue.get_absolute_url()):
            assert gate.hides(browser, listing, NEW)
    assert gate.shows(client, f"/search/?q={NEW}", "0 results")
