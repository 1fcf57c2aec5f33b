"""The search page and its suggestions."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache

from search.engine_api import EngineAwayError
from tests import build, gate

pytestmark = pytest.mark.django_db

REBUILT = "The search index is being rebuilt."


def quote(text="The debt of a life."):
    return build.quote(build.appearance(build.dialogue()), text=text)


def page(client, **query):
    answer = client.get("/search/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def status(html):
    """Return the status, which screen readers announce: the number of results, without the links beside it."""
    return re.search(r'<span role="status">([^<]*)</span>', html)[1]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "   "}, {"kind": "quote", "page": "3"}, {"q": "debt"}])
def test_the_page_explains_itself(client, query):
    html = page(client, **query)
    assert re.search(r'<details class="how">.*Search everything published here', html, re.DOTALL)


def test_a_hit_shows_title_snippet_kind_and_link(client):
    record = quote()
    html = page(client, q="debt")
    assert status(html) == "1 result"
    link = f'<a href="{record.get_absolute_url()}#quote" dir="auto">'
    assert f"{link}{record.appearance.speaker.name}</a>" in html
    assert "The <mark>debt</mark> of a life." in html
    assert "<span>Quote</span>" in html


def test_a_hit_in_a_long_text_has_its_words_for_browsers_that_mark_them(client):
    quote(f"{'Words that fill the room. ' * 5}The debt of a life.")
    fragment = re.search(r'data-fragment="([^"]*)"', page(client, q="debt"))[1]
    assert fragment.startswith(":~:text=")
    assert fragment.endswith("%20The-,debt,-of%20a%20life.")


def test_without_results_the_page_says_what_to_do(client):
    quote()
    html = page(client, q="unicorn")
    assert status(html) == "0 results"
    assert "Nothing published has all of these words." in html
    assert 'class="facets"' not in html


def test_the_query_stays_in_the_box_and_in_the_title(client):
    html = page(client, q='<debt> & "life"', kind="quote")
    escaped = "&lt;debt&gt; &amp; &quot;life&quot;"
    assert f'value="{escaped}"' in html
    assert f"Search for “{escaped}”" in html
    assert '<input type="hidden" name="kind" value="quote">' in html
    assert "<debt>" not in html


def test_html_in_results_is_escaped(client):
    build.quote(
        build.appearance(build.dialogue(title="<i>Third</i>"), who=build.speaker("<b>Ada</b>")),
        text="<script>debt()</script>",
    )
    html = page(client, q="debt")
    assert "&lt;script&gt;<mark>debt</mark>()&lt;/script&gt;" in html
    assert "&lt;b&gt;Ada&lt;/b&gt;" in html
    for evil in ("<script>debt", "<b>Ada", "<i>Third"):
        assert evil not in html


def test_the_count_beside_a_kind_equals_the_results_of_its_link(client):
    dialogue = build.dialogue(title="Quagga")
    for _ in range(2):
        build.quote(build.appearance(dialogue), text="Quagga.")
    choice = r'<a href="(\?[^"]*kind=[^"]*)">([^<]+)</a> <span class="count">(\d+)</span>'
    links = re.findall(choice, page(client, q="quagga"))
    assert {(label, number) for _, label, number in links} == {("Dialogues", "1"), ("Speakers", "2"), ("Quotes", "2")}
    for address, label, number in links:
        html = client.get("/search/" + address.replace("&amp;", "&")).content.decode()
        assert status(html).split()[0] == number
        assert html.count('<li class="hit">') == int(number)
        assert html.count('aria-current="true"') == 1
        assert f"Kind: {label}" in html
        assert '<a class="tag" href="?q=quagga">' in html  # which removes the filter


def test_pages_link_to_each_other(client):
    appearance = build.appearance(build.dialogue())
    for _ in range(11):
        build.quote(appearance, text="Debt.")
    first, second = page(client, q="debt"), page(client, q="debt", page="2")
    assert (first.count('<li class="hit">'), second.count('<li class="hit">')) == (10, 1)
    assert 'rel="next" href="?q=debt&amp;page=2"' in first
    assert 'rel="prev" href="?q=debt&amp;page=1"' in second


@pytest.mark.parametrize("number", ["3", "100"])
def test_a_page_beyond_the_last_shows_the_last(client, number):
    appearance = build.appearance(build.dialogue())
    for _ in range(11):
        build.quote(appearance, text="Debt.")
    html = page(client, q="debt", page=number)
    assert html.count('<li class="hit">') == 1
    assert "Page 2 of 2" in html
    assert "Nothing published" not in html


def test_no_link_leads_beyond_the_maximum_page(client, monkeypatch):
    appearance = build.appearance(build.dialogue())
    for _ in range(11):
        build.quote(appearance, text="Debt.")
    monkeypatch.setattr("search.views.MAX_PAGE", 1)
    html = page(client, q="debt")
    assert status(html) == "11 results"
    assert 'rel="next"' not in html


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "0"}, {"page": "-1"}, {"page": "101"}, {"page": "9" * 30}])
def test_an_invalid_page_is_the_first(client, query):
    quote()
    assert page(client, q="debt", **query).count('<li class="hit">') == 1


def test_an_unknown_kind_finds_nothing_and_other_kinds_are_offered(client):
    quote()
    html = page(client, q="debt", kind="<unicorn>")
    assert status(html) == "0 results"
    assert 'href="?q=debt&amp;kind=quote">Quotes</a> <span class="count">1</span>' in html
    assert '<a class="tag" href="?q=debt">' in html
    assert "<unicorn>" not in html


def test_a_long_query_is_cut_and_not_refused(client):
    quote()
    assert status(page(client, q="debt " * 2000)) == "1 result"
    assert status(page(client, q="debt" + " " * 400 + "unicorn")) == "1 result"


@pytest.mark.parametrize(
    "words",
    ["NOT NOT debt", "(" * 400, '"' * 301, "AND", "debt AND OR NOT (", "%00", "debt\x1b[31m", "\u202edebt", "';--",
     "{{ debt }}", "${debt}", "debt~2", "debt^9", "[debt TO z]", "*", "?", "\\", "/debt/", "-debt", "+debt"],
)  # fmt: skip
def test_no_input_breaks_the_page(client, words):
    quote()
    html = page(client, q=words)
    assert REBUILT not in html
    assert re.fullmatch(r"\d results?", status(html))


def test_a_null_character_separates_words(client):
    quote()
    assert status(page(client, q="de\x00bt")) == "0 results"


def test_the_page_refuses_post(client):
    assert client.post("/search/", {"q": "debt"}).status_code == 405


@pytest.mark.usefixtures("embedded")
@pytest.mark.parametrize("damage", ["deleted", "no contents", "no pointer"])
def test_without_an_index_the_page_says_so_and_other_pages_work(client, backend, damage):
    cache.clear()
    record = quote()
    assert status(page(client, q="debt")) == "1 result"
    if damage == "deleted":
        shutil.rmtree(backend.path)
    for file in Path(backend.path).rglob({"no contents": "*.toc", "no pointer": "current"}.get(damage, "nothing")):
        file.unlink()
    html = page(client, q="debt")
    assert REBUILT in html
    assert '<span role="status">' not in html
    assert gate.shows(client, record.get_absolute_url(), "The debt of a life.")
    assert client.get("/").status_code == 200
    assert status(page(client, q="debt")) == "1 result"


@pytest.fixture
def appearance():
    return build.appearance(build.dialogue())


def titles(client, **query):
    html = client.get("/search/", query).content.decode()
    return re.findall(r'<li class="hit">.*?<h3><a href="([^"]+)"', html, re.DOTALL)


@pytest.mark.usefixtures("embedded")
def test_a_query_that_takes_too_long_shows_a_notice(client, appearance, monkeypatch):
    build.quote(appearance, text="A debt.")
    with monkeypatch.context() as patch:
        patch.setattr("search.engine.matching.TIME_LIMIT", -1)
        assert gate.shows(client, "/search/?q=debt", "This search would take too long.")
        assert gate.hides(client, "/search/?q=debt", "1 result", "is being rebuilt")
    assert gate.shows(client, "/search/?q=debt", "1 result")


def test_an_engine_that_is_away_shows_a_notice_and_no_rebuild_is_requested(client, appearance, backend, monkeypatch):
    build.quote(appearance, text="A debt.")
    asked = []
    monkeypatch.setattr("search.query.request_repair", lambda: asked.append(True))

    def away(*args):
        raise EngineAwayError

    with monkeypatch.context() as patch:
        for name in ("find", "completions"):
            patch.setattr(backend, name, away)
        assert gate.shows(client, "/search/?q=debt", "Search is not available at the moment.")
        assert gate.hides(client, "/search/?q=debt", "1 result", "is being rebuilt")
        assert client.get("/search/suggest/", {"q": "deb"}).json()[1] == []
    assert asked == []
    assert gate.shows(client, "/search/?q=debt", "1 result")


@pytest.mark.parametrize("line", ["ledger", "the unicornx", "zzzzzz", "the of"])
def test_no_correction_is_suggested_without_a_similar_word(client, appearance, line):
    build.quote(appearance, text="The ledger of the ship.")
    assert gate.hides(client, f"/search/?q={line}", "Did you mean", "Showing results for")


def test_results_can_be_sorted_by_date(client):
    quotes = {}
    for year in ("2021", "2024", "2022"):
        dialogue = build.dialogue(starts_on=date(int(year), 7, 10))
        quotes[year] = f"{build.quote(build.appearance(dialogue), text='A quagga.').get_absolute_url()}#quote"
    expected = [quotes[year] for year in ("2024", "2022", "2021")]
    assert titles(client, q="quagga", kind="quote", sort="date") == expected
    assert set(titles(client, q="quagga", kind="quote")) == set(expected)
    assert titles(client, q="quagga", kind="quote", sort="<x>") == titles(client, q="quagga", kind="quote")


def test_the_link_to_the_other_order_keeps_the_search(client, appearance):
    for _ in range(2):
        build.quote(appearance, text="A quagga.")
    html = client.get("/search/", {"q": "quagga", "kind": "quote", "page": "1"}).content.decode()
    assert '<a href="?q=quagga&amp;kind=quote&amp;sort=date">Newest first</a>' in html
    assert "<strong>Best match</strong>" in html


def test_suggestions_complete_the_last_word(client, appearance):
    for text in ("A ledger.", "The ledgers and a ledger.", "A ship."):
        build.quote(appearance, text=text)
    assert client.get("/search/suggest/", {"q": "ship led"}).json() == ["ship led", ["ship ledger"]]


@pytest.mark.parametrize("line", ["", "l", "led-", "xyz", "(", '"', "\x00", "人", "speaker:"])
def test_input_without_completions_gets_an_empty_list(client, appearance, line):
    build.quote(appearance, text="A ledger 人口.")
    answer = client.get("/search/suggest/", {"q": line})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/")
    assert answer.json()[1] == []


def test_suggestions_refuse_post(client):
    assert client.post("/search/suggest/", {"q": "led"}).status_code == 405


def test_the_page_says_how_many_results_have_all_words(client):
    appearance = build.appearance(build.dialogue())
    build.quote(appearance, text="Debt wages.")
    assert gate.shows(client, "/search/?q=debt+wages+ship", "1 result", "No result has all of your words")
    build.quote(appearance, text="Debt wages ship.")
    assert gate.shows(client, "/search/?q=debt+wages+ship", "2 results", "1 of them has all of your words")
    assert gate.hides(client, "/search/?q=debt+AND+wages+AND+ship", "of your words")


def test_results_are_limited_to_years_and_dates(client):
    for year in ("2021", "2024"):
        build.quote(build.appearance(build.dialogue(starts_on=date(int(year), 7, 10))), text=f"A quagga in {year}.")
    for line in ("quagga year:2024", "quagga after:2021", "quagga after:2021-07-10"):
        assert gate.shows(client, f"/search/?q={line}&kind=quote", "1 result", "in 2024.")
    assert gate.shows(client, "/search/?q=quagga before:2024-07-10&kind=quote", "1 result", "in 2021.")
    assert gate.shows(client, "/search/?q=quagga year:2021..2024&kind=quote", "2 results")
    assert gate.shows(client, "/search/?q=year:2024&kind=quote", "1 result", "A quagga in 2024.")
