"""Helpers for Django admin widgets."""

import re

from playwright.sync_api import expect


def choose(page, field, words):
    """Choose a record in an autocomplete field of the admin."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=re.compile(re.escape(words))).first.click()


def save(page, button="Save"):
    """Press a button of the admin and require that there are no errors."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".errornote")).to_have_count(0)
