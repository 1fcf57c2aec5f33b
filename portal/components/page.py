"""Renders the page of components."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from .pieces import GROUPS, IN_ARABIC

WHERE = settings.BASE_DIR / "docs" / "components.html"


def render():
    """The whole page, the same each time: no clock, no database and no reader has a say in it."""
    with timezone.override(settings.TIME_ZONE):
        with translation.override("en"):
            groups = {name: shown(pieces) for name, pieces in GROUPS.items()}
        with translation.override("ar"):
            arabic = shown(IN_ARABIC)
    with translation.override("en"):
        text = render_to_string("portal/components.html", {"groups": groups, "arabic": arabic})
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"


def shown(pieces):
    """Pairs of a piece and its HTML, in one line each."""
    return [(piece, one_line(piece)) for piece in pieces]


def one_line(piece):
    """A piece as its template renders it; only what draws the focus is left out.

    Settings and the token of a form, which is random, are given here too.
    """
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    fixed = {"SITE_NAME": "Constructive Dialogues", "BASE_URL": "https://portal.example", "csrf_token": "sample"}
    needs = {**fixed, "LANGUAGE_CODE": translation.get_language(), **piece.needs}
    html = render_to_string(piece.template, needs, request=request)
    return " ".join(html.replace(" autofocus", "").split())
