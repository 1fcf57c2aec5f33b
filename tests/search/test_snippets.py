"""Snippets of records that have headings, and the words that a browser marks on the page."""

from search import snippets
from search.passages import Passage
from tests.search.test_highlighting import FILLER, best


def heading(text, url="/x#title"):
    return Passage(text, url)


def test_a_match_in_a_heading_alone_shows_the_beginning_of_the_text_and_leads_to_the_heading():
    found = best([Passage("I. Opening", "/x#h1"), Passage(FILLER * 2, "/x#p1")], "debt", heading("A debt"))
    assert (found.url, found.fragment) == ("/x#title", "")
    assert found.html == (FILLER * 2).strip() or found.html.startswith(FILLER[:30])


def test_a_match_in_the_text_wins_over_more_words_in_a_heading():
    found = best([Passage("A debt.", "/x#p1")], "debt bondage", heading("debt and bondage"))
    assert (found.url, found.html) == ("/x#p1", "A <mark>debt</mark>.")


def test_a_record_with_nothing_but_a_heading_shows_it():
    assert best([], "debt", heading("A debt")).html == "A <mark>debt</mark>"


def test_a_text_fragment_has_each_word_with_those_beside_it_encoded():
    found = best([Passage(f"{FILLER * 2}Of the re-paid debt & more, a debt.", "/x")], "debt")
    first, second = found.fragment.split("&")
    assert first == "#:~:text=between.%20Of%20the%20re%2Dpaid-,debt,-%26%20more%2C%20a%20debt."
    assert second == "text=re%2Dpaid%20debt%20%26%20more%2C%20a-,debt,-."


def test_a_text_fragment_leaves_out_what_a_heading_above_the_text_says_too():
    text = Passage(f"Reading a debt {FILLER * 2}", "/x#p1")
    fragment = best([text], "debt", heading("Reading a ledger")).fragment
    assert fragment.startswith(":~:text=Reading%20a-,debt,-Some%20other")
    assert best([text], "debt", heading(f"On reading: {text.text}")).fragment == ""


def test_a_short_text_has_no_text_fragment_because_its_words_may_be_above_it():
    assert best([Passage("A debt in Vienna", "/x#where")], "Vienna").fragment == ""


def test_a_text_fragment_has_few_words():
    assert best([Passage("debt " * 30, "/x#p1")], "debt").fragment.count("text=") == snippets.MAX_TARGETS


def test_the_beginning_is_in_the_readers_language_though_chinese_says_it_in_fewer_characters():
    said = [Passage("示例对话在举行三场会议后于2026年6月16日闭幕。", "/x#text", language="zh")]
    said.append(Passage("The dialogue closed on 16 June 2026, after three panels were held.", "/x#text"))
    assert best(said, "ledger", heading("A ledger")).html == said[0].text
    assert best([Passage("摘要", "/x#h"), *said], "ledger", heading("A ledger")).html == said[0].text
