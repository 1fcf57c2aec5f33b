"""The day after a dialogue as staff work through it in a browser: from a press release and files to public pages.

`test_day.py` runs these steps and takes the screenshots of docs/staff.md. `bench/day.py` times them on a real site.
"""

import csv
import io
from datetime import timedelta
from textwrap import wrap

from django.utils import timezone
from playwright.sync_api import expect

from tests import files
from tests.documents.summaries import TEXTS, Word

PAPERS = len(TEXTS)
DIALOGUE = "2026 Constructive Dialogue on Lantern Keeping"
OTHER = "2026 Constructive Dialogue on Ferry Crossings"
RELEASE = (
    "Light on the quays\n\n"
    "Harbour Town, 20 March 2026. Wages on paper and safe crossings were the topics discussed at the Constructive"
    " Dialogues on Lantern Keeping and Ferry Crossings, which took place in Harbour Town respectively on 10 and 12"
    " March 2026. This text, its people and its bodies are invented.\n\nConstructive Dialogue on Lantern Keeping\n\n"
    "“Paper remembers what people are made to forget,” said Mara Lindqvist-Osei, Chair of the 2026 Constructive"
    " Dialogue on Lantern Keeping.\n\n"
    "“We count lamps every night, and nobody counts the keepers,” underlined Tomas Okello from the Lamplight House."
    " “Begin with the keepers,” he further emphasized.\n\n"
    "Constructive Dialogue on Ferry Crossings\n\n"
    "“A ferry that is late is still a ferry,” said Inés Aldana, Co-Chair of the 2026 Constructive Dialogue on Ferry"
    " Crossings. “We need to hear those who wait on the quay,” highlighted Pavel Dragan from the University of the"
    " Isles."
)


def summary_file():
    """Return a summary in Word: a title, two headings, forty paragraphs that Word numbers, a note and a table."""
    word = Word()
    counted = word.list()
    word.document.add_heading("Summary by the Co-Chairs", 1)
    for number, text in enumerate(TEXTS, start=1):
        if number in (1, 21):
            word.document.add_heading("What was heard" if number == 1 else "What comes next", 2)
        paragraph = word.item(text, counted)
        if number == 7:
            word.note(paragraph, "An invented note.")
    table = word.document.add_table(rows=2, cols=2)
    for cell, words in zip([one for row in table.rows for one in row.cells], ["Island", "Wardens", "Near", "21"],
                           strict=True):  # fmt: skip
        cell.text = words
    return word.content()


def papers():
    """Return the forty PDFs by name; each repeats one of the paragraphs."""
    return {
        f"Paper {number:02}.pdf": files.pdf([f"Paper {number} of an invented body", "\n".join(wrap(text, 80))])
        for number, text in enumerate(TEXTS, start=1)
    }


def listed():
    """Return the list of the PDFs as an Austrian spreadsheet exports it; one row has an error."""
    sheet = io.StringIO()
    rows = csv.writer(sheet, delimiter=";")
    rows.writerow(["File", "Organisation", "Title", "Language", "Consent"])
    for number, name in enumerate(papers(), start=1):
        language = "Elvish" if number == 3 else "English"
        rows.writerow([name, f"Vereinigung für Laternen {number}", f"Account {number} of the keepers", language, "yes"])
    return sheet.getvalue().encode("cp1252")


