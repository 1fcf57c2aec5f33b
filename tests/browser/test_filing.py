"""Submitting over a bad connection: an interrupted upload, and text that is saved once the connection is back."""

import hashlib
import random
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from contributions.models import Attachment, Contribution
from tests import build, files
from tests.browser.waiting import until

MEGABYTE = 1024 * 1024


@pytest.fixture
def page(open_page, sign_in):
    """Return a draft of someone on a phone with JavaScript."""
    call = build.call(word_limit=10)
    call.questions.create(number=1, text="What did you see?")
    page = open_page(width=360, breaks=True)
    sign_in(page, "keeper@example.org")
    page.goto(call.get_absolute_url())
    page.get_by_role("button", name="Start a contribution").click()
    page.wait_for_url("**/contributions/mine/**")  # a click returns before the next page has loaded
    return page


def test_a_large_upload_resumes_after_the_connection_was_lost(page, tmp_path):
    content = files.pdf(["A report of many pages"]) + b"\n%" + random.Random(1).randbytes(15 * MEGABYTE)  # noqa: S311
    content += b"\n" + files.pdf(["A report of many pages"])  # PDF readers look for the end of file at the end
    (tmp_path / "report.pdf").write_bytes(content)
    page.get_by_text("Step 1 of 5").click()
    page.get_by_role("link", name="Files").click()
    page.get_by_label("Choose a file").set_input_files(tmp_path / "report.pdf")
    sent = []
    page.on("request", lambda request: request.method == "PATCH" and sent.append(request.headers["upload-offset"]))
    page.get_by_role("button", name="Add this file").click()
    until(page, lambda: len(sent) > 4)
    page.context.set_offline(True)
    expect(page.get_by_text("Connection lost. What has arrived is kept")).to_be_visible()
    assert not Attachment.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Remove report.pdf")).to_be_visible()
    attachment = Attachment.objects.select_related("document").get()
    assert attachment.document.sha256 == hashlib.sha256(content).hexdigest()
    assert attachment.document.original_name == "report.pdf"
    again = [offset for offset in sent if sent.count(offset) > 1]
    assert len(again) < 20, "each attempt may send only one chunk again"


def test_a_draft_is_saved_while_typing_and_after_the_connection_returns(page):
    page.get_by_text("Step 1 of 5").click()
    page.get_by_role("link", name="Your answers").click()
    page.get_by_label("1. What did you see?").fill("Wages that were not paid.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved:")
    revision = Contribution.objects.get().draft
    assert revision.answers.get().text == "Wages that were not paid."
    page.context.set_offline(True)
    page.get_by_label("Text", exact=True).fill("One two three four five six seven eight nine ten eleven")
    expect(page.get_by_text("1 too many")).to_be_visible()
    expect(page.locator("[data-saved]")).to_contain_text("No connection: not saved yet.")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("Saved:")
    revision.refresh_from_db()
    assert revision.text.endswith("ten eleven")


@pytest.mark.parametrize("address", [None, "/contributions/terms/"], ids=["a step", "a page without a form"])
def test_quick_exit_signs_out_and_leaves_no_history_entry(page, address):
    if address:
        page.goto(address)
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Leave this site now").click()
    expect(page).to_have_title("Elsewhere")
    assert page.evaluate("history.length") == before
    until(page, lambda: "/accounts/sign-in/" in page.request.get("/contributions/mine/").url)


def test_the_readers_own_day_has_the_months_of_the_arabic_page(open_page):
    call = build.call(closes_at=datetime(2099, 6, 30, 22, 30, tzinfo=UTC))  # 1 July, 00:30 in Vienna
    page = open_page(time_zone="UTC")
    page.goto(f"/ar{call.get_absolute_url()}")
    expect(page.locator("main")).to_contain_text("1 تموز/يوليه 2099", timeout=20_000)
    expect(page.locator("main")).to_contain_text("30 حزيران/يونيه 2099")
    assert "يونيو" not in page.locator("main").inner_text()


def test_the_readers_own_time_has_the_brackets_of_the_chinese_page(open_page):
    call = build.call(closes_at=datetime(2099, 1, 29, 9, 5, tzinfo=UTC))
    page = open_page(time_zone="UTC")
    page.goto(f"/zh{call.get_absolute_url()}")
    expect(page.locator("main")).to_contain_text("（您所在地时间09:05）", timeout=20_000)


@pytest.mark.parametrize(
    ("moment", "here"),
    [
        (datetime(2099, 1, 29, 9, 5, tzinfo=UTC), "(09:05 where you are)"),  # 10:05 in Vienna
        (datetime(2099, 1, 28, 23, 30, tzinfo=UTC), "(28 January 2099 at 23:30 where you are)"),  # the next day there
    ],
)
def test_the_readers_own_time_names_the_day_only_if_it_is_another(open_page, moment, here):
    call = build.call(closes_at=moment)
    page = open_page(time_zone="UTC")
    page.goto(call.get_absolute_url())
    expect(page.locator("main")).to_contain_text(here, timeout=20_000)
