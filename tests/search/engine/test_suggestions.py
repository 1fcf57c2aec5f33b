"""Completions, and the distinctive words of a text."""

from search.grammar import Or
from tests.search.notes import Note, hits, put, put_texts


def test_completions_are_sorted_by_frequency(backend):
    put_texts(backend, "recruit recruiters", "recruiters", "recruitment recruiters", "ship")
    assert backend.completions("Recr", ()) == ["recruiters", "recruit", "recruitment"]
    assert backend.completions("x", ()) == []


def test_completions_include_names_and_titles(backend):
    put(backend, Note(1, "text", title="Ledger", speaker=[("Kamotho", "")], organization=[("Seafarers", "")]))
    assert [backend.completions(letters, ()) for letters in ("led", "kam", "sea")] == [
        ["ledger"],
        ["kamotho"],
        ["seafarers"],
    ]


def test_deleted_and_excluded_records_give_no_completions(backend):
    put_texts(backend, "a ledger", "a ship")
    assert backend.completions("led", ("notes.note.1",)) == []
    put(backend, gone=[1])
    assert backend.completions("led", ()) == []


def test_a_similarity_query_has_the_distinctive_words_of_a_text(backend):
    put_texts(backend, "debt ledger quagga", *["debt of the ship"] * 20)
    tree = backend.similarity_query(["The debt of a quagga in the ledger"])
    assert isinstance(tree, Or)
    assert {part.text for part in tree.parts[:2]} == {"quagga", "ledger"}
    assert backend.similarity_query(["", "the of"]) is None


def test_distinctive_words_find_similar_records(backend):
    put_texts(backend, "debt ledger quagga", "quagga ledger", *["debt of the ship"] * 5)
    assert hits(backend, "quagga OR ledger")[:2] == [2, 1]
