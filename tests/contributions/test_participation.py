"""The charts of participation count what everyone may read, and nobody who withheld their name."""

import pytest
from django.utils.translation import override

from contributions.charts import Bar, Chart
from contributions.models import AppearAs
from contributions.participation import (
    by_dialogue,
    by_language,
    by_region,
    by_topic,
    by_type,
    by_year,
    charts,
    named_organizations,
)
from contributions.regions import COUNTRIES, REGIONS, Region, region_of
from dialogues.models import Organization
from tests import build

pytestmark = pytest.mark.django_db
ADDRESS = "/contributions/participation/"


def body(name="Open Door", **fields):
    return Organization.objects.create(name=name, **{"type": "civil-society", "country": "KE", **fields})


def numbers(chart):
    return {str(bar.label): bar.number for bar in chart.bars}


def test_an_organization_counts_once_however_often_it_spoke_and_wrote():
    door, dialogue = body(), build.dialogue()
    for _ in range(2):
        build.appearance(dialogue, organization=door, affiliation="Open Door")
        build.contribution(build.call(dialogue), organization=door)
    build.appearance(dialogue, organization=body("Ministry", type="state", country="AT"), affiliation="Ministry")
    assert numbers(by_type(named_organizations())) == {"civil society": 1, "State": 1}
    assert numbers(by_region(named_organizations())) == {"Africa": 1, "Europe": 1}


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "declined", "withdrawn"])
def test_unpublished_records_are_not_counted(state):
    made = build.contribution(state=state, organization=body())
    made.topics.add(build.topic("Ports"))
    assert named_organizations() == set()
    assert charts() == []


def test_records_of_a_hidden_dialogue_are_not_counted():
    hidden = build.dialogue(public=False)
    build.appearance(hidden, organization=body(), affiliation="Open Door")
    build.contribution(build.call(hidden), organization=body("Other")).topics.add(build.topic("Ports"))
    assert charts() == []


def test_withheld_organizations_are_counted_neither_by_type_nor_by_region(client):
    hidden = build.contribution(organization=body("Quiet House"), appear_as=AppearAs.ANONYMOUS)
    hidden.topics.add(build.topic("Ports"))
    build.appearance(hidden.call.dialogue, organization=body("Unsaid"), affiliation="")
    assert named_organizations() == set()
    assert [chart.anchor for chart in charts()] == ["topics", "dialogues", "years", "languages"]
    page = client.get(ADDRESS).content.decode()
    assert "Quiet House" not in page
    assert "Africa" not in page


def test_a_waiting_correction_changes_nothing():
    made = build.contribution(organization=body())
    build.correction(made, appear_as=AppearAs.ANONYMOUS)
    assert numbers(by_type(named_organizations())) == {"civil society": 1}


def test_contributions_are_counted_by_public_topic_year_and_language():
    ports, hidden = build.topic("Ports"), build.topic("Hidden", public=False)
    for year, language in ((2023, "en"), (2023, "ar"), (2024, "ar"), (None, "ar")):
        dialogue = build.dialogue(starts_on=year and f"{year}-07-10")
        build.contribution(build.call(dialogue), language=language).topics.set([ports, hidden])
    assert numbers(by_topic()) == {"Ports": 4}
    assert list(numbers(by_year()).items()) == [("2023", 2), ("2024", 1), ("date not yet known", 1)]
    assert list(numbers(by_language()).items()) == [("العربية", 3), ("English", 1)]


def test_the_page_draws_bars_and_gives_the_same_numbers_in_words(client):
    build.contribution(organization=body())
    build.contribution()
    page = client.get(ADDRESS)
    words = page.content.decode()
    assert '<desc id="languages-desc">English: 2</desc>' in words
    assert '<rect class="chart-bar" x="0" y="1.45em" width="100.00%"' in words
    link = '<a href="/contributions/?organization_type=civil-society">Civil society</a>'
    assert f'<th scope="row">{link}</th><td class="chart-count">1</td><td class="chart-count">100%</td>' in words
    assert not page.cookies
    assert "style=" not in words


def test_each_bar_leads_to_the_contributions_that_it_counts(client):
    for year, language in ((2022, "en"), (2024, "ar"), (2024, "ar")):
        build.contribution(build.call(build.dialogue(starts_on=f"{year}-07-10")), language=language)
    bars = [bar for chart in (by_year(), by_language(), by_dialogue()) for bar in chart.bars]
    assert [(str(bar.label), bar.number) for bar in by_year().bars] == [("2022", 1), ("2023", 0), ("2024", 2)]
    for bar in bars:
        assert bool(bar.address) == bool(bar.number)
        if bar.address:
            assert client.get(bar.address).context["paginator"].count == bar.number


def test_shares_are_of_all_records_and_numbers_are_in_the_language_of_the_page():
    ports, markets = build.topic("Ports"), build.topic("Markets")
    build.contribution().topics.set([ports, markets])
    build.contribution().topics.set([ports])
    assert [(bar.number, bar.share) for bar in by_topic().bars] == [(2, "100%"), (1, "50%")]
    with override("fr"):
        assert Bar("x", 1234567).number_text == "1\u202f234\u202f567"
        assert [bar.share for bar in by_topic().bars] == ["100\xa0%", "50\xa0%"]


def test_the_numbers_can_be_downloaded_as_a_table(client):
    build.contribution(organization=body())
    rows = client.get("/contributions/participation.csv").content.decode("utf-8-sig").splitlines()
    assert rows[:2] == ["Chart,Value,Number,Share", "Organizations by kind,Civil society,1,100%"]


def test_an_empty_portal_has_no_charts(client):
    assert "Nothing is published yet, so there are no figures." in client.get(ADDRESS).content.decode()


def test_bars_are_proportional_and_long_labels_are_wrapped():
    long, chinese = "International judicial cooperation in criminal matters", "人口贩运" * 8
    chart = Chart("x", "X", "of", "note", [Bar(long, 4), Bar(chinese, 1)])
    assert [(bar.width, bar.rest) for bar in chart.bars] == [("100.00%", "0.00%"), ("25.00%", "75.00%")]
    assert [text for _, text in chart.bars[0].lines] == ["International judicial cooperation", "in criminal matters"]
    assert [len(text) for _, text in chart.bars[1].lines] == [17, 15]
    assert (chart.bars[0].top, chart.bars[1].top) == ("2.80em", "7.10em")


def test_every_country_is_in_one_region():
    listed = [country for countries in COUNTRIES.values() for country in countries.split()]
    assert len(listed) == len(set(listed)) == 247  # M49 counts 248; Sark has no two-letter code
    assert {region: sum(found == region for found in REGIONS.values()) for region in Region} == {
        Region.AFRICA: 60, Region.AMERICAS: 57, Region.ASIA: 50, Region.EUROPE: 51, Region.OCEANIA: 29,
    }  # fmt: skip
    assert [region_of(code) for code in ("KE", "CY", "BR", "FJ", "AQ", "")] == [
        Region.AFRICA, Region.ASIA, Region.AMERICAS, Region.OCEANIA, None, None,
    ]  # fmt: skip
