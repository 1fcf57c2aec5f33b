"""Snippets: the right passage and address, the words of the query in `<mark>`, and no other HTML."""

import re
from html import unescape

import pytest

from search import highlighting, snippets
from search.grammar import Or, Phrase, Word, parse
from search.highlighting import Highlighter
from search.passages import Passage, PassageTexts
from search.spans import SNIPPET_WIDTH

FILLER = "Some other words that fill the room between. "


def passages(*texts):
    return [Passage(text, f"/x#p{number}", "paragraph", number) for number, text in enumerate(texts, 1)]


def best(pieces, line, *headings):
    return snippet_of(pieces, parse(line), *headings)


def snippet_of(pieces, tree, *headings):
    texts = PassageTexts.of(pieces, "/x", {"paragraph": "Paragraph %d"})
    return snippets.best_snippet(texts, headings, Highlighter(tree))


def snippet(text, words):
    return best([Passage(text, "/x")], words).html


def test_the_snippet_has_the_address_and_label_of_its_passage():
    found = best(passages("Nothing here.", "A debt is owed.", "Nothing there."), "debts")
    assert (found.url, found.label) == ("/x#p2", "Paragraph 2")
    assert found.html == "A <mark>debt</mark> is owed."


def test_the_passage_with_most_different_words_wins():
    found = best(passages("debt debt debt debt", "debt and bondage", "bondage bondage"), "debt bondage")
    assert found.url == "/x#p2"


def test_the_passage_with_the_words_closer_together_wins():
    found = best(passages("debt " + FILLER * 20 + "bondage", "debt " + FILLER + "bondage"), "debt bondage")
    assert found.url == "/x#p2"


def test_the_first_of_equal_passages_wins():
    assert best(passages("One debt.", "Two debt."), "debt").url == "/x#p1"


def test_without_a_match_the_first_passage_is_shown():
    found = best(passages(" ", "Nothing <here>. " + FILLER * 20, "More."), "debt")
    assert found.html.startswith("Nothing &lt;here&gt;. ")
    assert found.html.endswith(" …")
    assert (found.url, found.label, found.fragment) == ("", "", "")


def test_a_record_without_text_has_no_snippet():
    assert best([], "debt") is None
    assert best(passages("", " "), "debt") is None


@pytest.mark.parametrize("word", ["étude", "e\u0301tude", "ETUDE"])
def test_accents_do_not_hide_a_match(word):
    assert best(passages(*["Rien."] * 9, f"Une {word} du sujet."), "etude").url == "/x#p10"


def test_words_with_the_same_prefix_do_not_hide_a_match():
    assert best(passages(*["Membership of shippers."] * 9, "A ship came."), "ship").url == "/x#p10"


def test_all_forms_of_a_word_are_highlighted():
    assert snippet("Debts, DEBT and debt: doubts.", "debts") == (
        "<mark>Debts</mark>, <mark>DEBT</mark> and <mark>debt</mark>: doubts."
    )


def test_an_arabic_word_is_highlighted():
    assert snippet("قال إن الاتجار جريمة", "الاتجار") == "قال إن <mark>الاتجار</mark> جريمة"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('debt')</script> & <b>debt</b>",
        "&lt;debt&gt; &amp; &#x27;debt&#x27;",
        '<mark onclick="debt">debt</mark>',
        "debt" + "&<>" * 200,
        "&<>\"'" * 60 + " debt " + "&<>\"'" * 60,
    ],
)
def test_mark_is_the_only_html_and_no_escape_is_cut(text):
    html = snippet(text, "debt")
    plain = re.sub(r"</?mark>", "", html)
    assert "<" not in plain
    assert ">" not in plain
    assert re.fullmatch(r"([^&]|&(lt|gt|amp|quot|#x27);)*", plain)
    assert unescape(plain).removeprefix("… ").removesuffix(" …") in text
    assert html.count("<mark>") == html.count("</mark>") >= 1


def test_the_query_never_becomes_html():
    assert snippet("A debt.", "<b>debt</b>") == "A <mark>debt</mark>."


def test_a_snippet_is_cut_between_words_and_shows_ellipses():
    html = snippet(FILLER * 30 + "a debt here " + FILLER * 30, "debt")
    shown = re.sub(r"</?mark>", "", html)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert SNIPPET_WIDTH - 60 < len(shown) < SNIPPET_WIDTH + 60
    assert set(shown.removeprefix("… ").removesuffix(" …").split()) <= {*FILLER.split(), "a", "debt", "here"}


def test_a_snippet_at_an_end_of_the_text_has_no_ellipsis_there():
    assert snippet("debt " + FILLER * 30, "debt").startswith("<mark>debt</mark>")
    assert snippet(FILLER * 30 + "debt", "debt").endswith("<mark>debt</mark>")


def test_a_text_without_spaces_is_cut_too():
    html = snippet("/" * 5000 + "debt" + "/" * 5000, "debt")
    assert "<mark>debt</mark>" in html
    assert len(html) < SNIPPET_WIDTH + 100


def test_a_word_wider_than_a_snippet_is_highlighted_whole():
    word = "a" * (SNIPPET_WIDTH + 20)
    assert f"<mark>{word}</mark>" in snippet(f"Before {word} after", word)


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("AIDS", "<mark>AIDS</mark>, aids and aid of NGOs."),
        ("aids", "<mark>AIDS</mark>, <mark>aids</mark> and <mark>aid</mark> of NGOs."),
        ("aid", "AIDS, <mark>aids</mark> and <mark>aid</mark> of NGOs."),
        ("NGO", "AIDS, aids and aid of <mark>NGOs</mark>."),
    ],
)
def test_acronyms_are_highlighted_as_they_are_found(line, html):
    assert snippet("AIDS, aids and aid of NGOs.", line) == html


