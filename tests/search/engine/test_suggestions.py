"""What the index knows of words: how they go on, what was meant, what they tell."""

import pytest

from search.grammar import Or, parse
from tests.search.notes import Note, hits, put, put_texts


def corrected(backend, line, excluded_ids=()):
    return backend.corrections(parse(line), excluded_ids)


def test_words_are_completed_the_most_frequent_first(backend):
    put_texts(backend, "recruit recruiters", "recruiters", "recruitment recruiters", "ship")
    assert backend.completions("Recr", ()) == ["recruiters", "recruit", "recruitment"]
    assert backend.completions("x", ()) == []


def test_names_and_titles_are_completed_as_well(backend):
    put(backend, Note(1, "text", title="Ledger", speaker=[("Kamotho", "")], organization=[("Seafarers", "")]))
    assert [backend.completions(letters, ()) for letters in ("led", "kam", "sea")] == [
        ["ledger"],
        ["kamotho"],
        ["seafarers"],
    ]


@pytest.mark.parametrize(("typo", "word"), [("ledgr", "ledger"), ("leger", "ledger"), ("ledgre", "ledger")])
def test_a_typo_leads_to_the_word(backend, typo, word):
    put_texts(backend, "a ledger", "a ship")
    assert corrected(backend, typo) == {typo: word}


def test_a_word_that_is_there_or_like_nothing_is_left(backend):
    put_texts(backend, "a ledger", "a ship")
    assert corrected(backend, "ledgers ship zzzz the") == {}


def test_a_rare_spelling_leads_to_a_frequent_one_and_not_back(backend):
    put_texts(backend, "millenium", *["millennium"] * 30)
    assert corrected(backend, "millenium") == {"millenium": "millennium"}
    assert corrected(backend, "millennium") == {}


def test_words_of_records_that_are_gone_or_wait_are_not_offered(backend):
    put_texts(backend, "a ledger", "a ship")
    assert backend.completions("led", ("notes.note.1",)) == []
    assert corrected(backend, "ledgr", ("notes.note.1",)) == {}
    put(backend, gone=[1])
    assert backend.completions("led", ()) == []
    assert corrected(backend, "ledgr") == {}


def test_the_words_that_set_a_text_apart(backend):
    put_texts(backend, "debt ledger quagga", *["debt of the ship"] * 20)
    tree = backend.similarity_query(["The debt of a quagga in the ledger"])
    assert isinstance(tree, Or)
    assert {part.text for part in tree.parts[:2]} == {"quagga", "ledger"}
    assert backend.similarity_query(["", "the of"]) is None


def test_they_lead_to_what_is_like_it(backend):
    put_texts(backend, "debt ledger quagga", "quagga ledger", *["debt of the ship"] * 5)
    assert hits(backend, "quagga OR ledger")[:2] == [2, 1]
