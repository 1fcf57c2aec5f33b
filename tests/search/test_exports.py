"""The results of a search as CSV, JSON and ZIP: what the page lists, in its order, and nothing hidden."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.core.cache import cache

from contributions import workflow as filing
from dialogues.models import Organization
from publishing import workflow
from search import exports
from search.engine_api import EngineAwayError, IndexUnavailableError, QueryTimeoutError
from tests import build, files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_index")]


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def contribution():
    """Return a public contribution of every field, beside a hidden one."""
    organization = Organization.objects.create(name="Open Door", type="civil-society", country="AT")
    dialogue = build.dialogue(title="Third Dialogue", slug="third", starts_on=date(2024, 7, 10))
    dialogue.topics.add(build.topic("Not its own"))
    call = build.call(dialogue)
    made = build.contribution(
        call, title="On debt", person_name="Ada Example", organization=organization, language="fr",
        text="A *debt*,\r\nin two lines.", attach=[("a.pdf", files.pdf(["Page of a file."]))],
    )  # fmt: skip
    made.topics.add(build.topic("Debt bondage"), build.topic("Hushed", public=False))
    build.contribution(call, title="Hidden debt", state="submitted")
    return made


def rows(response):
    content = response.content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table(client, query=""):
    """Return the rows of the CSV file as {heading: cell}."""
    headings, *found = rows(client.get(f"/search/results.csv{query}"))
    return [dict(zip(headings, row, strict=True)) for row in found]


def data(client, query="", *, prefix=""):
    return client.get(f"{prefix}/search/results.json{query}").json()


def archive(client, query=""):
    return zipfile.ZipFile(io.BytesIO(client.get(f"/search/texts.zip{query}").content))


def test_the_table_has_what_researchers_need(client, contribution):
    (row,) = table(client, "?q=debt&kind=contribution")
    assert row == {
        "Permanent address": f"http://localhost:8000{contribution.get_absolute_url()}",
        "Kind": "Contribution",
        "Reference": contribution.reference,
        "Title": "On debt",
        "Opening words": "A debt, in two lines.",
        "Date": "2024-07-10",
        "Person": "",
        "Organization": "Open Door",
        "Year": "2024",
        "Dialogue": "Third Dialogue",
        "Series": "Series TIP",
        "Topic": "Debt bondage",
        "Language": "English; French",
        "Type of organization": "Civil society",
        "Country": "Austria",
    }


def test_json_has_the_same_with_values_that_do_not_depend_on_the_language(client, contribution):
    found = data(client, "?q=debt&kind=contribution&sort=title", prefix="/fr")
    (record,) = found.pop("records")
    assert found == {
        "address": "http://localhost:8000/fr/search/?q=debt&kind=contribution&sort=title",
        "text": "debt",
        "filters": {"kind": "contribution"},
        "order": "title",
        "total": 1,
        "full_matches": 1,
    }
    assert record == {
        "url": f"http://localhost:8000{contribution.get_absolute_url()}",
        "kind": {"value": "contribution", "label": "Contribution"},
        "reference": contribution.reference,
        "title": "On debt",
        "opening": "A debt, in two lines.",
        "date": "2024-07-10",
        "people": [],
        "organizations": ["Open Door"],
        "years": [{"value": "2024", "label": "2024"}],
        "dialogues": [{"value": "third", "label": "Third Dialogue"}],
        "series": [{"value": "tip", "label": "Series TIP"}],
        "topics": [{"value": contribution.topics.get(name="Debt bondage").slug, "label": "Debt bondage"}],
        "languages": [{"value": "en", "label": "Anglais"}, {"value": "fr", "label": "Français"}],
        "organization_types": [{"value": "civil-society", "label": "Société civile"}],
        "countries": [{"value": "AT", "label": "Autriche"}],
    }


def test_the_archive_has_a_text_for_each_contribution_and_a_table(client, contribution):
    build.quote(build.appearance(contribution.call.dialogue), text="A debt.")
    found = archive(client, "?q=debt")
    assert found.testzip() is None
    assert sorted(found.namelist()) == sorted([f"{contribution.reference}.txt", "index.csv"])
    assert {info.external_attr >> 16 for info in found.infolist()} == {0o644}
    text = found.read(f"{contribution.reference}.txt").decode()
    for words in ("On debt", contribution.reference, f"http://localhost:8000{contribution.get_absolute_url()}",
                  "A *debt*,\nin two lines.", "Page of a file.", "File 1: PDF, English"):  # fmt: skip
        assert words in text
    assert text.index("Third Dialogue") < text.index("A *debt*") < text.index("Page of a file.")
    assert "\r" not in text
    headings, row = csv.reader(io.StringIO(found.read("index.csv").decode("utf-8-sig"), newline=""))
    assert (headings[-1], row[-1]) == ("File", f"{contribution.reference}.txt")


def test_answers_follow_their_questions(client):
    call = build.call()
    question = call.questions.create(number=1, text="What did you see?", language="en")
    draft = build.draft(call, text="")
    filing.save(draft.draft, by=None, answers={question: "A ledger."})
    filing.submit(draft, by=None, consent=True)
    filing.publish(draft, by=None)
    text = archive(client).read(f"{draft.reference}.txt").decode()
    assert text.index("What did you see?") < text.index("A ledger.")


def test_exports_have_the_records_and_the_order_of_the_page(client):
    call = build.call()
    for title in ("Zebra debt", "Apple debt", "Mango debt"):
        build.contribution(call, title=title)
    expected = ["Apple debt", "Mango debt", "Zebra debt"]
    query = "?q=debt&kind=contribution&sort=title"
    html = client.get(f"/search/{query}").content.decode()
    assert sorted(expected, key=html.index) == expected
    assert [row["Title"] for row in table(client, query)] == expected
    assert [record["title"] for record in data(client, query)["records"]] == expected
    index = list(csv.reader(io.StringIO(archive(client, query).read("index.csv").decode("utf-8-sig"))))
    assert [row[3] for row in index[1:]] == expected
    assert table(client, "?q=debt&kind=quote") == []


def test_exports_need_no_words(client, contribution):
    assert {row["Kind"] for row in table(client)} == {"Contribution", "Dialogue"}
    assert data(client)["total"] == 2
    assert data(client, "?kind=contribution")["records"][0]["title"] == "On debt"


@pytest.mark.parametrize("appear_as", ["anonymous", "organization", "named"])
def test_exports_ask_the_byline(client, appear_as):
    organization = Organization.objects.create(name="Open Door", type="civil-society", country="AT")
    build.contribution(
        title="A debt", person_name="Ada Example", organization_name="Open Door", signers="Joint Signer",
        organization=organization, appear_as=appear_as,
    )  # fmt: skip
    found = archive(client)
    everything = "".join([
        client.get("/search/results.csv").content.decode(),
        client.get("/search/results.json").content.decode(),
        *(found.read(name).decode() for name in found.namelist()),
    ])  # fmt: skip
    assert "A debt" in everything
    assert ("Ada Example" in everything) == (appear_as == "named")
    for name in ("Open Door", "Joint Signer", "Austria"):
        assert (name in everything) == (appear_as != "anonymous")


def test_exports_have_nothing_hidden(client, contribution):
    build.correction(contribution, title="Unread debt", text="Unread.")
    for address in ("/search/results.csv", "/search/results.json"):
        content = client.get(address).content.decode()
        assert "On debt" in content
        for hidden in ("Hidden debt", "Hushed", "Unread", "Not its own; Debt"):
            assert hidden not in content
    assert archive(client).namelist() == [f"{contribution.reference}.txt", "index.csv"]
    workflow.unpublish(contribution.call.dialogue, by=None)
    assert table(client) == data(client)["records"] == []
    assert archive(client).namelist() == ["index.csv"]


def test_no_cell_of_the_table_is_a_formula(client):
    build.contribution(title="=HYPERLINK(1)", organization_name="@sum", text="+1")
    (row,) = table(client, "?kind=contribution")
    assert (row["Title"], row["Organization"], row["Opening words"]) == ("'=HYPERLINK(1)", "'@sum", "'+1")


def test_a_long_list_is_cut_and_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(exports, "MAX_RECORDS", 3)
    monkeypatch.setattr(exports, "MAX_TEXTS", 2)
    monkeypatch.setattr(exports, "BATCH_SIZE", 2)
    call = build.call()
    for number in range(3):
        build.contribution(call, title=f"Debt {number}")
    found = data(client)
    assert (found["total"], len(found["records"]), len(table(client))) == (4, 3, 3)
    assert len(archive(client).namelist()) == 2 + 1
    html = client.get("/search/").content.decode()
    assert "The table and the data contain at most the first 3 results." in html
    assert "The ZIP contains at most the first 2 texts" in html
    more = "There are more: filter the search to get the rest."
    assert more in html
    assert more not in client.get("/search/?kind=dialogue").content.decode()


def test_texts_beyond_the_size_limit_are_named_in_the_table_only(client, monkeypatch):
    monkeypatch.setattr(exports, "MEGABYTE", 20)
    call = build.call()
    for number in range(2):
        build.contribution(call, title=f"Debt {number}", text="debt " * (10 if number else 300))
    found = archive(client, "?sort=title")
    _headings, first, second = csv.reader(io.StringIO(found.read("index.csv").decode("utf-8-sig")))
    assert (first[3], first[-1]) == ("Debt 0", "")
    assert found.namelist() == [second[-1], "index.csv"]


def test_the_same_search_makes_the_same_archive(client, contribution):
    assert client.get("/search/texts.zip").content == client.get("/search/texts.zip").content


def test_the_page_links_to_the_exports_of_its_search(client, contribution):
    html = client.get("/search/?q=debt&kind=contribution&sort=title&page=1").content.decode()
    for name in ("results.csv", "results.json", "texts.zip"):
        assert f'href="/search/{name}?q=debt&amp;kind=contribution&amp;sort=title"' in html
    assert "texts.zip" not in client.get("/search/?kind=dialogue").content.decode()
    assert client.get("/search/texts.zip?kind=dialogue").status_code == 404


@pytest.mark.parametrize("name", ["results.csv", "results.json", "texts.zip"])
def test_exports_are_public_pages_that_crawlers_leave_alone(client, contribution, name):
    response = client.get(f"/search/{name}")
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "s-maxage" in response["Cache-Control"]
    assert not response.cookies
    assert f"Disallow: /search/{name}" in client.get("/robots.txt").content.decode().splitlines()
    assert client.post(f"/search/{name}").status_code == 405


@pytest.mark.parametrize(("name", "limit"), [("results.csv", "search_export"), ("texts.zip", "search_texts")])
def test_the_number_of_exports_is_limited(client, contribution, settings, name, limit):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, limit: "2/m/ip"}
    assert [client.get(f"/search/{name}").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/search/").status_code == 200


FILES_OF_A_SEARCH = ["results.csv", "results.json", "feed/", "cite/", "cite/?as=csl"]


@pytest.mark.parametrize("file", FILES_OF_A_SEARCH)
@pytest.mark.parametrize("error", [EngineAwayError(), IndexUnavailableError("gone"), QueryTimeoutError()])
def test_an_engine_that_does_not_answer_makes_no_empty_file(client, contribution, backend, monkeypatch, error, file):
    def fail(query):
        raise error

    monkeypatch.setattr(backend, "find", fail)
    response = client.get(f"/search/{file}")
    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert "Cache-Control" not in response
    assert "Search is not available at the moment." in response.text
    monkeypatch.undo()
    response = client.get(f"/search/{file}")
    assert (response.status_code, "Retry-After" in response) == (200, False)
    assert contribution.reference in response.text
