from datetime import UTC, date, datetime

import pytest
from django.utils.html import strip_tags

from dialogues.models import Organization
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def test_the_page_of_a_dialogue_shows_all_that_is_published_of_it(house, client):
    assert shows(
        client, house.address("dialogue"),
        "The dialogue", "The panel", "Ada Speaker", "Captain", "The sea keeps no records.", "Co-Chairs’ summary",
        "The paper", "The topic", "10 July 2024",
    )  # fmt: skip


def test_portraits_are_shown_for_chairs_but_not_for_all_speakers(house, client):
    """A page needs only a few requests, however many people it names."""
    picture = f'src="{house.speaker.get_absolute_url()}portrait/160/"'
    for many in ("panel", "dialogue"):
        assert hides(client, house.address(many), picture)
    assert hides(client, "/speakers/", "portrait")
    build.appearance(house.dialogue, role="chair", who=house.speaker)
    assert shows(client, house.address("dialogue"), picture)


@pytest.mark.parametrize(
    ("gate", "words"),
    [("quote", "The sea keeps no records."), ("quote", "In their words"), ("summary", "Co-Chairs’ summary"),
     ("paper", "The paper"), ("topic", "The topic"), ("topic", 'class="tags"')],
)  # fmt: skip
def test_the_page_does_not_reveal_drafts(house, gate, words, client):
    assert shows(client, house.address("dialogue"), words)
    house.close(gate)
    assert hides(client, house.address("dialogue"), words)


@pytest.mark.parametrize("gate", ["quote", "summary", "paper"])
def test_a_chair_sees_drafts_marked_as_such_but_not_those_of_other_dialogues(house, gate, browser_of):
    mark = '<span class="tag draft">Draft</span>'
    ours, theirs = build.co_chair(house.dialogue), build.co_chair(build.dialogue())
    assert hides(browser_of(ours), house.address("dialogue"), mark)
    house.close(gate)
    assert shows(browser_of(ours), house.address("dialogue"), mark)
    assert hides(browser_of(theirs), house.address("dialogue"), mark)


def test_the_page_links_to_the_newest_summary_in_each_language_that_the_reader_may_see(client, desk):
    dialogue = build.dialogue()
    build.summary(dialogue)
    build.summary(dialogue, version=2, changes="Names.", public=False)
    page, first, second = (f"/dialogues/{dialogue.slug}/{rest}" for rest in ("", "summary/en/v1/", "summary/en/v2/"))
    assert shows(client, page, f'href="{first}"')
    assert hides(client, page, second)
    assert shows(desk, page, f'href="{second}"')


def test_six_quotes_are_shown_with_a_link_if_there_are_more(client):
    appearance = build.appearance(build.dialogue(slug="third"))
    for number in range(6):
        build.quote(appearance, text=f"Words {number}.")
    build.quote(appearance, text="A draft.", public=False)
    assert shows(client, "/dialogues/third/", *(f"Words {number}." for number in range(6)))
    assert hides(client, "/dialogues/third/", "All quotes from this dialogue")
    build.quote(appearance, text="Words 6.")
    assert shows(client, "/dialogues/third/", "All quotes from this dialogue")
    assert hides(client, "/dialogues/third/", "Words 6.")


def test_times_are_shown_in_the_dialogues_time_zone(client):
    dialogue = build.dialogue(timezone="America/New_York")
    dialogue.sittings.create(
        starts_at=datetime(2024, 7, 10, 13, tzinfo=UTC), ends_at=datetime(2024, 7, 10, 16, tzinfo=UTC)
    )
    build.panel(dialogue, starts_at=datetime(2024, 7, 10, 14, tzinfo=UTC))
    page = ">09:00</time>–<time", ">12:00</time>", "(New York time)", ">10:00</time>"
    assert shows(client, dialogue.get_absolute_url(), *page)


def test_the_page_shows_known_facts_and_leaves_out_unknown_ones(client):
    known = build.dialogue(edition=3, venue="Boardroom D", city="Vienna", format="hybrid", languages=["en", "fr"],
                           follows="11th meeting", date_note="planned date")  # fmt: skip
    known.counts.create(what="NGOs", number=37, source="the secretariat")
    languages = 'English, <span lang="fr" dir="ltr">Français</span>'
    facts = "Boardroom D, Vienna", "hybrid", languages, "11th meeting", "(planned date)", "37 NGOs"
    assert shows(client, known.get_absolute_url(), *facts)
    noted = build.dialogue(starts_on=None, date_note="spring 2027")
    assert shows(client, noted.get_absolute_url(), "<span>spring 2027</span>")
    assert hides(client, noted.get_absolute_url(), "date not known")
    unknown = build.dialogue(starts_on=None)
    assert shows(client, unknown.get_absolute_url(), "date not known", "Date to be announced")
    assert hides(
        client, unknown.get_absolute_url(), "None", *(f"<dt>{name}" for name in ("Edition", "Where", "Format"))
    )


