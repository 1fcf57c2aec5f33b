"""The checks of `asking` find a fault at the widths and in the scheme that have it."""

import pytest

from .asking import OF_COLOURS, TAGS, complaints

PAGE = """<!doctype html><html lang="en"><head><title>A page</title><style>
    :root { color-scheme: light dark; color: light-dark(#000, #fff); background: light-dark(#fff, #000); }
    %s</style></head><body><main><h1>A page</h1><p>Some words.</p></main></body></html>"""


@pytest.fixture
def found(open_page):
    """Open a page with these styles, and return the rules that it breaks, each with the width and the scheme."""
    page = open_page()

    def with_styles(styles):
        page.set_content(PAGE % styles)
        return [complaint.split(": ")[:2] for complaint in complaints(page)]

    return with_styles


@pytest.mark.parametrize(("scheme", "colours"), [("light", "#ccc, #fff"), ("dark", "#000, #333")])
def test_low_contrast_is_found_in_the_scheme_that_has_it(found, scheme, colours):
    assert found("") == []
    at = [f"{width} px, {scheme}" for width in (360, 768, 1280)]
    assert found(f"p {{ color: light-dark({colours}); }}") == [[where, "color-contrast"] for where in at]


def test_low_contrast_is_found_at_the_width_that_has_it(found):
    styles = "@media (max-width: 400px) { p { background: %s; } }"
    assert found(styles % "light-dark(#fff, #ccc)") == [["360 px, dark", "color-contrast"]]


def test_the_same_colours_are_judged_by_what_is_behind_them(found):
    styles = "p { color: light-dark(#000, #fff); background: light-dark(%s, #000); }"
    assert found(styles % "#fff") == []
    assert {rule for _where, rule in found(styles % "#111")} == {"color-contrast"}


def test_rules_that_are_asked_once_for_both_schemes_look_at_no_colours(open_page):
    page = open_page()
    page.set_content(PAGE % "")
    complaints(page)
    of_colours = "tags => axe.getRules(tags).filter(rule => rule.tags.includes('cat.color')).map(rule => rule.ruleId)"
    assert sorted(page.evaluate(of_colours, TAGS)) == sorted(OF_COLOURS)
