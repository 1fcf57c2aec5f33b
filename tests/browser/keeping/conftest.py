import pytest
from playwright.sync_api import expect

from tests import build
from tests.browser.face.conftest import enter

from .pages import address


@pytest.fixture
def draft(roles, participant):
    call = build.call()
    call.questions.create(number=1, text="What did you see?")
    return build.draft(call, by=participant, organization_name="", title="", text="")


@pytest.fixture
def phone(open_page, live_server, participant):
    """Open a step on a phone of a signed-in filer: `phone(draft, "who")`."""

    def open_step(record, step, *, by=participant, javascript=True):
        page = open_page(width=360, javascript=javascript, breaks=True)
        page.set_viewport_size({"width": 360, "height": 640})
        enter(page, by, live_server.url)
        page.goto(address(record, step))
        if javascript:
            expect(page.locator("[data-keep-here]")).to_be_visible()  # the script has looked for copies
        return page

    return open_step
