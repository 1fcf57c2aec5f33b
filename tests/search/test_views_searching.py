"""What the page says beside its hits: too slow, what was meant, the order; and what is suggested to who types."""

import re
from datetime import date

import pytest

from tests import build, gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def appearance():
    return build.appearance(build.dialogue())


def titles(client, **query):
    html = client.get("/search/", query).content.decode()
    return re.findall(r'<li class="hit">.*?<h3><a href="([^"]+)"', html, re.DOTALL)


def test_what_takes_too_long_is_said_and_is_no_failure(client, appearance, monkeypatch):
    build.quote(appearance, text="A debt.")
    with monkeypatch.context() as patch:
        patch.setattr("search.engine.matching.TIME_LIMIT", -1)
        assert gate.shows(client, "/search/?q=debt", "This asks for more than a search can answer in time.")
        assert gate.hides(client, "/search/?q=debt", "1 result", "is being rebuilt")
    assert gate.shows(client, "/search/?q=debt", "1 result")


def test_a_typo_leads_to_what_was_meant_and_keeps_the_rest(client, appearance):
    build.quote(appearance, text="A ledger of the ship.")
    html = client.get("/search/", {"q": "ledgr ship", "kind": "quote"}).content.decode()
    (address,) = re.findall(r'Did you mean this\? <a href="([^"]+)"><strong>ledger ship</strong></a>', html)
    assert gate.shows(client, "/search/" + address.replace("&amp;", "&"), "1 result", 'name="kind" value="quote"')


@pytest.mark.parametrize("line", ["ledger", "the unicornx", "zzzzzz", "the of"])
def test_where_nothing_is_like_it_nothing_is_meant(client, appearance, line):
    build.quote(appearance, text="The ledger of the ship.")
    assert gate.hides(client, f"/search/?q={line}", "Did you mean")


def test_the_newest_first_if_a_reader_wants(client):
    quotes = {}
    for year in ("2021", "2024", "2022"):
        dialogue = build.dialogue(starts_on=date(int(year), 7, 10))
        quotes[year] = build.quote(build.appearance(dialogue), text="A quagga.").get_absolute_url()
    expected = [quotes[year] for year in ("2024", "2022", "2021")]
    assert titles(client, q="quagga", kind="quote", sort="date") == expected
    assert set(titles(client, q="quagga", kind="quote")) == set(expected)
    assert titles(client, q="quagga", kind="quote", sort="<x>") == titles(client, q="quagga", kind="quote")


def test_a_link_to_the_other_order_keeps_the_search(client, appearance):
    for _ in range(2):
        build.quote(appearance, text="A quagga.")
    html = client.get("/search/", {"q": "quagga", "kind": "quote", "page": "1"}).content.decode()
    assert '<a href="?q=quagga&amp;kind=quote&amp;sort=date">Newest first</a>' in html
    assert "<strong>Best match</strong>" in html


def test_who_types_is_offered_how_the_line_may_go_on(client, appearance):
    for text in ("A ledger.", "The ledgers and a ledger.", "A ship."):
        build.quote(appearance, text=text)
    assert client.get("/search/suggest/", {"q": "ship led"}).json() == ["ship led", ["ship ledger", "ship ledgers"]]


@pytest.mark.parametrize("line", ["", "l", "led-", "xyz", "(", '"', "\x00", "人", "speaker:"])
def test_who_types_what_leads_nowhere_is_offered_nothing(client, appearance, line):
    build.quote(appearance, text="A ledger 人口.")
    answer = client.get("/search/suggest/", {"q": line})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/")
    assert answer.json()[1] == []


def test_suggestions_are_only_looked_at(client):
    assert client.post("/search/suggest/", {"q": "led"}).status_code == 405


def test_the_page_says_how_many_have_all_words_where_others_follow(client):
    appearance = build.appearance(build.dialogue())
    build.quote(appearance, text="Debt wages.")
    assert gate.shows(client, "/search/?q=debt+wages+ship", "1 result", "None holds all of your words")
    build.quote(appearance, text="Debt wages ship.")
    assert gate.shows(client, "/search/?q=debt+wages+ship", "2 results", "1 of them holds all of your words")
    assert gate.hides(client, "/search/?q=debt+AND+wages+AND+ship", "of your words")
