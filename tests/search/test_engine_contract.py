"""What the portal needs of any search engine (`search/engine_api.py`).

These tests ask the engine in SEARCH_URL; tests/engines/test_solr.py runs them on Solr.
"""

import pytest
from haystack import connections

from search import grammar
from search.engine_api import EngineQuery, SearchEngine
from tests.search.notes import INDEX, Note, ask, hits, pks, put, put_texts

pytestmark = pytest.mark.django_db  # an engine may have its lock there

OWN, OTHER = grammar.Word("debt"), grammar.Phrase(("bonded", "labour"), in_any_form=True)


@pytest.fixture
def engine():
    """An engine with an empty index."""
    return connections["default"].get_backend()


def test_an_engine_has_the_methods_of_the_contract(engine):
    names = [name for name in vars(SearchEngine) if not name.startswith("_")]
    assert {"find", "completions", "corrections", "similarity_query", "apply", "rebuild", "verify"} == set(names)
    assert all(callable(getattr(engine, name)) for name in names)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (None, {1, 2, 3, 4}),
        (grammar.Word("debt"), {1, 2}),
        (grammar.Word("Debts"), {1, 2}),
        (grammar.Prefix("bond"), {1, 3}),
        (grammar.Phrase(("debt", "bondage")), {1}),
        (grammar.Phrase(("debts", "bondage")), set()),
        (grammar.Phrase(("of", "the")), {2, 4}),
        (grammar.Word("diouf", "speaker"), {4}),
        (grammar.Phrase(("amina", "diouf"), "speaker"), {4}),
        (grammar.And((grammar.Word("debt"), grammar.Word("ship"))), {2}),
        (grammar.Or((grammar.Word("bondage"), grammar.Word("ship"))), {1, 2, 3}),
        (grammar.Not(grammar.Word("debt")), {3, 4}),
        (grammar.And((grammar.Word("bondage"), grammar.Not(grammar.Word("debt")))), {3}),
    ],
)
def test_a_tree_matches_records(engine, tree, expected):
    put_texts(engine, "debt bondage", "the debts of the ship", "bondage")
    put(engine, Note(4, "one of the women", speaker=[("Amina Rolanda Diouf", "")]))
    found = engine.find(EngineQuery(tree, stop=100))
    assert (set(pks(found)), found.total, found.full_matches) == (expected, len(expected), len(expected))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-01-01", "2024-12-31", {2, 3, 4}),
        ("2024-05-02", "", {3, 4}),
        ("", "2024-05-01", {1, 2, 4}),
        ("2024-05-01", "2024-05-01", {2, 4}),
        ("2025-01-01", "", set()),
    ],
)
def test_a_range_matches_dates_and_years(engine, first, last, expected):
    dates = {1: "2023-12-31", 2: "2024-05-01", 3: "2024-12-31", 4: "2024", 5: ""}
    put(engine, *(Note(pk, "debt", date=date) for pk, date in dates.items()))
    days = grammar.Range("date", first, last)
    for tree in (days, grammar.And((grammar.Word("debt"), days))):
        assert set(pks(engine.find(EngineQuery(tree)))) == expected
    assert set(pks(engine.find(EngineQuery(grammar.Not(days))))) == {1, 2, 3, 4, 5} - expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", "الاتجار"), ("en", "victim trafficking"), ("es", "victima trata"), ("fr", "traite"),
        ("ru", "жертва"), ("zh", "受害者"),
    ],
)  # fmt: skip
def test_each_language_is_found(engine, language, words):
    texts = {
        "ar": "ضحايا الاتجار بالأشخاص",
        "en": "victims of trafficking",
        "es": "víctimas de la trata",
        "fr": "les victimes de la traite",
        "ru": "жертвы торговли людьми",
        "zh": "贩运人口受害者",
    }
    put(engine, *(Note(pk, text, language=code) for pk, (code, text) in enumerate(texts.items(), 1)))
    assert hits(engine, words, language=language)[0] == list(texts).index(language) + 1


@pytest.mark.parametrize("sort", ["relevance", "date", "published", "title"])
def test_records_with_other_terms_are_named_in_every_order(engine, sort):
    put_texts(engine, "bonded labour", "debt", "ship", date="2024-01-01", published="2024-01-01")
    found = engine.find(EngineQuery(OWN, wider=grammar.Or((OWN, OTHER)), sort=sort))
    assert (set(pks(found)), found.other_ids, found.other_matches) == ({1, 2}, {"notes.note.1"}, 1)


