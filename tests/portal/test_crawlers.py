"""robots.txt and sitemaps: the public pages in each language, and the addresses closed to crawlers."""

import xml.etree.ElementTree as ET

import pytest
from django.utils import timezone

from portal.sitemaps import sitemaps
from publishing import workflow
from tests import build

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def site(settings):
    settings.BASE_URL = "https://portal.example"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


def urls(client, section):
    """Return the entries of a sitemap section by the path of their address."""
    tree = ET.fromstring(client.get(f"/sitemap-{section}.xml").content)  # noqa: S314  our own
    entries = {entry.find("s:loc", NAMES).text: entry for entry in tree.findall("s:url", NAMES)}
    assert all(address.startswith("https://portal.example/") for address in entries)
    return {address.removeprefix("https://portal.example"): entry for address, entry in entries.items()}


@pytest.fixture
def records():
    dialogue = build.dialogue(slug="third")
    call = build.call(dialogue)
    appearance = build.appearance(dialogue, panel=build.panel(dialogue))
    contribution = build.contribution(call, attach=[("note.txt", b"Words of a file.")])
    return {
        "dialogues": dialogue,
        "panels": appearance.panel,
        "summaries": build.summary(dialogue),
        "quotes": build.quote(appearance),
        "speakers": appearance.speaker,
        "topics": build.topic(),
        "news": build.news_item(),
        "calls": call,
        "papers": build.paper(dialogue),
        "statements": build.statement(dialogue, at=appearance),
        "photographs": build.photograph(dialogue),
        "contributions": contribution,
        "files": contribution.shown.attachments.get(),
    }


def test_the_sitemap_lists_each_section_and_each_page_opens(records, client, settings):
    index = client.get("/sitemap.xml").content.decode()
    assert records.keys() | {"lists"} == sitemaps().keys()
    for section in sitemaps():
        assert f"<loc>https://portal.example/sitemap-{section}.xml</loc>" in index
    for section, record in records.items():
        found = list(urls(client, section))
        assert record.get_absolute_url() in found
        assert len(found) == len(settings.LANGUAGES)
        assert all(path.endswith(record.get_absolute_url()) for path in found)
    for path in [*urls(client, "lists"), *(record.get_absolute_url() for record in records.values())]:
        assert client.get(path).status_code == 200


def test_all_alternates_open_and_english_is_for_readers_of_other_languages(records, client, settings):
    address = records["summaries"].get_absolute_url()
    entry = urls(client, "summaries")[address]
    links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
    assert links["x-default"] == links["en"] == f"https://portal.example{address}"
    assert len(links) == len(settings.LANGUAGES) + 1
    for link in links.values():
        assert client.get(link.removeprefix("https://portal.example")).status_code == 200


def test_no_sitemap_lists_a_hidden_record(records, client):
    workflow.unpublish(records["dialogues"], by=None)
    for section in records.keys() - {"topics", "news"}:
        assert urls(client, section) == {}
    for section in ("topics", "news"):
        workflow.unpublish(records[section], by=None)
        assert urls(client, section) == {}


def test_lastmod_is_the_date_of_the_last_change(records, client):
    quote = records["quotes"]
    past = timezone.now().replace(year=2020)
    type(quote).objects.filter(pk=quote.pk).update(published_at=past)
    quote.history.update(history_date=past.replace(year=2021))
    last = "s:lastmod"
    assert urls(client, "quotes")[quote.get_absolute_url()].find(last, NAMES).text[:4] == "2021"
    quote.history.all().delete()  # history is only kept for a while
    assert urls(client, "quotes")[quote.get_absolute_url()].find(last, NAMES).text[:4] == "2020"


def dates(client, section):
    """Return the date of each page in a sitemap section."""
    return {path: entry.findtext("s:lastmod", None, NAMES)[:10] for path, entry in urls(client, section).items()}


UNSHOWN = {
    "speakers": lambda record: {"account": build.user("someone@example.org")},
    "photographs": lambda record: {"consent_note": "By letter", "consented_on": timezone.localdate()},
    "calls": lambda record: {"needs_second_reader": not record.needs_second_reader},
}
SHOWN = {"speakers": "title", "photographs": "caption", "calls": "guidance", "dialogues": "city", "news": "place"}


def long_ago(record):
    """Date all that happened to a record years back."""
    if hasattr(record, "published_at"):
        type(record).objects.filter(pk=record.pk).update(published_at="2020-01-01T00:00Z")
    record.history.update(history_date="2020-01-02T00:00Z")
    record.refresh_from_db()


def change(record, **values):
    """Save a record again with other values."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


@pytest.mark.parametrize("section", UNSHOWN)
def test_lastmod_is_not_moved_by_a_field_that_no_page_shows(section, records, client):
    long_ago(records[section])
    change(records[section], **UNSHOWN[section](records[section]))
    assert set(dates(client, section).values()) == {"2020-01-02"}


@pytest.mark.parametrize("section", ["speakers", "news", "dialogues"])
def test_lastmod_stays_if_a_record_is_saved_as_it_was(section, records, client):
    long_ago(records[section])
    change(records[section])
    assert set(dates(client, section).values()) == {"2020-01-02"}


@pytest.mark.parametrize(("section", "field"), SHOWN.items())
def test_lastmod_is_that_of_the_last_visible_change_of_several(section, field, records, client):
    record = records[section]
    long_ago(record)
    change(record, **{field: "Another"})
    record.history.filter(history_date__year__gt=2020).update(history_date="2021-03-04T00:00Z")
    change(record, **UNSHOWN[section](record) if section in UNSHOWN else {})
    assert set(dates(client, section).values()) == {"2021-03-04"}


def test_lastmod_follows_a_value_that_is_taken_out(records, client):
    quote = records["quotes"]
    change(quote, recording_seconds=None, news_item=records["news"])
    long_ago(quote)
    change(quote, news_item=None)
    assert "2020-01-02" not in dates(client, "quotes").values()


def test_each_page_is_listed_in_each_language(records, client, settings):
    entry = urls(client, "dialogues")["/dialogues/third/"]
    links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
    assert links.keys() == {code for code, _ in settings.LANGUAGES} | {"x-default"}
    assert links["x-default"] == links["en"] == "https://portal.example/dialogues/third/"


def test_the_sitemap_has_no_last_modified_header(records, client):
    assert not client.get("/sitemap-dialogues.xml").has_header("Last-Modified")
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_txt_excludes_pages_that_need_an_account_or_a_secret(client):
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    for path in ("/admin/", "/contributions/mine/", "/drafts/", "/*/drafts/", "/search/?", "/*/search/cite/"):
        assert f"Disallow: {path}" in lines
    assert "Sitemap: https://portal.example/sitemap.xml" in lines
    assert "Disallow: /dialogues/" not in lines
