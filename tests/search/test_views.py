"""The search page: what it shows, and that nothing typed into it breaks it."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache

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
    """What the page says of itself to those who listen."""
    return re.search(r'<p role="status">\s*([^<\n]*)', html)[1].strip()


def test_without_words_the_page_explains_itself(client):
    for query in ({}, {"q": ""}, {"q": "   "}, {"kind": "quote", "page": "3"}):
        html = page(client, **query)
        assert "Everything that is published can be found here" in html
        assert '<p role="status">' not in html


def test_a_hit_has_its_title_snippet_kind_and_address(client):
    record = quote()
    html = page(client, q="debt")
    assert status(html) == "1 result"
    assert f'<a href="{record.get_absolute_url()}" dir="auto">{record.appearance.speaker.name}</a>' in html
    assert "The <mark>debt</mark> of a life." in html
    assert "<span>Quote</span>" in html


def test_without_a_hit_it_says_what_can_be_done(client):
    quote()
    html = page(client, q="unicorn")
    assert status(html) == "0 results"
    assert "Nothing that is published holds all of these words." in html
    assert 'class="facets"' not in html


def test_the_words_stay_in_the_box_and_in_the_title(client):
    html = page(client, q='<debt> & "life"', kind="quote")
    escaped = "&lt;debt&gt; &amp; &quot;life&quot;"
    assert f'value="{escaped}"' in html
    assert f"Search for “{escaped}”" in html
    assert '<input type="hidden" name="kind" value="quote">' in html
    assert "<debt>" not in html


def test_html_in_what_is_found_is_shown_and_not_run(client):
    build.quote(
        build.appearance(build.dialogue(title="<i>Third</i>"), who=build.speaker("<b>Ada</b>")),
        text="<script>debt()</script>",
    )
    html = page(client, q="debt")
    assert "&lt;script&gt;<mark>debt</mark>()&lt;/script&gt;" in html
    assert "&lt;b&gt;Ada&lt;/b&gt;" in html
    for evil in ("<script>debt", "<b>Ada", "<i>Third"):
        assert evil not in html


def test_a_number_beside_a_kind_is_what_its_link_shows(client):
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
        assert '<a class="tag" href="?q=quagga">' in html  # which takes it away again


def test_pages_follow_each_other(client):
    appearance = build.appearance(build.dialogue())
    for _ in range(11):
        build.quote(appearance, text="Debt.")
    first, second = page(client, q="debt"), page(client, q="debt", page="2")
    assert (first.count('<li class="hit">'), second.count('<li class="hit">')) == (10, 1)
    assert 'rel="next" href="?q=debt&amp;page=2"' in first
    assert 'rel="prev" href="?q=debt&amp;page=1"' in second


@pytest.mark.parametrize("number", ["3", "100"])
def test_beyond_the_last_page_the_last_is_shown(client, number):
    appearance = build.appearance(build.dialogue())
    for _ in range(11):
        build.quote(appearance, text="Debt.")
    html = page(client, q="debt", page=number)
    assert html.count('<li class="hit">') == 1
    assert "Page 2 of 2" in html
    assert "Nothing that is published" not in html


def test_no_link_leads_beyond_the_last_page_that_is_served(client, monkeypatch):
    appearance = build.appearance(build.dialogue())
    for _ in range(11):
        build.quote(appearance, text="Debt.")
    monkeypatch.setattr("search.views.MAX_PAGE", 1)
    html = page(client, q="debt")
    assert status(html) == "11 results"
    assert 'rel="next"' not in html


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "0"}, {"page": "-1"}, {"page": "101"}, {"page": "9" * 30}])
def test_a_page_that_can_not_be_read_is_the_first(client, query):
    quote()
    assert page(client, q="debt", **query).count('<li class="hit">') == 1


def test_an_unknown_kind_finds_nothing_and_the_kinds_lead_back(client):
    quote()
    html = page(client, q="debt", kind="<unicorn>")
    assert status(html) == "0 results"
    assert 'href="?q=debt&amp;kind=quote">Quotes</a> <span class="count">1</span>' in html
    assert '<a class="tag" href="?q=debt">' in html
    assert "<unicorn>" not in html


def test_more_words_than_are_read_are_cut_and_not_refused(client):
    quote()
    assert status(page(client, q="debt " * 2000)) == "1 result"
    assert status(page(client, q="debt" + " " * 400 + "unicorn")) == "1 result"


@pytest.mark.parametrize(
    "words",
    ["NOT NOT debt", "(" * 400, '"' * 301, "AND", "debt AND OR NOT (", "%00", "debt\x1b[31m", "\u202edebt", "';--",
     "{{ debt }}", "${debt}", "debt~2", "debt^9", "[debt TO z]", "*", "?", "\\", "/debt/", "-debt", "+debt"],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_page(client, words):
    quote()
    html = page(client, q=words)
    assert REBUILT not in html
    assert re.fullmatch(r"\d results?", status(html))


def test_a_null_character_is_not_searched_for(client):
    quote()
    assert status(page(client, q="de\x00bt")) == "0 results"


def test_only_looking_is_served(client):
    assert client.post("/search/", {"q": "debt"}).status_code == 405


@pytest.mark.parametrize("damage", ["deleted", "no contents", "no pointer"])
def test_without_an_index_the_page_says_so_and_others_go_on(client, backend, damage):
    cache.clear()
    record = quote()
    assert status(page(client, q="debt")) == "1 result"
    if damage == "deleted":
        shutil.rmtree(backend.path)
    for file in Path(backend.path).rglob({"no contents": "*.toc", "no pointer": "current"}.get(damage, "nothing")):
        file.unlink()
    html = page(client, q="debt")
    assert REBUILT in html
    assert '<p role="status">' not in html
    assert gate.shows(client, record.get_absolute_url(), "The debt of a life.")
    assert client.get("/").status_code == 200
    assert status(page(client, q="debt")) == "1 result"
