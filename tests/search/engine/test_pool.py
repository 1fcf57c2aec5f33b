"""What a segment will hold, gathered and put in order."""

import numpy as np
import pytest

from search.analysis import BETWEEN_PASSAGES
from search.engine.pool import Numbers, Pool
from search.engine.schema import schema


@pytest.fixture
def pool():
    return Pool(schema())


def fields(pool, count):
    """{field: ({term: [(record, place)]}, lengths)}; the place is None in fields without."""
    found = {}
    for name, terms, things, records, places, lengths in pool.fields(count):
        postings = {term.decode(): [] for term in terms}
        at = places.tolist() if len(places) else [None] * len(things)
        for thing, record, place in zip(things.tolist(), records.tolist(), at, strict=True):
            postings[terms[thing].decode()].append((record, place))
        found[name] = postings, lengths.tolist()
    return found


def test_things_are_numbered_as_they_are_met():
    numbers = Numbers()
    assert [numbers[thing] for thing in "abca"] == [0, 1, 2, 0]


def test_words_are_noted_by_term_record_and_place(pool):
    pool.put(0, {"text": [("The debts of a ship", "en")]})
    pool.put(1, {"text": [("Ship, debt, ship", "en")]})
    assert fields(pool, 2)["text"] == (
        {"debt": [(0, 1), (1, 1)], "ship": [(0, 4), (1, 0), (1, 2)]},
        [5, 3],
    )


def test_the_spellings_of_all_words_stand_once_a_record(pool):
    pool.put(0, {"text": [("Débts, debts: a debt of 2024", "en")], "speaker": [("Ada Debt", "")]})
    assert fields(pool, 1)["spelling"] == ({"ada": [(0, None)], "debt": [(0, None)], "debts": [(0, None)]}, [0])


def test_values_stand_once_a_record_and_empty_ones_do_not(pool):
    pool.put(0, {"topic": ["b", "a", "b", ""], "kind": "note", "year": ""})
    found = fields(pool, 1)
    assert found["topic"][0] == {"a": [(0, None)], "b": [(0, None)]}
    assert found["kind"][0] == {"note": [(0, None)]}
    assert found["year"][0] == {}


def test_between_passages_there_is_room(pool):
    pool.put(0, {"text": [("one debt", "en"), ("two debts", "en")]})
    assert fields(pool, 1)["text"] == (
        {"debt": [(0, 1), (0, 2 + BETWEEN_PASSAGES + 1)], "one": [(0, 0)], "two": [(0, 2 + BETWEEN_PASSAGES)]},
        [4],
    )


def test_a_word_counts_in_the_language_of_its_passage(pool):
    pool.put(0, {"text": [("the son", "en"), ("son the", "fr")]})
    assert set(fields(pool, 1)["text"][0]) == {"son", "the"}


def test_a_word_whose_accents_lead_to_two_stems_stands_as_both(pool):
    pool.put(0, {"text": [("déclarées", "fr")]})
    assert len(fields(pool, 1)["text"][0]) in (1, 2)
    assert {place for places in fields(pool, 1)["text"][0].values() for place in places} == {(0, 0)}


def test_chinese_characters_stand_alone_and_in_pairs(pool):
    pool.put(0, {"text": [("人权 A 法", "zh")]})
    postings, lengths = fields(pool, 1)["text"]
    assert postings["人"] == postings["人权"] == [(0, 0)]
    assert postings["权"] == [(0, 1)]
    assert postings["法"] == [(0, 3)]
    assert lengths == [4]


def test_a_record_without_a_field_has_no_length_in_it(pool):
    pool.put(0, {"kind": "note"})
    pool.put(1, {"title": [("Debt", "en")]})
    pool.put(2, {"kind": "note"})
    assert fields(pool, 3)["title"][1] == [0, 1, 0]


def test_what_is_absorbed_stands_beside_what_is_new(pool):
    pool.put(0, {"text": [("debt", "en")], "kind": "note"})
    numbers = [np.array(one, "u4") for one in ([1, 0, 1], [1, 2, 2], [0, 5, 6])]
    pool.absorb("text", [b"abbey", b"debt"], *numbers)
    assert pool.size() == 5
    assert fields(pool, 3)["text"][0] == {"abbey": [(2, 5)], "debt": [(0, 0), (1, 0), (2, 6)]}


def test_an_empty_pool_has_no_fields_and_a_cleaned_one_is_empty(pool):
    assert fields(pool, 0) == {}
    pool.put(0, {"text": [("debt", "en")], "kind": "note"})
    assert pool.size() == 2
    pool.cleanup()
    assert (pool.size(), fields(pool, 0)) == (0, {})


@pytest.mark.parametrize("seed", range(3))
def test_many_records_are_in_the_order_that_sorting_them_one_by_one_gives(pool, seed):
    dice = np.random.default_rng(seed)
    texts = [[str(word) for word in dice.choice(["aa", "bb", "cc", "dd"], 12)] for _ in range(20)]
    for record, words in enumerate(texts):
        pool.put(record, {"text": [(" ".join(words), "en")]})
    expected = {}
    for record, words in enumerate(texts):
        for place, word in enumerate(words):
            expected.setdefault(word, []).append((record, place))
    assert fields(pool, 20)["text"][0] == {term: sorted(places) for term, places in sorted(expected.items())}
