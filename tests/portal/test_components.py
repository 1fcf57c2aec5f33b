"""docs/components.html shows every partial of the public pages as its template renders it now."""

import io
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from portal.components import page
from portal.components.pieces import GROUPS

TEMPLATES = Path(settings.BASE_DIR) / "templates"
NOT_PUBLIC = {"admin", "desk", "simple_history", "_masthead_staff.html"}


def partials():
    paths = [path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("_*.html")]
    return {path.as_posix() for path in paths if path.parts[0] not in NOT_PUBLIC} - {
        "portal/_component.html",
        "_head.html",
    }


def test_the_page_in_docs_is_up_to_date():
    """Run `make components` if this fails. It needs no database, as the records are never saved."""
    assert page.WHERE.read_text("utf8") == page.render()


def test_the_page_shows_every_partial_and_nothing_else():
    shown = [piece.template for pieces in GROUPS.values() for piece in pieces]
    assert partials() == set(shown), "add it to portal/components/pieces.py"


def test_no_partial_renders_empty():
    empty = [piece.template for pieces in GROUPS.values() for piece, html in page.shown(pieces) if len(html) < 10]
    assert [name for name in empty if name not in {"_languages.html"}] == []


def test_the_page_needs_only_the_stylesheets():
    text = page.render()
    for name in ("portal.css", "components.css"):
        assert f'href="../static/{name}"' in text
    assert 'dir="rtl"' in text
    assert "autofocus" not in text
    assert "<script" not in text


def test_the_command_writes_the_page(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "WHERE", tmp_path / "components.html")
    call_command("show_components", stdout=io.StringIO())
    assert (tmp_path / "components.html").read_text("utf8") == page.render()