def test_the_notice_of_a_series_is_shown_on_all_its_pages(house, client):
    series = house.dialogue.series
    series.notice = "This is a <sample>."
    series.save()
    for page in ("dialogue", "panel", "quote", "quotes", "summary", "speaker"):
        assert shows(client, house.address(page), "This is a &lt;sample&gt;.")


def test_markup_that_editors_type_is_escaped(client):
    attack = "<script>alert(1)</script>"
    dialogue = build.dialogue(title=attack, venue=attack, description=attack, follows=attack)
    body = Organization.objects.create(name=attack)
    ada = build.speaker(attack, biography=attack, title=attack, organization=body)
    panel = build.panel(dialogue, title=attack, description=attack)
    build.quote(build.appearance(dialogue, who=ada, panel=panel, title=attack), text=attack)
    for address in ("", "panels/1/", "quotes/"):
        assert hides(client, dialogue.get_absolute_url() + address, attack)
    assert hides(client, ada.get_absolute_url(), attack)


def test_the_list_shows_published_dialogues_only_even_to_staff(client, desk):
    build.dialogue(title="Open one")
    build.dialogue(title="Draft one", public=False)
    for browser in (client, desk):
        assert shows(browser, "/dialogues/", "Open one")
        assert hides(browser, "/dialogues/", "Draft one")


def test_the_list_is_filtered_by_series_and_year(client):
    build.dialogue(title="A in 22", starts_on=date(2022, 7, 1))
    build.dialogue(title="A in 24", starts_on=date(2024, 7, 1))
    build.dialogue(title="B in 24", starts_on=date(2024, 7, 1), series=build.series("SOM"))
    for query, there in {"": "A22 A24 B24", "series=tip": "A22 A24", "year=2024": "A24 B24", "series=som&year=2022": "",
                         "series=tip&year=2024": "A24", "series=!&year=x": "A22 A24 B24"}.items():  # fmt: skip
        page = client.get(f"/dialogues/?{query}").content.decode()
        found = [name for name in ("A22", "A24", "B24") if f"{name[0]} in {name[1:]}" in page]
        assert " ".join(found) == there


def test_an_empty_list_says_whether_filters_made_it_so(client):
    assert shows(client, "/dialogues/", "No dialogues are published yet.")
    assert hides(client, "/dialogues/", "No dialogues match", "See all dialogues")
    build.dialogue(starts_on=date(2022, 7, 1))
    assert shows(client, "/dialogues/?year=1999", "No dialogues match these filters.", "See all dialogues")
    assert hides(client, "/dialogues/?year=1999", "No dialogues are published yet.")


def test_the_list_does_not_reveal_hidden_series_and_years(client):
    build.dialogue(starts_on=date(2022, 7, 1))
    build.dialogue(starts_on=date(2031, 7, 1), series=build.series("FIR", name="Hidden series"), public=False)
    assert shows(client, "/dialogues/", "Series TIP", "year=2022")
    assert hides(client, "/dialogues/", "Hidden series", "2031")
    hidden = client.get("/dialogues/?series=fir").content.replace(b"fir", b"xyz")
    assert hidden == client.get("/dialogues/?series=xyz").content


def test_a_card_does_not_reveal_hidden_topics(client):
    dialogue, topic = build.dialogue(), build.topic("Hushed", public=False)
    without = client.get("/dialogues/").content
    dialogue.topics.add(topic)
    assert client.get("/dialogues/").content == without
    build.published(topic)
    assert shows(client, "/dialogues/", "<span>Hushed</span>")


def test_the_list_shows_twenty_dialogues_a_page_without_drafts(client):
    for _ in range(20):
        build.dialogue()
    build.dialogue(public=False)
    assert hides(client, "/dialogues/", 'class="pagination"')
    build.dialogue()
    assert shows(client, "/dialogues/", "Page 1 of 2")
    assert shows(client, "/dialogues/?page=2", "Page 2 of 2")


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", "99999999999999999999"])
def test_pages_outside_the_range_are_not_found(page, client):
    build.dialogue()
    assert client.get(f"/dialogues/?page={page}").status_code == 404


def test_a_long_list_keeps_its_filter_on_the_next_page(client):
    for _ in range(21):
        build.dialogue()
    assert shows(client, "/dialogues/?series=tip&year=2024", 'href="?series=tip&amp;year=2024&amp;page=2"')


