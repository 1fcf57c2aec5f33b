"""Parse what readers type."""

import pytest

from search.grammar import (
    MAX_WORDS,
    And,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
    parse,
    parse_query,
    positive_leaves,
)

DEBT, SHIP, PORT = Word("debt"), Word("ship"), Word("port")


def common(*words):
    return tuple(Word(word, is_common=True) for word in words)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("debt", DEBT),
        ("debt ship", And((DEBT, SHIP))),
        ("debt, ship; port!", And((DEBT, SHIP, PORT))),
        ("debt AND ship", And((DEBT, SHIP))),
        ("debt OR ship", Or((DEBT, SHIP))),
        ("debt NOT ship", And((DEBT, Not(SHIP)))),
        ("debt AND NOT ship", And((DEBT, Not(SHIP)))),
        ("NOT NOT debt", DEBT),
        ("debt -ship", And((DEBT, Not(SHIP)))),
        ("debt -ship -port year:2024", And((DEBT, Not(SHIP), Not(PORT), Range("date", "2024-01-01", "2024-12-31")))),
        ('debt -"ship"', And((DEBT, Not(Phrase(("ship",)))))),
        ("debt -speaker:ada", And((DEBT, Not(Word("ada", "speaker"))))),
        ("debt -ship port", And((DEBT, SHIP, PORT))),  # a dash in a sentence
        ("debt - ship", And((DEBT, SHIP))),
        ("-debt", Not(DEBT)),
        ("(debt OR ship) NOT port", And((Or((DEBT, SHIP)), Not(PORT)))),
        ("（debt OR ship） port", And((Or((DEBT, SHIP)), PORT))),
        ("debt ship OR port", And((DEBT, Or((SHIP, PORT))))),
        ("debt AND ship OR port", Or((And((DEBT, SHIP)), PORT))),
        ("(debt ship) port", And((DEBT, SHIP, PORT))),
        ("and or not debt", And((*common("and", "or", "not"), DEBT))),
        ("anti-trafficking", Phrase(("anti", "trafficking"), is_compound=True)),
        ("co-operation", Word("cooperation")),
        ("north-south-south", Phrase(("north", "south", "south"))),
        ("A/RES/64/293", Phrase(("a", "res", "64", "293"))),
        ("1,000", Phrase(("1", "000"))),
        ("debt^9", Phrase(("debt", "9"))),
        ("recruit*", Prefix("recruit")),
        ("Détt*", Prefix("dett")),
        ("anti-traff*", And((Word("anti"), Prefix("traff")))),
        ("r*", Word("r")),
        ("the debt", And((*common("the"), DEBT))),
        ("人口贩运", Phrase(("人口贩运",))),
        ("打击贩运，保护受害者", And((Phrase(("打击贩运",)), Phrase(("保护受害者",))))),
        ("人", Word("人")),
        ("人口*", Phrase(("人口",))),
        ("l’esclavage", And((*common("l"), Word("esclavage")))),
        ("it's debt", And((*common("it", "s"), DEBT))),
        ("qu’une OR debt", Or((And(common("qu", "une")), DEBT))),
    ],
)
def test_words_and_operators(text, tree):
    assert parse_query(text).tree == tree
    assert parse_query(text).not_understood == ()


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”", "„{}“", "«{}»", "« {} »", "「{}」", "《{}》", "＂{}＂"])
def test_a_phrase_keeps_all_its_words_in_order(quoted):
    assert parse(quoted.format("To be or not to be")) == Phrase(("to", "be", "or", "not", "to", "be"))
    assert parse(quoted.format("debt") + " ship") == And((Phrase(("debt",)), SHIP))


def test_an_apostrophe_is_no_quotation_mark():
    assert parse("states’ debt ’til") == And((Word("states"), DEBT, Word("til")))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("speaker:ada debt", And((Word("ada", "speaker"), DEBT))),
        ("Speaker:ada", Word("ada", "speaker")),
        ("speaker：ada", Word("ada", "speaker")),
        ("speaker:may", Word("may", "speaker")),
        ("speaker:ad*", Prefix("ad", "speaker")),
        ('speaker:"Nelson Mandela"', Phrase(("nelson", "mandela"), "speaker")),
        ("speaker:“Nelson Mandela”", Phrase(("nelson", "mandela"), "speaker")),
        ("speaker:the", Word("the", "speaker")),
        ('dialogue:"third dialogue"', Phrase(("third", "dialogue"), "dialogue")),
        ("dialogue:(third OR ship)", Or((Word("third", "dialogue"), Word("ship", "dialogue")))),
        ("organization:house", Word("house", "organization")),
        ("organisation:house", Word("house", "organization")),
        ("NOT speaker:ada", Not(Word("ada", "speaker"))),
    ],
)
def test_names(text, tree):
    assert parse_query(text).tree == tree
    assert parse_query(text).not_understood == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("year:2024", "2024-01-01", "2024-12-31"),
        ("Year:2024", "2024-01-01", "2024-12-31"),
        ("year:٢٠٢٤", "2024-01-01", "2024-12-31"),
        ("year:2022..2024", "2022-01-01", "2024-12-31"),
        ("year:2024..2022", "2022-01-01", "2024-12-31"),
        ("year:2022-2024", "2022-01-01", "2024-12-31"),
        ("year:2022–2024", "2022-01-01", "2024-12-31"),
        ("year:2022..", "2022-01-01", ""),
        ("year:..2024", "", "2024-12-31"),
        ("before:2024-05-01", "", "2024-04-30"),
        ("before:2024-05", "", "2024-04-30"),
        ("before:2024", "", "2023-12-31"),
        ("after:2023", "2024-01-01", ""),
        ("after:2024-02", "2024-03-01", ""),
        ("after:2024-02-28", "2024-02-29", ""),
    ],
)
def test_dates(text, first, last):
    assert parse_query(text) == parse_query(f" {text} ")
    assert parse_query(text).tree == Range("date", first, last)
    assert parse_query(text).not_understood == ()


