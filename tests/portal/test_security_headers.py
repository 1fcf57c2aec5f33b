"""What answers tell browsers to refuse."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contributions.models import Invitation
from publishing.workflow import share
from search.models import SearchAlert
from tests import build
from tests.portal.test_settings import read  # noqa: F401  a fixture


@pytest.mark.parametrize("page", ["/", "/accounts/sign-in/", "/there-is-nothing-here/"])
def test_pages_use_no_device_and_are_loaded_by_no_other_site(db, page):
    headers = Client().get(page).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "publickey-credentials-get=(self)"} <= set(policy)


def test_a_page_with_a_secret_in_its_address_does_not_send_the_address_on(db, browser_of):
    preview = share(build.dialogue(public=False), by=None, days=1)
    invitation = Invitation.objects.create(call=build.call())
    alert = SearchAlert.objects.create(address="reader@example.org", query="q=debt")
    filer = build.user("filer@example.org")
    draft = build.draft(invitation.call, by=filer)
    for address in (
        preview.get_absolute_url(),
        f"/fr/contributions/invitation/{invitation.secret}/",
        f"/search/alerts/{alert.key}/leave/",
        f"/contributions/mine/{draft.key}/who/",
    ):
        answer = browser_of(filer).get(address)
        assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "strict-origin")
    answer = Client().get(f"/contributions/invitation/{invitation.secret}/", follow=True)
    assert (answer.request["PATH_INFO"], answer.headers["Referrer-Policy"]) == ("/accounts/sign-in/", "strict-origin")
    for address in ("/", "/dialogues/", "/accounts/sign-in/", "/there-is-nothing-here/", "/drafts/absent/"):
        assert Client().get(address).headers["Referrer-Policy"] == "same-origin"


def test_other_sites_show_cards(db):
    answer = Client().get(reverse("cards:site", args=["en"]))
    assert (answer.status_code, answer.headers["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")


def test_a_pdf_runs_and_loads_nothing(db):
    paper = build.paper(build.dialogue())
    answer = Client().get(paper.get_download_url())
    assert answer.headers["Content-Type"] == "application/pdf"
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "object-src 'none'", "form-action 'none'", "frame-ancestors 'none'"):
        assert part in policy


def test_the_security_contact_is_published_with_an_end(db, settings):
    settings.SECURITY_CONTACT = "mailto:security@portal.example"
    answer = Client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@portal.example"
    assert fields["Canonical"] == "http://localhost:8000/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "ar, zh, en, fr, ru, es"
    expires = timezone.datetime.fromisoformat(fields["Expires"])
    assert 170 < (expires - timezone.now()).days < 181


def test_without_a_contact_there_is_no_file(db, settings):
    settings.SECURITY_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404


def test_cookies_belong_to_this_host_alone_in_production(read):  # noqa: F811
    names = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.COOKIE_PREFIX"
    assert read(names, SECRET_KEY="x").stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "__Host-"]
    assert read(names, SECRET_KEY="x", DEBUG="on").stdout.split() == ["sessionid", "csrftoken"]
