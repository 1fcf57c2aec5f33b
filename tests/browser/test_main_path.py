"""The main path in a browser: staff on a desktop, a participant on a phone without JavaScript, a reader."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contributions.models import Contribution
from dialogues.models import Dialogue
from tests import build, files
from tests.browser.desk import choose, save

SENTENCE = "The lantern keeper wrote down every wage that was not paid"


def publish(page, address):
    page.goto(address)
    save(page, "Save and: Publish")
    expect(page.get_by_text("Publish, done.")).to_be_visible()


@pytest.fixture
def staff(open_page, sign_in):
    build.user("secretary@example.org", role="Secretariat", is_staff=True)
    page = open_page()
    sign_in(page, "secretary@example.org")
    return page


def make_dialogue(page):
    """Create a dialogue with a panel, a speaker, a quote and a summary by typing into the admin."""
    page.goto("/admin/dialogues/series/add/")
    page.get_by_label("Name").fill("Trafficking in Persons")
    page.get_by_label("Code").fill("TIP")
    save(page)
    page.goto("/admin/dialogues/dialogue/add/")
    choose(page, "series", "Trafficking")
    page.locator("#id_title").fill("Fourth Dialogue")
    page.locator("#panels-group .add-row a").click()
    page.locator("#id_panels-0-number").fill("1")
    page.locator("#id_panels-0-title").fill("Wages on paper")
    save(page)
    page.goto("/admin/dialogues/speaker/add/")
    page.locator("#id_name").fill("Mara Lindqvist-Osei")
    save(page)
    page.goto("/admin/dialogues/appearance/add/")
    choose(page, "dialogue", "Fourth")
    choose(page, "panel", "Wages")
    choose(page, "speaker", "Mara")
    page.locator("#id_role").select_option("panellist")
    save(page)
    page.goto("/admin/dialogues/quote/add/")
    choose(page, "appearance", "Mara")
    page.locator("#id_text").fill("Paper remembers.")
    save(page)
    page.goto("/admin/dialogues/summary/add/")
    choose(page, "dialogue", "Fourth")
    page.locator("#id_body").fill("1. Wages were discussed.\n\n2. Paper was kept.")
    save(page)
    dialogue = Dialogue.objects.get()
    publish(page, f"/admin/dialogues/dialogue/{dialogue.pk}/change/")
    publish(page, f"/admin/dialogues/quote/{dialogue.appearances.get().quotes.get().pk}/change/")
    publish(page, f"/admin/dialogues/summary/{dialogue.summaries.get().pk}/change/")
    return dialogue


def go_on(page):
    page.get_by_role("button", name="Save and continue").click()


def file_contribution(page, tmp_path):
    """Submit a contribution on a phone, from the dialogue's page to the receipt."""
    page.goto("/dialogues/fourth-dialogue/")
    page.get_by_role("link", name="Contribute").click()
    page.get_by_role("button", name="Start a contribution").click()
    page.get_by_role("textbox", name="Organization", exact=True).fill("Lamplight House")
    go_on(page)
    page.get_by_role("textbox", name="Title").fill("What the keeper wrote")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Step 2 of 5").click()
    page.get_by_role("link", name="Check and submit").click()
    page.get_by_role("link", name="Write a text, answer a question or attach a file").click()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("What the keeper wrote")
    go_on(page)
    (tmp_path / "report.pdf").write_bytes(files.pdf(["Cover page", SENTENCE]))
    page.get_by_label("Choose a file").set_input_files(tmp_path / "report.pdf")
    page.get_by_role("button", name="Add this file").click()
    expect(page.get_by_text("Removed from the copy that will be published:")).to_be_visible()
    go_on(page)
    page.get_by_label("Without any name").check()
    go_on(page)
    expect(page.get_by_text("Name withheld at the sender’s request")).to_be_visible()
    page.get_by_label("Everything I have not decided here may stay").check()
    page.get_by_role("button", name="Submit the contribution").click()
    expect(page.get_by_role("alert")).to_contain_text("Agree to the publication")
    page.get_by_label("We agree").check()
    page.get_by_role("button", name="Submit the contribution").click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(page.get_by_text("TIP-").first).to_be_visible()


