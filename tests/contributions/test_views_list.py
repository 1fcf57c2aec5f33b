"""The list of published contributions: its filters, its pages, and escaping."""

from datetime import date

import pytest

from contributions.models import Contribution, Revision
from dialogues.models import Organization
from publishing import workflow as proceedings
from tests import build, gate

pytestmark = pytest.mark.django_db

TITLE = "Papers at sea"


@pytest.fixture
def topic():
    return build.topic("Ports")


def made(topic):
    """A published contribution on that topic."""
    record = build.contribution(title=TITLE)
    record.topics.add(topic)
    return record


def test_the_list_filters_by_dialogue_and_topic(client, topic):
    record = made(topic)
    other = build.contribution(title="Something else")
    for query in (f"dialogue={record.call.dialogue.slug}", f"topic={topic.slug}"):
        assert gate.shows(client, f"/contributions/?{query}", TITLE)
        assert gate.hides(client, f"/contributions/?{query}", other.title)
    both = f"/contributions/?dialogue={other.call.dialogue.slug}&topic={topic.slug}"
    assert gate.hides(client, both, TITLE, other.title)


@pytest.mark.parametrize("query", ["dialogue=nothing-here", "topic=nothing-here"])
def test_a_filter_without_matches_shows_nothing(client, topic, query):
    made(topic)
    assert gate.hides(client, f"/contributions/?{query}", TITLE)
    assert gate.shows(client, f"/contributions/?{query}", "No contributions match these filters.")


def test_without_contributions_the_list_says_so(client):
    assert gate.shows(client, "/contributions/", "No contributions are published yet.")


@pytest.mark.parametrize("query", ["dialogue=a%20b", "topic=%00", "dialogue=<script>", "page=1"])
def test_an_invalid_filter_is_ignored(client, topic, query):
    made(topic)
    assert gate.shows(client, f"/contributions/?{query}", TITLE)


def test_a_hidden_topic_does_not_show_through_its_filter_or_its_contributions(client, topic):
    record = made(topic)
    proceedings.unpublish(topic, by=None)
    hidden, absent = (client.get(f"/contributions/?topic={slug}").content for slug in (topic.slug, "nothing-here"))
    assert hidden.replace(topic.slug.encode(), b"nothing-here") == absent
    assert gate.hides(client, record.get_absolute_url(), "Ports", topic.slug)


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "9" * 30])
def test_missing_pages_of_the_list_are_absent(client, topic, page):
    made(topic)
    assert gate.is_absent(client, f"/contributions/?page={page}")


def test_the_list_has_thirty_on_a_page(client):
    call = build.call()
    for number in range(31):
        build.contribution(call, title=f"No. {number}")
    first, second = (client.get(f"/contributions/?page={n}").context["object_list"] for n in (1, 2))
    assert (len(first), len(second)) == (30, 1)
    assert not set(first) & set(second)


