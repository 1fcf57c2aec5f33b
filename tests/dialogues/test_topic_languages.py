"""A topic's name in the language of the reader: on every page that shows it, in search and in the data for machines."""

import html
import re

import pytest

from portal.sitemaps import sitemaps
from publishing import workflow
from tests import build
from tests.gate import hides, is_absent, shows
from tests.search.searching import counts, find

pytestmark = pytest.mark.django_db

FRENCH, ARABIC = "Frais d’embauche", "رسوم التوظيف"
ENGLISH_ON_ARABIC_PAGE = '<span lang="en" dir="ltr">The topic</span>'


@pytest.fixture
def topic():
    topic = build.topic("The topic")
    topic.translations = {"fr": {"name": FRENCH}}
    topic.save()
    return topic


@pytest.fixture
def pages(topic):
    """The addresses of all public pages that show the name of the topic, without the prefix of a language."""
    dialogue = build.dialogue(title="The dialogue")
    contribution = build.contribution(build.call(dialogue))
    for record in (dialogue, contribution):
        record.topics.add(topic)
    # The list of contributions offers a filter only where there is a choice.
    build.contribution(build.call(build.dialogue(title="Another dialogue"))).topics.add(build.topic("Another topic"))
    return [
        topic.get_absolute_url(), "/topics/", dialogue.get_absolute_url(), "/dialogues/", "/", "/contributions/",
        f"/contributions/?topic={topic.slug}", contribution.get_absolute_url(), "/contributions/participation/",
    ]  # fmt: skip


def heads(client, address):
    """The parts of a page where no markup may stand: <title>, <meta> and JSON-LD."""
    content = client.get(address).content.decode()
    return re.findall(r"<title>.*?</title>|<meta [^>]*>|<script type=\"application/ld\+json\">.*?</script>", content)


@pytest.mark.usefixtures("tasks_wait")
class TestPages:
    def test_french_pages_show_the_french_name_unmarked(self, client, pages):
        for page in pages:
            assert shows(client, f"/fr{page}", FRENCH), page
            assert hides(client, f"/fr{page}", "The topic", f'"ltr">{FRENCH}'), page

    def test_arabic_pages_show_the_original_marked_as_english(self, client, pages):
        for page in pages:
            assert shows(client, f"/ar{page}", ENGLISH_ON_ARABIC_PAGE), page
            assert hides(client, f"/ar{page}", FRENCH), page

    def test_english_pages_show_the_original_unmarked(self, client, pages):
        for page in pages:
            assert shows(client, page, "The topic"), page
            assert hides(client, page, FRENCH, '"ltr">The topic'), page
        assert shows(client, "/contributions/", ">The dialogue</a> <span", ">The topic</a> <span")

    def test_an_arabic_original_is_marked_on_english_pages(self, client, pages, topic):
        topic.name, topic.original_language = ARABIC, "ar"
        topic.save()
        for page in pages:
            assert shows(client, page, f'<span lang="ar" dir="rtl">{ARABIC}</span>'), page
            assert shows(client, f"/fr{page}", FRENCH), page

    def test_heads_hold_the_name_without_markup(self, client, topic):
        for prefix, name in {"": "The topic", "/fr": FRENCH, "/ar": "The topic"}.items():
            parts = heads(client, f"{prefix}{topic.get_absolute_url()}")
            assert sum(html.unescape(part).count(name) for part in parts) > 3
            assert not any("span" in html.unescape(part) for part in parts)

    def test_a_name_with_markup_is_escaped(self, client, pages, topic):
        topic.translations = {"fr": {"name": "<script>x</script>"}}
        topic.save()
        for page in pages:
            assert hides(client, f"/fr{page}", "<script>x"), page

    def test_a_hidden_topic_shows_its_name_in_no_language(self, client, pages, topic):
        workflow.unpublish(topic, by=None)
        for prefix in ("", "/fr", "/ar"):
            assert is_absent(client, f"{prefix}{topic.get_absolute_url()}") or prefix
            for page in pages[1:]:
                assert not shows(client, f"{prefix}{page}", FRENCH), page
                assert not shows(client, f"{prefix}{page}", "The topic"), page
        assert client.get(f"/fr{topic.get_absolute_url()}").status_code == 404

    def test_lists_are_sorted_by_the_name_that_they_show(self, client, topic):
        build.topic("Access")
        topic.translations = {"fr": {"name": "Abus"}}
        topic.save()
        for page in ("/topics/", "/"):
            for prefix, first, second in [("", "Access", "The topic"), ("/fr", "Abus", "Access")]:
                content = client.get(prefix + page).content.decode()
                assert 0 < content.index(f">{first}<") < content.index(second), prefix + page

    def test_summaries_are_searched_for_the_name_in_their_own_language(self, client, topic):
        dialogue = build.dialogue()
        dialogue.topics.add(topic)
        build.summary(dialogue, text=f"1. The topic.\n\n2. {FRENCH}.")
        build.summary(dialogue, language="fr", text=f"1. The topic.\n\n2. {FRENCH}.")
        for prefix in ("", "/fr"):
            content = client.get(prefix + topic.get_absolute_url()).content.decode()
            assert len(re.findall(r"summary/en/v1/#p1\"", content)) == 1
            assert len(re.findall(r"summary/fr/v1/#p2\"", content)) == 1
            assert "/en/v1/#p2" not in content
            assert "/fr/v1/#p1" not in content

    def test_a_new_translation_changes_the_cached_page_and_the_sitemap(self, client, topic):
        page = f"/fr{topic.get_absolute_url()}"
        before, changed_at = client.get(page), sitemaps()["topics"].items()[0].changed_at
        assert client.get(page, headers={"If-None-Match": before["ETag"]}).status_code == 304
        topic.translations = {"fr": {"name": "Frais"}}
        topic.save()
        after = client.get(page, headers={"If-None-Match": before["ETag"]})
        assert (after.status_code, after["ETag"] != before["ETag"]) == (200, True)
        assert sitemaps()["topics"].items()[0].changed_at > changed_at

    def test_names_take_no_query_of_their_own(self, client, pages, topic, django_assert_max_num_queries):
        dialogue_page = f"/fr{pages[2]}"
        client.get(dialogue_page)
        with django_assert_max_num_queries(100) as few:
            client.get(dialogue_page)
        most = len(few)  # of this page, before another request empties the list of queries
        for number in range(5):
            other = build.topic(f"Topic {number}")
            other.translations = {"fr": {"name": f"Sujet {number}"}}
            other.save()
            topic.dialogues.get().topics.add(other)
        client.get("/fr/")  # the first page after a change reads the texts of the site again
        with django_assert_max_num_queries(most):
            assert shows(client, dialogue_page, "Sujet 4")


