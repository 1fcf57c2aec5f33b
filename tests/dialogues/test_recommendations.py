"""Marks of recommendations and what later dialogues say about them: the workflow, and both sides of each gate."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from dialogues import workflow
from dialogues.models import FollowUp, Paragraph, Recommendation
from dialogues.recommendations import in_readers_language, later_words
from dialogues.workflow.recommendations import marks_digest
from publishing import workflow as publishing
from publishing.models import Transition, Verb
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

TEXT = "1. The dialogue opened at nine.\n\n2. States should publish fees.\n\n3. Ports should keep records of debts."
FRENCH = "1. Ouverture à neuf heures.\n\n2. Publier les frais.\n\n3. Tenir des registres."
TOP = "What was recommended"
LIST = "/recommendations/"


@pytest.fixture
def dialogue():
    return build.dialogue(title="Third dialogue", slug="third", starts_on=date(2024, 7, 10))


@pytest.fixture
def summary(dialogue):
    return build.summary(dialogue, text=TEXT)


@pytest.fixture
def later():
    return build.dialogue(title="Fourth dialogue", slug="fourth", starts_on=date(2025, 7, 10))


def marked(of):
    """Return the numbers of the marked paragraphs of a summary."""
    return list(of.paragraphs.exclude(recommendation=None).values_list("number", flat=True))


def linked(summary, target, kind="followed-up", number=2):
    return workflow.link_follow_up(summary.paragraphs.get(number=number), target, kind=kind, by=None)


def test_a_marked_paragraph_is_shown_at_the_top_and_in_the_list(client, summary):
    page = summary.get_absolute_url()
    assert hides(client, page, TOP)
    assert hides(client, LIST, "States should publish fees.")
    build.recommendation(summary, 2)
    assert shows(client, page, TOP, '<a class="recommended-number" href="#p2">')
    assert shows(client, LIST, "States should publish fees.", f'href="{page}#p2"', "1 recommendation")
    assert hides(client, LIST, "Ports should keep records of debts.")


@pytest.mark.parametrize("gate", ["summary", "dialogue"])
def test_a_recommendation_follows_the_gates_of_its_summary(client, summary, dialogue, gate):
    build.recommendation(summary, 2)
    assert Recommendation.objects.published().exists()
    publishing.unpublish({"summary": summary, "dialogue": dialogue}[gate], by=None)
    assert not Recommendation.objects.published().exists()
    assert not Recommendation.objects.visible_to(AnonymousUser()).exists()
    assert not Recommendation.objects.in_newest_version().exists()
    assert hides(client, LIST, "States should publish fees.", "Third dialogue", "1 recommendation")
    assert b"publish fees" not in client.get(f"{LIST}table.csv").content + client.get(f"{LIST}feed/").content


def test_a_mark_holds_in_all_languages_of_a_version(summary, dialogue):
    french = build.summary(dialogue, language="fr", text=FRENCH)
    build.recommendation(summary, 2)
    assert marked(summary) == marked(french) == [2]
    spanish = build.summary(dialogue, language="es", text="1. Apertura.\n\n2. Publicar las tarifas.")
    assert marked(spanish) == [2]
    assert Recommendation.objects.count() == 1
    build.recommendation(french, 2, kind="")
    assert marked(summary) == marked(french) == marked(spanish) == []
    assert not Recommendation.objects.exists()


def test_the_list_has_each_recommendation_once_in_the_readers_language(client, summary, dialogue):
    french = build.summary(dialogue, language="fr", text=FRENCH)
    build.recommendation(summary, 2)
    assert shows(client, LIST, "States should publish fees.")
    assert hides(client, LIST, "Publier les frais.")
    assert shows(client, f"/fr{LIST}", "Publier les frais.", f"{french.get_absolute_url()}#p2")
    assert shows(client, f"/ar{LIST}", "States should publish fees.")


def test_the_list_follows_the_newest_public_version(client, summary):
    build.recommendation(summary, 2)
    second = workflow.start_new_version(summary, by=None, changes="Words.")
    assert marked(second) == [2]
    assert shows(client, LIST, f"{summary.get_absolute_url()}#p2")
    build.published(second)
    assert shows(client, LIST, f"{second.get_absolute_url()}#p2", "1 recommendation")
    build.recommendation(second, 2, kind="")
    assert marked(summary) == [2]
    assert hides(client, LIST, "States should publish fees.")


def test_marks_follow_their_words_to_another_number(summary):
    build.recommendation(summary, 2)
    mark = Recommendation.objects.get()
    first, *others = TEXT.split("\n\n")
    moved = "\n\n".join([first, "2. Something else altogether.", *others])
    workflow.write_paragraphs(summary, moved.replace("2. States", "3. States").replace("3. Ports", "4. Ports"))
    assert marked(summary) == [3]
    workflow.write_paragraphs(summary, "1. States should publish all fees.")
    assert marked(summary) == [1]
    assert Recommendation.objects.get() == mark


def test_a_mark_whose_words_are_gone_is_removed_and_logged(summary):
    build.recommendation(summary, 2)
    workflow.write_paragraphs(summary, "1. The dialogue opened at nine.\n\n2. Lunch was served in the garden room.")
    assert marked(summary) == []
    assert not Recommendation.objects.exists()
    assert Transition.objects.filter(verb=Verb.UNMARK_PARAGRAPH, actor=None).count() == 1


def test_each_change_is_logged_once_and_the_same_again_changes_nothing(summary, secretary):
    kinds = {"p2": "recommendation", "p3": "outcome"}
    assert workflow.mark_paragraphs(summary, kinds, by=secretary, seen=marks_digest(summary)) == 2
    assert workflow.mark_paragraphs(summary, kinds, by=secretary, seen=marks_digest(summary)) == 0
    entries = Transition.objects.filter(verb=Verb.MARK_PARAGRAPH, actor=secretary)
    assert sorted(entry.facts["paragraph"] for entry in entries) == [2, 3]
    changed = {"p2": "conclusion", "p3": ""}
    assert workflow.mark_paragraphs(summary, changed, by=secretary, seen=marks_digest(summary)) == 2
    assert [mark.kind for mark in Recommendation.objects.all()] == ["conclusion"]


def test_marks_that_somebody_else_changed_are_not_overwritten(summary):
    seen = marks_digest(summary)
    build.recommendation(summary, 2)
    with pytest.raises(ValidationError, match="in the meantime"):
        workflow.mark_paragraphs(summary, {"p2": ""}, by=None, seen=seen)
    assert marked(summary) == [2]


def test_only_users_who_may_change_summaries_mark_and_link(summary, later, reviewer):
    build.recommendation(summary, 2)
    with pytest.raises(PermissionDenied):
        workflow.mark_paragraphs(summary, {"p2": ""}, by=reviewer, seen=marks_digest(summary))
    target = build.summary(later).paragraphs.get(number=1)
    with pytest.raises(PermissionDenied):
        workflow.link_follow_up(summary.paragraphs.get(number=2), target, kind="repeated", by=reviewer)


def test_an_unknown_kind_is_refused(summary):
    with pytest.raises(ValidationError):
        build.recommendation(summary, 2, kind="wish")
    assert marked(summary) == []


def test_words_of_a_later_dialogue_are_shown_with_the_recommendation(client, summary, later):
    build.recommendation(summary, 2)
    linked(summary, build.summary(later, text="7. Fees are published now.").paragraphs.get())
    linked(summary, build.quote(build.appearance(later), text="We publish them."), kind="reported")
    words = ["Followed up in", "Fourth dialogue", "Fees are published now.", "/dialogues/fourth/summary/en/v1/#p7"]
    for page in (LIST, summary.get_absolute_url()):
        assert shows(client, page, *words, "Progress reported in", "We publish them.")


def test_later_words_are_shown_only_while_they_are_public(client, summary, later):
    build.recommendation(summary, 2)
    target = build.summary(later, text="7. Fees are published now.")
    quote = build.quote(build.appearance(later), text="We publish them.")
    linked(summary, target.paragraphs.get())
    linked(summary, quote)
    publishing.unpublish(target, by=None)
    publishing.unpublish(quote, by=None)
    assert not FollowUp.objects.published().exists()
    for page in (LIST, summary.get_absolute_url()):
        assert hides(client, page, "Fees are published now.", "We publish them.", "Followed up in", "Fourth dialogue")


def test_later_words_lead_to_the_newest_version_that_still_says_so_in_the_readers_language(summary, later, settings):
    build.recommendation(summary, 2)
    first = build.summary(later, text="7. Fees are published now.")
    linked(summary, first.paragraphs.get())
    mark = Recommendation.objects.get().pk
    second = build.summary(later, version=2, changes="Words.", text="7. All fees are published now.")
    assert later_words([mark])[mark][0].url == f"{second.get_absolute_url()}#p7"
    third = build.summary(later, version=3, changes="Words.", text="7. Lunch was good.")
    assert later_words([mark])[mark][0].url == f"{first.get_absolute_url()}#p7"
    assert third.is_published


def test_only_public_words_of_a_later_dialogue_can_be_linked(summary, later):
    build.recommendation(summary, 2)
    early = build.dialogue(starts_on=date(2023, 1, 1))
    for target in (build.summary(early).paragraphs.first(), summary.paragraphs.get(number=3)):
        with pytest.raises(ValidationError, match="later dialogue"):
            linked(summary, target)
    with pytest.raises(ValidationError, match="published"):
        linked(summary, build.summary(later, public=False).paragraphs.first())
    with pytest.raises(ValidationError, match="Mark this paragraph first"):
        linked(summary, build.summary(later, language="fr").paragraphs.first(), number=3)


def test_a_mark_with_links_is_not_removed(summary, later):
    build.recommendation(summary, 2)
    link = linked(summary, build.summary(later).paragraphs.first())
    with pytest.raises(ValidationError, match="links to later dialogues"):
        build.recommendation(summary, 2, kind="")
    assert marked(summary) == [2]
    workflow.remove_follow_up(summary.paragraphs.get(number=2), link, by=None)
    build.recommendation(summary, 2, kind="")
    assert marked(summary) == []


def test_a_heading_or_an_unnumbered_paragraph_has_no_mark(dialogue):
    summary = build.summary(dialogue, text="## Heading\n\nWords.\n\n1. First.")
    assert (
        workflow.mark_paragraphs(summary, {"h1": "outcome", "u2": "outcome"}, by=None, seen=marks_digest(summary)) == 0
    )
    assert not Paragraph.objects.exclude(recommendation=None).exists()


def test_the_list_takes_as_many_queries_for_many_recommendations(summary, later, django_assert_max_num_queries):
    build.recommendation(summary, 2)
    linked(summary, build.summary(later).paragraphs.first())
    build.recommendation(build.summary(build.dialogue(), text=TEXT), 1, 2, 3)
    with django_assert_max_num_queries(5):
        assert len(in_readers_language(Recommendation.objects.in_newest_version())) == 4


def test_filters_count_only_what_is_public(client, summary, dialogue):
    topic, hidden = build.topic("Fees"), build.topic("Hidden topic", public=False)
    dialogue.topics.set([topic, hidden])
    build.recommendation(summary, 2)
    series = build.series("SOM")
    other = build.dialogue(title="Draft dialogue", slug="draft", starts_on=date(2022, 1, 1), series=series)
    build.recommendation(build.summary(other, text=TEXT), 2, 3, kind="conclusion")
    assert shows(client, LIST, "3 recommendations", "?year=2022", "?kind=conclusion", "?series=som")
    assert shows(client, f"{LIST}?kind=conclusion", "2 recommendations", "Draft dialogue")
    assert hides(client, f"{LIST}?kind=conclusion", "Third dialogue</a></h2>")
    assert shows(client, f"{LIST}?topic={topic.slug}", "1 recommendation", "Third dialogue")
    publishing.unpublish(other, by=None)
    assert shows(client, LIST, "1 recommendation")
    assert hides(client, LIST, "2022", "Draft dialogue", "Hidden topic", hidden.slug)


def test_the_table_has_the_sources_and_the_later_words(client, summary, later, settings):
    settings.BASE_URL = "https://portal.example"
    build.recommendation(summary, 2)
    linked(summary, build.summary(later).paragraphs.first())
    source = build.quote(build.appearance(summary.dialogue), text="Publish them.")
    build.reflection(summary.paragraphs.get(number=2), source)
    answer = client.get(f"{LIST}table.csv?dialogue=third")
    table = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert f"https://portal.example{summary.get_absolute_url()}#p2" in table
    assert f"https://portal.example{source.get_absolute_url()}" in table
    assert "Followed up in: https://portal.example/dialogues/fourth/summary/en/v1/#p1" in table
    assert "States" not in client.get(f"{LIST}table.csv?dialogue=fourth").content.decode()


def test_the_feed_has_each_recommendation_with_its_paragraph(client, summary):
    build.recommendation(summary, 2)
    feed = client.get(f"{LIST}feed/").content.decode()
    assert "Recommendation: Third dialogue, paragraph 2" in feed
    assert f"{summary.get_absolute_url()}#p2" in feed


def test_the_feed_begins_with_what_was_published_last_and_the_list_with_the_newest_dialogue(client, dialogue, later):
    build.recommendation(build.summary(later, text=TEXT), 3)
    build.recommendation(build.summary(dialogue, text=TEXT), 2)
    for address, first, second in ((f"{LIST}feed/", "third", "fourth"), (LIST, "fourth", "third")):
        page = client.get(address).content.decode()
        assert page.index(f"/dialogues/{first}/summary/") < page.index(f"/dialogues/{second}/summary/")


def test_a_dialogue_and_a_topic_lead_to_their_recommendations(client, summary, dialogue):
    topic = build.topic()
    dialogue.topics.add(topic)
    pages = {dialogue.get_absolute_url(): "?dialogue=third", topic.get_absolute_url(): f"?topic={topic.slug}"}
    for page, query in pages.items():
        assert hides(client, page, f"{LIST}{query}")
    build.recommendation(summary, 2)
    for page, query in pages.items():
        assert shows(client, page, f"{LIST}{query}")
