"""A press release that the reader cannot read is completed by selecting words. All people and bodies are invented."""

import pytest
from playwright.sync_api import expect

from dialogues.models import Appearance, Dialogue, NewsItem, Quote, Topic
from tests import build

TEXT = (
    "Lanterns on the quay\n\nHarbour Town, 20 March 2026. The keepers came together for the Evening on Lantern Keeping."
    " Wages on paper were on everybody’s mind.\n\nMara, who keeps the eastern light and has her place at the Lamplight"
    " House, went first: no word on her list was crossed out. What she had to say was short. “Paper remembers what"
    " people forget. Read it.” There were nods.\n\nThen Okello. “Begin with the keepers,” – that was all – “and end"
    " with them.” His verdict on the rules of today, “written far from the sea”, was heard outside too."
)


FACTS = 11  # a dialogue, its day, a topic, two people, a title, an affiliation, and four quotes with speakers
CLICKS = 21  # a selection counts as one, like a button


class Staff:
    """A member of staff on the page of a press release, who counts clicks; a selection is one, and so is a field."""

    def __init__(self, page):
        self.page, self.clicks = page, 0
        self.text = page.get_by_role("textbox", name="The text, with what was found")
        self.status = page.locator("[data-press-status]")

    def read(self, text=TEXT):
        self.page.goto("/desk/press-release/")
        self.page.get_by_label("Text").fill(text)
        self.click(self.page.get_by_role("button", name="Read it"))

    def click(self, place):
        place.click()
        self.clicks += 1

    def press(self, name):
        self.click(self.page.locator(".press-tools").get_by_role("button", name=name))

    def select(self, words):
        """Drag the mouse over some words of the text."""
        start, end = self.text.evaluate(
            """(text, words) => {
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), range = document.createRange();
                const begin = text.textContent.indexOf(words), end = begin + words.length;
                for (let place = 0, node; (node = walker.nextNode()); place += node.length) {
                    if (begin >= place && begin < place + node.length) range.setStart(node, begin - place);
                    if (end > place && end <= place + node.length) { range.setEnd(node, end - place); break; }
                }
                range.startContainer.parentElement.scrollIntoView({ block: "nearest", behavior: "instant" });
                text.scrollTop += range.getBoundingClientRect().top - text.getBoundingClientRect().top - 30;
                const boxes = [...range.getClientRects()], middle = (box) => box.top + box.height / 2;
                return [[boxes[0].left + 2, middle(boxes[0])], [boxes.at(-1).right - 2, middle(boxes.at(-1))]];
            }""",
            words,
        )
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=3)
        self.page.mouse.up()
        self.clicks += 1
        expect(self.status).to_contain_text("Selected")


@pytest.fixture
def staff(open_page, sign_in):
    build.user("secretary@example.org", role="Secretariat", is_staff=True)
    build.series("LAN", name="Lantern Keeping")
    page = open_page()
    page.emulate_media(reduced_motion="reduce")  # rows that are filled in scroll into view at once
    sign_in(page, "secretary@example.org")
    return Staff(page)


def saved():
    """Return the quotes with their speakers, and who appears with which title and affiliation."""
    quotes = sorted(Quote.objects.values_list("appearance__speaker__name", "text"))
    return quotes, sorted(Appearance.objects.values_list("speaker__name", "title", "affiliation"))


QUOTES = [
    ("Mara", "Paper remembers what people forget. Read it."),
    ("Okello", "Begin with the keepers"),
    ("Okello", "and end with them."),
    ("Okello", "written far from the sea"),
]
PEOPLE = [("Mara", "keeps the eastern light", "Lamplight House"), ("Okello", "", "")]


def test_a_release_is_completed_with_the_mouse(staff):
    staff.read()
    page = staff.page
    for words, name in [
        ("Evening on Lantern Keeping", "Dialogue"), ("Mara", "Person"), ("keeps the eastern light", "Title"),
        ("Lamplight House", "Affiliation"), ("Wages on paper", "Topic"), ("Okello", "Person"),
    ]:  # fmt: skip
        staff.select(words)
        staff.press(name)
    # Where a quotation has a row already, without a speaker, the words of the selection tick it and name the speaker.
    for words in (
        "Paper remembers what people forget. Read it.",
        "Begin with the keepers,” – that was all – “and end with them.",
        "written far from the sea",
    ):
        staff.select(words)
        staff.press("Quote")
    staff.click(page.get_by_label("First day"))
    page.get_by_label("First day").fill("2026-03-18")
    staff.click(page.get_by_role("button", name="Accept what is ticked"))
    expect(page.get_by_text("new records were made")).to_be_visible()
    assert saved() == (QUOTES, PEOPLE)
    assert list(Dialogue.objects.values_list("title", "series__name")) == [
        ("Evening on Lantern Keeping", "Lantern Keeping")
    ]
    assert list(Topic.objects.values_list("name", flat=True)) == ["Wages on paper"]
    assert NewsItem.objects.get().title == "Lanterns on the quay"
    assert staff.clicks == CLICKS


