"""A tree matches a document as the engine would once it is indexed."""

import pytest

from search.engine_api import EngineQuery
from search.grammar import Not, Or, Phrase, Prefix, Word, parse
from search.live_match import LiveDocument
from tests.search.notes import Note, put

DOCUMENT = {
    "kind": "quote",
    "title": [("The harbour", "en")],
    "text": [
        ("Children were traded for their debts, and sea routes closed.", "en"),
        ("Les enfants de la côte ont été vendus.", "fr"),
        ("Торговля детьми продолжается.", "ru"),
        ("打击贩运人口的对话", "zh"),
    ],
    "file": [("An annex of ledgers", "en"), ("begins here", "en")],
    "speaker": [("Nelson Rolihlahla Mandela", "")],
    "organization": [("Open Door", "")],
    "dialogue_title": [("Routes by sea", "")],
    "language": "en",
    "topic": ["debts", "children"],
    "year": "2024",
}
MATCHING = [
    "2024", "children 2024",
    "harbour", "children", "trade", "debt", "côte", "cote", "vendus", "торговли", "贩", "贩运", "贩运人口",
    "ledger", "mandela", "open", "chil*", "mand*", '"traded for their debts"', '"children were"', '"an annex"',
    "speaker:mandela", 'speaker:"Nelson Mandela"', 'speaker:"Rolihlahla Mandela"', "organization:open",
    "dialogue:sea", 'dialogue:"routes sea"', "children debts", "children OR unicorn", "children NOT unicorn",
    "unicorn OR (ledger NOT zebra)", "the children and their debts", '"were"', "NOT unicorn",
]  # fmt: skip
NOT_MATCHING = [
    "unicorn", "children unicorn", "unicorn OR zebra", "children NOT debt", "unic*", '"debts traded"', '"trade for"',
    '"ledgers begins"', '"harbour children"', "speaker:harbour", 'speaker:"Mandela Nelson"', "organization:mandela",
    "dialogue:harbour", "运贩", "NOT children", "(children NOT debt) OR zebra",
]  # fmt: skip


@pytest.mark.parametrize("line", MATCHING)
def test_a_matching_query(line):
    assert LiveDocument(DOCUMENT).matches(parse(line))


@pytest.mark.parametrize("line", NOT_MATCHING)
def test_a_query_that_does_not_match(line):
    assert not LiveDocument(DOCUMENT).matches(parse(line))


def test_no_tree_matches_every_document():
    assert LiveDocument({}).matches(None)


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["harbour", "children", "enfants", "贩运", "mandela", "chil*", "children OR unicorn",
                                  "children NOT unicorn", "unicorn", "children NOT debt", "organization:open",
                                  "the children and their debts"])  # fmt: skip
def test_the_engine_agrees(backend, line):
    fields = {name: value for name, value in DOCUMENT.items() if name not in ("kind", "title", "text", "file")}
    note = Note(1, DOCUMENT["text"], title="The harbour", **fields)
    note.document["file"] = DOCUMENT["file"]
    put(backend, note)
    assert bool(backend.find(EngineQuery(parse(line))).total) == LiveDocument(note.document).matches(parse(line))


@pytest.mark.parametrize(
    ("tree", "has_all"),
    [
        (Word("children"), True),
        (Or((Word("children"), Word("debt"))), True),
        (Or((Word("children"), Word("unicorn"))), False),
        (Not(Word("unicorn")), False),
        (Phrase(("open", "door")), True),
        (Prefix("chil"), True),
        (parse("the children"), True),
        (parse("children (debt OR unicorn)"), False),
        (None, True),
    ],
)
def test_whether_a_document_has_all_words(tree, has_all):
    assert LiveDocument(DOCUMENT).has_all(tree) == has_all


def test_a_stop_word_of_the_language_of_a_document_is_not_required():
    english, french = ({"text": [("One ledger.", code)], "language": code} for code in ("en", "fr"))
    assert LiveDocument(english).matches(parse("the ledger"))
    assert not LiveDocument(french).matches(parse("the ledger"))
    assert not LiveDocument(english).matches(parse("the"))


def test_filters_ask_for_a_value_of_a_document():
    document = LiveDocument(DOCUMENT)
    assert document.missing({"kind": "quote", "topic": "debts"}) == set()
    assert document.missing({"kind": "paper", "topic": "loans", "country": "AT", "language": "en"}) == {
        "kind", "topic", "country",
    }  # fmt: skip


def test_something_else_than_a_tree_is_an_error():
    with pytest.raises(TypeError):
        LiveDocument(DOCUMENT).matches("children")
