"""Check the pages of the sample on a live site, in English and Arabic.

`PICTURES=FOLDER make test ARGS=tests/browser/face` also saves a screenshot of every page at every width, in light and
dark mode. It takes several times as long.
"""

import io
from functools import partial

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from dialogues.models import Dialogue
from tests import build

from .asking import complaints


@pytest.fixture(params=["en", "ar"])
def language(request):
    """Run the test in a left-to-right and a right-to-left language."""
    return request.param


@pytest.fixture
def sample(roles):
    """Load the sample and add a news item, because it has none."""
    call_command("load_sample", stdout=io.StringIO())
    build.news_item("A day in the city", about=Dialogue.objects.filter(slug="sample-dialogue"))


@pytest.fixture
def look(open_page, picture, live_server, language):
    """Return a function that opens each page of {name: address}, calls `do(page)` if given, and fails on any fault."""

    def at(pages, *, by=None, do=None):
        page, found = open_page(), []
        if by:
            enter(page, by, live_server.url)
        for name, address in pages.items():
            page.goto(localized(address, language))
            if do:
                do(page)
            found += [f"{name}: {problem}" for problem in complaints(page, partial(keep, f"{language}-{name}"))]
        assert found == [], "\n".join(found)

    def keep(name, page, way):
        picture(page, f"{name}-{way}", whole=True)

    return at


def localized(address, language):
    """Return the address of the page in a language of the interface."""
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


def enter(page, user, site):
    """Sign a user in on a page without a code."""
    browser = Client()
    browser.force_login(user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
