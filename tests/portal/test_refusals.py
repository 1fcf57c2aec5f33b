"""Requests that are refused get a page of the site in the reader's language, not one of Django's."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import build, gate

pytestmark = pytest.mark.django_db


def test_someone_without_access_is_told_so_in_their_language(browser_of, reviewer):
    answer = browser_of(reviewer).get("/fr/desk/add/topic/")
    assert answer.status_code == 403
    assert "Accès refusé à cette page" in answer.content.decode()
    assert '<html lang="fr"' in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "here"),
    [("/nowhere/", 404, "Not found"), ("/ar/nowhere/", 404, "غير موجود"), ("/accounts/sign-out/", 403, "out of date")],
)
def test_the_page_of_an_error_says_where_one_is(address, status, here):
    answer = Client(enforce_csrf_checks=True).post(address)
    assert answer.status_code == status
    trail = answer.content.decode().split('class="breadcrumbs"')[1].split("</nav>")[0]
    assert here in trail.split('aria-current="page">')[1]


def test_too_many_requests_are_answered_with_how_long_to_wait(client):
    cache.clear()
    answers = [client.get("/search/results.csv?q=debt") for _time in range(13)]
    assert answers[-1].status_code == 429
    assert "Wait a minute, then go back and try again. If it still does not work, try again in an hour." in (
        answers[-1].content.decode()
    )


def test_a_text_that_is_too_long_for_a_form_is_refused_in_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    answer = client.post("/contributions/check/", {"reference": "x" * 1024 * 1024}, "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "Your text is too long" in page
    assert "up to 1 MB." in page


def test_a_request_that_cannot_be_read_gets_a_page(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = client.post("/contributions/check/", {f"field-{number}": "x" for number in range(5)})
    assert answer.status_code == 400
    assert "This request cannot be read" in answer.content.decode()


def test_a_host_that_is_not_ours_gets_a_page_without_words_of_the_site(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert b"elsewhere.example" not in answer.content


def test_an_old_link_to_ask_for_time_leads_to_what_was_sent(browser_of, participant):
    record = build.contribution(by=participant, state="submitted")
    filer = browser_of(participant)
    answer = filer.get(f"/contributions/mine/{record.key}/more-time/", follow=True)
    assert answer.status_code == 200
    assert gate.shows(filer, answer.redirect_chain[-1][0], record.reference)