class Day:
    """One day of work at the secretariat, by a user who is signed in on `page`.

    `release` is the text of a press release. `title` is the title of the dialogue in it that the files belong to.
    `picture(page, name)` can save screenshots.
    """

    def __init__(self, page, release=RELEASE, title=DIALOGUE, picture=lambda page, name: None):
        self.page, self.release, self.title, self.picture = page, release, title, picture
        self.review_clicks = []  # the address of each page on which something was clicked during the review

    def steps(self):
        """Return the steps in order, as {name: method}."""
        return {
            "read a press release": self.read_press_release,
            "add the summary": self.add_summary,
            "share it with the chairs": self.share_with_chairs,
            "open a call": self.open_call,
            "import forty files": self.import_papers,
            "review the contributions": self.review,
            "publish": self.publish,
            "confirm a source": self.confirm_source,
        }

    def read_press_release(self):
        page = self.page
        page.goto("/desk/")
        page.get_by_role("link", name="A press release").click()
        page.get_by_label("Text").fill(self.release)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="The text, with what was found")).to_be_visible()
        self.picture(page, "press-release")
        page.get_by_role("button", name="Accept what is ticked").click()
        expect(page.get_by_text("new records were made")).to_be_visible()
        page.goto("/desk/")
        self.picture(page, "desk")

    def add_summary(self):
        page = self.page
        self.open_dialogue()
        self.picture(page, "dialogue")
        self.part("Summary")
        page.get_by_role("link", name="Add the summary").click()
        page.get_by_label("Original file").set_input_files(
            {"name": "Summary.docx", "mimeType": "application/octet-stream", "buffer": summary_file()}
        )
        self.save()
        self.wait_for_text()
        self.picture(page, "summary")

    def wait_for_text(self):
        """Reload until the file has been read."""
        for _ in range(120):
            if "40\\." in (text := self.page.locator("#id_body").input_value()) or "40." in text:
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError("The summary was not read within a minute.")

    def share_with_chairs(self):
        """Read, comment on and approve the draft as a chair without an account."""
        page = self.page
        page.get_by_role("link", name="Share a preview").click()
        page.locator("#id_recipient").select_option(index=1)
        page.get_by_label("Email address").fill("chair@example.org")
        page.get_by_role("button", name="Make the address").click()
        expect(page.get_by_text("The address goes out by email to chair@example.org.")).to_be_visible()
        self.picture(page, "share")

    def open_call(self):
        page = self.page
        self.part("Contributions")
        page.get_by_role("link", name="Add a call").click()
        page.get_by_label("Title").fill("Papers for the dialogue")
        today = timezone.localdate()
        for name, day in (("Opens", today - timedelta(days=9)), ("Closes", today + timedelta(days=1))):
            page.get_by_label(name, exact=True).fill(f"{day.isoformat()}T12:00")
        self.save()

    def import_papers(self):
        page = self.page
        page.goto("/desk/")
        page.get_by_role("link", name="Many files or a list").click()
        sent = [{"name": name, "mimeType": "application/pdf", "buffer": content} for name, content in papers().items()]
        page.locator("#id_files").set_input_files(sent)
        page.locator("#id_list").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": listed()})
        page.locator("#id_call").select_option(label="Papers for the dialogue")
        self.picture(page, "upload")
        page.get_by_role("button", name="Upload and review").click()
        expect(page.get_by_text("Ready: 39. To be corrected: 1.")).to_be_visible()
        self.picture(page, "table")
        page.locator("input[value='Elvish']").fill("English")
        page.get_by_role("button", name="Save the table").click()
        page.get_by_role("button", name="Import 40 ready rows").click()
        expect(page.get_by_text("Imported: 40.")).to_be_visible(timeout=120_000)

    def review(self):
        page = self.page
        page.expose_binding("clicked", lambda source: self.review_clicks.append(source["frame"].url))
        on_review = "if (location.pathname.startsWith('/desk/review/')) window.clicked()"
        page.add_init_script(f"addEventListener('pointerdown', () => {{ {on_review} }}, true)")
        page.goto("/desk/review/")
        self.picture(page, "queue")
        page.locator(".queue tbody a").first.click()
        for number in range(1, PAPERS + 1):
            page.get_by_role("heading", name="Before it is published").wait_for()
            if number == 1:
                self.picture(page, "review")
            self.wait_for_clean_copies()
            page.get_by_label("I have looked at everything").check()
            page.get_by_role("button", name="Publish").click()
            if number < PAPERS:
                expect(page.locator(".review-place")).to_contain_text(f"1 of {PAPERS - number}")
        expect(page.get_by_text("This queue is empty.")).to_be_visible()

    def wait_for_clean_copies(self):
        """Reload until the files are ready, before which publication is not offered."""
        for _ in range(120):
            if self.page.get_by_role("button", name="Publish").count():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError("The files were not ready within a minute.")

    def publish(self):
        """Publish each dialogue that is a draft with all its records."""
        page = self.page
        page.goto("/desk/dialogues/")
        drafts = page.get_by_role("row").filter(has_text="Draft")
        for number in range(drafts.count()):
            drafts.first.get_by_role("link").click()
            self.part("Publication")
            page.get_by_role("button", name="Tick all").first.click()
            page.get_by_role("button", name="Publish the ticked ones", exact=True).click()
            if number == 0:
                self.picture(page, "publish")
            page.get_by_role("button", name="Publish", exact=True).click()
            expect(page.get_by_role("button", name="Undo")).to_be_visible()
            page.goto("/desk/dialogues/")

    def confirm_source(self):
        """Confirm which contribution is a source of the first paragraph."""
        page = self.page
        self.open_dialogue()
        self.part("Summary")
        page.get_by_role("link", name="Sources").click()
        proposal = page.locator("#p1 .sources-row").filter(has_text="Account 1 of the keepers")
        self.until_indexed(proposal)
        self.picture(page, "sources")
        proposal.get_by_role("button", name="Confirm").click()
        expect(page.locator("#p1")).to_contain_text("Remove")

    def until_indexed(self, proposal):
        """Load the page again until the index has what was just published."""
        for _ in range(60):
            if proposal.count():
                return
            self.page.wait_for_timeout(250)
            self.page.reload()
        raise AssertionError("The contribution was not proposed in time.")

    def open_dialogue(self):
        """Open the workspace of the dialogue from the first page."""
        self.page.goto("/desk/")
        self.page.get_by_role("region", name="Latest dialogues").get_by_role("link", name=self.title).click()

    def part(self, name):
        """Open a part of the workspace."""
        self.page.get_by_role("navigation", name="Parts of the dialogue").get_by_role("link", name=name).click()

    def save(self):
        """Save a form and require that it had no errors."""
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.get_by_text("Saved.")).to_be_visible()
