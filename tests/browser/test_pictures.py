"""The six pages in the README's screenshots show their main content without scrolling."""

import io

from django.core.management import call_command
from playwright.sync_api import expect

from bench.pages import page_types

# Text that must be visible on each page without scrolling.
SHOWN = {
    "home": "What was said, what was written, and where to find it",
    "dialogue": "Sample Dialogue on Recruitment Fees and Debt Bondage",
    "summary": "Sample Dialogue on Recruitment Fees and Debt Bondage",
    "contribution": "Lantern Row Legal Aid Clinic",
    "search": "results",
    "speaker": "Eleni Karavassili",
}


def test_pages_in_the_readme_show_their_main_content(roles, open_page, picture):
    call_command("load_sample", stdout=io.StringIO())
    page, pages = open_page(), page_types()
    for name, words in SHOWN.items():
        page.goto(pages[name])
        expect(page.locator("main").get_by_text(words).first).to_be_in_viewport()
        page.wait_for_load_state("networkidle")  # images included
        picture(page, name)