def review(page, address):
    """Settle the checklist and publish as a reviewer."""
    page.goto(address)
    page.get_by_label("I have looked at everything").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published.").first).to_be_visible()


def test_a_contribution_is_submitted_reviewed_found_and_withdrawn(staff, open_page, sign_in, tmp_path):
    dialogue = make_dialogue(staff)
    build.call(dialogue)
    phone = open_page(width=360, javascript=False)
    sign_in(phone, "keeper@example.org")
    file_contribution(phone, tmp_path)

    reader = open_page()
    reader.goto("/search/?q=lantern+keeper")
    expect(reader.get_by_text("0 results")).to_be_visible()
    review(staff, f"/desk/review/{Contribution.objects.get().reference}/")

    reader.goto("/")
    reader.get_by_label("Search the proceedings").fill("lantern keeper")
    reader.keyboard.press("Enter")
    expect(reader.locator("mark").first).to_have_text("lantern")
    link = reader.get_by_role("link", name="What the keeper wrote")
    assert link.get_attribute("href").partition(":~:")[0].endswith("#page-2-p1")
    link.click()
    expect(reader.locator(":target")).to_contain_text("lantern")
    download = reader.get_by_role("link", name="Download the file").get_attribute("href")
    assert reader.request.get(download).body().startswith(b"%PDF")
    reader.go_back()

    phone.goto("/contributions/mine/")
    phone.get_by_role("link", name="Withdraw").click()
    phone.get_by_role("button", name="Withdraw").click()
    expect(phone.get_by_text("Nobody can read or find it")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("0 results")).to_be_visible()
    assert reader.request.get(Contribution.objects.get().get_absolute_url()).status == 410


def test_public_pages_work_without_scripts_and_do_not_scroll_sideways_on_a_phone(open_page):
    call = build.call(closes=1)
    dialogue = call.dialogue
    build.panel(dialogue)
    person = build.appearance(dialogue, panel=dialogue.panels.get(), title="Head of a very long office " * 3)
    quote = build.quote(person)
    build.summary(dialogue)
    sent = build.contribution(call, title="Donaudampfschifffahrtsgesellschaftskapitän" * 3)
    assert call.closes_at > timezone.now() + timedelta(hours=1)
    page = open_page(width=320)
    bare = open_page(width=320, javascript=False)
    for address in (
        "/", "/dialogues/", dialogue.get_absolute_url(),
        f"/dialogues/{dialogue.slug}/panels/1/", f"/dialogues/{dialogue.slug}/summary/en/v1/", "/speakers/",
        person.speaker.get_absolute_url(), "/quotes/", quote.get_absolute_url(), "/topics/", "/contributions/",
        sent.get_absolute_url(), "/search/?q=heard", "/accounts/sign-in/", "/nothing/",
    ):  # fmt: skip
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        page.evaluate("document.querySelectorAll('button.quiet').forEach(made => made.remove())")  # added by JavaScript
        words = page.locator("main").inner_text()
        bare.goto(address)
        plain = bare.locator("main").inner_text()
        for line in bare.locator(
            "main .where"
        ).all_inner_texts():  # with JavaScript, only once the title is out of view
            plain = plain.replace(line, "", 1)
        assert plain.split() == words.split(), address


def test_contribution_pages_do_not_scroll_sideways_on_a_phone(open_page, sign_in):
    person = build.user("keeper@example.org")
    call = build.call(word_limit=100)
    call.questions.create(number=1, text="What do you see? " * 9, word_limit=50)
    draft = build.draft(call, by=person, title="Donaudampfschifffahrtsgesellschaftskapitän" * 3)
    build.attached(draft, f"{'name' * 30}.txt", b"words", by=person)
    sent = build.contribution(call, by=person, state="returned", attach=[("a.txt", b"words")])
    page = open_page(width=320)
    sign_in(page, "keeper@example.org")
    inside = [f"/contributions/mine/{draft.key}/{step}/" for step in ("who", "answers", "files", "appear", "check")]
    own = [f"/contributions/mine/{sent.key}/{place}" for place in ("", "receipt/", "withdraw/")]
    others = [call.get_absolute_url(), "/contributions/mine/", "/contributions/check/", "/contributions/terms/"]
    for address in [*inside, *own, *others]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
