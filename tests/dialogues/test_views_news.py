import pytest
from django.core.exceptions import ValidationError

from dialogues.search_indexes import NewsItemIndex
from tests import build
from tests.gate import hides, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def house():
    """A news item about a public and a hidden dialogue, with a quote from each."""
    public, hidden = build.dialogue(title="Open dialogue"), build.dialogue(title="Hidden dialogue", public=False)
    item = build.news_item("What was said", about=[public, hidden], place="Vienna", text="**Many** spoke.")
    said = build.quote(build.appearance(public), text="Doors open.", news_item=item)
    build.quote(build.appearance(hidden), text="Doors close.", news_item=item)
    return public, item, said


def test_a_news_item_shows_only_public_dialogues_and_quotes(house, client):
    _public, item, _said = house
    assert shows(
        client, item.get_absolute_url(), "Vienna", "<strong>Many</strong> spoke", "Open dialogue", "Doors open."
    )
    assert hides(client, item.get_absolute_url(), "Hidden dialogue", "Doors close.")


def test_lists_and_pages_link_to_a_news_item_while_it_is_public(house, client):
    public, item, said = house
    build.news_item("Not yet", about=[public], public=False)
    for address in ("/", "/news/", public.get_absolute_url()):
        assert shows(client, address, "What was said")
        assert hides(client, address, "Not yet")
    assert shows(client, said.get_absolute_url(), item.get_absolute_url())


def test_a_quote_does_not_reveal_a_hidden_news_item(client):
    hidden = build.news_item("Hidden news", public=False)
    said = build.quote(build.appearance(build.dialogue()), news_item=hidden)
    assert hides(client, said.get_absolute_url(), "Hidden news", hidden.get_absolute_url())


def test_a_list_without_news_says_so(client):
    assert shows(client, "/news/", "No news is published yet.")


def test_news_are_listed_newest_first_and_without_a_day_last(client):
    for title, day in [("Older", "2024-01-01"), ("Newer", "2024-02-01"), ("Undated", None)]:
        build.news_item(title, issued_on=day)
    page = client.get("/news/").content.decode()
    assert page.index("Newer") < page.index("Older") < page.index("Undated")


def test_the_index_contains_only_public_dialogues_of_a_news_item(house):
    public, item, _said = house
    index = NewsItemIndex()
    record = index.index_queryset().get(pk=item.pk)
    assert index.facets(record)["dialogue"] == {public.slug}
    assert index.names(record)["dialogue_title"] == sorted([public.title, public.series.name, public.slug])
    places = [("Many spoke.", f"{item.get_absolute_url()}#p1"), (item.title, f"{item.get_absolute_url()}#title")]
    assert [(one.text, one.url) for one in (*index.passages(record), *index.headings(record))] == places
    assert index.affected_by([public.pk], type(public)) == {item.pk}


def test_the_index_contains_no_draft_news_items():
    build.news_item(public=False)
    assert list(NewsItemIndex().index_queryset()) == []


def test_staff_can_publish_a_news_item(secretary, browser_of):
    item = build.news_item(public=False)
    answer = browser_of(secretary).get(f"/admin/dialogues/newsitem/{item.pk}/change/")
    assert "Save and: Publish" in answer.content.decode()


def test_reviewers_cannot_open_news_items_in_the_admin(reviewer, browser_of):
    assert browser_of(reviewer).get("/admin/dialogues/newsitem/").status_code == 403


def test_a_news_item_needs_text():
    with pytest.raises(ValidationError, match="cannot be blank"):
        build.NewsItem(title="Empty", slug="empty").full_clean()