def test_user_input_is_escaped(client):
    evil = "<script>alert(1)</script>"
    record = build.contribution(title=evil, text=f"{evil} [x](javascript:alert(1))", organization_name=evil)
    for page in (record.get_absolute_url(), "/contributions/", "/search/?q=alert"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_accept_only_get_and_head(client, topic, method):
    record = made(topic)
    for page in ("/contributions/", record.get_absolute_url(), f"{record.get_absolute_url()}files/1/"):
        assert getattr(client, method)(page).status_code == 405
    assert Contribution.objects.get().state == "published"


def test_the_list_offers_only_filters_that_match_something(client, topic):
    record = made(topic)
    build.contribution().topics.add(build.topic("Markets"))
    build.dialogue(title="Nothing written", slug="empty")
    build.topic("No paper on it")
    waiting = build.contribution(build.call(build.dialogue(title="Only sent"), closes=-0.5), state="submitted")
    waiting.topics.add(build.topic("Sent in on it"))
    address = f"?dialogue={record.call.dialogue.slug}"
    assert gate.shows(client, "/contributions/", f'href="{address}"', f'href="?topic={topic.slug}"')
    assert gate.hides(client, "/contributions/", "Nothing written", "No paper on it", "Only sent", "Sent in on it")


def offered(client, query=""):
    """The filters that the list offers: {name: {value: number of contributions}}."""
    facets = client.get(f"/contributions/{query}").context["facets"]
    return {facet.name: {choice.value: choice.count for choice in facet.choices} for facet in facets}


def from_body(appear_as, kind, country, **fields):
    """A published contribution of an organization on record, with that byline."""
    body = Organization.objects.create(name=f"{kind} {country} {appear_as}", type=kind, country=country)
    names = {"organization_name": body.name, "person_name": "Ada Invented", "appear_as": appear_as}
    record = build.contribution(build.call(build.dialogue(starts_on=date(2024, 7, 10))), **names, **fields)
    Contribution.objects.filter(pk=record.pk).update(organization=body)
    return record


def test_each_filter_counts_what_it_gives_with_the_others(client):
    first = from_body("named", "academia", "AT", language="fr")
    from_body("organization", "civil-society", "NG")
    assert offered(client)["country"] == {"AT": 1, "NG": 1}
    assert offered(client)["organization_type"] == {"academia": 1, "civil-society": 1}
    assert offered(client, "?country=AT")["country"] == {"AT": 1, "NG": 1}
    assert offered(client)["language"] == {"fr": 1, "en": 1}
    assert "language" not in offered(client, "?country=AT")
    for query in ("country=AT", "organization_type=academia", "language=fr", "year=2024&language=fr"):
        page = client.get(f"/contributions/?{query}")
        assert [one.pk for one in page.context["object_list"]] == [first.pk]
        assert "1 contribution" in page.content.decode()


def test_a_sender_who_withholds_their_name_is_found_neither_by_type_nor_by_country(client):
    withheld = from_body("anonymous", "academia", "AT", title="Withheld")
    from_body("named", "civil-society", "NG")
    from_body("named", "state", "KE")
    assert gate.shows(client, "/contributions/", withheld.title)
    assert offered(client)["country"] == {"NG": 1, "KE": 1}
    for query in ("country=AT", "organization_type=academia"):
        assert gate.hides(client, f"/contributions/?{query}", withheld.title)


def test_a_region_gives_the_contributions_of_its_countries(client):
    first = from_body("named", "academia", "AT")
    from_body("organization", "civil-society", "NG")
    from_body("anonymous", "state", "DE", title="Withheld")
    assert offered(client)["region"] == {"africa": 1, "europe": 1}
    page = client.get("/contributions/?region=europe")
    assert [one.pk for one in page.context["object_list"]] == [first.pk]
    assert gate.shows(client, "/contributions/?region=atlantis", "Withheld")


def test_the_list_of_a_region_offers_no_search_that_would_leave_the_region(client):
    from_body("named", "academia", "AT")
    for query, is_offered in (("country=AT", True), ("region=europe", False)):
        page = client.get(f"/contributions/?{query}").content.decode()
        assert ('id="within"' in page) == ('id="take-away"' in page) == is_offered


def test_the_list_is_sorted_by_date_of_publication(client, topic):
    first, second = made(topic), made(topic)
    newest, oldest = (client.get(f"/contributions/{query}").context["object_list"] for query in ("", "?sort=oldest"))
    assert [list(newest), list(oldest)] == [[second, first], [first, second]]


def test_a_row_shows_how_the_text_begins(client):
    record = build.contribution(title="With a text", text="## Facts\n\nWe **counted** boats.")
    answered = build.contribution(title="With answers only")
    answered.shown.answers.create(number=1, question="What?", text="We saw nothing.")
    Revision.objects.filter(pk=answered.shown.pk).update(text="")
    assert gate.shows(client, "/contributions/", "Facts We counted boats.", "We saw nothing.", record.reference)


def test_the_search_and_the_downloads_keep_the_filters(client, topic):
    made(topic)
    hidden = f'<input type="hidden" name="topic" value="{topic.slug}">'
    download = f"/search/results.csv?kind=contribution&amp;topic={topic.slug}"
    assert gate.shows(client, f"/contributions/?topic={topic.slug}", hidden, download)


def test_a_hidden_dialogue_is_not_offered_as_a_filter(client, topic, secretary):
    record = made(topic)
    proceedings.unpublish(record.call.dialogue, by=secretary)
    assert gate.hides(client, "/contributions/", f"dialogue={record.call.dialogue.slug}")


def test_open_calls_are_shown_above_the_whole_list_only(client, monkeypatch):
    monkeypatch.setattr("contributions.views.ContributionListView.paginate_by", 1)
    call = build.call(title="Write to us")
    for _number in range(2):
        build.contribution(call)
    assert gate.shows(client, "/contributions/", "Write to us", "Open for contributions")
    for query in ("page=2", f"dialogue={call.dialogue.slug}"):
        assert gate.hides(client, f"/contributions/?{query}", "Open for contributions")


def test_the_number_of_contributions_is_no_bare_text_beside_the_link_to_the_filters(client):
    """A paragraph with the link alone is hidden on wide screens, where the filters are in view."""
    build.call()
    page = client.get("/contributions/?topic=nothing-here").content.decode()
    assert "<span>0 contributions</span>" in page
