"""The whole lists behind the first page of the desk: the drafts of each kind, and the calls."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db


def test_the_first_page_leads_to_the_drafts_of_each_kind(desk):
    dialogue = build.dialogue(title="Talks on boats")
    draft = build.quote(build.appearance(dialogue), text="“Nobody asked us.”", public=False)
    build.quote(build.appearance(dialogue), text="“We were there.”")
    news = build.news_item(public=False)
    assert shows(desk, "/desk/", 'href="/desk/drafts/quote/"', 'href="/desk/drafts/news/"')
    assert shows(desk, "/desk/drafts/quote/", "Nobody asked us.", f"/desk/quote-{draft.pk}/", "Talks on boats")
    assert hides(desk, "/desk/drafts/quote/", "We were there.")
    assert shows(desk, "/desk/drafts/news/", str(news), f"/desk/news-{news.pk}/")
    assert shows(desk, "/desk/drafts/paper/", "Nothing here yet.")


def test_there_are_lists_of_drafts_only_for_kinds_that_are_published(desk):
    for kind in ("speaker", "contribution", "nothing"):
        assert desk.get(f"/desk/drafts/{kind}/").status_code == 404


def test_drafts_and_calls_need_the_permission_to_see_their_kind(browser_of, reviewer):
    build.call(build.dialogue(), title="Words on water")
    browser = browser_of(reviewer)
    assert browser.get("/desk/drafts/quote/").status_code == 403
    assert hides(browser, "/desk/drafts/dialogue/", "/desk/drafts/quote/")
    assert shows(browser, "/desk/calls/", "Words on water")
    assert hides(browser, "/desk/calls/", "/desk/call-")
    assert browser_of(build.user("new@example.org", is_staff=True)).get("/desk/calls/").status_code == 403


def test_calls_are_listed_drafts_included(desk):
    dialogue = build.dialogue(title="Talks on boats")
    call, draft = build.call(dialogue, title="Words on water"), build.call(dialogue, title="Hidden", public=False)
    assert shows(desk, "/desk/", 'href="/desk/calls/"')
    found = ("Words on water", "Hidden", f"/desk/call-{call.pk}/", f"/desk/call-{draft.pk}/", "Talks on boats")
    assert shows(desk, "/desk/calls/", *found)


@pytest.mark.parametrize("page", ["drafts/quote", "drafts/paper", "drafts/dialogue", "calls"])
def test_a_longer_list_takes_no_more_queries(desk, page):
    counts = []
    for _ in range(2):
        dialogue = build.dialogue(public=False)
        build.quote(build.appearance(dialogue), public=False)
        build.paper(dialogue, public=False)
        build.call(dialogue)
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/desk/{page}/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
