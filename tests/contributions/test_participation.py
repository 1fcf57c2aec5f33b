"""The charts of participation count what everyone may read, and nobody who withheld their name."""

from itertools import pairwise

import pytest
from django.utils.translation import override
from lxml import etree

from contributions.charts import Bar, Chart, picture
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
from tests import build, gate

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
    assert list(numbers(by_language()).items()) == [("Arabic", 3), ("English", 1)]


def test_a_noted_year_of_a_dialogue_counts_where_its_first_day_is_not_known(client):
    for note in ("2010", "spring 2012", ""):
        build.contribution(build.call(build.dialogue(starts_on=None, date_note=note)), title=f"In {note or 'no year'}")
    assert list(numbers(by_year()).items()) == [("2010", 1), ("2011", 0), ("2012", 1), ("date not yet known", 1)]
    address = "/contributions/?year=2012"
    assert [str(bar.address) for bar in by_year().bars] == ["/contributions/?year=2010", "", address, ""]
    assert gate.shows(client, address, "In spring 2012")
    assert gate.hides(client, address, "In 2010", "In no year")
    facets = {facet.name: facet for facet in client.get("/contributions/").context["facets"]}
    assert [(choice.value, choice.count) for choice in facets["year"].choices] == [("2012", 1), ("2010", 1)]


def test_the_page_draws_bars_and_gives_the_same_numbers_in_words(client):
    build.contribution(organization=body())
    build.contribution()
    page = client.get(ADDRESS)
    words = page.content.decode()
    link = '<a href="/contributions/?organization_type=civil-society">Civil society</a>'
    bar = '<svg class="chart-bar" width="100.00%" height="0.7em" aria-hidden="true">'
    assert f'<th scope="row">{link}{bar}' in words
    assert '</th><td class="chart-number">1</td><td>100%</td>' in words
    column = '<span class="chart-number">2</span><span class="visually-hidden"> (100%)</span><svg'
    assert f'<a href="/contributions/?year=2024"><span class="visually-hidden">2024: </span>{column}' in words
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


def test_bars_of_organizations_lead_to_their_contributions_if_they_sent_any(client):
    build.contribution(organization=body())
    build.appearance(
        build.dialogue(), organization=body("Ministry", type="state", country="AT"), affiliation="Ministry"
    )
    for chart, name in (
        (by_type(named_organizations()), "civil society"),
        (by_region(named_organizations()), "Africa"),
    ):
        addresses = {str(bar.label): bar.address for bar in chart.bars}
        assert [label for label, address in addresses.items() if address] == [name]
        assert client.get(addresses[name]).context["paginator"].count == 1


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
    assert rows[:2] == ["Chart,Value,Number,Share", "Organizations by type,Civil society,1,100%"]


def test_an_empty_portal_has_no_charts(client):
    assert "Nothing is published yet, so there are no figures." in client.get(ADDRESS).content.decode()


def test_bars_are_in_proportion_from_zero():
    chart = Chart("x", "X", "of", "note", [Bar("a", 4), Bar("b", 1), Bar("c", 0)])
    assert [bar.width for bar in chart.bars] == ["100.00%", "25.00%", "0.00%"]
    assert [bar.height for bar in chart.bars] == ["9.00em", "2.25em", "0.00em"]
    assert [bar.width for bar in Chart("x", "X", "of", "note", [Bar("a", 0)]).bars] == ["0.00%"]


def shapes(svg):
    """Return the texts and the bars of a picture, which must be well-formed XML."""
    root = etree.fromstring(svg.encode())
    texts = ["".join(text.itertext()) for text in root.findall("{*}text")]
    boxes = [[int(box.get(name)) for name in ("x", "y", "width", "height")] for box in root.findall("{*}rect")[1:]]
    return texts, boxes


def test_a_picture_has_bars_in_proportion_and_names_its_source():
    chart = Chart("x", "Title & more", "of", "What is counted.", [Bar("a", 40), Bar("b", 10)], total=50)
    texts, boxes = shapes(picture(chart, "The site, 5 May 2026"))
    assert texts == ["Title & more", "A", "40 (80%)", "B", "10 (20%)", "What is counted.", "The site, 5 May 2026"]
    assert [(left, width) for left, _, width, _ in boxes] == [(32, 736), (32, 184)]
    with override("zh-hans"):
        assert "40（80%）" in shapes(picture(chart, "The site, 5 May 2026"))[0]


def test_a_picture_of_years_has_columns_on_one_line():
    chart = Chart("x", "X", "of", "note", [Bar("2022", 10), Bar("2023", 0), Bar("2024", 40)], is_series=True)
    _, boxes = shapes(picture(chart, "source"))
    assert [height for *_, height in boxes] == [60, 0, 240]
    assert len({top + height for _, top, _, height in boxes}) == 1
    assert [left for left, *_ in boxes] == sorted(left for left, *_ in boxes)


def test_a_picture_of_many_years_has_room_for_each_and_names_unknown_ones_below():
    bars = [*(Bar(str(year), 1) for year in range(1990, 2026)), Bar("date not known", 2, is_unknown=True)]
    svg = picture(Chart("x", "X", "of", "note", bars, is_series=True), "source")
    texts, boxes = shapes(svg)
    lefts = [left for left, *_ in boxes]
    assert min(after - before for before, after in pairwise(lefts)) >= 44
    assert lefts[-1] + boxes[-1][2] <= int(etree.fromstring(svg.encode()).get("width")) - 32
    assert len(boxes) == 36
    assert texts[-3:] == ["Date not known: 2", "note", "source"]


def test_in_arabic_a_picture_begins_at_the_right():
    with override("ar"):
        chart = Chart("x", "X", "of", "note", [Bar("a", 4), Bar("b", 1)])
        _, boxes = shapes(picture(chart, "source"))
        assert [left + width for left, _, width, _ in boxes] == [768, 768]
        years = Chart("x", "X", "of", "note", [Bar("2022", 1), Bar("2023", 4)], is_series=True)
        _, boxes = shapes(picture(years, "source"))
        assert boxes[0][3] > boxes[1][3]
        assert boxes[0][0] < boxes[1][0]


def test_each_chart_can_be_downloaded_as_a_picture_and_as_a_table(client):
    build.contribution(organization=body())
    page = client.get(ADDRESS).content.decode()
    for chart in charts():
        for extension in ("svg", "csv"):
            address = f"{ADDRESS}{chart.anchor}.{extension}"
            assert f'href="{address}" download' in page
            answer = client.get(address)
            assert answer["Content-Disposition"] == f'attachment; filename="participation-{chart.anchor}.{extension}"'
    rows = client.get(f"{ADDRESS}languages.csv").content.decode("utf-8-sig").splitlines()
    assert rows == ["Chart,Value,Number,Share", "Contributions by language,English,1,100%"]
    assert client.get(f"{ADDRESS}nothing.svg").status_code == 404


def test_every_country_is_in_one_region():
    listed = [country for countries in COUNTRIES.values() for country in countries.split()]
    assert len(listed) == len(set(listed)) == 247  # M49 counts 248; Sark has no two-letter code
    assert {region: sum(found == region for found in REGIONS.values()) for region in Region} == {
        Region.AFRICA: 60, Region.AMERICAS: 57, Region.ASIA: 50, Region.EUROPE: 51, Region.OCEANIA: 29,
    }  # fmt: skip
    assert [region_of(code) for code in ("KE", "CY", "BR", "FJ", "AQ", "")] == [
        Region.AFRICA, Region.ASIA, Region.AMERICAS, Region.OCEANIA, None, None,
    ]  # fmt: skip
