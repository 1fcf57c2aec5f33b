"""Where few records have all words of a query, those with most of them follow; words close together rank higher."""

import pytest

from search import grammar
from search.engine import backend as engine
from search.engine_api import EngineQuery
from tests.search.notes import Note, ask, pks, put, put_texts


def found(backend, line, **options):
    answer = ask(backend, line, allow_partial=True, stop=100, **options)
    return answer.total, answer.full_matches, pks(answer)


def test_full_matches_rank_before_partial_ones(backend):
    put_texts(backend, "debt ship", "debt wages ship", "debt debt wages wages", "ship", "quagga")
    total, complete, order = found(backend, "debt wages ship")
    assert (total, complete, order[0], set(order)) == (3, 1, 2, {1, 2, 3})


FAR = "of men and others " * 80
NEAR = "a quagga gave the cooper a ledger and an anvil"


def test_nearly_all_words_in_one_passage_are_better_than_all_far_apart(backend):
    scattered = f"quagga {FAR} cooper {FAR} ledger {FAR} anvil {FAR} bassoon"
    put_texts(backend, f"{NEAR} {FAR}", scattered, *["of men"] * 300)
    assert found(backend, "quagga cooper ledger anvil bassoon") == (2, 1, [1, 2])
    put_texts(backend, f"{NEAR} {FAR}", f"{NEAR} bassoon {FAR}", *["of men"] * 300)
    assert found(backend, "quagga cooper ledger anvil bassoon")[2] == [2, 1]


def test_words_in_the_heading_of_a_record_are_not_far_from_its_text(backend):
    near = Note(1, "in 1982 the cooper of rwanda gave a ledger and an anvil", organization=[("Chad", "")], year="1990")
    full = Note(2, f"cooper {FAR} ledger {FAR} anvil bassoon", organization=[("Rwanda", "")], year="1982")
    put(backend, near, full, *(Note(pk, "of men") for pk in range(3, 300)))
    assert found(backend, "cooper ledger anvil bassoon rwanda 1982") == (2, 1, [2, 1])
    put(backend, Note(2, f"cooper {FAR} ledger {FAR} anvil {FAR} bassoon {FAR} rwanda {FAR} 1982"))
    assert found(backend, "cooper ledger anvil bassoon rwanda 1982") == (2, 1, [1, 2])


def test_of_many_records_with_all_words_far_apart_none_hides_one_with_nearly_all_in_one_passage(backend):
    scattered = f"quagga {FAR} cooper {FAR} ledger {FAR} anvil {FAR} bassoon {FAR} oboe"
    put_texts(backend, *[scattered] * 12, f"{NEAR} bassoon", "quagga", *["of men"] * 300)
    total, complete, order = found(backend, "quagga cooper ledger anvil bassoon oboe")
    assert (total, complete, order[0]) == (13, 12, 13)


def test_of_a_long_query_few_rare_words_are_enough_if_nothing_is_better(backend):
    line = "bosses keep their golden parachutes while parents lose work because firms collapse"
    others = ["the bosses lose work and firms collapse, parents keep"] * 2
    put_texts(backend, *others, "generous golden parachutes", "golden", *["of men"] * 300)
    assert set(found(backend, line)[2]) == {1, 2, 3}


def test_other_terms_stand_for_words_that_no_record_has(backend):
    put_texts(backend, "bonded labour in mines", "mines", "bonded labour", *["of men"] * 20)
    tree = grammar.parse("servitude mines wages")
    own, *rest = tree.parts
    wider = grammar.And((grammar.Or((own, grammar.Phrase(("bonded", "labour"), in_any_form=True))), *rest))
    assert pks(backend.find(EngineQuery(tree, wider=wider, allow_partial=True))) == [1, 2, 3]
    assert pks(backend.find(EngineQuery(tree, allow_partial=True))) == [2, 1]
    put(backend, Note(4, "servitude in mines"))
    assert pks(backend.find(EngineQuery(tree, wider=wider, allow_partial=True)))[0] == 4


def test_a_rare_word_counts_for_more_than_frequent_ones(backend):
    put_texts(backend, *["a speech about money"] * 20, "bitcoin as legal tender", "legal ships")
    total, complete, order = found(backend, "speech about bitcoin money tender")
    assert (total, complete, order) == (1, 0, [21])


def test_a_word_that_no_record_has_does_not_keep_others_from_matching(backend):
    put_texts(backend, "debt wages", "ship", "quagga")
    assert found(backend, "debt wages unicorn") == (1, 0, [1])


def test_records_with_less_than_half_of_the_words_are_found_where_none_has_more(backend):
    put_texts(backend, "debt", "wages", "ship", "port", "sea", *["quagga"] * 20)
    assert found(backend, "debt wages ship")[0] == 3
    put_texts(backend, "debt wages", "wages", "ship")
    assert found(backend, "debt wages ship")[2] == [1]


def test_one_very_rare_word_does_not_decide_alone(backend):
    put_texts(backend, "agrement", *["peace in bougainville", "peace"] * 3, *["quagga"] * 1_000)
    assert set(found(backend, "bougainville peace agrement")[2]) == {2, 4, 6}


@pytest.mark.parametrize("line", ["debt wages", "debt", '"debt wages ship"', "(debt OR wages) OR ship"])
def test_short_and_strict_queries_have_no_partial_matches(backend, line):
    put_texts(backend, "debt ship", "wages")
    assert found(backend, line)[0] == ask(backend, line).total


def test_enough_full_matches_leave_out_partial_ones(backend):
    put_texts(backend, *["debt wages ship"] * engine.FEW_MATCHES, "debt wages")
    assert found(backend, "debt wages ship")[:2] == (engine.FEW_MATCHES, engine.FEW_MATCHES)


def test_partial_matches_respect_not(backend):
    put_texts(backend, "debt wages", "debt wages quagga", "ship", "ship")
    assert found(backend, "debt wages ship NOT quagga")[2] == [1]


def test_excluded_records_are_in_neither_count(backend):
    put_texts(backend, "debt wages ship", "debt wages")
    assert found(backend, "debt wages ship", excluded_ids=("notes.note.1",))[:2] == (1, 0)


def test_facet_counts_include_partial_matches(backend):
    put(backend, Note(1, "debt wages ship", kind="a"), Note(2, "debt wages", kind="b"), Note(3, "wages ship", kind="b"))
    put(backend, *(Note(pk, "quagga") for pk in range(4, 9)))
    numbers = ask(backend, "debt wages ship", allow_partial=True).facet_counts["kind"]
    assert numbers == {"a": 1, "b": 2}
    for kind, number in numbers.items():
        assert found(backend, "debt wages ship", filters={"kind": kind})[0] == number


def test_words_close_together_rank_higher(backend):
    far = "debt " + "of the sea " * 10 + "wages " + "and so on " * 3
    near = "the wages and debt " + "of the sea " * 10 + "and so on " * 3
    put_texts(backend, far, near, far)
    assert ask(backend, "debt wages").ids[0] == "notes.note.2"


def test_a_stop_word_of_one_language_is_required_in_others(backend):
    put(backend, Note(1, "les mots sur la dette", language="fr"), Note(2, "dette", language="en"))
    assert pks(ask(backend, "la dette")) == [1]
    put(backend, Note(3, "la dette", language="en"))
    assert set(pks(ask(backend, "la dette"))) == {1, 3}
