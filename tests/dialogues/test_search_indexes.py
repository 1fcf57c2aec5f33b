"""Search finds public proceedings by their current words, and nothing else."""

import re
from datetime import date

import pytest

from dialogues import workflow
from dialogues.models import Summary
from dialogues.search_indexes import date_label
from dialogues.search_indexes.proceedings import DialogueIndex, SpeakerIndex
from dialogues.search_indexes.publications import SummaryIndex
from publishing import workflow as publishing
from tests import build

pytestmark = pytest.mark.django_db


def hits(client, words):
    """Return the addresses that a search finds, best first."""
    page = client.get("/search/", {"q": words}).content.decode()
    return re.findall(r'<li class="hit">\s*<h3><a href="([^"]+)"', page)


@pytest.fixture
def dialogue():
    return build.dialogue(title="Wherever", slug="third", description="About *xylophones*.", city="Zwettl")


def test_a_dialogue_is_found_by_its_words_until_it_is_unpublished(dialogue, client):
    for words, place in (("wherever", "title"), ("xylophones", "about"), ("zwettl", "where")):
        assert hits(client, words) == [f"/dialogues/third/#{place}"]
    publishing.unpublish(dialogue, by=None)
    for words in ("wherever", "xylophones", "zwettl"):
        assert hits(client, words) == []


def test_a_panel_is_found_as_a_passage_of_its_dialogue(dialogue, client):
    build.panel(dialogue, title="Quagga")
    assert hits(client, "quagga") == ["/dialogues/third/panels/1/#title"]


def test_a_text_of_a_panel_without_a_title_in_its_language_does_not_continue_the_panel_before(dialogue):
    build.panel(dialogue, title="Quagga", description="On quaggas.")
    build.panel(dialogue, number=2, title="Gulls", translations={"fr": {"description": "Des mouettes."}})
    record = DialogueIndex().load([dialogue.pk])[dialogue.pk]
    found = {passage.text: passage.continues for passage in DialogueIndex().passages(record)}
    assert {text: found[text] for text in ("Quagga", "On quaggas.", "Des mouettes.")} == {
        "Quagga": False, "On quaggas.": True, "Des mouettes.": False,
    }  # fmt: skip


def test_only_a_published_topic_leads_to_its_dialogues(dialogue, client):
    topic = build.topic("Hushed", public=False)
    dialogue.topics.add(topic)
    dialogue.save()
    assert hits(client, "hushed") == []
    publishing.publish(topic, by=None)
    assert hits(client, "hushed") == ["/dialogues/third/#topics"]
    publishing.unpublish(topic, by=None)
    assert hits(client, "hushed") == []


def test_a_result_quotes_a_topic_of_its_dialogue_only_while_that_is_public(dialogue, client):
    topic = build.topic("Wherever hushed", public=False)
    dialogue.topics.add(topic)
    assert hits(client, "wherever OR hushed") == ["/dialogues/third/#title"]
    publishing.publish(topic, by=None)
    assert hits(client, "wherever OR hushed") == ["/dialogues/third/#topics"]
    publishing.unpublish(topic, by=None)
    assert hits(client, "wherever OR hushed") == ["/dialogues/third/#title"]


@pytest.mark.parametrize("gate", ["quote", "dialogue"])
def test_a_quote_is_found_until_one_of_its_gates_closes(dialogue, gate, client):
    quote = build.quote(build.appearance(dialogue), text="Unobtainium.")
    assert hits(client, "unobtainium") == [f"{quote.get_absolute_url()}#quote"]
    publishing.unpublish(quote if gate == "quote" else dialogue, by=None)
    assert hits(client, "unobtainium") == []


def test_a_renamed_speaker_and_their_quotes_are_found_by_the_new_name_only(dialogue, client):
    speaker = build.speaker("Zebulon")
    quote = build.quote(build.appearance(dialogue, who=speaker))
    there = {f"{speaker.get_absolute_url()}#title", f"{quote.get_absolute_url()}#by"}
    assert set(hits(client, "zebulon")) == there
    speaker.name = "Mordecai"
    speaker.save()
    assert hits(client, "zebulon") == []
    assert set(hits(client, "mordecai")) == there


def test_a_speaker_is_not_found_by_a_hidden_appearance(dialogue, client):
    speaker = build.speaker("Zebulon")
    build.appearance(dialogue, who=speaker, title="Admiral")
    build.appearance(build.dialogue(public=False), who=speaker, title="Grandmaster")
    assert hits(client, "admiral") == [f"{speaker.get_absolute_url()}#at-third"]
    assert hits(client, "grandmaster") == []
    publishing.unpublish(dialogue, by=None)
    assert hits(client, "zebulon") == []