def test_a_panel_shows_only_its_own_speakers_and_quotes(client):
    dialogue = build.dialogue(slug="third")
    for number in (1, 2):
        ada = build.speaker(f"Person {number}")
        there = build.appearance(dialogue, who=ada, panel=build.panel(dialogue, number=number))
        build.quote(there, text=f"Words {number}.")
        build.quote(there, text=f"Draft {number}.", public=False)
    assert shows(client, "/dialogues/third/panels/1/", "Person 1", "Words 1.")
    assert hides(client, "/dialogues/third/panels/1/", "Person 2", "Words 2.", "Draft")


def test_panels_link_to_the_previous_and_next_panel_of_the_same_dialogue(client):
    dialogue = build.dialogue(slug="third")
    for number in (1, 3, 7):
        build.panel(dialogue, number=number)
    build.panel(build.dialogue(), number=2)
    for number, before, after in ((1, None, 3), (3, 1, 7), (7, 3, None)):
        page = client.get(f"/dialogues/third/panels/{number}/").content.decode()
        for word, other in (("prev", before), ("next", after)):
            link = f'<a rel="{word}" href="/dialogues/third/panels/{other}/">'
            assert (link in page) is (other is not None)
            assert (f'rel="{word}"' in page) is (other is not None)


def test_speakers_are_listed_with_their_panel_and_chairs_separately(client):
    dialogue = build.dialogue(slug="third")
    first, second = (
        build.panel(dialogue, number=1, title="First part"),
        build.panel(dialogue, number=2, title="Second part"),
    )
    build.appearance(dialogue, panel=second, who=build.speaker("Ada of the second"))
    build.appearance(dialogue, panel=first, who=build.speaker("Bea of the first"))
    build.appearance(dialogue, role="chair", who=build.speaker("Cleo in the chair"))
    page = client.get("/dialogues/third/").content.decode()
    words = ["First part", "Bea of the first", "Second part", "Ada of the second", 'id="people"', "Cleo in the chair"]
    places = [page.index(f">{word}<") if word[0] != "i" else page.index(word) for word in words]
    assert places == sorted(places)


def test_the_page_counts_its_contents_at_a_glance(client):
    appearance = build.appearance(build.dialogue(slug="third"))
    for _ in range(8):
        build.quote(appearance)
    build.quote(appearance, public=False)
    assert shows(client, "/dialogues/third/", 'href="#documents"', "not published yet", "<strong>8</strong> quotes")
    build.summary(appearance.dialogue)
    build.paper(appearance.dialogue)
    build.paper(appearance.dialogue, public=False)
    assert shows(client, "/dialogues/third/", "<strong>1</strong> paper<", "<strong>8</strong> quotes")
    assert hides(client, "/dialogues/third/", "not published yet")


def test_a_card_shows_whether_a_summary_is_public(client, desk):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, public=False)
    assert hides(client, "/dialogues/", "Summary published")
    assert hides(desk, "/dialogues/", "Summary published")
    build.published(summary)
    assert shows(client, "/dialogues/", "Summary published")


@pytest.mark.parametrize(
    ("language", "last", "words"),
    [("", 15, "14–15 October 2025"), ("/es", 15, "14–15 de octubre de 2025"), ("/zh", 15, "2025年10月14日–15日"),
     ("", 14, "14 October 2025"), ("", None, "14 October 2025")],
)  # fmt: skip
def test_days_of_one_month_are_shown_as_one_range(client, language, last, words):
    ends_on = last and date(2025, 10, last)
    dialogue = build.dialogue(starts_on=date(2025, 10, 14), ends_on=ends_on)
    html = client.get(f"{language}{dialogue.get_absolute_url()}").content.decode()
    assert words in strip_tags(html)


def test_days_of_two_months_are_shown_in_full(client):
    dialogue = build.dialogue(starts_on=date(2025, 10, 31), ends_on=date(2025, 11, 1))
    html = client.get(dialogue.get_absolute_url()).content.decode()
    assert "31 October 2025 – 1 November 2025" in strip_tags(html)


def test_a_series_offers_its_own_years_and_does_not_repeat_its_name(client):
    build.dialogue(title="A in 22", starts_on=date(2022, 7, 1))
    build.dialogue(title="B in 24", starts_on=date(2024, 7, 1), series=build.series("SOM"))
    assert shows(client, "/dialogues/", "year=2022", "year=2024", '<p class="eyebrow">Series TIP</p>')
    page = "/dialogues/?series=tip"
    assert shows(client, page, "A in 22", "?series=tip&amp;year=2022")
    assert hides(client, page, "year=2024", '<p class="eyebrow">')
    other = '<a href="?series=som">Series SOM</a>'
    assert shows(client, f"{page}&year=2022", other)  # that series has nothing in that year
