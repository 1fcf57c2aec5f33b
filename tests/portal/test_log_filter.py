"""No line of the log gives away an address that opens a draft."""

import io
import logging

import pytest
from django.test import Client

from portal.log_filter import WithoutSecrets
from publishing.workflow import share
from tests import build


@pytest.fixture
def log():
    """What the portal's own handler writes."""
    (handler,) = [
        each for each in logging.getLogger().handlers if any(isinstance(f, WithoutSecrets) for f in each.filters)
    ]
    before = handler.setStream(written := io.StringIO())
    yield written
    handler.setStream(before)


def test_a_refused_post_to_a_preview_keeps_its_address_out_of_the_log(db, log):
    preview = share(build.dialogue(public=False), by=None, days=1)
    assert Client(enforce_csrf_checks=True).post(preview.get_absolute_url()).status_code == 403
    assert preview.secret not in log.getvalue()
    assert "Forbidden" in log.getvalue()
    assert "/drafts/<slug:secret>/" in log.getvalue()


@pytest.mark.parametrize("end", ["", "more/", "../x", "”", "%0a/", "%5c/", "é/x"])
def test_neither_does_a_page_that_is_absent(db, log, end):
    address = "hH3l-0oKq8Wq7yZrT5uVbN2mXcLkJhGf"
    assert Client().get(f"/drafts/{address}/{end}").status_code == 404
    assert Client().get(f"/drafts/{address}{end}/{end}").status_code == 404
    assert "Not Found" in log.getvalue()
    assert address not in log.getvalue()


def test_a_referer_from_elsewhere_is_written_without_its_path(db, log):
    address = "https://elsewhere.example/drafts/hH3l-0oKq8Wq7yZrT5uVbN2mXcLkJhGf/?name=ada"
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/accounts/sign-in/", secure=True, headers={"Referer": address}).status_code == 403
    assert "https://elsewhere.example/…" in log.getvalue()
    assert "drafts" not in log.getvalue()
    assert "ada" not in log.getvalue()


def test_short_paths_that_lead_nowhere_are_written_whole(db, log):
    Client().get("/wp-login.php")
    assert "Not Found: /wp-login.php" in log.getvalue()