def test_a_record_with_most_words_close_together_is_named_too_if_it_has_another_term_for_the_last(engine):
    far = "of men and others " * 80
    near = f"a quagga gave the cooper a ledger and an anvil; bonded labour {far}"
    put_texts(engine, near, far.join(["quagga ", "cooper ", "ledger ", "anvil ", "debt"]), *["of men"] * 300)
    words = tuple(map(grammar.Word, ("quagga", "cooper", "ledger", "anvil")))
    wider = grammar.And((*words, grammar.Or((OWN, OTHER))))
    found = engine.find(EngineQuery(grammar.And((*words, OWN)), wider=wider, allow_partial=True))
    assert (pks(found), found.full_matches, found.other_ids) == ([1, 2], 2, {"notes.note.1"})


def test_a_record_is_replaced_and_deleted(engine):
    put(engine, Note(1, "debt"), Note(2, "debt"))
    put(engine, Note(1, "ship"), gone=[2])
    assert (hits(engine, "debt"), hits(engine, "ship")) == ([], [1])


def test_changes_are_committed_all_or_none(engine):
    put(engine, Note(1, "debt"))

    def changes():
        yield INDEX, [Note(2, "debt")], [1]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        engine.apply(changes())
    assert hits(engine, "debt") == [1]


def test_a_rebuild_replaces_everything(engine):
    put(engine, Note(1, "debt"), Note(2, "debt"))
    engine.rebuild([(INDEX, [Note(3, "debt")])])
    assert hits(engine, "debt") == [3]
    engine.verify()


def test_excluded_records_are_neither_returned_nor_counted(engine):
    put(engine, *(Note(pk, "debt", topic=["a"] if pk < 3 else ["b"]) for pk in range(1, 6)))
    found = ask(engine, "debt", excluded_ids=("notes.note.1", "notes.note.5"))
    assert (pks(found), found.total) == ([2, 3, 4], 3)
    assert found.facet_counts["topic"] == {"a": 1, "b": 2}


def test_the_counts_of_a_facet_ignore_the_filter_on_it_and_no_other(engine):
    put(engine, Note(1, "debt", topic=["a", "b"], year="2023"), Note(2, "debt", topic=["b"], year="2024"))
    put(engine, Note(3, "ship", topic=["b"], year="2024"))
    found = ask(engine, "debt", filters={"topic": "a"})
    assert (pks(found), found.facet_counts["topic"], found.facet_counts["year"]) == ([1], {"a": 1, "b": 2}, {"2023": 1})


def test_a_slice_of_the_sorted_records_is_returned(engine):
    put(engine, *(Note(pk, "debt", date=f"2024-01-{pk:02}") for pk in range(1, 10)))
    assert hits(engine, "debt", sort="date", start=2, stop=5) == [7, 6, 5]
    assert ask(engine, "debt", sort="date", start=20, stop=30).total == 9


def test_equal_records_go_by_date_then_by_number(engine):
    put(engine, Note(2, "debt", date="2024"), Note(1, "debt", date="2024"), Note(3, "debt", date="2025"))
    assert hits(engine, "debt") == hits(engine, "debt", sort="published") == [3, 1, 2]


def test_partial_matches_come_after_full_ones(engine):
    put_texts(engine, "bitcoin as legal tender", "a speech about bitcoin as legal tender", *["a speech"] * 10)
    found = ask(engine, "speech about bitcoin as legal tender", allow_partial=True)
    assert (pks(found)[:2], found.full_matches) == ([2, 1], 1)
    assert hits(engine, "speech about bitcoin as legal tender") == [2]


def test_completions_and_corrections_are_words_of_records_that_are_not_excluded(engine):
    put_texts(engine, *["victims of trafficking"] * 3, "traffic")
    assert engine.completions("traf", ()) == ["trafficking", "traffic"]
    assert engine.completions("traf", ("notes.note.4",)) == ["trafficking"]
    assert engine.corrections(grammar.parse("trafiking"), ()) == {"trafiking": "trafficking"}
    assert engine.corrections(grammar.parse("trafficking"), ()) == {}


def test_a_word_that_shares_a_stem_in_another_language_only_is_corrected(engine):
    """In French, Mandella and Mandela have one stem. No record is in French."""
    put_texts(engine, *["Mandela spoke"] * 9)
    assert engine.corrections(grammar.parse("mandella"), ()) == {"mandella": "mandela"}
    put(engine, *(Note(pk, "Mandela a parlé", language="fr") for pk in range(20, 30)), gone=range(1, 10))
    assert engine.corrections(grammar.parse("mandella"), ()) == {}


def test_a_similarity_query_finds_records_with_the_same_rare_words(engine):
    put_texts(engine, "a quagga on the ship", "the ship of a quagga", *["the ship"] * 10)
    tree = engine.similarity_query(["quagga and ship"])
    assert pks(engine.find(EngineQuery(tree)))[:2] == [1, 2]
    assert engine.similarity_query(["and of"]) is None
