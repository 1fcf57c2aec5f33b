"""The machine's part of the day after a dialogue: the steps of tests/browser/day.py, without pauses for thought.

Chromium performs them on a site as in production. TEXT is a file with another press release. It has to name a dialogue
on trafficking in persons, like the default one.
"""

import os
import time
from pathlib import Path

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from bench.figures import Figure  # noqa: E402
from bench.served import served, session_of  # noqa: E402
from bench.staff import TEXT  # noqa: E402
from contributions.models import Contribution  # noqa: E402
from dialogues.models import Series  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS  # noqa: E402
from tests.browser.day import PAPERS, Day  # noqa: E402

REVIEW_CLICKS = 3 * PAPERS  # at most
SERIES = {"TIP": "Trafficking in Persons", "SOM": "Smuggling of Migrants"}


def measure(files):
    """Yield the seconds of each step and of all steps. `files` is not used."""
    call_command("migrate", verbosity=0)
    for code, name in SERIES.items():
        Series.objects.get_or_create(code=code, defaults={"name": name, "slug": code.lower()})
    session = secretary()
    with served() as port, sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop lives in this thread
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(base_url=f"http://127.0.0.1:{port}")
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{port}"}])
        day = Day(page, release=Path(os.environ.get("TEXT") or TEXT).read_text("utf8"), title=SERIES["TIP"])
        yield from timed(day)
        browser.close()
    yield Figure(f"the review of {PAPERS} contributions", len(day.review_clicks), "clicks", REVIEW_CLICKS)
    missing = PAPERS - Contribution.objects.published().count()
    yield Figure(f"contributions of {PAPERS} that are not published then", missing, "contributions", 0)


def secretary():
    """Return the session key of a member of the secretariat."""
    user = get_user_model().objects.create_user("secretary@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name="Secretariat"))
    return session_of(user)


def timed(day):
    whole = 0
    for name, step in day.steps().items():
        start = time.perf_counter()
        step()
        took = time.perf_counter() - start
        whole += took
        yield f"{name}: {took:.1f} s"
    yield Figure("the machine's part of the day after a dialogue", whole, "seconds", 180)
