"""Pages with much on them: none is wider than the window, and what belongs apart keeps its distance."""

from dialogues.models import Dialogue
from tests import build

from .conftest import localized

DISTANCE = """() => { const [above, below] = [".speaker-head", ".notice"].map(
    name => document.querySelector(name).getBoundingClientRect()); return below.top - above.bottom; }"""


def test_a_chart_of_many_years_does_not_widen_the_page(sample, open_page, language):
    build.contribution(build.call(build.dialogue(starts_on=None, date_note="1990")))
    for width in (360, 1280):
        page = open_page(width)
        page.goto(localized("/contributions/participation/", language))
        assert page.locator(".chart-years > li").count() > 30
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_notice_keeps_its_distance_from_the_initial_of_a_speaker(sample, open_page, language):
    speaker = build.speaker("Zora Without-Portrait")
    build.appearance(Dialogue.objects.get(slug="sample-dialogue"), who=speaker)
    page = open_page(360)
    page.goto(localized(speaker.get_absolute_url(), language))
    assert page.locator(".portrait-none").count() == 1
    assert page.evaluate(DISTANCE) >= 8
