"""Any cache may store pages for anonymous readers, and none may store pages for anyone else."""

import pytest
from django.urls import resolve

from portal.sitemaps import declared_pages
from publishing import workflow
from tests import build
from tests.gate import is_absent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

LISTS = ["/", "/dialogues/", "/speakers/", "/quotes/", "/news/", "/topics/", "/awaited/", "/contributions/",
         "/contributions/terms/", "/search/", "/search/?q=debt", "/search/feed/?q=debt", "/search/suggest/?q=de",
         "/awaited/feed/", "/robots.txt", "/sitemap.xml", "/sitemap-dialogues.xml", "/opensearch.xml",
         "/about/", "/about/follow/", "/about/citing/", "/about/privacy/", "/about/contact/", "/calendar.ics",
         "/recommendations/", "/recommendations/feed/", "/recommendations/table.csv",
         "/contributions/participation/", "/contributions/participation.csv", "/contributions/participation/years.csv",
         "/contributions/participation/years.svg"]  # fmt: skip
# Files made of a search, which are sent whole.
FILES = ["/search/cite/?q=debt&as=ris", "/search/results.csv?q=debt", "/search/results.json?q=debt",
         "/search/texts.zip?q=debt"]  # fmt: skip

FOR_ALL = "public, max-age=0, s-maxage=60, must-revalidate"


@pytest.fixture
def tasks_wait(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


@pytest.fixture
def records():
    """Return the address of one page of each kind that shows a record."""
    dialogue = build.dialogue(slug="third")
    panel = build.panel(dialogue)
    appearance = build.appearance(dialogue, panel=panel)
    quote = build.quote(appearance)
    summary = build.summary(dialogue)
    build.summary(dialogue, language="fr")
    build.summary(dialogue, version=2, changes="Names.")
    call = build.call(dialogue)
    own = [dialogue, panel, appearance.speaker, quote, summary, build.news_item(), build.topic(), call]
    contribution = build.contribution(call, attach=[("note.txt", b"Words of a file.")])
    address = summary.get_absolute_url()
    return [
        *(record.get_absolute_url() for record in own),
        contribution.get_absolute_url(),
        f"{contribution.get_absolute_url()}files/1/",
        build.paper(dialogue).get_absolute_url(),
        f"{address}beside/fr/",
        "/dialogues/third/summary/en/v2/changes/",
        "/dialogues/third/quotes/",
        "/dialogues/third/feed/",
        "/dialogues/third/calendar.ics",
        f"{call.get_absolute_url()}calendar.ics",
        build.statement(dialogue).get_absolute_url(),
        build.photograph(dialogue).get_absolute_url(),
        f"{own[6].get_absolute_url()}years/",
        "/series/tip/years/",
    ]


def test_each_public_page_is_among_these(records):
    shown = {resolve(address.partition("?")[0]).view_name for address in [*LISTS, *FILES, *records]}
    assert declared_pages().keys() - shown == set()


def test_proxies_may_cache_a_public_page_for_a_minute_and_no_public_page_sets_a_cookie(records, client):
    for address in [*LISTS, *FILES, *records]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == FOR_ALL, address
        assert "Cookie" in answer["Vary"], address
        assert not answer.cookies, address
        assert not client.cookies, address


def test_a_cached_page_is_confirmed_with_an_empty_304(records, client):
    # A feed without entries contains the time of the request.
    for address in [*(address for address in LISTS if "/feed/" not in address), *records]:
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["Cache-Control"] == FOR_ALL, address
        assert again["ETag"] == first["ETag"]


def test_a_compressed_page_is_confirmed_with_304(records, client):
    compressed = {"Accept-Encoding": "gzip"}
    first = client.get("/dialogues/", headers=compressed)
    assert first["Content-Encoding"] == "gzip"
    assert first["ETag"].startswith("W/")
    again = client.get("/dialogues/", headers=compressed | {"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_changed_page_is_sent_again(client):
    dialogue = build.dialogue(title="Third dialogue")
    etag = client.get("/dialogues/")["ETag"]
    dialogue.title = "Third dialogue, corrected"
    dialogue.save()
    answer = client.get("/dialogues/", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "corrected" in answer.content.decode()


def test_a_page_is_sent_again_when_something_on_it_was_unpublished(client):
    quote = build.quote(build.appearance(build.dialogue()), text="Withdrawn words.")
    before = client.get("/quotes/")
    assert not before.has_header("Last-Modified")
    workflow.unpublish(quote, by=None)
    headers = {"If-None-Match": before["ETag"], "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert client.get("/quotes/", headers=headers).status_code == 200


def test_pages_for_signed_in_users_are_never_cached(records, browser_of, participant, secretary):
    for person in (participant, secretary):
        browser = browser_of(person)
        for address in (*records[:9], "/", "/dialogues/"):
            said = browser.get(address)["Cache-Control"]
            assert "private" in said
            assert "no-store" in said
            assert "public" not in said


def test_a_page_with_a_message_is_never_cached(client):
    client.cookies["messages"] = "whatever is in it"
    assert "no-store" in client.get("/dialogues/")["Cache-Control"]


def test_pages_with_forms_are_not_cacheable(client):
    for address in ("/contributions/check/", "/accounts/sign-in/", "/contributions/new/"):
        assert "public" not in client.get(address).headers.get("Cache-Control", "")


def test_a_preview_of_a_draft_is_never_cached(client, secretary):
    quote = build.quote(build.appearance(build.dialogue()), public=False)
    preview = workflow.share(quote, by=secretary, days=3)
    answer = client.get(f"/drafts/{preview.secret}/")
    assert "no-store" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]


def test_a_404_has_no_cache_control(client, browser_of, stranger):
    draft = build.dialogue(public=False)
    assert is_absent(client, draft.get_absolute_url())
    assert is_absent(browser_of(stranger), draft.get_absolute_url())
    assert not client.get("/dialogues/not-there/").has_header("Cache-Control")
