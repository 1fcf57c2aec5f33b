"""The pages about the site, the ways to follow it, and the figures of the home page."""

import pytest
from django.urls import reverse

from publishing import workflow
from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

PAGES = ["about", "follow", "citing", "privacy", "contact"]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_about_the_site_is_linked_from_the_footer_and_in_the_sitemap(client, name):
    address = reverse(name)
    assert shows(client, "/about/", f'href="{address}"')
    assert client.get(address).status_code == 200
    assert address in client.get("/sitemap-lists.xml").content.decode()


def test_a_topic_can_be_followed_from_its_page_and_from_the_list(client):
    topic = build.topic("Ports")
    links = f"/search/alerts/new/?topic={topic.slug}", f"/search/feed/?topic={topic.slug}"
    assert shows(client, "/about/follow/", *links)
    assert shows(client, topic.get_absolute_url(), *links)
    workflow.unpublish(topic, by=None)
    assert hides(client, "/about/follow/", topic.slug, "Ports")


def test_the_page_on_reuse_names_the_licence_or_says_that_there_is_none(client, settings):
    assert shows(client, "/about/citing/", "No licence is stated")
    settings.LICENCE, settings.LICENCE_URL = "CC BY 4.0", "https://example.org/by"
    link = '<a href="https://example.org/by" rel="nofollow noopener">CC BY 4.0</a>'
    assert shows(client, "/fr/about/citing/", link, '<link rel="license" href="https://example.org/by">')


def test_the_page_of_contact_names_the_address(client, settings):
    assert hides(client, "/about/contact/", "mailto:")
    settings.CONTACT_EMAIL = "desk@example.org"
    assert shows(client, "/fr/about/contact/", "mailto:desk@example.org")


def figures(client):
    """The figures of the home page."""
    return client.get("/").context["figures"]


def test_the_figures_count_only_what_is_public(client):
    build.dialogue(public=False)
    assert figures(client) == {"dialogues": 0, "summaries": 0, "recommendations": 0, "quotes": 0, "contributions": 0}
    quote = build.quote(build.appearance(build.dialogue()))
    build.quote(build.appearance(quote.appearance.dialogue), public=False)
    build.contribution(build.call(quote.appearance.dialogue), state="submitted")
    assert figures(client) == {"dialogues": 1, "summaries": 0, "recommendations": 0, "quotes": 1, "contributions": 0}
    workflow.unpublish(quote.appearance.dialogue, by=None)
    assert figures(client) == {"dialogues": 0, "summaries": 0, "recommendations": 0, "quotes": 0, "contributions": 0}


def test_the_home_page_leads_to_the_three_tasks(client):
    assert shows(client, "/", 'href="/about/"', 'href="/about/follow/"', 'href="/contributions/"')
