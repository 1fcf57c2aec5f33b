"""Search without words: every public record, by kind, year, topic, language and country."""

import re
from datetime import date

import pytest

from dialogues.models import Organization
from publishing import workflow
from search.params import MAX_PAGE, SearchParams
from search.query import find
from tests import build, files, gate
from tests.search.searching import counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_index")]


@pytest.fixture
def records():
    """Create public and hidden records of several kinds, years and languages; return the public ones."""
    old, new = (build.dialogue(starts_on=date(year, 5, 1)) for year in (2010, 2024))
    hidden = build.dialogue(public=False)
    public = [old, new]
    for at, language in ((old, "fr"), (new, "en")):
        said = build.appearance(at)
        public += [said.speaker, build.quote(said, text="A <b>quagga</b>.", language=language)]
        public.append(build.contribution(build.call(at), title=f"On {at.slug}", text="What we saw.", language=language))
        build.quote(said, text="Hidden.", public=False)
        build.contribution(build.call(at), state="submitted")
    build.quote(build.appearance(hidden), text="Hidden.")
    return public


def addresses(client, query=""):
    html = client.get(f"/search/{query}").content.decode()
    return re.findall(r'<li class="hit">\s*<h3><a href="([^"]+)"', html)


def test_without_words_every_public_record_is_listed_once(client, records):
    assert sorted(addresses(client)) == sorted(record.get_absolute_url() for record in records)
    assert gate.shows(client, "/search/", f"{len(records)} results")
    assert gate.hides(client, "/search/", "Hidden.", "Best match")


def test_records_are_listed_newest_first(client, records):
    listed = addresses(client, "?kind=contribution")
    assert listed == [record.get_absolute_url() for record in (records[7], records[4])]


def test_filters_need_no_words(client, records):
    old = records[4]
    assert addresses(client, "?kind=contribution&year=2010") == [old.get_absolute_url()]
    assert gate.shows(client, "/search/?kind=contribution&year=2010", "Kind: Contributions", "Year: 2010")
    assert gate.shows(client, "/search/?kind=contribution&year=2010", "Search for “Contributions · 2010”")


def test_a_hit_shows_the_opening_and_leads_to_the_record(client, records):
    contribution, quote = records[7], records[6]
    assert gate.shows(client, "/search/?kind=contribution", "What we saw.", "Open Door")
    assert gate.shows(client, "/search/?kind=quote", "A &lt;b&gt;quagga&lt;/b&gt;.")
    assert gate.hides(client, "/search/", "<mark>", "<b>quagga")
    summary = build.summary(contribution.call.dialogue, text="# A heading\n\n1. First.\n\n2. Second.")
    assert addresses(client, "?kind=summary") == [summary.get_absolute_url()]
    assert gate.shows(client, "/search/?kind=summary", ">First.<")
    assert quote.get_absolute_url() in addresses(client, "?kind=quote")


def test_without_a_text_of_its_own_a_contribution_opens_with_its_file(client):
    file = ("report.pdf", files.pdf(["Words of the file."]))
    build.contribution(text="", attach=[file], appear_as="anonymous", organization_name="Unobtainium")
    assert gate.shows(client, "/search/?kind=contribution", ">Words of the file.<")
    assert gate.hides(client, "/search/?kind=contribution", "Unobtainium")


def test_each_count_is_what_choosing_the_value_lists(records):
    results = find(SearchParams())
    assert set(counts(results, "kind")) == {"dialogue", "speaker", "quote", "contribution"}
    for facet in results.facets:
        for choice in facet.choices:
            assert find(SearchParams(filters={facet.name: choice.value})).total == choice.count > 0


def test_a_withdrawn_record_is_neither_listed_nor_counted(records):
    before = find(SearchParams())
    workflow.unpublish(records[3], by=None)
    after = find(SearchParams())
    assert after.total == before.total - 1
    assert counts(after, "kind")["quote"] == counts(before, "kind")["quote"] - 1


