"""Resumable uploads from a real browser over a connection that breaks."""

import hashlib
import random
import re
import shutil

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client
from playwright.sync_api import expect

from documents.models import Document, PartialUpload
from tests.browser.waiting import until
from tests.documents.uploads import Taken

pytestmark = pytest.mark.urls("tests.documents.uploads")

MEGABYTE = 1024 * 1024
PIECE = 512 * 1024
LARGE = b"%PDF-1.4\n" + random.Random(1).randbytes(15 * MEGABYTE)  # noqa: S311 - not for secrets


@pytest.fixture
def page(open_page, participant):
    shutil.rmtree(storages["documents"].path("partial"), ignore_errors=True)
    Taken.given = []
    page = open_page(breaks=True)
    browser = Client()
    browser.force_login(participant)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/folders/open/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    return page


@pytest.fixture
def pieces(page):
    """Record the offsets and lengths of the pieces that are sent."""
    sent = []

    def note(request):
        if request.method == "PATCH":
            sent.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    return sent


@pytest.fixture
def choose(tmp_path):
    """Choose files, given as names and contents, in this order."""

    def choose_on(page, **contents):
        paths = [tmp_path / name.replace("_", ".") for name in contents]
        for path, content in zip(paths, contents.values(), strict=True):
            if not path.exists():
                path.write_bytes(content)
        page.set_input_files("#id_upload", paths)

    return choose_on


def status(page):
    return page.get_by_role("status")


def arrived() -> int:
    row = PartialUpload.objects.filter(finished_at=None).first()
    return row.offset if row else 0


@pytest.fixture
def slow(page):
    """Limit the upload speed to this many bytes per second; -1 removes the limit."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")

    def make_slow(speed):
        conditions = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": speed}
        line.send("Network.emulateNetworkConditions", conditions)

    return make_slow


def test_fifteen_megabytes_arrive_over_a_connection_that_fails_twice(page, pieces, choose):
    choose(page, بيان_pdf=LARGE)
    page.get_by_label("Language").select_option("ar")
    page.get_by_label("Title").fill("Kept words")
    page.get_by_role("button", name="Save").click()
    until(page, lambda: arrived() > 2 * MEGABYTE)
    page.context.set_offline(True)
    expect(status(page)).to_have_text(re.compile(r"No line: again in \d+ seconds"))
    held = arrived()
    assert 2 * MEGABYTE < held < len(LARGE)
    page.wait_for_timeout(1500)
    assert arrived() == held
    page.context.set_offline(False)
    until(page, lambda: arrived() > held + 2 * MEGABYTE)
    broken = []

    def cut(route):
        broken.append(route.request.method)
        route.abort() if len(broken) < 3 else route.continue_()

    page.route("**/uploads/*/", cut)
    expect(page.get_by_role("listitem")).to_have_text(["بيان.pdf"])
    document = Document.objects.get()
    assert document.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert Taken.given == [("بيان.pdf", len(LARGE), {"upload_language": "ar", "is_translation": False})]
    expect(page.get_by_label("Title")).to_have_value("Kept words")
    assert pieces == sorted(pieces)
    assert broken[:2] == ["PATCH", "HEAD"]
    assert page.evaluate("sessionStorage.length") == 0


def test_an_upload_resumes_after_a_reload(page, pieces, choose, slow):
    slow(2 * MEGABYTE)
    choose(page, a_pdf=LARGE)
    page.get_by_role("button", name="Save").click()
    until(page, lambda: arrived() > MEGABYTE)
    page.goto("/folders/open/")
    expect(page.get_by_role("status")).to_have_count(0)
    page.wait_for_timeout(300)
    held, key = arrived(), PartialUpload.objects.get().key
    pieces.clear()
    remembered = page.evaluate("Object.entries(sessionStorage).map(String).join()")
    assert str(key) in remembered
    choose(page, a_pdf=LARGE)
    slow(-1)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("listitem")).to_have_text(["a.pdf"])
    assert Document.objects.get().sha256 == hashlib.sha256(LARGE).hexdigest()
    assert pieces[0] >= held
    assert PartialUpload.objects.get().key == key


def test_stop_deletes_the_partial_upload(page, choose, slow):
    slow(MEGABYTE)
    choose(page, a_pdf=LARGE)
    page.get_by_role("button", name="Save").click()
    until(page, lambda: arrived() > PIECE)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("#id_upload")).to_be_focused()
    until(page, lambda: not PartialUpload.objects.exists())
    assert page.evaluate("sessionStorage.length") == 0
    assert not Document.objects.exists()


def test_a_refused_file_shows_an_error_at_its_field_and_keeps_the_other_fields(page, choose):
    page.get_by_label("Title").fill("Kept words")
    choose(page, a_exe=b"MZ\0\0\0\0\0\0")
    page.get_by_role("button", name="Save").click()
    field = page.locator("#id_upload")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator(".errorlist")).to_have_text(re.compile("This type of file is not accepted"))
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("This type of file is not accepted"))
    expect(page.get_by_label("Title")).to_have_value("Kept words")
    choose(page, a_txt=b"good words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("listitem")).to_have_text(["a.txt"])


def test_a_file_that_is_too_large_is_refused_before_the_upload(page, pieces, choose):
    choose(page, a_pdf=LARGE + b"a" * 6 * MEGABYTE)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".errorlist")).to_have_text("This file is larger than 20.0 MB: send a smaller version.")
    assert pieces == []


def test_several_files_are_uploaded_before_the_next_page_opens(page, choose):
    page.goto("/folders/open/?done=yes")
    choose(page, a_txt=b"a", b_txt=b"b")
    page.get_by_label("Translation").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/folders/open/?#files")
    expect(page.get_by_role("listitem")).to_have_text(["a.txt", "b.txt"])
    assert [fields["is_translation"] for _name, _size, fields in Taken.given] == [True, True]


def test_a_lost_response_does_not_lose_or_duplicate_the_file(page, choose):
    lost = []

    def lose(route):
        if route.request.method == "PATCH" and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/uploads/*/", lose)
    choose(page, a_txt=b"words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("listitem")).to_have_text(["a.txt"])
    assert lost == [204]
    assert Document.objects.count() == 1


def test_without_scripts_the_form_posts_the_file(open_page, participant, choose):
    page = open_page(javascript=False)
    page.goto("/folders/open/")
    choose(page, a_txt=b"words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("listitem")).to_have_text(["a.txt"])
    expect(page.get_by_role("progressbar")).to_have_count(0)
