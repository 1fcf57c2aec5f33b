"""Parse what readers type."""

import pytest

from search.grammar import MAX_WORDS, And, Not, Or, Phrase, Prefix, Word, parse, phrase_terms, positive_leaves

DEBT, SHIP = Word("debt"), Word("ship")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("debt", DEBT),
        ("debt ship", And((DEBT, SHIP))),
        ("debt AND ship", And((DEBT, SHIP))),
        ("debt OR ship", Or((DEBT, SHIP))),
        ("debt NOT ship", And((DEBT, Not(SHIP)))),
        ("(debt OR ship) NOT port", And((Or((DEBT, SHIP)), Not(Word("port"))))),
        ('"debt ship"', Phrase(("debt", "ship"))),
        ("“debt ship”", Phrase(("debt", "ship"))),
        ("anti-trafficking", Phrase(("anti", "trafficking"))),
        ("recruit*", Prefix("recruit")),
        ("Détt*", Prefix("dett")),
        ("r*", Word("r")),
        ("speaker:ada debt", And((Word("ada", "speaker"), DEBT))),
        ('dialogue:"third dialogue"', Phrase(("third", "dialogue"), "dialogue")),
        ("organization:house", Word("house", "organization")),
        ("speaker:ad*", Prefix("ad", "speaker")),
        ("the debt", And((Word("the", is_common=True), DEBT))),
        ("speaker:may", Word("may", "speaker")),
        ("人口贩运", Phrase(("人口贩运",))),
        ("人", Word("人")),
        ("title:debt", Phrase(("title", "debt"))),
        ("debt^9", Phrase(("debt", "9"))),
        ("l’esclavage", Phrase(("l", "esclavage"))),
        ("it's debt", And((Word("it", is_common=True), Word("s", is_common=True), DEBT))),
        ("qu’une OR debt", Or((And((Word("qu", is_common=True), Word("une", is_common=True))), DEBT))),
        ("(debt ship) port", And((DEBT, SHIP, Word("port")))),
    ],
)
def test_parse(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize("line", ["", " ", "(", "()", '"', '""', "*", "\x00", "…", "–"])
def test_a_text_without_words_has_no_tree(line):
    assert parse(line) is None


@pytest.mark.parametrize(
    "line", ["AND", "OR debt", "debt AND", "NOT", "((debt", 'debt" ship', "NOT NOT debt", "speaker:"]
)
def test_invalid_syntax_is_searched_as_words(line):
    assert parse(line) is not None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("(" * 300, set()),
        ("(" * 140 + "debt" + ")" * 140, {"debt"}),
        ("a OR " * 60, {"a"}),
        ('"' * 299 + "x", {"x"}),
        ("NOT " * 75, {"NOT"}),
    ],
)
def test_queries_of_operators_alone_do_not_fail(line, words):
    assert {leaf.text for leaf in positive_leaves(parse(line))} == words


def test_the_number_of_words_is_limited():
    assert len(parse(" ".join(f"w{n}" for n in range(60))).parts) == MAX_WORDS


def test_stop_words_leave_gaps_in_a_phrase():
    rule = parse('"rule of law"')
    assert [[at for _, at in phrase_terms(rule, language)] for language in ("en", "fr")] == [[0, 2], [0, 1, 2]]
    assert list(phrase_terms(parse("人口贩"), "en")) == [({"人口"}, 0), ({"口贩"}, 1)]


def test_positive_leaves_omit_what_must_not_occur():
    assert positive_leaves(parse("(debt OR recruit*) NOT ship")) == [DEBT, Prefix("recruit")]
