import pytest

from publishing import workflow
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def test_a_quote_stands_with_who_where_when_and_its_source(house, client):
    house.quote.source, house.quote.source_url = "Meeting record", "https://example.org/record"
    house.quote.save()
    assert shows(
        client, house.address("quote"),
        "The sea keeps no records.", "Ada Speaker", "Captain", "Panellist", "The panel", "The dialogue",
        "10 July 2024", '<a href="https://example.org/record">Meeting record</a>',
    )  # fmt: skip


def test_a_quote_from_no_panel_leads_to_the_dialogue_alone(client):
    quote = build.quote(build.appearance(build.dialogue()))
    assert hides(client, quote.get_absolute_url(), "/panels/", "<dt>Source</dt>")


@pytest.mark.parametrize("gate", ["quote", "dialogue"])
def test_the_list_shows_what_is_published_even_to_staff(house, gate, client, desk):
    assert shows(client, "/quotes/", "The sea keeps no records.", "Ada Speaker", "The dialogue")
    house.close(gate)
    for browser in (client, desk):
        assert hides(browser, "/quotes/", "The sea keeps no records.", "Ada Speaker", "The dialogue")


def test_the_newest_quote_comes_first(client):
    appearance = build.appearance(build.dialogue())
    first, second = build.quote(appearance, text="First."), build.quote(appearance, text="Second.")
    workflow.unpublish(first, by=None)
    workflow.publish(first, by=None)
    page = client.get("/quotes/").content.decode()
    assert page.index(first.text) < page.index(second.text)


def test_thirty_quotes_make_a_page_and_drafts_do_not_count(client):
    appearance = build.appearance(build.dialogue())
    for _ in range(30):
        build.quote(appearance)
    build.quote(appearance, public=False)
    assert hides(client, "/quotes/", 'class="pagination"')
    build.quote(appearance)
    assert shows(client, "/quotes/", "Page 1 of 2")


def test_the_quotes_of_a_dialogue_are_its_own_and_drafts_show_to_those_who_may_see_them(house, client, browser_of):
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


def test_a_quote_has_neighbours_in_its_dialogue_among_those_that_may_be_seen(client, desk):
    said = build.appearance(build.dialogue())
    first = build.quote(said, text="First.")
    build.quote(said, text="A draft.", public=False)
    build.quote(build.appearance(build.dialogue()), text="Elsewhere.")
    last = build.quote(said, text="Last.")
    assert shows(client, first.get_absolute_url(), f'rel="next" href="{last.get_absolute_url()}"', "Last.")
    assert shows(client, last.get_absolute_url(), f'rel="prev" href="{first.get_absolute_url()}"')
    assert hides(client, first.get_absolute_url(), "A draft.", "Elsewhere.", 'rel="prev"')
    assert shows(desk, first.get_absolute_url(), "A draft.")


def test_a_quote_alone_has_no_neighbours(client):
    quote = build.quote(build.appearance(build.dialogue()))
    assert hides(client, quote.get_absolute_url(), 'rel="next"', 'rel="prev"', "All quotes of this dialogue")
