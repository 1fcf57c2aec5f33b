"""Which pages are kept in memory, and how long."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from publishing import kept_pages
from publishing import workflow as publishing
from publishing.kept_pages import is_for_everyone, may_keep
from tests import build

pytestmark = pytest.mark.django_db

DAY = datetime(2031, 5, 4, 12, tzinfo=UTC)


def queries_of(client, address, **headers):
    """Return the answer to a request and the number of queries that it took."""
    with CaptureQueriesContext(connection) as captured:
        return client.get(address, headers=headers), len(captured)


def test_a_kept_page_takes_one_query_and_is_the_same(kept_pages_on, client):
    first, _ = queries_of(client, "/dialogues/")
    again, count = queries_of(client, "/dialogues/")
    assert count == 1
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
    assert "Content-Security-Policy" in again


def test_a_change_is_on_the_next_page(kept_pages_on, client):
    dialogue = build.dialogue(title="Before")
    address = dialogue.get_absolute_url()
    assert "Before" in client.get(address).content.decode()
    dialogue.title = "Afterwards"
    dialogue.save()
    assert "Afterwards" in client.get(address).content.decode()


def test_a_change_while_a_page_is_made_is_on_the_next_page(kept_pages_on, client, monkeypatch):
    topic, made = build.topic("Before"), kept_pages.next_moment

    def change_then_ask(state, since):
        topic.name = "Afterwards"
        topic.save()
        return made(state, since)

    monkeypatch.setattr(kept_pages, "next_moment", change_then_ask)
    assert "Before" in client.get("/topics/").content.decode()
    assert kept_pages.store.size > 0
    assert "Afterwards" in client.get("/topics/").content.decode()


def test_raw_bytes_in_a_query_do_not_stand_for_other_words(kept_pages_on, client):
    client.generic("GET", "/search/", QUERY_STRING="q=é".encode().decode("latin-1"))  # not quoted
    assert 'value="Ã©"' in client.get("/search/?q=%C3%83%C2%A9").content.decode()


def test_a_browser_that_has_the_page_gets_304_without_it(kept_pages_on, client):
    tag = client.get("/dialogues/")["ETag"]
    answer, count = queries_of(client, "/dialogues/", if_none_match=tag)
    assert (answer.status_code, answer.content, count) == (304, b"", 1)
    assert answer["ETag"] == tag


def test_a_304_has_the_headers_of_the_page_that_caches_need(kept_pages_on, client):
    page = client.get("/dialogues/")
    short = client.get("/dialogues/", headers={"if-none-match": page["ETag"]})
    assert short.status_code == 304
    for name in ("ETag", "Cache-Control", "Vary", "X-Content-Type-Options", "Cross-Origin-Resource-Policy"):
        assert short[name] == page[name]
    assert "Content-Type" not in short


def test_a_kept_page_has_the_headers_of_the_page_that_was_made(kept_pages_on, client):
    made, kept = (client.get("/dialogues/", secure=True) for _ in range(2))
    assert list(made.items()) == list(kept.items())
    assert {"Content-Security-Policy", "Permissions-Policy", "Referrer-Policy"} <= kept.headers.keys()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": '"other"'}, 200),
        ({"if-none-match": '"other", {tag}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": "{tag}", "if-match": '"other"'}, 412),
        ({"if-none-match": "{tag}", "if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"}, 304),
        ({"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"}, 200),
    ],
)
def test_conditions_of_a_request_are_met(kept_pages_on, client, headers, status):
    tag = client.get("/dialogues/")["ETag"]
    asked = {name: value.replace("{tag}", tag) for name, value in headers.items()}
    assert client.get("/dialogues/", headers=asked).status_code == status


def test_headers_added_to_one_answer_are_on_no_other(kept_pages_on, client):
    client.get("/dialogues/")
    answer = client.get("/dialogues/")
    answer["X-Own"] = "1"
    assert "X-Own" not in client.get("/dialogues/")


def test_compressed_pages_are_kept_beside_others(kept_pages_on, client):
    plain = client.get("/dialogues/").content
    first = client.get("/dialogues/", headers={"accept-encoding": "gzip"})
    again, count = queries_of(client, "/dialogues/", accept_encoding="br, gzip")
    assert again["Content-Encoding"] == "gzip"
    assert again.content == first.content
    assert (again.content != plain, count) == (True, 1)
    assert client.get("/dialogues/").content == plain


def test_head_is_answered_from_the_kept_page_and_keeps_none(kept_pages_on, client):
    client.head("/dialogues/")
    assert kept_pages.store.size == 0
    length = client.get("/dialogues/")["Content-Length"]
    with CaptureQueriesContext(connection) as captured:
        answer = client.head("/dialogues/")
    assert (answer.content, answer["Content-Length"], len(captured)) == (b"", length, 1)


def test_another_host_scheme_language_or_query_is_another_page(kept_pages_on, client):
    client.get("/dialogues/")
    for address, extra in (
        ("/dialogues/", {"SERVER_NAME": "localhost"}), ("/dialogues/", {"secure": True}), ("/fr/dialogues/", {}),
        ("/dialogues/?page=1", {}),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            client.get(address, **extra)
        assert len(captured) > 1, (address, extra)


@pytest.mark.parametrize("name", ["SERVER_NAME", "HTTP_HOST"])
def test_a_wrong_host_is_refused(kept_pages_on, client, name):
    for _ in range(2):
        assert client.get("/dialogues/", **{name: "localhost"}).status_code == 200
        assert client.get("/dialogues/", **{name: "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/none/", "/contributions/check/", "/accounts/sign-in/", "/search/suggest/"])
def test_errors_forms_and_answers_of_the_engine_are_not_kept(kept_pages_on, client, address):
    client.get(address)
    assert kept_pages.store.size == 0


def test_nothing_is_kept_for_someone_with_a_session(kept_pages_on, secretary, browser_of):
    draft = build.dialogue(title="Hidden draft", public=False)
    browser = browser_of(secretary)
    assert browser.get(draft.get_absolute_url()).status_code == 200
    browser.get("/dialogues/")
    assert kept_pages.store.size == 0


def test_someone_with_a_session_gets_no_kept_page(kept_pages_on, client, secretary, browser_of):
    client.get("/dialogues/")
    assert "Sign out" in browser_of(secretary).get("/dialogues/").content.decode()
    assert "Sign out" not in client.get("/dialogues/").content.decode()


def test_a_preview_is_not_kept(kept_pages_on, client, secretary):
    draft = build.dialogue(title="Hidden draft", public=False)
    preview = publishing.share(draft, by=None, days=14)
    assert "Hidden draft" in client.get(preview.get_absolute_url()).content.decode()
    assert kept_pages.store.size == 0


@pytest.mark.parametrize("headers", [{"Authorization": "Basic eA=="}, {"Range": "bytes=0-9"}])
def test_unusual_requests_are_left_to_the_views(headers):
    assert not is_for_everyone(RequestFactory().get("/", headers=headers), "/")


def test_a_request_that_sends_something_is_left_to_the_views():
    assert not is_for_everyone(RequestFactory().post("/"), "/")


def test_a_file_is_answered_without_asking_for_the_state(settings):
    assert is_for_everyone(RequestFactory().get("/"), "/")
    assert not is_for_everyone(RequestFactory().get("/"), f"{settings.STATIC_URL}portal.css")


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({}, True),
        ({"Vary": "Cookie, Accept-Encoding"}, True),
        ({"Vary": "Cookie, Accept-Language"}, False),
        ({"Cache-Control": "public, no-store"}, False),
        ({"Cache-Control": "private"}, False),
        ({"Cache-Control": None}, False),
    ],
)
def test_an_answer_is_kept_if_its_headers_say_that_it_is_for_everyone(headers, kept):
    request = RequestFactory().get("/topics/")
    request.resolver_match = resolve("/topics/")
    headers = {"Cache-Control": "public, max-age=0", **headers}
    response = HttpResponse(headers={name: value for name, value in headers.items() if value})
    assert may_keep(request, response) is kept


@pytest.mark.parametrize("change", [{"status_code": 404}, {"streaming": True}, {"cookies": {"a": "b"}}])
def test_an_answer_of_another_kind_is_not_kept(change):
    request = RequestFactory().get("/topics/")
    request.resolver_match = resolve("/topics/")
    response = HttpResponse(headers={"Cache-Control": "public"})
    for name, value in change.items():
        setattr(response, name, value)
    assert not may_keep(request, response)


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_a_broken_database_is_left_to_the_views(kept_pages_on, client, monkeypatch, error):
    def fail():
        raise error

    monkeypatch.setattr(kept_pages, "present_state", fail)
    assert client.get("/dialogues/").status_code == 200
    assert kept_pages.store.size == 0


def test_nothing_is_kept_if_settings_say_so(client, settings):
    settings.KEPT_PAGES_MEGABYTES = 0
    client.get("/dialogues/")
    assert kept_pages.store.size == 0


# Time


def test_a_page_ends_when_the_next_day_begins(kept_pages_on, client):
    build.dialogue(timezone="Pacific/Auckland")
    at = datetime(2031, 5, 4, 11, 59, tzinfo=UTC)  # 23:59 there
    with time_machine.travel(at, tick=False) as clock:
        queries_of(client, "/dialogues/")
        assert queries_of(client, "/dialogues/")[1] == 1
        clock.shift(60)
        assert queries_of(client, "/dialogues/")[1] > 1


def test_a_page_ends_when_a_call_opens_and_when_it_closes(kept_pages_on, client):
    call, shown = call_between(DAY, DAY + timedelta(days=9)), []
    address = call.get_absolute_url()
    with time_machine.travel(DAY, tick=False) as clock:
        for at in (DAY - timedelta(minutes=1), DAY, call.closes_at):
            clock.move_to(at)
            shown += [client.get(address).content for _ in range(2)]
    assert shown[::2] == shown[1::2]
    assert len(set(shown)) == 3


def call_between(opens_at, closes_at):
    call = build.call()
    call.opens_at, call.closes_at = opens_at, closes_at
    call.save()
    return call


def test_a_very_long_address_is_not_kept(kept_pages_on, client):
    client.get("/dialogues/?" + "x" * 2_000)
    assert kept_pages.store.size == 0


def test_the_next_moment_is_asked_for_once_in_each_state(kept_pages_on, client, monkeypatch):
    asked = []
    monkeypatch.setattr(kept_pages, "next_moments", lambda since: asked.append(since) or [since + timedelta(hours=1)])
    for address in ("/dialogues/", "/topics/", "/quotes/"):
        client.get(address)
    assert len(asked) == 1


def test_the_next_moment_is_asked_for_again_once_it_has_come(kept_pages_on, monkeypatch):
    moments = [DAY + timedelta(hours=1), DAY + timedelta(hours=2)]
    monkeypatch.setattr(kept_pages, "next_moments", lambda since: [next(at for at in moments if at > since), None])
    assert kept_pages.next_moment((1, 1), DAY) == moments[0]
    assert kept_pages.next_moment((1, 1), DAY + timedelta(minutes=59)) == moments[0]
    assert kept_pages.next_moment((1, 1), moments[0]) == moments[1]
    monkeypatch.setattr(kept_pages, "next_moments", lambda since: [])
    assert kept_pages.next_moment((2, 2), DAY) is None


def test_a_browser_with_another_cookie_gets_the_kept_page(kept_pages_on):
    browser = Client()
    browser.get("/dialogues/")
    browser.cookies["csrftoken"] = "x" * 32
    assert queries_of(browser, "/dialogues/")[1] == 1
