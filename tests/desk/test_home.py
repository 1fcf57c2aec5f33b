"""The first page of the staff desk: which work waits for whom, in few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk import work as work_queue
from documents.models import Document
from mail.models import OutgoingEmail
from tests import build, files
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db


def fill(number):
    """Create this many items of each kind of work."""
    for _ in range(number):
        dialogue = build.dialogue()
        dialogue.expected.create(kind="summary")
        build.quote(build.appearance(dialogue), public=False)
        paper = build.paper(dialogue, public=False)
        call = build.call(dialogue)
        for state in ("submitted", "returned", "accepted"):
            made = build.contribution(call, state=state, title=f"Work {state}", attach=[("a.pdf", files.pdf())])
            Document.objects.filter(pk=made.newest.attachments.get().document_id).update(state="faulty", fault="locked")
        Document.objects.filter(pk=paper.document_id).update(state="faulty", fault="locked")


def test_an_empty_desk_says_that_there_is_no_work(browser_of, secretary, reviewer):
    for user in (secretary, reviewer):
        assert shows(browser_of(user), "/desk/", "There is nothing to do.")


def test_the_desk_shows_the_work_above_the_latest_dialogues(browser_of, secretary):
    fill(1)
    page = browser_of(secretary).get("/desk/").content.decode()
    titles = [
        "Contributions to review",
        "Accepted, not published",
        "Returned to their senders for changes",
        "Open calls",
        "Summaries awaited",
        "Drafts of proceedings",
        "Papers whose file failed",
        "Latest dialogues",
    ]
    places = [page.index(title) for title in titles]
    assert places == sorted(places)
    assert "There is nothing to do." not in page


def test_work_that_arrived_today_has_no_number_of_days(browser_of, secretary):
    waits = build.contribution(state="submitted")
    assert shows(browser_of(secretary), "/desk/", ">today<")
    assert shows(browser_of(secretary), "/desk/review/", ">today<")
    waits.newest.__class__.objects.update(sent_at=timezone.now() - timedelta(days=1, hours=1))
    assert shows(browser_of(secretary), "/desk/", ">1 day<")
    assert hides(browser_of(secretary), "/desk/", ">today<")
    assert shows(browser_of(secretary), "/desk/review/", ">1 day<")


def test_reviewers_see_only_their_own_work(browser_of, reviewer):
    fill(1)
    assert shows(browser_of(reviewer), "/desk/", "Contributions to review", "Files of contributions that failed")
    assert hides(browser_of(reviewer), "/desk/", "Summaries awaited", "Drafts of proceedings", "Papers whose")


def test_staff_without_a_role_see_no_work(browser_of):
    fill(1)
    nobody = build.user("nobody@example.org", is_staff=True)
    assert work_queue.work_lists(nobody) == []
    assert hides(browser_of(nobody), "/desk/", "Work submitted")


def test_an_unsent_email_counts_as_work_for_the_secretariat_only(browser_of, secretary, reviewer):
    OutgoingEmail.objects.create(message_id="<1@example.org>", content={}, state="failed")
    assert hides(browser_of(secretary), "/desk/", "There is nothing to do.")
    assert shows(browser_of(reviewer), "/desk/", "There is nothing to do.")


def test_the_number_of_queries_does_not_grow_with_the_work(browser_of, secretary):
    browser, counts = browser_of(secretary), []
    for number in (1, 3):
        fill(number)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/desk/")
        counts.append(len(captured))
    # A section that has more items than it shows counts them: one query per section, not one per record.
    assert 0 <= counts[1] - counts[0] <= 2
    assert counts[1] <= 40


def test_the_menu_marks_the_section_of_a_page(desk):
    inside = f"/desk/dialogues/{build.dialogue().pk}/"
    assert shows(desk, "/desk/dialogues/", 'href="/desk/dialogues/" aria-current="page"')
    assert shows(desk, inside, 'href="/desk/dialogues/" aria-current="true"')
    assert hides(desk, inside, 'href="/desk/review/" aria-current')
