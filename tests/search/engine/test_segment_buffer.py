"""The records of a segment are collected and sorted."""

import numpy as np
import pytest

from search.analysis import PASSAGE_GAP
from search.engine.schema import build_schema
from search.engine.segment_buffer import Numbering, SegmentBuffer


@pytest.fixture
def buffer():
    return SegmentBuffer(build_schema())


def fields(buffer, count):
    """Return {field: ({term: [(record, position)]}, lengths)}; the position is None in fields of values."""
    found = {}
    for name, content in buffer.fields(count):
        numbers, records, places = content.numbers, content.records, content.places
        postings = {term.decode(): [] for term in content.terms}
        at = (places - content.record_starts[records]).tolist() if len(places) else [None] * len(numbers)
        for number, record, position in zip(numbers.tolist(), records.tolist(), at, strict=True):
            postings[content.terms[number].decode()].append((record, position))
        found[name] = postings, content.lengths.tolist()
    return found


def forms(buffer, count, field):
    """Return {term: [form of each occurrence]}."""
    content, found = dict(buffer.fields(count))[field], {}
    for number, form in zip(content.numbers.tolist(), content.forms.tolist(), strict=True):
        spelled = content.all_forms[content.form_starts[number] + form].decode()
        found.setdefault(content.terms[number].decode(), []).append(spelled)
    return found


def test_keys_are_numbered_in_order_of_first_use():
    numbers = Numbering()
    assert [numbers[key] for key in "abca"] == [0, 1, 2, 0]


def test_words_have_term_record_and_position(buffer):
    buffer.add(0, {"text": [("The debts of a ship", "en")]})
    buffer.add(1, {"text": [("Ship, debt, ship", "en")]})
    assert fields(buffer, 2)["text"] == (
        {
            "=a": [(0, 3)],
            "=of": [(0, 2)],
            "=the": [(0, 0)],
            "debt": [(0, 1), (1, 1)],
            "ship": [(0, 4), (1, 0), (1, 2)],
        },
        [5, 3],
    )
    assert forms(buffer, 2, "text") == {
        "=a": ["a"],
        "=of": ["of"],
        "=the": ["the"],
        "debt": ["debts", "debt"],
        "ship": ["ship"] * 3,
    }


def test_each_spelling_occurs_once_a_record(buffer):
    buffer.add(0, {"text": [("Débts, debts: a debt of 2024", "en")], "speaker": [("Ada Debt", "")]})
    assert fields(buffer, 1)["spelling"] == ({"ada": [(0, None)], "debt": [(0, None)], "debts": [(0, None)]}, [0])


def test_each_value_occurs_once_a_record_and_empty_ones_are_left_out(buffer):
    buffer.add(0, {"topic": ["b", "a", "b", ""], "kind": "note", "year": ""})
    found = fields(buffer, 1)
    assert found["topic"][0] == {"a": [(0, None)], "b": [(0, None)]}
    assert found["kind"][0] == {"note": [(0, None)]}
    assert found["year"][0] == {}


def test_passages_are_separated_by_a_gap_in_the_positions(buffer):
    buffer.add(0, {"text": [("one debt", "en"), ("two debts", "en")]})
    assert fields(buffer, 1)["text"] == (
        {"debt": [(0, 1), (0, 2 + PASSAGE_GAP + 1)], "one": [(0, 0)], "two": [(0, 2 + PASSAGE_GAP)]},
        [4],
    )


def test_a_word_is_analyzed_in_the_language_of_its_passage(buffer):
    buffer.add(0, {"text": [("the son", "en"), ("son the", "fr")]})
    assert set(fields(buffer, 1)["text"][0]) == {"=son", "=the", "son", "the"}


def test_a_word_with_two_stems_has_both_at_one_position(buffer):
    buffer.add(0, {"text": [("déclarées", "fr")]})
    assert len(fields(buffer, 1)["text"][0]) in (1, 2)
    assert {form for found in forms(buffer, 1, "text").values() for form in found} == {"declarees"}
    assert {place for places in fields(buffer, 1)["text"][0].values() for place in places} == {(0, 0)}


def test_chinese_characters_are_indexed_alone_and_in_pairs(buffer):
    buffer.add(0, {"text": [("人权 A 法", "zh")]})
    postings, lengths = fields(buffer, 1)["text"]
    assert postings["人"] == postings["人权"] == [(0, 0)]
    assert postings["权"] == [(0, 1)]
    assert postings["法"] == [(0, 3)]
    assert "=a" in postings
    assert lengths == [4]


def test_a_record_without_a_field_has_length_zero(buffer):
    buffer.add(0, {"kind": "note"})
    buffer.add(1, {"title": [("Debt", "en")]})
    buffer.add(2, {"kind": "note"})
    assert fields(buffer, 3)["title"][1] == [0, 1, 0]


def test_copied_occurrences_are_joined_with_new_ones(buffer):
    buffer.add(0, {"text": [("debt", "en")], "kind": "note"})
    numbers = [np.array(one, "u4") for one in ([1, 0, 1], [1, 2, 2], [0, 5, 6])]
    buffer.add_occurrences("text", [(b"abbey", b"abbey"), (b"debt", b"debts")], *numbers)
    assert buffer.size() == 6
    assert fields(buffer, 3)["text"][0] == {"abbey": [(2, 5)], "debt": [(0, 0), (1, 0), (2, 6)]}
    assert forms(buffer, 3, "text") == {"abbey": ["abbey"], "debt": ["debt", "debts", "debts"]}


def test_an_empty_buffer_has_no_fields_and_cleanup_empties_one(buffer):
    assert fields(buffer, 0) == {}
    buffer.add(0, {"text": [("debt", "en")], "kind": "note"})
    assert buffer.size() == 3
    buffer.cleanup()
    assert (buffer.size(), fields(buffer, 0)) == (0, {})


@pytest.mark.parametrize("seed", range(3))
def test_many_records_are_sorted_by_term_record_and_position(buffer, seed):
    dice = np.random.default_rng(seed)
    texts = [[str(word) for word in dice.choice(["aa", "bb", "cc", "dd"], 12)] for _ in range(20)]
    for record, words in enumerate(texts):
        buffer.add(record, {"text": [(" ".join(words), "en")]})
    expected = {}
    for record, words in enumerate(texts):
        for place, word in enumerate(words):
            expected.setdefault(word, []).append((record, place))
    assert fields(buffer, 20)["text"][0] == {term: sorted(places) for term, places in sorted(expected.items())}


def test_records_without_words_come_first_in_between_and_last(buffer):
    for record, words in enumerate(["", "debt", "", "debt abbey", "", ""]):
        buffer.add(record, {"text": [(words, "en")]})
    assert fields(buffer, 6)["text"] == ({"abbey": [(3, 1)], "debt": [(1, 0), (3, 0)]}, [0, 1, 0, 2, 0, 0])
