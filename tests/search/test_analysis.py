"""How words become terms; what the index, queries and marking share."""

import pytest

from search.analysis import ANALYZER, folded, terms


def bare(text):
    return [term for term, _, _ in terms(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("debt", "debts"),
        ("Debt", "DEBT"),
        ("dette", "détte"),
        ("dette", "de\u0301tte"),
        ("trafficking", "trafficked"),
        ("organisation", "organisations"),
        ("كتاب", "كِتَابٌ"),
        ("كتاب", "كتـاب"),
        ("долг", "ДОЛГ"),
        ("debt", "*debt*"),
    ],
)
def test_words_that_are_one_to_a_reader_are_one_term(one, other):
    assert bare(one) == bare(other)
    assert len(bare(one)) == 1


@pytest.mark.parametrize(("one", "other"), [("debt", "doubt"), ("ship", "shop"), ("كتاب", "كاتب")])
def test_different_words_are_different_terms(one, other):
    assert bare(one) != bare(other)


@pytest.mark.parametrize("text", ["", " ", "the", "AND or Not", "a", "!?…", "\x00\x1b", "\u0301"])
def test_what_holds_nothing_to_compare_has_no_terms(text):
    assert bare(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The debts of détte de\u0301tte",
        "U.N. resolution 3.5 (2024)",
        "l’esclavage",
        "كِتَابٌ عن الاتجار",
        "人口贩运",
        "a_b",
    ],
)
def test_marking_cuts_a_text_as_the_index_does(text):
    assert list(terms(text)) == [(token.text, token.startchar, token.endchar) for token in ANALYZER(text, chars=True)]


def test_each_term_says_where_its_word_stands():
    text = "Two débts, de\u0301bts"
    assert [text[start:end] for _, start, end in terms(text)] == ["Two", "débts", "de\u0301bts"]


def test_folding_leaves_small_letters_without_accents():
    assert folded("DÉTTE de\u0301tte Plain") == "dette dette plain"