def test_the_keyboard_is_enough(staff):
    staff.read()
    page, keys = staff.page, staff.page.keyboard
    staff.text.focus()
    before = staff.text.text_content()
    keys.type("No letter gets into the text.")
    keys.press("Backspace")
    keys.press("Control+X")
    assert staff.text.text_content() == before
    place = TEXT.index("Mara")
    keys.press("Control+Home")
    for _ in range(place):
        keys.press("ArrowRight")
    keys.press("Control+Shift+ArrowRight")
    expect(staff.status).to_have_text("Selected: “Mara”")
    keys.press("1")
    expect(staff.status).to_have_text("Added: Person “Mara”.")
    expect(page.get_by_role("group", name="Person 1").get_by_label("Name")).to_have_value("Mara")
    keys.press("Shift+Tab")  # the last button before the text
    keys.press("Enter")
    expect(staff.status).to_have_text("Undone.")
    expect(page.get_by_role("group", name="Person 1")).to_have_count(0)
    expect(staff.text).to_be_focused()
    keys.press("1")
    expect(page.get_by_role("group", name="Person 1").get_by_label("Accept")).to_be_checked()


def test_taking_back_removes_the_mark(staff):
    staff.read()
    staff.select("Okello")
    staff.press("Person")
    marked = "CSS.highlights.get('press-people').size"
    assert staff.page.evaluate(marked) == 1
    staff.press("Undo")
    assert staff.page.evaluate(marked) == 0


SECTIONS = (
    "Two evenings\n\nHarbour Town, 20 March 2026. After the Evening on Lantern Keeping came the Dialogue on Nets.\n\n"
    "Lantern Keeping\n\nMara began.\n\nNets\n\nThen Okello spoke.\n\nOf lantern keeping and nets, Ines had seen all."
)


def test_a_person_belongs_to_the_dialogue_of_the_section(staff):
    staff.read(SECTIONS)
    for words, name in [
        ("Evening on Lantern Keeping", "Dialogue"), ("the Dialogue on Nets", "Dialogue"), ("Mara", "Person"),
        ("Okello", "Person"), ("Ines", "Person"),
    ]:  # fmt: skip
        staff.select(words)
        staff.press(name)
    titles = [
        one.input_value() for one in staff.page.get_by_role("region", name="Dialogues").get_by_label("Title").all()
    ]
    assert titles == ["Evening on Lantern Keeping", "Dialogue on Nets"]
    people = staff.page.get_by_role("region", name="People who speak").get_by_label("At", exact=True)
    assert [one.input_value() for one in people.all()] == ["0", "1", ""]


def test_a_selection_by_touch_or_assistive_technology_counts(staff):
    """Both change the selection of the document, in which they may begin and end inside a word."""
    staff.read()
    staff.text.evaluate(
        """(text) => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            let node; do node = walker.nextNode(); while (!node.data.includes("Lamplight House"));
            const place = node.data.indexOf("Lamplight House");
            document.getSelection().setBaseAndExtent(node, place + 11, node, place + 2);
        }"""
    )
    expect(staff.status).to_have_text("Selected: “Lamplight House”")
    assert staff.text.get_attribute("aria-readonly") == "true"
    assert staff.text.get_attribute("inputmode") == "none"


def test_two_quotations_said_apart_stay_two(staff):
    staff.read()
    staff.select("Paper remembers what people forget. Read it.” There were nods.\n\nThen Okello. “Begin with the")
    staff.press("Quote")
    words = [one.input_value() for one in staff.page.get_by_label("Words", exact=True).all()]
    assert not [one for one in words if "Read it" in one and "Begin" in one]


def test_without_script_rows_are_added_as_needed(staff, open_page):
    state = staff.page.context.storage_state()
    page = open_page(javascript=False)
    page.context.add_cookies(state["cookies"])
    staff = Staff(page)
    staff.read()
    expect(page.locator(".press-tools")).to_be_hidden()
    for _ in range(2):
        page.get_by_role("region", name="People who speak").get_by_role("button", name="Add rows").click()
    page.get_by_role("region", name="Dialogues").get_by_role("button", name="Add rows").click()
    for number, name in enumerate(["Mara", "Okello", "Ana Ruiz", "Tom Berg"], start=1):
        person = page.get_by_role("group", name=f"Person {number}", exact=True)
        person.get_by_label("Name").fill(name)
        person.get_by_label("Accept").check()
    dialogue = page.get_by_role("group", name="Dialogue 1", exact=True)
    dialogue.get_by_label("Title").fill("Evening on Lantern Keeping")
    dialogue.get_by_label("Series").select_option("Lantern Keeping")
    dialogue.get_by_label("First day").fill("2026-03-18")
    dialogue.get_by_label("First day").press("Enter")  # shows the page again, with the dialogue in the lists
    for number in range(1, 5):
        person = page.get_by_role("group", name=f"Person {number}", exact=True)
        person.get_by_label("At", exact=True).select_option(index=1)
    page.get_by_role("button", name="Accept what is ticked").click()
    assert sorted(Appearance.objects.values_list("speaker__name", flat=True)) == [
        "Ana Ruiz",
        "Mara",
        "Okello",
        "Tom Berg",
    ]
