"""Render the page of components."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from .pieces import GROUPS, IN_ARABIC, Piece

WHERE = settings.BASE_DIR / "docs" / "components.html"


def render() -> str:
    """Return the whole page. It is the same each time: it does not depend on a clock, a database or a reader."""
    with timezone.override(settings.TIME_ZONE):
        with translation.override("en"):
            groups = {name: shown(pieces) for name, pieces in GROUPS.items()}
        with translation.override("ar"):
            arabic = shown(IN_ARABIC)
    with translation.override("en"):
        text = render_to_string("portal/components.html", {"groups": groups, "arabic": arabic})
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"


def shown(pieces: Iterable[Piece]) -> list[tuple[Piece, str]]:
    """Return each piece with its HTML on one line."""
    return [(piece, one_line(piece)) for piece in pieces]


def one_line(piece: Piece) -> str:
    """Return a piece as its template renders it, without autofocus.

    Settings, and the token of a form, which is random, have fixed values here.
    """
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    fixed = {"SITE_NAME": "Constructive Dialogues", "BASE_URL": "https://portal.example", "csrf_token": "sample"}
    needs = {**fixed, "LANGUAGE_CODE": translation.get_language(), **piece.needs}
    html = render_to_string(piece.template, needs, request=request)
    return " ".join(html.replace(" autofocus", "").split())
