"""Actions on the widgets of Django's admin, for all tests of the desk."""

import re

from playwright.sync_api import expect


def choose(page, field, words):
    """Pick a record in one of the admin's search boxes."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=re.compile(re.escape(words))).first.click()


def save(page, button="Save"):
    """Press one of the desk's buttons, and expect no form errors."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".errornote")).to_have_count(0)
