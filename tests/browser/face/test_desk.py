"""Accessibility of the pages of the staff desk, in English and Arabic."""

import pytest
from django.utils import timezone

from background.models import QueuedTask
from contributions.models import ExtensionRequest
from dialogues.models import Dialogue, Quote, Speaker
from mail.models import OutgoingEmail
from publishing.workflow import delete
from tests import build
from tests.browser.face.conftest import enter, localized
from tests.intake import batch_builders as batches


@pytest.fixture
def desk_pages(sample):
    """The addresses of the pages of the desk, with work that waits, a draft, comments and a contribution to review."""
    dialogue = Dialogue.objects.get(slug="sample-dialogue")
    summary = dialogue.summaries.first()
    dialogue.comments.create(text="Is this right?", paragraph=summary.paragraphs.exclude(number=None).first())
    dialogue.comments.create(text="And this?", resolved_at=timezone.now())
    draft = build.dialogue(public=False, title="A draft")
    waits = build.contribution(dialogue.calls.first(), state="submitted", attach=[("note.txt", b"An invented note.")])
    QueuedTask.objects.create(
        task_path="documents.tasks.read_document", status="FAILED", args_kwargs={"args": [1]}, run_after=timezone.now()
    )
    panel, quote, speaker = dialogue.panels.first(), Quote.objects.first(), Speaker.objects.first()
    late = ExtensionRequest.objects.create(
        call=waits.call, filer=build.user("late@example.org"), organization_name="Open Door", reason="Ill."
    )
    deletion = delete(build.panel(draft, title="A deleted panel"), by=None)
    staff = build.user("importer@example.org")
    batch = batches.batch(staff, batches.papers(2), [*batches.rows(1), ["Paper 02.pdf", "", "", "Elvish", ""]])
    unread = batches.batch(staff, batches.papers(1), [["Beilage", "Wer"], ["Paper 01.pdf", "Haus am Ufer"]])
    imports = [f"/desk/imports/{batch.pk}/", f"/desk/imports/{batch.pk}/delete/", f"/desk/imports/{unread.pk}/columns/"]
    OutgoingEmail.objects.create(message_id="<1@example.org>", content={"to": ["ana@example.org"]}, state="failed")
    letter = build.call_letter(waits.call, translations={"ar": {"subject": "إشعار", "body": "{end}"}})
    page = f"/desk/dialogues/{dialogue.pk}/letters"
    letters = [f"{page}/new/{waits.call_id}/", f"{page}/{letter.pk}/", f"{page}/{letter.pk}/send/"]
    parts = ["", "programme/", "summary/", "contributions/", "quotes/", "documents/", "comments/", "letters/",
             "publication/"]  # fmt: skip
    addresses = [
        "/desk/", "/desk/search/?q=debt", "/desk/dialogues/", "/desk/dialogues/new/",
        *(f"/desk/dialogues/{dialogue.pk}/{part}" for part in parts), f"/desk/dialogues/{draft.pk}/",
        f"/desk/dialogue-{dialogue.pk}/", f"/desk/panel-{panel.pk}/", f"/desk/quote-{quote.pk}/",
        f"/desk/summary-{summary.pk}/", f"/desk/call-{dialogue.calls.first().pk}/", f"/desk/speaker-{speaker.pk}/",
        f"/desk/add/appearance/?dialogue={dialogue.pk}", f"/desk/add/summary/?dialogue={draft.pk}",
        f"/desk/publish/?record=dialogue-{draft.pk}", f"/desk/unpublish/?record=dialogue-{dialogue.pk}",
        f"/desk/delete/?record=panel-{panel.pk}", f"/desk/merge/speaker-{speaker.pk}/",
        f"/desk/history/quote-{quote.pk}/", f"/desk/share/summary-{summary.pk}/",
        "/desk/review/", f"/desk/review/{waits.reference}/", f"/desk/sources/{summary.pk}/",
        "/desk/records/speaker/", "/desk/records/topic/", f"/desk/add/statement/?dialogue={dialogue.pk}",
        f"/desk/add/photograph/?dialogue={dialogue.pk}", f"/desk/review/{waits.reference}/correct/",
        f"/desk/more-time/{late.pk}/", "/desk/letters/", "/desk/letters/contributions-receipt/ar/", *letters,
        "/desk/health/", "/desk/deleted/", f"/desk/deleted/{deletion.pk}/",
        "/desk/press-release/", "/desk/imports/", "/desk/imports/add/", *imports, "/desk/letters/undelivered/",
        "/desk/drafts/dialogue/", "/desk/calls/",
    ]  # fmt: skip
    return {address.strip("/").replace("/", "-"): address for address in addresses}


