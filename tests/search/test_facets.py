"""What a search can be narrowed to: each number is what choosing it shows, and nothing hidden is in any."""

from datetime import date
from itertools import combinations

import pytest

from publishing import workflow
from search.facets import AT_FIRST, LABELS, facets_of
from search.query import Results
from search.tasks import drain
from tests import build
from tests.search.asking import find, numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def many():
    """Some thirty records of all kinds that hold "quagga", spread over series, years, topics, languages, countries."""
    topics = [build.topic("Children"), build.topic("Ports")]
    for at in range(4):
        series = build.series("TIP" if at % 2 else "SOM")
        dialogue = build.dialogue(title=f"Quagga {at}", series=series, starts_on=date(2020 + at, 5, 1))
        dialogue.topics.add(*topics[: at % 3])
        appearance = build.appearance(dialogue)
        for number in range(3):
            build.quote(appearance, text=f"Quagga number {number}.", language=["en", "fr", "es"][number])
        build.summary(dialogue, text="1. Quagga.", language=["en", "ar"][at % 2])
        call = build.call(dialogue)
        build.contribution(call, title="Quagga", language=["en", "ru"][at % 2])
        build.contribution(call, title="Quagga again").topics.add(topics[1])
    drain.call()


def choices(results):
    return {(facet.name, choice.value): choice.number for facet in results.facets for choice in facet.choices}


def test_each_number_is_what_choosing_it_shows(many):
    everything = find("quagga")
    assert everything.total >= 30
    assert {name for name, _ in choices(everything)} == {"kind", "series", "dialogue", "year", "topic", "language"}
    for (name, value), number in choices(everything).items():
        assert find("quagga", **{name: value}).total == number > 0


@pytest.mark.parametrize(
    "narrowed",
    [
        {"kind": "quote"},
        {"language": "fr"},
        {"year": "2021"},
        {"kind": "contribution", "series": "tip"},
        {"kind": "quote", "language": "es", "year": "2022"},
        {"series": "som", "language": "ru"},
        {"kind": "unicorn"},
    ],
)
def test_so_it_is_when_something_is_chosen_already(many, narrowed):
    results = find("quagga", **narrowed)
    for (name, value), number in choices(results).items():
        assert find("quagga", **{**narrowed, name: value}).total == number
        if narrowed.get(name) == value:
            assert number == results.total


def test_narrowing_by_two_is_what_both_have(many):
    def found(**narrowed):
        pages = [find("quagga", page=page, **narrowed) for page in range(1, 6)]
        return {(hit.record._meta.label, hit.record.pk) for page in pages for hit in page.hits}

    for one, other in combinations([("kind", "quote"), ("series", "tip"), ("language", "fr"), ("year", "2021")], 2):
        assert found(**dict([one, other])) == found(**dict([one])) & found(**dict([other]))


def test_what_waits_in_the_queue_is_in_no_number(many, worker_rests):
    before = find("quagga")
    record = next(hit.record for hit in find("quagga", kind="quote", language="fr").hits)
    record.save()
    after = find("quagga")
    assert after.total == before.total - 1
    for name, value in (("kind", "quote"), ("language", "fr"), ("year", str(record.appearance.dialogue.year))):
        assert numbers(after, name)[value] == numbers(before, name)[value] - 1
    drain.call()
    assert choices(find("quagga")) == choices(before)


def test_a_value_that_is_public_no_longer_has_no_name(many):
    topics = {facet.name: [str(choice.label) for choice in facet.choices] for facet in find("quagga").facets}["topic"]
    assert set(topics) == {"Children", "Ports"}
    record = find("quagga", topic=next(iter(numbers(find("quagga"), "topic")))).hits[0].record
    topic = (record if hasattr(record, "topics") else record.dialogue).topics.published().first()
    workflow.unpublish(topic, by=None)
    labels = [str(choice.label) for facet in find("quagga").facets for choice in facet.choices]
    assert topic.name not in labels
    assert topic.slug not in numbers(find("quagga"), "topic")


def test_choices_stand_by_number_and_years_by_date():
    numbers = {"kind": {"quote": 1, "paper": 5}, "year": {"2021": 9, "2024": 1}}
    facets = {one.name: one for one in facets_of(numbers, {})}
    assert [choice.value for choice in facets["kind"].choices] == ["paper", "quote"]
    assert [choice.value for choice in facets["year"].choices] == ["2024", "2021"]
    assert [facets["kind"].label, facets["kind"].chosen] == [LABELS["kind"], None]


def test_a_facet_that_leaves_nothing_to_choose_is_left_out_unless_it_is_chosen():
    assert facets_of({"kind": {"quote": 3}}, {}) == []
    (facet,) = facets_of({"kind": {"quote": 3}}, {"kind": "quote"})
    assert (facet.chosen.value, facet.chosen.number, facet.chosen.is_chosen) == ("quote", 3, True)


def test_a_choice_without_hits_can_be_removed():
    (facet,) = facets_of({"kind": {"quote": 3}}, {"kind": "paper"})
    assert [(choice.value, choice.number) for choice in facet.choices] == [("quote", 3), ("paper", 0)]


def test_some_choices_are_shown_at_first_and_no_choice_is_lost():
    (facet,) = facets_of({"year": {str(year): 1 for year in range(2000, 2010)}}, {})
    assert (len(facet.first), len(facet.rest)) == (AT_FIRST, 10 - AT_FIRST)
    assert facet.first + facet.rest == facet.choices


def test_nothing_found_nothing_to_narrow(many):
    assert find("unicorn") == Results()
