"""Facets: each count equals the results of choosing the value, and hidden records are in none."""

from datetime import date
from itertools import combinations

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils.translation import override

from publishing import workflow
from search.facets import FACET_LABELS, VISIBLE_CHOICES, build_facets, value_labels
from search.query import Results
from search.tasks import update_index
from tests import build
from tests.once import NO_TASKS
from tests.sample import copy_index, index_at
from tests.search.searching import counts, find

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def index_of_many(django_db_setup, django_db_blocker, tmp_path_factory):
    """Create the records of `many`, and return the folder of their index."""
    folder = tmp_path_factory.mktemp("many") / "index"
    with django_db_blocker.unblock(), transaction.atomic():
        with index_at(folder):
            with override_settings(TASKS=NO_TASKS):  # the index is updated once, not with each record
                create_many()
            update_index.call()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def many(index_of_many, db):
    """About thirty records with the word "quagga", spread over kinds, series, years, topics and languages."""
    copy_index(index_of_many)


def create_many():
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


def choices(results):
    return {(facet.name, choice.value): choice.count for facet in results.facets for choice in facet.choices}


def test_each_count_equals_the_results_of_choosing_it(many):
    everything = find("quagga")
    assert everything.total >= 30
    assert {name for name, _ in choices(everything)} == {"kind", "series", "dialogue", "year", "topic", "language"}
    for (name, value), number in choices(everything).items():
        assert find("quagga", **{name: value}).total == number > 0


@pytest.mark.parametrize(
    "filters",
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
def test_each_count_equals_the_results_of_choosing_it_beside_other_filters(many, filters):
    results = find("quagga", **filters)
    for (name, value), number in choices(results).items():
        assert find("quagga", **{**filters, name: value}).total == number
        if filters.get(name) == value:
            assert number == results.total


def test_two_filters_return_what_both_have_in_common(many):
    def found(**filters):
        pages = [find("quagga", page=page, **filters) for page in range(1, 6)]
        return {(hit.record._meta.label, hit.record.pk) for page in pages for hit in page.hits}

    for one, other in combinations([("kind", "quote"), ("series", "tip"), ("language", "fr"), ("year", "2021")], 2):
        assert found(**dict([one, other])) == found(**dict([one])) & found(**dict([other]))


def test_a_changed_record_is_counted_and_a_hidden_one_is_not(many, idle_worker):
    before = find("quagga")
    record = next(hit.record for hit in find("quagga", kind="quote", language="fr").hits)
    record.text = f"{record.text} And more."
    record.save()
    assert choices(find("quagga")) == choices(before)
    workflow.unpublish(record, by=None)
    after = find("quagga")
    assert after.total == before.total - 1
    for name, value in (("kind", "quote"), ("language", "fr"), ("year", str(record.appearance.dialogue.year))):
        assert counts(after, name)[value] == counts(before, name)[value] - 1
    workflow.publish(record, by=None)
    update_index.call()
    assert choices(find("quagga")) == choices(before)


def test_a_hidden_value_is_not_shown(many):
    topics = {facet.name: [str(choice.label) for choice in facet.choices] for facet in find("quagga").facets}["topic"]
    assert set(topics) == {"Children", "Ports"}
    record = find("quagga", topic=next(iter(counts(find("quagga"), "topic")))).hits[0].record
    topic = (record if hasattr(record, "topics") else record.dialogue).topics.published().first()
    workflow.unpublish(topic, by=None)
    labels = [str(choice.label) for facet in find("quagga").facets for choice in facet.choices]
    assert topic.name not in labels
    assert topic.slug not in counts(find("quagga"), "topic")


def test_choices_are_sorted_by_count_and_years_by_date():
    numbers = {"kind": {"quote": 1, "paper": 5}, "year": {"2021": 9, "2024": 1}}
    facets = {one.name: one for one in build_facets(numbers, {})}
    assert [choice.value for choice in facets["kind"].choices] == ["paper", "quote"]
    assert [choice.value for choice in facets["year"].choices] == ["2024", "2021"]
    assert [facets["kind"].label, facets["kind"].chosen] == [FACET_LABELS["kind"], None]


def test_a_facet_with_one_choice_is_left_out_unless_it_is_chosen():
    assert build_facets({"kind": {"quote": 3}}, {}) == []
    (facet,) = build_facets({"kind": {"quote": 3}}, {"kind": "quote"})
    assert (facet.chosen.value, facet.chosen.count, facet.chosen.is_chosen) == ("quote", 3, True)


def test_a_chosen_value_without_hits_is_shown():
    (facet,) = build_facets({"kind": {"quote": 3}}, {"kind": "paper"})
    assert [(choice.value, choice.count) for choice in facet.choices] == [("quote", 3), ("paper", 0)]


def test_only_some_choices_are_visible_at_first():
    (facet,) = build_facets({"year": {str(year): 1 for year in range(2000, 2010)}}, {})
    assert (len(facet.first), len(facet.rest)) == (VISIBLE_CHOICES, 10 - VISIBLE_CHOICES)
    assert facet.first + facet.rest == facet.choices


def test_no_results_have_no_facets(many):
    assert find("unicorn") == Results()


def test_labels_are_read_again_after_a_change_and_not_before(django_assert_num_queries):
    topic = build.topic("Debt")
    assert value_labels("topic", [topic.slug]) == {topic.slug: "Debt"}
    with django_assert_num_queries(1):  # the state
        value_labels("topic", [topic.slug])
    topic.name = "Bondage"
    topic.save()
    assert value_labels("topic", [topic.slug]) == {topic.slug: "Bondage"}
    workflow.unpublish(topic, by=None)
    assert value_labels("topic", [topic.slug]) == {}


def test_labels_are_kept_for_each_language():
    topic = build.topic("Debt")
    topic.translations = {"fr": {"name": "Dettes"}}
    topic.save()
    assert value_labels("topic", [topic.slug]) == {topic.slug: "Debt"}
    with override("fr"):
        assert value_labels("topic", [topic.slug]) == {topic.slug: "Dettes"}