def test_a_summary_is_found_by_the_current_words_of_its_paragraphs(dialogue, client):
    summary = build.summary(dialogue, text="1. Nothing.\n\n2. Sesquipedalian.")
    place = f"{summary.get_absolute_url()}#p2"
    assert hits(client, "sesquipedalian") == [place]
    workflow.write_paragraphs(summary, "1. Nothing.\n\n2. Pulchritudinous.")
    assert hits(client, "sesquipedalian") == []
    assert hits(client, "pulchritudinous") == [place]
    publishing.unpublish(summary, by=None)
    assert hits(client, "pulchritudinous") == []


def test_a_paper_is_found_by_the_pages_of_its_file_until_it_is_unpublished(dialogue, client):
    paper = build.paper(dialogue, pages=["Cover", "Antediluvian"])
    assert hits(client, "antediluvian") == [f"{paper.get_absolute_url()}#page-2-p1"]
    publishing.unpublish(paper, by=None)
    assert hits(client, "antediluvian") == []


def test_republished_records_are_found_again(dialogue, client):
    build.summary(dialogue, text="1. Sesquipedalian.")
    publishing.unpublish(dialogue, by=None)
    assert hits(client, "sesquipedalian") == []
    publishing.publish(dialogue, by=None)
    assert len(hits(client, "sesquipedalian")) == 1


@pytest.mark.parametrize(("role", "name"), [("chair", "Chair’s summary"), ("co-chair", "Co-Chairs’ summary")])
def test_a_summary_is_called_after_those_who_chair(role, name):
    summary = build.summary(build.dialogue(title="The third dialogue"))
    build.appearance(summary.dialogue, role=role)
    index = SummaryIndex()
    assert index.titles([summary.pk]) == {summary.pk: f"{name}: The third dialogue"}
    assert index.title_of(index.load_all_queryset().get()) == f"{name}: The third dialogue"
    assert Summary.objects.get().name == name


def test_a_paragraph_of_an_annex_is_labelled_with_its_part():
    text = "1. Borders.\n\n2. Ports.\n\n## Annex\n\n1. Airports."
    summary = build.summary(build.dialogue(), text=text)
    texts = SummaryIndex().texts(summary)
    assert [texts.label(number) for number in range(4)] == ["Paragraph 1", "Paragraph 2", "", "Paragraph 1 (part 2)"]


def test_a_result_says_that_its_paragraph_is_a_recommendation(dialogue, client):
    summary = build.summary(dialogue, text="1. Quaggas are rare.\n\n2. Zebras should be counted.")
    assert "<span>Paragraph 2</span>" in client.get("/search/?q=zebras").content.decode()
    build.recommendation(summary, 2)
    assert "<span>Recommendation, paragraph 2</span>" in client.get("/search/?q=zebras").content.decode()
    build.recommendation(summary, 2, kind="conclusion")
    page = client.get("/search/?q=zebras").content.decode()
    assert "<span>Conclusion, paragraph 2</span>" in page
    assert "<span>Paragraph 1</span>" in client.get("/search/?q=quaggas").content.decode()


@pytest.mark.django_db
def test_a_record_that_was_hidden_after_it_was_found_is_left_out_of_those_that_are_loaded():
    shown, hidden = (build.dialogue(public=public) for public in (True, False))
    panels = [build.panel(dialogue) for dialogue in (shown, hidden)]
    seats = [build.appearance(dialogue, who=build.speaker()) for dialogue in (shown, hidden)]
    dialogues = DialogueIndex().load([shown.pk, hidden.pk])
    assert {pk: list(one.panels.all()) for pk, one in dialogues.items()} == {shown.pk: [panels[0]]}
    speakers = SpeakerIndex().load([seat.speaker_id for seat in seats])
    assert {pk: list(one.appearances.all()) for pk, one in speakers.items()} == {seats[0].speaker_id: [seats[0]]}
    assert (DialogueIndex().load([hidden.pk]), SpeakerIndex().load([seats[1].speaker_id])) == ({}, {})


def test_a_result_names_a_year_that_the_title_beside_it_does_not_name():
    assert date_label(build.dialogue(title="Debate", starts_on=None, date_note="2010")) == "2010"
    assert date_label(build.dialogue(title="Debate of 2010", starts_on=None, date_note="2010")) == ""
    assert date_label(build.dialogue(title="Debate of 2024", starts_on=date(2024, 7, 10))) == "10 July 2024"
    assert date_label(build.dialogue(title="Debate", starts_on=None)) == ""
