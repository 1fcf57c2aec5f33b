"""Dialogues, panels, papers, news and statements are found in each language, behind the gate of their record."""

import json

import pytest
from django.utils.translation import override

from dialogues.cards import days_of
from dialogues.letters import alert_values
from dialogues.models import DocumentAlert, Organization
from publishing import workflow
from tests import build
from tests.gate import hides, shows
from tests.search.searching import counts, find

pytestmark = pytest.mark.django_db


def translate(record, **translations):
    record.translations = translations
    record.save()
    return record


@pytest.fixture
def dialogue():
    series = translate(build.series(name="Smuggling"), fr={"name": "Trafic illicite"})
    return translate(
        build.dialogue(series=series, title="Third dialogue", city="Vienna", description="About **ports**."),
        fr={"title": "Troisième dialogue", "city": "Vienne", "description": "Sur les **enfants disparus**."},
        ar={"title": "الحوار الثالث"},
    )


def titles(words, **given):
    return [str(hit.title) for hit in find(words, **given).hits]


def test_a_dialogue_is_found_by_its_texts_in_each_language(client, dialogue):
    for words in ("troisième", "enfants disparus", "vienne", "الحوار", "third", "ports", "dialogue:illicite"):
        assert titles(words) == ["Third dialogue"], words
    assert shows(client, "/fr/search/?q=third", "Troisième dialogue", "Trafic illicite")
    assert hides(client, "/fr/search/?q=third", "Third dialogue", "Smuggling")
    assert shows(client, "/zh/search/?q=third", '<span lang="en" dir="ltr">Third dialogue</span>')


def test_a_snippet_is_in_the_language_of_the_page(client, dialogue):
    assert shows(client, "/fr/search/?q=dialogue", "Sur les enfants disparus.")
    assert shows(client, "/search/?q=dialogue", "About ports.")


def test_a_hidden_dialogue_is_found_in_no_language(dialogue):
    workflow.unpublish(dialogue, by=None)
    assert [find(words).total for words in ("troisième", "enfant", "الحوار", "third")] == [0, 0, 0, 0]


def test_a_withdrawn_translation_is_not_found(dialogue):
    translate(dialogue)
    assert [find(words).total for words in ("troisième", "third")] == [0, 1]


def test_facets_of_series_and_dialogues_have_their_names_in_the_language_of_the_page(client, dialogue):
    build.summary(dialogue)
    build.dialogue(title="Other dialogue", series=build.series("FIR"))
    assert counts(find("dialogue"), "series") == {"tip": 2, "fir": 1}
    assert shows(client, "/fr/search/?q=dialogue", "Trafic illicite")
    assert hides(client, "/fr/search/?q=dialogue", "Smuggling")


def test_a_panel_is_found_in_each_language(dialogue):
    panel = build.panel(dialogue, title="Debt", guiding_questions="Who **pays**?")
    translate(panel, fr={"title": "Dette", "guiding_questions": "Qui **paie** ?"})
    assert titles("dette") == titles("paie") == titles("pays") == ["Third dialogue"]
    translate(panel)
    assert titles("dette") == []


def test_a_summary_is_found_by_the_title_of_its_dialogue_in_each_language(client, dialogue):
    build.summary(dialogue)
    assert "Co-Chairs’ summary: Third dialogue" in titles("troisième", kind="summary")
    assert shows(client, "/fr/search/?q=third&kind=summary", "Troisième dialogue")


def test_papers_news_and_statements_are_found_by_their_titles_in_each_language(client, dialogue):
    translate(build.paper(dialogue, title="Programme of the day"), es={"title": "Calendario"})
    translate(build.news_item("Heard at sea", about=[dialogue]), es={"title": "Oído", "text": "Los marineros hablan."})
    translate(build.statement(dialogue, title="On harbours"), es={"title": "Sobre los muelles"})
    body = translate(Organization.objects.create(name="House of Larks"), es={"name": "Casa de las Alondras"})
    build.statement(dialogue, at=None, organization=body, title="For the larks")
    assert titles("calendario") == ["Programme of the day"]
    assert titles("oído") == titles("marineros") == ["Heard at sea"]
    assert titles("muelles") == ["On harbours"]
    assert titles("alondras") == ["For the larks"]
    assert shows(client, "/es/search/?q=muelles", "Sobre los")


def test_titles_are_suggested_in_the_language_of_the_page(client, dialogue):
    for prefix, beginning, title in [("/fr", "troisi", "Troisième dialogue"), ("", "third d", "Third dialogue")]:
        response = client.get(f"{prefix}/search/suggest/", {"q": beginning})
        assert title in json.loads(response.content)[1]


def test_citations_keep_the_original_title(client, dialogue):
    summary = build.summary(dialogue)
    page = client.get(f"/fr{summary.get_absolute_url()}").content.decode()
    line = page.partition('id="citation"')[2].partition("</p>")[0]
    assert '<span lang="en" dir="ltr">Third dialogue</span>' in line
    assert "Troisième" not in line


def test_lists_of_series_are_sorted_by_the_name_that_they_show(client, dialogue):
    other = build.series("FIR", name="Firearms")
    build.dialogue(series=other)
    translate(other, fr={"name": "Zones"})
    for prefix, first, second in [("", ">Firearms<", ">Smuggling<"), ("/fr", ">Trafic illicite<", ">Zones<")]:
        page = client.get(f"{prefix}/dialogues/").content.decode()
        facet = page[page.index('id="by-series"') :]
        assert 0 < facet.index(first) < facet.index(second)


def test_feeds_letters_and_cards_have_the_marks_of_their_language(client, dialogue):
    build.summary(dialogue, language="fr")
    for prefix, title in (("", "Summary (Français): Third dialogue"), ("/zh", "（Français）：Third dialogue")):
        feed = client.get(f"{prefix}/dialogues/{dialogue.slug}/feed/").content.decode()
        assert f"{title}</title>" in feed
    alert = DocumentAlert(dialogue=dialogue, kind="summary", document_language="fr")
    dialogue.date_note = "planned date"
    with override("zh-hans"):
        assert alert_values(alert)["document"].endswith("（Français），Third dialogue")
        assert days_of(dialogue) == "2024年7月10日（planned date）"
    assert alert_values(alert)["document"] == "Summary (Français), Third dialogue"
    assert days_of(dialogue) == "10 July 2024 (planned date)"


def test_heads_name_dialogues_and_papers_in_the_language_of_the_page(client, dialogue):
    paper = build.paper(dialogue, title="Concept note", translations={"fr": {"title": "Note de cadrage"}})
    records = (paper, build.summary(dialogue, language="fr"), build.contribution(build.call(dialogue)))
    for record in records:
        head = client.get(f"/fr{record.get_absolute_url()}").content.decode().partition("</head>")[0]
        assert "Troisième dialogue" in head
        assert "Third dialogue" not in head
        assert ("Note de cadrage" in head) == (record == paper)
        assert "Concept note" not in head
