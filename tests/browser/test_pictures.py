"""The six pages of which README shows pictures: each is there, with what it is for in sight at once."""

from playwright.sync_api import expect

from bench.pages import page_types

# What is to be seen of each without scrolling.
SHOWN = {
    "home": "What was said, what was written, and where to find it",
    "dialogue": "Sample Dialogue on Recruitment Fees and Debt Bondage",
    "summary": "Sample Dialogue on Recruitment Fees and Debt Bondage",
    "contribution": "Lantern Row Legal Aid Clinic",
    "search": "results",
    "speaker": "Eleni Karavassili",
}


def test_pages_of_the_readme(sample, open_page, picture):
    page, pages = open_page(), page_types()
    for name, words in SHOWN.items():
        page.goto(pages[name])
        expect(page.locator("main").get_by_text(words).first).to_be_in_viewport()
        page.wait_for_load_state("networkidle")  # pictures included
        picture(page, name)
