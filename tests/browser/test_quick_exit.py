"""“Leave this site now” signs out from each page that shows what a filer wrote or sent, with and without a form."""

import pytest
from playwright.sync_api import expect

from contributions import workflow
from tests import build
from tests.browser.face.conftest import enter
from tests.browser.waiting import until

OWN = ("", "receipt/", "withdraw/", "share/", "signers/")
OTHERS = ("/contributions/mine/", "/contributions/teams/", "/contributions/terms/")


@pytest.fixture
def sent(roles, participant):
    draft = build.draft(build.call(), by=participant, title="Ports", text="Words.", organization_name="Open Door")
    workflow.submit(draft, by=participant, consent=True)
    return draft


@pytest.fixture
def pages(sent, participant):
    """The addresses of pages about the filer, and of those that show a draft."""
    draft = build.draft(sent.call, by=participant, organization_name="Open Door")
    own = [f"/contributions/mine/{sent.key}/{page}" for page in OWN]
    return [*OTHERS, *own, f"/contributions/mine/{draft.key}/discard/", f"/contributions/mine/{draft.key}/who/"]


def test_the_way_out_is_on_each_page_and_signs_out(open_page, pages, participant, live_server):
    page = open_page(width=360)
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    for address in pages:
        enter(page, participant, live_server.url)
        page.goto(address)
        page.get_by_role("link", name="Leave this site now").click()
        expect(page).to_have_title("Elsewhere")
        until(page, lambda: "/accounts/sign-in/" in page.request.get("/contributions/mine/").url)
