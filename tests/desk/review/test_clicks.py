"""The clicks of the review of forty contributions that staff brought in, each with a file, on the pages as they are."""

import re

import pytest

from contributions.models import Check, Contribution
from publishing.models import Verb
from publishing.workflow import log
from tests import build, files
from tests.desk.review.reviewing import QUEUE

pytestmark = pytest.mark.django_db

NUMBER, MOST_CLICKS = 40, 120


class Reviewer:
    """A reviewer who clicks on what a page offers, and nothing else."""

    def __init__(self, browser):
        self.browser, self.clicks = browser, 0
        self.address = QUEUE
        self.html = browser.get(QUEUE).content.decode()

    def follow(self, pattern):
        """Click the first link that matches."""
        self.address = re.search(rf'href="({pattern})"', self.html)[1].replace("&amp;", "&")
        self.html, self.clicks = self.browser.get(self.address).content.decode(), self.clicks + 1

    def tick(self, name):
        """Tick every checkbox with this name, and return what the form then sends."""
        values = re.findall(rf'<input type="checkbox" name="{name}" value="([^"]*)"', self.html)
        assert values, name
        self.clicks += len(values)
        return {name: values}

    def press(self, verb, **fields):
        """Press a button of the form, which sends its hidden fields too."""
        assert f'name="verb" value="{verb}"' in self.html
        hidden = dict(re.findall(r'<input type="hidden" name="(revision|checklist)" value="([^"]*)"', self.html))
        answer = self.browser.post(self.address, hidden | fields | {"verb": verb}, follow=True)
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else self.address
        self.html, self.clicks = answer.content.decode(), self.clicks + 1


@pytest.fixture
def clicking(reviewer, secretary, browser_of):
    call = build.call()
    for number in range(NUMBER):
        attach = [("a.pdf", files.pdf([f"Paper {number}."]))]
        made = build.contribution(call, state="submitted", title=f"Paper {number}", attach=attach)
        log(made, Verb.IMPORT, by=secretary)
    return Reviewer(browser_of(reviewer))


def test_forty_contributions_are_published_one_by_one(clicking, record_property):
    clicking.follow('/desk/review/TIP-[^"]*')
    for _number in range(NUMBER):
        clicking.press("publish", **clicking.tick("everything"))
    assert "This queue is empty." in clicking.html
    assert Contribution.objects.published().count() == NUMBER
    assert Check.objects.count() == NUMBER * len(Check.Point)
    record_property("clicks", clicking.clicks)
    assert clicking.clicks <= MOST_CLICKS