def test_pages_are_of_ten_records_and_limited(client, monkeypatch):
    said = build.appearance(build.dialogue())
    for _ in range(13):
        build.quote(said)
    assert len(addresses(client, "?kind=quote")) == 10
    assert len(addresses(client, "?kind=quote&page=2")) == 3
    assert len(addresses(client, f"?kind=quote&page={MAX_PAGE}")) == 3
    monkeypatch.setattr("search.views.MAX_PAGE", 1)
    assert gate.hides(client, "/search/?kind=quote", 'rel="next"')


def test_an_empty_list_says_why(client):
    assert gate.shows(client, "/search/", "Nothing is published yet.")
    assert gate.shows(client, "/search/?kind=quote", "Nothing published matches all of this.")
    assert gate.shows(client, "/search/?kind=quote", "/search/alerts/new/?kind=quote", "/search/feed/?kind=quote")
    assert gate.hides(client, "/search/?kind=quote", "fewer words")


def test_a_text_without_words_is_not_a_search_without_text(client, records):
    assert gate.shows(client, "/search/?q=%21%21", "0 results", "has all of these words")


def test_languages_countries_and_types_are_in_the_readers_language(client):
    some = [Organization.objects.create(name=f"Body {code}", type=kind, country=code) for code, kind in
            (("AT", "state"), ("KE", "civil-society"))]  # fmt: skip
    for organization, language in zip(some, ("ar", "zh"), strict=True):
        build.quote(build.appearance(build.dialogue(), organization=organization), language=language)
    assert gate.shows(client, "/search/", ">Arabic<", ">Chinese<", ">Austria<", ">Civil society<")
    assert gate.shows(client, "/fr/search/", ">Arabe<", ">Chinois<", ">Autriche<", ">Société civile<")


def test_results_are_sorted_by_title_and_by_organization(client):
    call = build.call()
    made = {
        title: build.contribution(call, title=title, organization_name=organization, appear_as=appear_as)
        for title, organization, appear_as in (
            ("The zebra", "École", "organization"),
            ("“Élan”", "Alpha", "anonymous"),
            ("apple 10", "Delta", "organization"),
            ("Apple 9", "The Beta", "organization"),
        )
    }

    def listed(query):
        at = {record.get_absolute_url(): title for title, record in made.items()}
        return [at[address.partition("#")[0]] for address in addresses(client, query)]

    assert listed("?kind=contribution&sort=title") == ["Apple 9", "apple 10", "“Élan”", "The zebra"]
    assert listed("?kind=contribution&sort=organization") == ["Apple 9", "apple 10", "The zebra", "“Élan”"]
    assert listed("?q=our+account&kind=contribution&sort=title") == ["Apple 9", "apple 10", "“Élan”", "The zebra"]


def test_the_orders_of_the_page(client, records):
    for query, chosen, offered in (
        ("", "Newest first", {"Title", "Organization"}),
        ("?sort=title", "Title", {"Newest first", "Organization"}),
        ("?sort=relevance", "Newest first", {"Title", "Organization"}),
        ("?q=quagga", "Best match", {"Newest first", "Title", "Organization"}),
    ):
        (orders,) = re.findall(r'<span class="orders">(.*?)</span></p>|<span class="orders">(.*)',
                               client.get(f"/search/{query}").content.decode())  # fmt: skip
        line = "".join(orders)
        assert re.findall(r"<strong>([^<]+)</strong>", line) == [chosen]
        assert set(re.findall(r'<a href="[^"]*sort=[^"]*">([^<]+)</a>', line)) == offered


def test_the_chosen_order_stays_in_the_search_box(client, records):
    assert gate.shows(client, "/search/?sort=title", '<input type="hidden" name="sort" value="title">')
    assert gate.hides(client, "/search/", 'name="sort"')
    assert gate.hides(client, "/", 'name="sort"')


def test_an_alert_is_offered_once_something_is_chosen(client, records):
    assert gate.hides(client, "/search/", "/search/alerts/new/")
    assert gate.shows(client, "/search/?kind=quote", "/search/alerts/new/?kind=quote")
