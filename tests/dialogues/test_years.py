"""Years side by side: the columns of a series and of a topic, in which nothing hidden is counted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogues import workflow
from dialogues.models import Organization
from dialogues.workflow.recommendations import marks_digest
from dialogues.years import years_of_series, years_of_topic
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def figures(column):
    return {str(figure.label): figure.number for figure in column.figures}


def kinds(column):
    return {str(kind.label): kind.number for kind in column.kinds}


def full(**fields):
    """Return a dialogue with two panels, two speakers of one organization, a quote, a statement and a contribution."""
    dialogue = build.dialogue(**fields)
    body, _ = Organization.objects.get_or_create(name="Harbour Watch", type="civil-society")
    first, second = build.panel(dialogue, title="First panel"), build.panel(dialogue, number=2, title="Second panel")
    seat = build.appearance(dialogue, panel=first, affiliation="Harbour Watch", organization=body)
    build.appearance(dialogue, who=seat.speaker, panel=second, affiliation="Harbour Watch", organization=body)
    build.appearance(dialogue, panel=second, affiliation="Harbour Watch", organization=body)
    build.quote(seat)
    build.statement(dialogue, at=seat)
    build.contribution(build.call(dialogue))
    dialogue.counts.create(what="people registered", number=148)
    return dialogue


def test_a_series_has_a_column_for_each_public_dialogue_oldest_first():
    for year, title in ((2024, "Third"), (2022, "First"), (2023, "Second")):
        build.dialogue(title=title, starts_on=date(year, 7, 1))
    build.dialogue(title="Undated", starts_on=None)
    build.dialogue(title="A draft", starts_on=date(2021, 7, 1), public=False)
    build.dialogue(title="Elsewhere", series=build.series("SOM"))
    found = [column.dialogue.title for column in years_of_series(build.series())]
    assert found == ["First", "Second", "Third", "Undated"]


def test_a_column_shows_panels_summaries_participants_and_figures(client):
    dialogue = full()
    summary = build.summary(dialogue)
    (column,) = years_of_series(dialogue.series)
    assert figures(column) == {"Speakers": 2, "Statements": 1, "Quotes": 1, "Written contributions": 1}
    assert kinds(column) == {"civil society": 1}
    page = f"/series/{dialogue.series.slug}/years/"
    listed = f'href="/contributions/?dialogue={dialogue.slug}"'
    assert shows(
        client, page, "First panel", "Second panel", summary.get_absolute_url(), "148 people registered", listed
    )


def test_a_column_shows_the_first_recommendations_and_leads_to_all(client, secretary):
    summary = build.summary(build.dialogue(slug="third"), text="\n\n".join(f"{n}. Do thing {n}." for n in range(1, 8)))
    kinds = {f"p{number}": "recommendation" for number in range(1, 7)}
    workflow.mark_paragraphs(summary, kinds, by=secretary, seen=marks_digest(summary))
    page = "/series/tip/years/"
    assert shows(client, page, "Do thing 5.", 'href="/recommendations/?dialogue=third">All 6 recommendations')
    assert hides(client, page, "Do thing 6.", "Do thing 7.")
    summary.published_at = None
    summary.save()
    assert hides(client, page, "Do thing")


def test_nothing_hidden_is_shown_or_counted(client, desk):
    dialogue = build.dialogue(title="Open")
    seat = build.appearance(dialogue)
    page = f"/series/{dialogue.series.slug}/years/"
    before = client.get(page).content
    build.quote(seat, public=False)
    build.statement(dialogue, at=seat, public=False)
    build.summary(dialogue, public=False)
    build.contribution(build.call(dialogue), state="submitted")
    full(title="Hidden one", public=False)
    assert client.get(page).content == before
    assert hides(desk, page, "Hidden one")


def test_the_page_of_a_series_or_topic_that_is_not_public_is_absent(client, desk):
    build.dialogue(public=False)
    topic = build.topic("Hushed", public=False)
    for address in ("/series/tip/years/", "/series/none/years/", f"/topics/{topic.slug}/years/"):
        assert is_absent(client, address)
        assert is_absent(desk, address)


def test_organizations_are_counted_only_where_they_were_named():
    dialogue = build.dialogue()
    body = Organization.objects.create(name="Harbour Watch", type="state")
    unnamed = build.appearance(dialogue, organization=body, affiliation="")
    (column,) = years_of_series(dialogue.series)
    assert kinds(column) == {}
    unnamed.affiliation = "Harbour Watch"
    unnamed.save()
    (column,) = years_of_series(dialogue.series)
    assert kinds(column) == {"State": 1}


def test_the_columns_of_a_topic_hold_only_what_is_on_it(client):
    topic, dialogue = build.topic("Debt"), full()
    full(title="On something else")
    dialogue.panels.get(number=1).topics.add(topic)
    summary = build.summary(dialogue, text="1. Debt was discussed.\n\n2. So were fees.")
    (column,) = years_of_topic(topic, None)
    assert [panel.title for panel in column.entry.panels] == ["First panel"]
    page = f"/topics/{topic.slug}/years/"
    assert shows(client, page, "First panel", f"{summary.get_absolute_url()}#p1")
    assert hides(client, page, "Second panel", f"{summary.get_absolute_url()}#p2", "On something else")


def test_series_and_topic_lead_to_their_years(client):
    topic, dialogue = build.topic("Debt"), build.dialogue()
    dialogue.topics.add(topic)
    assert shows(client, topic.get_absolute_url(), f'href="{topic.get_absolute_url()}years/"')
    assert shows(client, "/dialogues/?series=tip", 'href="/series/tip/years/"')
    assert hides(client, "/dialogues/", "/years/")


def test_the_number_of_queries_does_not_grow(client):
    full(starts_on=date(2022, 7, 1))
    with CaptureQueriesContext(connection) as few:
        client.get("/series/tip/years/")
    for year in (2023, 2024, 2025):
        full(starts_on=date(year, 7, 1))
    with CaptureQueriesContext(connection) as many:
        client.get("/series/tip/years/")
    assert len(many) == len(few) <= 20


def test_a_list_by_years_does_not_repeat_a_date_of_which_only_the_year_is_known(client):
    dialogue = build.dialogue(title="Debate", starts_on=None, date_note="2010")
    speaker = build.appearance(dialogue).speaker
    pages = (f"/series/{dialogue.series.slug}/years/", speaker.get_absolute_url())
    for page in pages:
        assert shows(client, page, "Debate")
        assert hides(client, page, "<span>2010</span>")
    dialogue.date_note = "spring 2010"
    dialogue.save()
    for page in pages:
        assert shows(client, page, "<span>spring 2010</span>")


def test_a_page_of_years_leads_to_all_dialogues_of_its_series(client):
    series = build.dialogue().series
    assert shows(
        client, f"/series/{series.slug}/years/", f'<a href="{series.get_absolute_url()}">See all dialogues</a>'
    )
