"""From a press release, a summary and forty files to a published dialogue, starting on the admin's first page."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from contributions.models import Contribution
from dialogues.models import Dialogue, Quote, Speaker
from tests import build
from tests.browser.day import DIALOGUE, OTHER, Day
from tests.documents.summaries import TEXTS


@pytest.fixture
def page(open_page, sign_in):
    build.user("secretary@example.org", role="Secretariat", is_staff=True)
    build.series("LAN", name="Lantern Keeping")
    build.series("FER", name="Ferry Crossings")
    page = open_page()
    sign_in(page, "secretary@example.org")
    return page


def test_staff_publish_a_dialogue_and_forty_files(page, open_page, picture):
    day = Day(page, picture=picture)
    for step in day.steps().values():
        step()
    assert sorted(Dialogue.objects.published().values_list("title", flat=True)) == [OTHER, DIALOGUE]
    assert Speaker.objects.count() == 4
    assert Quote.objects.published().count() == 5
    assert Contribution.objects.published().count() == 40
    call_command("check_log")

    reader = open_page()
    reader.goto(Dialogue.objects.get(title=DIALOGUE).get_absolute_url())
    expect(reader.get_by_role("heading", name=DIALOGUE)).to_be_visible()
    picture(reader, "published")
    reader.goto(f"{Dialogue.objects.get(title=DIALOGUE).get_absolute_url()}summary/")
    expect(reader.locator("#p1")).to_contain_text(TEXTS[0][:60])
    expect(reader.locator("#p1").get_by_role("link", name="Account 1 of the keepers")).to_be_visible()
    reader.goto("/search/?q=wardens+of+the+harbour+40th")
    expect(reader.locator("mark").first).to_be_visible()
