"""What a browser that others may use shows after somebody has signed out."""

import pytest
from playwright.sync_api import expect

from tests import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_back_leads_to_no_page_of_the_desk(open_page, sign_in):
    build.contribution(state="submitted", title="What the harbour hides")
    page = open_page()
    sign_in(page, build.user("root@example.org", is_staff=True, is_superuser=True).email)
    page.goto("/desk/review/?who=all")
    expect(page.get_by_text("What the harbour hides").first).to_be_visible()
    page.goto("/desk/")
    page.go_back()
    expect(page.get_by_text("What the harbour hides").first).to_be_visible()
    page.goto("/accounts/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("What the harbour hides")).to_have_count(0)
