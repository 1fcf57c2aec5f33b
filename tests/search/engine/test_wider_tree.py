"""A query with a wider tree: what matches only that comes after the rest, and is named."""

import pytest

from search.engine_api import EngineQuery
from search.grammar import Or, Phrase, parse
from tests.search.notes import Note, pks, put, put_texts

OTHER = Phrase(("bonded", "labour"), in_any_form=True)


def ask(backend, line, **options):
    tree = parse(line)
    return backend.find(EngineQuery(tree, wider=Or((tree, OTHER)), **options))


def test_records_that_match_only_the_wider_tree_come_last_and_are_named(backend):
    put_texts(backend, "bonded labour " * 9, "debt among many other words of a longer text", "ships")
    found = ask(backend, "debt")
    assert pks(found) == [2, 1]
    assert (found.total, found.full_matches, found.other_matches) == (2, 2, 1)
    assert found.other_ids == {"notes.note.1"}
    assert ask(backend, "debt", stop=1).other_ids == frozenset()


def test_a_page_further_on_names_its_own_records_only(backend):
    put_texts(backend, *["debt"] * 3, *["bonded labour"] * 3)
    found = ask(backend, "debt", start=2, stop=4)
    assert (len(found.ids), len(found.other_ids), found.total, found.other_matches) == (2, 1, 6, 3)


@pytest.mark.parametrize(("sort", "order"), [("date", [1, 2]), ("published", [2, 1])])
def test_own_matches_come_first_in_every_order_but_that_of_publication(backend, sort, order):
    put(backend, Note(1, "debt", date="2001-01-01", published="2001-01-01"))
    put(backend, Note(2, "bonded labour", date="2002-01-01", published="2002-01-01"))
    assert pks(ask(backend, "debt", sort=sort)) == order


def test_partial_matches_come_after_both(backend):
    put_texts(backend, "debt wages mines", "bonded labour", "debt wages mines ships")
    tree = parse("debt wages mines ships")
    found = backend.find(EngineQuery(tree, wider=Or((tree, OTHER)), allow_partial=True))
    assert pks(found) == [3, 2, 1]
    assert (found.total, found.full_matches, found.other_matches) == (3, 2, 1)


def test_excluded_records_match_no_wider_tree(backend):
    put_texts(backend, "bonded labour", "debt")
    found = ask(backend, "debt", excluded_ids=("notes.note.1",))
    assert (pks(found), found.other_matches) == ([2], 0)


@pytest.mark.parametrize(
    ("text", "language", "words", "matches"),
    [
        ("forms of bonded labours", "en", ("bonded", "labour"), True),
        ("bonded and labour", "en", ("bonded", "labour"), False),
        ("labour bonded", "en", ("bonded", "labour"), False),
        ("против торговли людьми", "ru", ("торговля", "людьми"), True),
        ("la traite des personnes", "fr", ("traite", "des", "personnes"), True),
        ("la traite de personnes", "fr", ("traite", "des", "personnes"), False),
    ],
)
def test_a_phrase_in_any_form_matches_other_endings_in_this_order(backend, text, language, words, matches):
    put_texts(backend, text, language=language)
    assert pks(backend.find(EngineQuery(Phrase(words, in_any_form=True)))) == ([1] if matches else [])
