"""A real browser for the tests in this folder. Without one, they are skipped and the summary says so."""

import io
import os
import re
import shutil
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from PIL import Image
from playwright.sync_api import expect, sync_playwright

# The shell has the same pages without a window around them, which takes half of the time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="pages in a browser need Chromium (on Debian: apt-get install chromium)")
                )


@pytest.fixture(scope="package")
def chromium(django_db_setup):
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, which Django mistakes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # A loaded machine is slow, not wrong: by default, Playwright gives an expectation five seconds.
        expect.set_options(timeout=60_000)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server, roles):
    """Open a page in a context of its own: `open_page(width=360, javascript=False)`. Console errors fail the test."""
    contexts, complaints = [], []

    def open_one(width=1280, javascript=True, breaks=False, time_zone=None):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            timezone_id=time_zone,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        expected = "net::ERR" if breaks else None  # expected if a test breaks the connection
        page.on("console", lambda message: message.type == "error" and complaints.append((expected, message.text)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    # The browser also logs 4xx responses; tests check those themselves.
    heard = [text for expected, text in complaints if not (expected and expected in text)]
    assert [text for text in heard if "responded with a status of 4" not in text] == []


@pytest.fixture
def sign_in():
    """Sign a person in on a page with the code from the email."""

    def enter(page, email):
        cache.clear()  # rate limits: other tests sign in the same people
        page.goto("/accounts/sign-in/")
        page.get_by_label("Email").fill(email)
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("Code").wait_for()  # by then the email with the code is the last one
        page.get_by_label("Code").fill(re.search(r"Your code is (\S+)", mail.outbox[-1].body)[1])
        page.get_by_role("button", name="Sign in").click()

    return enter


@pytest.fixture
def picture():
    """Save a screenshot in the folder that PICTURES names: `picture(page, "home")`. Do nothing if it is not set.

    `picture(page, "home", whole=True)` captures the full page. A palette keeps the file small enough for a README.
    """
    folder = os.environ.get("PICTURES")

    def keep(page, name, whole=False):
        if folder:
            shot = Image.open(io.BytesIO(page.screenshot(full_page=whole, animations="disabled", caret="hide")))
            Path(folder).mkdir(parents=True, exist_ok=True)
            # Pages have few colours, and Pillow's quantizer is deterministic.
            shot.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(Path(folder, f"{name}.png"), optimize=True)

    return keep
