"""The sample on a live server, and a fixture that checks its pages in English and in Arabic.

`PICTURES=FOLDER make test ARGS=tests/browser/face` also saves a screenshot of every page at every width, in light and
dark mode. It takes several times as long.
"""

import http.client
from functools import partial

import pytest
from django.conf import settings
from django.test import Client

from dialogues.models import Dialogue
from tests import build

from .asking import complaints


@pytest.fixture(params=["en", "ar"])
def language(request):
    """A left-to-right and a right-to-left language."""
    return request.param


@pytest.fixture
def sample(sample):
    """Add a news item to the sample, which has none."""
    build.news_item("A day in the city", about=Dialogue.objects.filter(slug="sample-dialogue"))


@pytest.fixture
def look(open_page, picture, live_server, language):
    """Open each page of {name: address}, call `do(page)` if given, and fail with the problems that were found."""

    def at(pages, *, by=None, do=None):
        page, found = open_page(), []
        if by:
            enter(page, by, live_server.url)
        for name, address in pages.items():
            answer = page.goto(localized(address, language))
            if (answer.status == http.client.NOT_FOUND) != (name == "absent"):
                found.append(f"{name}: answers {answer.status}")
            if do:
                do(page)
            found += [f"{name}: {problem}" for problem in complaints(page, partial(keep, f"{language}-{name}"))]
        assert found == [], "\n".join(found)

    def keep(name, page, way):
        picture(page, f"{name}-{way}", whole=True)

    return at


def localized(address, language):
    """Return the address of a page in another language of the interface."""
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


def enter(page, user, site):
    """Sign a user in on a page, without the email."""
    browser = Client()
    browser.force_login(user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
