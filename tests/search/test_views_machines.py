"""What machines read of a search: feed, citations and description; hidden records are left out as on the page."""

import json
import re
from datetime import date

import pytest
import rispy
from lxml import etree

from tests import build, gate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_index")]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def quote():
    """Return a public quote about debt; there is a hidden one too."""
    dialogue = build.dialogue(title="Third Dialogue", starts_on="2024-07-10")
    at = build.appearance(dialogue, who=build.speaker("Ada Example"))
    build.quote(at, text="A hidden debt.", public=False)
    return build.quote(at, text="A debt is <hard> to see.")


def feed(client, address):
    return etree.fromstring(client.get(address).content)


def test_a_feed_has_the_results_of_the_page(client, quote):
    entries = feed(client, "/search/feed/?q=debt").findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert links == [f"http://testserver{quote.get_absolute_url()}#quote"]
    assert entries[0].find(f"{ATOM}title").text == "Ada Example (Quote)"
    assert entries[0].find(f"{ATOM}summary").text == "A <mark>debt</mark> is &lt;hard&gt; to see."
    assert entries[0].find(f"{ATOM}published").text.startswith(f"{quote.published_at:%Y-%m-%d}")


def test_the_kind_is_in_the_brackets_of_the_language_of_the_feed(client, quote):
    titles = [title.text for title in feed(client, "/zh/search/feed/?q=debt").findall(f"{ATOM}entry/{ATOM}title")]
    assert titles == ["Ada Example（引语）"]


def test_a_feed_has_the_filters_of_its_search(client, quote):
    assert feed(client, "/search/feed/?q=debt&kind=summary").findall(f"{ATOM}entry") == []


def test_a_feed_is_sorted_by_date_of_publication(client, quote):
    late = build.quote(build.appearance(build.dialogue(starts_on=date(1999, 1, 1))), text="A debt of old.")
    links = [
        one.find(f"{ATOM}link").get("href") for one in feed(client, "/search/feed/?q=debt").findall(f"{ATOM}entry")
    ]
    assert links == [f"http://testserver{record.get_absolute_url()}#quote" for record in (late, quote)]


def test_the_search_page_links_to_its_feed(client, quote):
    assert gate.shows(client, "/search/?q=debt&kind=quote", "/search/feed/?q=debt&amp;kind=quote")


def test_citations_for_reference_managers(client, quote):
    file = client.get("/search/cite/?q=debt&as=ris").content.decode()
    assert file.startswith("TY  - ")
    entry = rispy.loads(file)
    assert [(one["type_of_reference"], one["authors"], one["year"]) for one in entry] == [
        ("SPCH", ["Ada Example"], "2024/7/10")
    ]
    (reference,) = json.loads(client.get("/search/cite/?q=debt&as=csl").content)
    assert reference == {
        "id": quote.get_absolute_url(),
        "type": "speech",
        "title": "Ada Example",
        "author": [{"literal": "Ada Example"}],
        "container-title": "Third Dialogue",
        "issued": {"date-parts": [[2024, 7, 10]]},
        "language": "en",
        "publisher": "Constructive Dialogues",
        "URL": f"http://localhost:8000{quote.get_absolute_url()}",
    }


@pytest.mark.parametrize("query", ["", "kind=quote&year=2024"])
def test_feed_and_citations_without_words_have_what_the_page_lists(client, quote, query):
    quotes = [entry.find(f"{ATOM}id").text for entry in feed(client, f"/search/feed/?{query}").findall(f"{ATOM}entry")]
    assert quote.get_absolute_url() in quotes
    cited = json.loads(client.get(f"/search/cite/?{query}&as=csl").content)
    assert sum(one["id"].startswith("/quotes/") for one in cited) == 1
    assert len(cited) == len(quotes) == (1 if query else 3)  # with the dialogue and the speaker
    assert json.loads(client.get("/search/cite/?kind=summary&as=csl").content) == []


def test_the_opensearch_description(client):
    description = etree.fromstring(client.get("/opensearch.xml").content)
    urls = [url.get("template") for url in description.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert urls[0] == "http://localhost:8000/search/?q={searchTerms}"
    assert len(urls) == 3
    assert gate.shows(client, "/search/", 'href="/opensearch.xml"')


def test_a_line_break_in_a_title_begins_no_other_reference(client):
    title = "Debt\r\nER  - \r\nTY  - RPRT\nTI  - Forged\u2028AU  - Nobody"
    build.dialogue(title=title)
    file = client.get("/search/cite/?q=debt&as=ris").content.decode()
    assert len(re.findall(r"^TY  - ", file, re.MULTILINE)) == len(re.findall(r"^ER  - ", file, re.MULTILINE)) == 1
    assert "AU  - Nobody" not in file.splitlines()
    (reference,) = client.get("/search/cite/?q=debt&as=csl").json()
    assert reference["title"] == "Debt ER - TY - RPRT TI - Forged AU - Nobody"
