"""The six pages that README shows: each opens with its main content in view."""

import re

from playwright.sync_api import expect

from bench.page_types import page_types

# What must be visible on each without scrolling.
SHOWN = {
    "home": "Dialogues between States and civil society",
    "dialogue": "Sample Dialogue on Recruitment Fees and Debt Bondage",
    "summary": "Sample Dialogue on Recruitment Fees and Debt Bondage",
    "contribution": "Lantern Row Legal Aid Clinic",
    "search": re.compile(r"^\s*\d+ results"),
    "speaker": "Eleni Karavassili",
}


def test_pages_in_the_readme_show_their_main_content(sample, open_page, picture):
    page, pages = open_page(), page_types()
    for name, words in SHOWN.items():
        page.goto(pages[name])
        expect(page.locator("main").get_by_text(words).first).to_be_in_viewport()
        page.wait_for_load_state("networkidle")  # images included
        picture(page, name)