def test_dates_are_joined_like_words():
    years = [Range("date", f"{year}-01-01", f"{year}-12-31") for year in (2022, 2024)]
    assert parse("debt year:2022") == And((DEBT, years[0]))
    assert parse("year:(2022 OR 2024) NOT debt") == And((Or(tuple(years)), Not(DEBT)))
    assert positive_leaves(parse("debt year:2022")) == [DEBT]


@pytest.mark.parametrize(
    ("text", "words", "not_understood"),
    [
        ("year:soon", ["year", "soon"], ("year:soon",)),
        ("year:20244", ["year", "20244"], ("year:20244",)),
        ("before:yesterday", ["before", "yesterday"], ("before:yesterday",)),
        ("before:0001", ["before", "0001"], ("before:0001",)),
        ("title:debt", ["title", "debt"], ("title:debt",)),
        ("debt AND", ["debt"], ("AND",)),
        ("OR debt", ["debt"], ("OR",)),
        ("debt AND OR ship", ["debt", "ship"], ("AND",)),
        ("NOT", ["not"], ("NOT",)),
        ("((debt)", ["debt"], ("(",)),
        ("debt)", ["debt"], (")",)),
        ('debt" ship', ["debt", "ship"], ('" ship',)),
        ('"debt ship', ["debt", "ship"], ('"debt ship',)),
    ],
)
def test_pieces_without_a_meaning_are_searched_for_as_words_and_reported(text, words, not_understood):
    parsed = parse_query(text)
    assert [leaf.text for leaf in positive_leaves(parsed.tree)] == words
    assert parsed.not_understood == not_understood


def test_a_date_without_a_meaning_is_a_phrase():
    assert parse("before:2024-13-01") == And((*common("before"), Phrase(("2024", "13", "01"))))


@pytest.mark.parametrize("text", ["http://example.org/debt", "Third Dialogue: debt", "12:30", "f(x)", ":", "speaker:"])
def test_colons_and_parentheses_of_prose_are_not_reported(text):
    assert parse_query(text).not_understood == ()


@pytest.mark.parametrize("line", ["", " ", "()", '""', "*", "\x00", "…", "–", "！"])
def test_a_text_without_words_has_no_tree(line):
    assert parse(line) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("(" * 300, set()),
        ("(" * 140 + "debt" + ")" * 140, {"debt"}),
        ("(debt OR " * 33, {"debt"}),
        ("a OR " * 60, {"a"}),
        ('"' * 299 + "x", {"x"}),
        ("NOT " * 75, {"not"}),
        ("speaker:(" * 33, {"speaker"}),
    ],
)
def test_queries_of_operators_alone_do_not_fail(line, words):
    assert {leaf.text for leaf in positive_leaves(parse(line))} == words


def test_the_number_of_words_is_limited():
    assert len(parse(" ".join(f"w{n}" for n in range(60))).parts) == MAX_WORDS
    assert len(positive_leaves(parse(" OR ".join(f"w{n}" for n in range(60))))) == MAX_WORDS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AIDS", ["AIDS"]),
        ("aids", ["aids"]),
        ("HIV/AIDS", ["HIV", "AIDS"]),
        ("HIV AND AIDS", ["HIV", "AIDS"]),
        ("AIDS 2024", ["AIDS", "2024"]),
        ("fight AIDS", ["fight", "AIDS"]),
        ("DEBT BONDAGE", ["debt", "bondage"]),
        ("U.S.S.R.", ["USSR"]),
        ("the U.N. charter", ["the", "UN", "charter"]),
        ("e.g.", ["eg"]),
    ],
)
def test_acronyms_keep_their_capitals_unless_all_is_in_capitals(text, words):
    assert [leaf.text for leaf in positive_leaves(parse(text))] == words


def test_an_acronym_is_no_common_word():
    assert parse("who WHO") == And((*common("who"), Word("WHO")))


def test_positive_leaves_omit_what_must_not_occur():
    assert positive_leaves(parse("(debt OR recruit*) NOT ship")) == [DEBT, Prefix("recruit")]
