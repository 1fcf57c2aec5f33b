"""Public pages: Lighthouse on the eight main pages, and the weight, requests and cookies of every type of page.

The site runs as in production. Chromium opens each page as on a phone, with an empty cache.
"""

import io
import shutil
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from bench.figures import Figure  # noqa: E402
from bench.lighthouse import FLAGS, Lighthouse  # noqa: E402
from bench.page_types import MAIN, page_types  # noqa: E402
from bench.served import served  # noqa: E402

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


def measure(files):
    """Yield the figures of this part."""
    call_command("migrate", verbosity=0)
    call_command("load_sample", stdout=io.StringIO())
    call_command("db_worker", batch=True, verbosity=0)
    pages = page_types()
    with served() as port:
        site = f"http://127.0.0.1:{port}"
        if shutil.which("chromium"):
            yield from open_all(site, pages)
        yield from ask_again(site, pages)
        if Lighthouse.is_possible():
            lighthouse = Lighthouse(Path(settings.DATA_DIR) / "lighthouse")
            for name in MAIN:
                yield from lighthouse.judge(name, site + pages[name])
        else:
            yield "left out: Lighthouse, which needs Node, npm and Chromium"


def open_all(site, pages):
    """Yield what a first view of each type of page loads, then the maximum of each figure with its goal."""
    with sync_playwright() as playwright:
        # Nothing here may query the database, because Django refuses that in Playwright's event loop.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split()[1:])
        found = {name: open_one(browser, site, address) for name, address in pages.items()}
        browser.close()
    for name, (size, requests, strangers, cookies) in found.items():
        yield f"{name}: {size / 1024:.1f} KB, {requests} requests, {strangers} third parties, {cookies} cookies"
    goals = (("heaviest page", "KB", 100), ("requests of a page, portraits aside", "requests", 6),
             ("requests to third parties", "requests", 0))  # fmt: skip
    for place, (words, unit, goal) in enumerate(goals):
        most = max(figures[place] for figures in found.values())
        yield Figure(words, most / 1024 if unit == "KB" else most, unit, goal)
    yield Figure("pages without a form to send that set a cookie", sum(
        figures[3] > 0 for name, figures in found.items() if name not in ("sign-in", "watch", "alert", "check")
    ), "pages", 0)  # fmt: skip


def open_one(browser, site, address):
    """Return (transferred bytes, requests without portraits, requests to third parties, cookies) of a first view."""
    context = browser.new_context(**PHONE)
    page, sent = context.new_page(), []
    page.on("requestfinished", lambda request: sent.append(request))
    page.goto(site + address, wait_until="networkidle")
    sizes = [request.sizes() for request in sent]
    size = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
    strangers = sum(not request.url.startswith((site, "data:")) for request in sent)
    needed = sum("/portrait/" not in request.url for request in sent)
    found = (size, needed, strangers, len(context.cookies()))
    context.close()
    return found


def ask_again(site, pages):
    """Yield how many types of page answer a second visit with 304."""
    again = [name for name, address in pages.items() if is_unchanged(site + address)]
    yield f"not as before on a second visit: {', '.join(sorted(pages.keys() - set(again)))}"
    yield Figure("types of page of which a second visit loads nothing again", len(again), f"of {len(pages)}", 20, False)


def is_unchanged(address):
    """Return whether a page answers 304 to a request with its entity tag."""
    try:
        with urllib.request.urlopen(address) as first:  # noqa: S310 - this machine's own address
            mark = first.headers["ETag"]
        if mark:
            urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": mark}))  # noqa: S310
    except HTTPError as answer:
        return answer.code == 304
    return False
