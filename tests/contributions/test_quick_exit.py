"""“Leave this site now” stays in view while a page scrolls, signs out, and leaves no entry in the browser's history."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

TEMPLATES = Path(settings.BASE_DIR, "templates")
WITH_QUICK_EXIT = [
    path.relative_to(TEMPLATES).as_posix()
    for path in sorted(TEMPLATES.rglob("*.html"))
    if "contributions/_quick_exit.html" in path.read_text("utf8")
]


@pytest.mark.parametrize("template", WITH_QUICK_EXIT)
def test_each_page_with_the_quick_exit_loads_its_style_and_its_script(template):
    source = TEMPLATES.joinpath(template).read_text("utf8")
    assert "{% static 'filing.css' %}" in source
    assert "{% static 'filing.js' %}" in source


def test_the_pages_are_found():
    private = {"contributions/contribution_receipt.html", "contributions/contribution_own.html"}
    assert {"contributions/step.html", "contributions/signers.html", "500.html", *private} <= set(WITH_QUICK_EXIT)


@pytest.mark.django_db
def test_a_page_without_a_form_signs_out(participant):
    """It has no token against forged requests, and neither has a page from before the reader signed in again."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(participant)
    browser.post("/accounts/sign-out/", headers={"Origin": "http://testserver"})
    assert "/accounts/sign-in/" in browser.get("/contributions/mine/").url