def test_acronyms_with_stops_are_highlighted():
    assert snippet("The U.S.S.R. fell.", "USSR") == "The <mark>U.S.S.R</mark>. fell."
    assert snippet("The USSR fell.", "u.s.s.r.") == "The <mark>USSR</mark> fell."


def test_words_with_a_hyphen_inside_are_highlighted():
    assert snippet("Their co-operation grew.", "cooperation") == "Their <mark>co-operation</mark> grew."
    assert snippet("Their cooperation grew.", "co-operation") == "Their <mark>cooperation</mark> grew."


def test_words_of_a_text_in_capitals_are_no_acronyms():
    assert snippet("THE FIGHT AGAINST AIDS", "aids") == "THE FIGHT AGAINST <mark>AIDS</mark>"
    assert "<mark>" not in snippet("THE FIGHT AGAINST AIDS", "AIDS")


@pytest.mark.parametrize(
    ("line", "word"),
    [("labor", "Labour"), ("theater", "theatres"), ("centre", "centers"), ("skeptic", "sceptical"),
     ("judgment", "judgements"), ("neighborhood", "neighbourhoods"),
     ("organise", "organizations"), ("program", "programme"), ("strasse", "Straße")],
)  # fmt: skip
def test_other_spellings_are_highlighted(line, word):
    assert snippet(f"A {word}.", line) == f"A <mark>{word}</mark>."


def test_chinese_words_are_highlighted_within_a_run():
    assert snippet("打击人口贩运的公约", "人口贩运") == "打击<mark>人口贩运</mark>的公约"
    assert snippet("打击人口与贩运", "人口贩运") == "打击<mark>人口</mark>与<mark>贩运</mark>"


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("recruit*", "<mark>Recruiters</mark> say that <mark>recruitment</mark> costs, the accruit do not."),
        ("say NOT costs", "Recruiters <mark>say</mark> that recruitment costs, the accruit do not."),
        ('"costs"', "Recruiters say that recruitment <mark>costs</mark>, the accruit do not."),
        ("the say", "Recruiters <mark>say</mark> that recruitment costs, the accruit do not."),
        ("do-not say", "Recruiters <mark>say</mark> that recruitment costs, the accruit do not."),
    ],
)
def test_only_words_that_are_searched_for_are_highlighted(line, html):
    assert snippet("Recruiters say that recruitment costs, the accruit do not.", line) == html


def test_the_number_of_spans_in_a_passage_is_limited():
    assert len(Highlighter(parse("debt")).find_spans("debt " * 100_000)) == highlighting.MAX_SPANS


def test_the_densest_part_is_shown():
    text = "debt " + FILLER * 20 + "debt bondage"
    html = snippet(text, "debt bondage")
    assert html.endswith("<mark>debt</mark> <mark>bondage</mark>")
    assert html.count("<mark>") == 2


def test_a_whole_phrase_counts_more_than_words_before_it():
    text = "Wages are low, and so are other wages. " + FILLER * 10 + "It ends in debt bondage."
    assert "<mark>debt bondage</mark>" in snippet(text, '"debt bondage" wages')


TERM = Phrase(("trafficking", "in", "human", "beings"), in_any_form=True)


def test_words_of_a_term_are_marked_where_they_follow_one_another():
    text = "To be human is a right. The human rights of victims of human trafficking; trafficked human beings."
    found = snippet_of([Passage(text, "/x")], Or((Word("victims"), TERM))).html
    marked = re.findall("<mark>(.*?)</mark>", found)
    assert marked == ["victims", "human", "trafficking", "trafficked", "human", "beings"]


def test_words_of_a_term_that_a_reader_typed_are_marked_alone():
    found = snippet_of([Passage("The human rights of victims.", "/x")], Or((Word("human"), TERM))).html
    assert re.findall("<mark>(.*?)</mark>", found) == ["human"]


def test_spans_name_the_word_of_the_query():
    assert Highlighter(parse("debt port")).find_spans("Debts of a ship") == [("debt", 0, 5)]
    assert Highlighter(parse("debts")).find_spans("A débt") == [("debts", 2, 6)]


def test_the_passage_with_the_whole_phrase_wins_over_one_with_its_words():
    found = best(passages("never or again, never and again", "We said it: Never, again!", "again"), '"never again"')
    assert (found.url, found.html) == ("/x#p2", "We said it: <mark>Never, again</mark>!")


def test_of_a_phrase_that_occurs_whole_no_word_alone_is_highlighted():
    assert snippet("Never say never again.", '"never again"') == "Never say <mark>never again</mark>."


def test_a_phrase_of_common_words_is_highlighted():
    phrase = Phrase(("to", "be", "or", "not", "to", "be"))
    found = snippet_of([Passage("So to be, or not to be: all.", "/x")], phrase)
    assert found.html == "So <mark>to be, or not to be</mark>: all."


def test_a_phrase_is_found_in_folded_letters_and_only_as_whole_words():
    assert snippet("La DÉTTE du père.", '"dette du pere"') == "La <mark>DÉTTE du père</mark>."
    assert "<mark>the debt of a" not in snippet("the debt of apes", '"the debt of a"')


def test_an_arabic_phrase_is_found_beneath_vowel_signs():
    assert "<mark>الاِتِّجار جريمة</mark>" in snippet("إن الاِتِّجار جريمة كبرى", '"الاتجار جريمة"')


def test_common_words_are_highlighted_if_nothing_else_was_asked_for():
    assert snippet("What they say of us.", "of they") == "What <mark>they</mark> say <mark>of</mark> us."
    assert snippet("The debt of us.", "the debt") == "The <mark>debt</mark> of us."