class TestSearch:
    @pytest.fixture
    def dialogue(self, topic):
        dialogue = build.dialogue(title="The dialogue")
        topic.translations = {"fr": {"name": "Enfants disparus"}, "ar": {"name": ARABIC}}
        topic.save()
        dialogue.topics.add(topic)
        return dialogue

    @pytest.mark.parametrize(
        ("page", "words"),
        [("/ar/search/", ARABIC), ("/fr/search/", "enfant"), ("/search/", "the topic"), ("/search/", ARABIC)],
    )
    def test_the_name_is_found_in_each_language(self, client, dialogue, page, words):
        response = client.get(page, {"q": words})
        assert [hit.title for hit in response.context["results"].hits] == ["The dialogue"]

    def test_a_hidden_topic_is_found_in_no_language(self, dialogue, topic):
        workflow.unpublish(topic, by=None)
        assert [find(words).total for words in (ARABIC, "enfants", "topic")] == [0, 0, 0]
        workflow.publish(topic, by=None)
        assert [find(words).total for words in (ARABIC, "enfants", "topic")] == [1, 1, 1]

    def test_a_withdrawn_translation_is_not_found(self, dialogue, topic):
        assert find("enfants").total == 1
        topic.translations = {}
        topic.save()
        assert find("enfants").total == 0

    def test_the_facet_is_labelled_in_the_language_of_the_page(self, client, dialogue, topic):
        other = build.dialogue(title="Another dialogue")
        other.topics.add(build.topic("Remedy"))
        assert counts(find("dialogue"), "topic")[topic.slug] == 1
        for address in ("/fr/search/?q=dialogue", f"/fr/search/?q=dialogue&topic={topic.slug}"):
            assert shows(client, address, "Enfants disparus", f"topic={topic.slug}")
            assert hides(client, address, f'topic={topic.slug}">The topic')
        assert shows(client, "/search/?q=dialogue", f'topic={topic.slug}">The topic')
        assert shows(client, "/ru/search/?q=dialogue", '<span lang="en" dir="ltr">The topic</span>')

    def test_contributions_are_narrowed_by_the_same_address_in_each_language(self, topic):
        contribution = build.contribution(title="Submission")
        contribution.topics.add(topic)
        assert find("submission", topic=topic.slug).total == 1