def test_every_page_of_the_desk_is_accessible(desk_pages, look, secretary):
    look(desk_pages, by=secretary)


# How many links of a record have a line to themselves, and how many lines its title has.
ALONE = """() => { const links = [...document.querySelectorAll(".quiet-actions > a")];
    const tops = links.map(it => Math.round(it.offsetTop));
    return tops.filter(top => tops.filter(other => other === top).length === 1).length; }"""
TITLE_LINES = """() => { const title = document.querySelector(".desk-head > h1");
    return Math.round(title.offsetHeight / parseFloat(getComputedStyle(title).lineHeight)); }"""

# The dots with which a fact about the dialogue begins, and so with it a line.
FIRST_DOTS = """() => [...document.querySelectorAll(".workspace-head .meta > *")]
    .map(it => getComputedStyle(it, "::before").content).filter(content => content.includes("·"))"""


@pytest.mark.parametrize("width", [768, 1280])
def test_the_actions_of_a_record_leave_its_title_room_and_keep_together(
    desk_pages, open_page, live_server, secretary, width
):
    long = "Dialogue on the protection of people who cross rivers, harbours and other inland waters at night"
    dialogue = build.dialogue(title=long)
    page = open_page(width)
    enter(page, secretary, live_server.url)
    for language in ("en", "ar"):
        page.goto(localized(f"/desk/dialogue-{dialogue.pk}/", language))
        assert page.evaluate(ALONE) == 0
        assert page.evaluate(TITLE_LINES) <= 3
        assert page.evaluate(FIRST_DOTS) == []


def test_the_lists_of_the_admin_have_the_width_of_a_tablet(desk_pages, open_page, live_server, secretary):
    page = open_page(768)
    enter(page, secretary, live_server.url)
    page.goto("/admin/mail/outgoingemail/")
    assert not page.locator("#nav-sidebar").is_visible()
    assert page.locator("#changelist").bounding_box()["width"] > 600
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator("#nav-sidebar").is_visible()


LONG = {
    "en": "A dialogue with a long English title about boats and harbours",
    "ar": "حوار عنوانه طويل عن القوارب والموانئ والبحر",
}


@pytest.mark.parametrize(("language", "title", "direction"), [
    ("en", "en", "ltr"), ("en", "ar", "rtl"), ("ar", "en", "ltr"), ("ar", "ar", "rtl"),
])  # fmt: skip
def test_a_select_shows_the_beginning_of_a_long_title_in_the_other_direction(
    open_page, live_server, secretary, language, title, direction
):
    dialogue = build.dialogue(title=LONG[title], original_language=title)
    build.call(dialogue)
    page = open_page()
    enter(page, secretary, live_server.url)
    page.goto(localized("/desk/review/", language))
    select = page.locator("#id_dialogue")
    select.select_option(label=LONG[title])
    assert select.evaluate("it => getComputedStyle(it).direction") == direction
    short = page.locator("#id_language")
    short.select_option("en" if language == "ar" else "ar")  # short labels never make the arrow change its side
    assert short.evaluate("it => getComputedStyle(it).direction") == ("rtl" if language == "ar" else "ltr")
