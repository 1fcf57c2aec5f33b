import re
from html import unescape

import pytest

from dialogues.models import Quote
from publishing import workflow
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def test_a_quote_is_shown_with_speaker_event_date_and_source(house, client):
    house.quote.source, house.quote.source_url = "Meeting record", "https://example.org/record"
    house.quote.save()
    assert shows(
        client, house.address("quote"),
        "The sea keeps no records.", "Ada Speaker", "Captain", "Panellist", "The panel", "The dialogue",
        "10 July 2024", '<a href="https://example.org/record">Meeting record</a>',
    )  # fmt: skip


def test_a_quote_without_a_panel_links_to_the_dialogue_only(client):
    quote = build.quote(build.appearance(build.dialogue()))
    assert hides(client, quote.get_absolute_url(), "/panels/", "<dt>Source</dt>")


@pytest.mark.parametrize("gate", ["quote", "dialogue"])
def test_the_list_shows_only_published_quotes_even_to_staff(house, gate, client, desk):
    assert shows(client, "/quotes/", "The sea keeps no records.", "Ada Speaker", "The dialogue")
    house.close(gate)
    for browser in (client, desk):
        assert hides(browser, "/quotes/", "The sea keeps no records.", "Ada Speaker", "The dialogue")


def test_quotes_are_listed_newest_first(client):
    appearance = build.appearance(build.dialogue())
    first, second = build.quote(appearance, text="First."), build.quote(appearance, text="Second.")
    workflow.unpublish(first, by=None)
    workflow.publish(first, by=None)
    page = client.get("/quotes/").content.decode()
    assert page.index(first.text) < page.index(second.text)


def test_the_list_shows_thirty_quotes_a_page_without_drafts(client):
    appearance = build.appearance(build.dialogue())
    for _ in range(30):
        build.quote(appearance)
    build.quote(appearance, public=False)
    assert hides(client, "/quotes/", 'class="pagination"')
    build.quote(appearance)
    assert shows(client, "/quotes/", "Page 1 of 2")


def test_the_quotes_of_a_dialogue_include_drafts_only_for_users_who_may_see_them(house, client, browser_of):
    build.quote(build.appearance(build.dialogue()), text="Said elsewhere.")
    build.quote(house.appearance, text="Not yet.", public=False)
    assert shows(client, house.address("quotes"), "The sea keeps no records.")
    assert hides(client, house.address("quotes"), "Said elsewhere.", "Not yet.", "Draft")
    assert shows(browser_of(build.co_chair(house.dialogue)), house.address("quotes"), "Not yet.", "Draft")
    assert hides(browser_of(build.co_chair(build.dialogue())), house.address("quotes"), "Not yet.", "Draft")


def test_a_list_without_quotes_says_so(client):
    build.quote(build.appearance(build.dialogue(slug="third")), public=False)
    for address in ("/quotes/", "/dialogues/third/quotes/"):
        assert shows(client, address, "No quotes are published yet.")


def test_a_quote_links_to_the_previous_and_next_visible_quote_of_its_dialogue(client, desk):
    said = build.appearance(build.dialogue())
    first = build.quote(said, text="First.")
    build.quote(said, text="A draft.", public=False)
    build.quote(build.appearance(build.dialogue()), text="Elsewhere.")
    last = build.quote(said, text="Last.")
    assert shows(client, first.get_absolute_url(), f'rel="next" href="{last.get_absolute_url()}"', "Last.")
    assert shows(client, last.get_absolute_url(), f'rel="prev" href="{first.get_absolute_url()}"')
    assert hides(client, first.get_absolute_url(), "A draft.", "Elsewhere.", 'rel="prev"')
    draft = Quote.objects.get(text="A draft.")
    assert shows(desk, last.get_absolute_url(), f'rel="next" href="{draft.get_absolute_url()}"')
    assert shows(desk, draft.get_absolute_url(), f'rel="prev" href="{last.get_absolute_url()}"')


def test_a_single_quote_has_no_previous_or_next_link(client):
    quote = build.quote(build.appearance(build.dialogue()))
    assert hides(client, quote.get_absolute_url(), 'rel="next"', 'rel="prev"', "All quotes from this dialogue")


def test_a_public_quote_can_be_shown_on_another_site(client, desk):
    said = build.appearance(build.dialogue())
    quote = build.quote(said, text='Say "<debt>".', language="ar")
    english, arabic = (client.get(prefix + quote.get_absolute_url()).content.decode() for prefix in ("", "/ar"))
    shown = re.compile(r'<pre tabindex="0"[^>]*><code>(.*?)</code></pre>', re.DOTALL)
    html = unescape(shown.search(english)[1])
    assert unescape(shown.search(arabic)[1]).replace("/ar/", "/") == html
    address = f"http://localhost:8000{quote.get_absolute_url()}"
    assert html.startswith(f'<blockquote cite="{address}" lang="ar" dir="rtl">\n<p>Say &quot;&lt;debt&gt;&quot;.</p>')
    assert html.endswith(f'<p>{said.speaker.name}, <a href="{address}">{address}</a></p>')
    draft = build.quote(said, public=False)
    assert "<pre" not in desk.get(draft.get_absolute_url()).content.decode()
