"""The snippet: the right passage, its address, its words marked, and nothing else let through as HTML."""

import re
from html import unescape

import pytest

from search import highlighting
from search.grammar import parse
from search.highlighting import SNIPPET_WIDTH, Highlighter, _densest, _score
from search.indexes import Passage

FILLER = "Some other words that fill the room between. "


def passages(*texts):
    return [Passage(text, f"/x#p{number}", f"Paragraph {number}") for number, text in enumerate(texts, 1)]


def best(pieces, line):
    return highlighting.best_snippet(pieces, parse(line))


def snippet(text, words):
    return best([Passage(text, "/x")], words).html


def test_the_passage_with_the_word_is_chosen_with_its_address_and_label():
    found = best(passages("Nothing here.", "A debt is owed.", "Nothing there."), "debts")
    assert (found.url, found.label) == ("/x#p2", "Paragraph 2")
    assert found.html == "A <mark>debt</mark> is owed."


def test_the_passage_with_most_different_words_is_chosen():
    found = best(passages("debt debt debt debt", "debt and bondage", "bondage bondage"), "debt bondage")
    assert found.url == "/x#p2"


def test_the_passage_where_they_stand_closer_is_chosen():
    found = best(passages("debt " + FILLER * 20 + "bondage", "debt " + FILLER + "bondage"), "debt bondage")
    assert found.url == "/x#p2"


def test_between_equals_the_first_is_chosen():
    assert best(passages("One debt.", "Two debt."), "debt").url == "/x#p1"


def test_where_none_of_the_words_stands_the_beginning_is_shown():
    found = best(passages(" ", "Nothing <here>. " + FILLER * 20, "More."), "debt")
    assert found.html.startswith("Nothing &lt;here&gt;. ")
    assert found.html.endswith(" …")
    assert (found.url, found.label) == ("/x#p2", "")


def test_where_there_is_no_text_there_is_no_snippet():
    assert best([], "debt") is None
    assert best(passages("", " "), "debt") is None


@pytest.mark.parametrize("word", ["étude", "e\u0301tude", "ETUDE"])
def test_accents_do_not_hide_a_passage_behind_others(word):
    assert best(passages(*["Rien."] * 9, f"Une {word} du sujet."), "etude").url == "/x#p10"


def test_words_that_only_begin_alike_do_not_hide_a_passage():
    assert best(passages(*["Membership of shippers."] * 9, "A ship came."), "ship").url == "/x#p10"


def test_each_form_of_a_word_is_marked():
    assert snippet("Debts, DEBT and debt: doubts.", "debts") == (
        "<mark>Debts</mark>, <mark>DEBT</mark> and <mark>debt</mark>: doubts."
    )


def test_an_arabic_word_is_marked():
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
def test_only_marks_are_html_and_no_escape_is_cut(text):
    html = snippet(text, "debt")
    plain = re.sub(r"</?mark>", "", html)
    assert "<" not in plain
    assert ">" not in plain
    assert re.fullmatch(r"([^&]|&(lt|gt|amp|quot|#x27);)*", plain)
    assert unescape(plain).removeprefix("… ").removesuffix(" …") in text
    assert html.count("<mark>") == html.count("</mark>") >= 1


def test_words_of_the_query_are_never_html():
    assert snippet("A debt.", "<b>debt</b>") == "A <mark>debt</mark>."


def test_a_snippet_is_short_cut_between_words_and_says_what_is_left_out():
    html = snippet(FILLER * 30 + "a debt here " + FILLER * 30, "debt")
    shown = re.sub(r"</?mark>", "", html)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert SNIPPET_WIDTH - 60 < len(shown) < SNIPPET_WIDTH + 60
    assert set(shown.removeprefix("… ").removesuffix(" …").split()) <= {*FILLER.split(), "a", "debt", "here"}


def test_at_the_ends_of_a_text_nothing_is_left_out():
    assert snippet("debt " + FILLER * 30, "debt").startswith("<mark>debt</mark>")
    assert snippet(FILLER * 30 + "debt", "debt").endswith("<mark>debt</mark>")


def test_a_text_without_spaces_is_cut_all_the_same():
    html = snippet("/" * 5000 + "debt" + "/" * 5000, "debt")
    assert "<mark>debt</mark>" in html
    assert len(html) < SNIPPET_WIDTH + 100


def test_a_word_wider_than_a_snippet_is_marked_whole():
    word = "a" * (SNIPPET_WIDTH + 20)
    assert f"<mark>{word}</mark>" in snippet(f"Before {word} after", word)


def test_chinese_words_are_marked_where_they_stand_in_a_run():
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
def test_what_a_line_wants_to_see_is_marked_and_no_more(line, html):
    assert snippet("Recruiters say that recruitment costs, the accruit do not.", line) == html


def test_of_a_passage_full_of_the_word_only_some_are_looked_at():
    assert len(Highlighter(parse("debt")).find_spans("debt " * 100_000)) == highlighting.MAX_SPANS


def test_the_densest_stretch_is_marked():
    text = "debt " + FILLER * 20 + "debt bondage"
    html = snippet(text, "debt bondage")
    assert html.endswith("<mark>debt</mark> <mark>bondage</mark>")
    assert html.count("<mark>") == 2


def brute_force(found):
    """The same, said slowly."""
    runs = [
        [span for span in found[i:] if span[2] - found[i][1] <= SNIPPET_WIDTH] or [found[i]] for i in range(len(found))
    ]
    return max(((len({term for term, _, _ in run}), len(run)) for run in runs), default=(0, 0))


@pytest.mark.parametrize("step", [1, 7, 40, 130, 261, 300])
def test_the_densest_stretch_is_what_looking_at_each_would_find(step):
    terms = ["debt", "debt", "bondage", "ship", "debt", "ship", "bondage", "bondage", "port"] * 5
    found = [(term, place * step, place * step + len(term)) for place, term in enumerate(terms)]
    run = _densest(found)
    assert (len({term for term, _, _ in run}), len(run)) == brute_force(found)
    assert _score(found) == (4, len(run))


def test_no_spans_have_no_densest_stretch():
    assert _densest([]) == []


def test_a_large_page_full_of_the_word_is_looked_at_once():
    steps = 0

    class Counted(tuple):
        def __getitem__(self, index):
            nonlocal steps
            steps += 1
            return super().__getitem__(index)

        __iter__ = tuple.__iter__

    found = [Counted(("debt", place * 5, place * 5 + 4)) for place in range(40_000)]
    assert len(_densest(found)) == SNIPPET_WIDTH // 5
    assert steps < 10 * len(found)


def test_spans_say_which_word_stands_where():
    assert Highlighter(parse("debt port")).find_spans("Debts of a ship") == [("debt", 0, 5)]
    assert Highlighter(parse("debts")).find_spans("A débt") == [("debts", 2, 6)]
