"""What the search page does with misspelled words and with what it does not understand."""

import re

import pytest

from search.corrected_text import changes_quotation, correct_text
from search.params import SearchParams
from tests import build, gate
from tests.search.searching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_index")]

SHOWING, LITERAL = "Showing results for", "No result has the words as you typed them."


@pytest.fixture
def appearance():
    return build.appearance(build.dialogue())


def page(client, **query):
    answer = client.get("/search/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def link(html, text):
    """Return the address of the link with this text."""
    (address,) = re.findall(rf'<a href="([^"]+)">(?:<strong>)?{re.escape(text)}<', html)
    return "/search/" + address.replace("&amp;", "&")


@pytest.mark.parametrize(
    ("text", "corrections", "expected"),
    [
        ("Ledgr of ships", {"Ledgr": "ledger"}, "Ledger of ships"),
        ("ledgr* OR ledgrs", {"ledgr": "ledger"}, "ledger* OR ledgrs"),
        ('"LEDGR of ships"', {"ledgr": "ledger"}, '"ledger of ships"'),
        ("human traf  ficking", {"traf ficking": "trafficking"}, "human trafficking"),
        ("speaker:mandella", {"mandella": "mandela"}, "speaker:mandela"),
        ("a.b", {"a": "x"}, "x.b"),
        ("ship", {}, ""),
    ],
)
def test_whole_words_are_replaced(text, corrections, expected):
    assert correct_text(text, corrections) == expected


def test_quotations_are_told_from_other_words():
    assert changes_quotation("“a ledgr” ship", {"ledgr": "ledger"})
    assert not changes_quotation("“a ship” ledgr", {"ledgr": "ledger"})
    assert not changes_quotation('a ledgr" ship', {"ledgr": "ledger"})


def test_the_corrected_text_is_searched_for_if_nothing_is_found(client, appearance):
    record = build.quote(appearance, text="A ledger of the ship.")
    html = page(client, q="ledgr ship", kind="quote")
    assert "1 result" in html
    assert record.get_absolute_url() in html
    assert SHOWING in html
    assert LITERAL in html
    assert 'value="ledgr ship"' in html  # the box keeps what was typed
    assert "<mark>ledger</mark>" in html
    chinese = client.get("/zh/search/", {"q": "ledgr ship", "kind": "quote"}).content.decode()
    assert "<strong>ledger ship</strong></a>。" in chinese
    assert "Did you mean" not in html


def test_the_literal_search_is_offered_and_finds_nothing(client, appearance):
    build.quote(appearance, text="A ledger of the ship.")
    address = link(page(client, q="ledgr ship", kind="quote"), "Search for “ledgr ship” instead")
    assert "kind=quote" in address
    assert gate.shows(client, address, "0 results", "Did you mean this?", 'name="kind" value="quote"')
    assert gate.hides(client, address, SHOWING)


def test_the_corrected_text_has_an_address_of_its_own(client, appearance):
    build.quote(appearance, text="A ledger of the ship.")
    html = page(client, q="ledgr ship", kind="quote")
    assert gate.hides(client, link(html, "ledger ship"), SHOWING, "Did you mean")
    assert "/feed/?q=ledger+ship&amp;kind=quote" in html
    assert "/feed/?q=ledgr" not in html


def test_pages_of_corrected_results_follow_one_another(client, appearance):
    for _ in range(12):
        build.quote(appearance, text="A ledger.")
    first, second = page(client, q="ledgr"), page(client, q="ledgr", page="2")
    assert (first.count('<li class="hit">'), second.count('<li class="hit">')) == (10, 2)
    assert page(client, q="ledgr", page="9").count('<li class="hit">') == 2
    assert SHOWING in second


def test_words_that_are_found_are_not_replaced(client, appearance):
    for text in ("A ledgr.", *["A ledger."] * 25):
        build.quote(appearance, text=text)
    html = page(client, q="ledgr", kind="quote")
    assert "1 result" in html
    assert SHOWING not in html
    assert "Did you mean" in html


def test_a_misspelling_that_shares_the_stem_of_another_word_is_corrected(client, appearance):
    build.quote(appearance, text="The traffic in the port.")
    for _ in range(2):
        build.quote(appearance, text="Trafficking in the port.")
    html = page(client, q="port trafficing", kind="quote")
    assert "2 results" in html
    assert SHOWING in html
    assert "<mark>Trafficking</mark>" in html
    assert "1 result" in page(client, q="port trafficing", kind="quote", literal="1")


def test_a_misspelling_is_only_offered_a_correction_that_finds_less(client, appearance):
    for _ in range(2):
        build.quote(appearance, text="The traffic in the port.")
    build.quote(appearance, text="Trafficking in the port.")
    html = page(client, q="port trafficing", kind="quote")
    assert "2 results" in html
    assert "Did you mean" in html
    assert SHOWING not in html


def test_a_misspelling_that_a_record_has_is_found_as_it_is(client, appearance):
    for text in ("Trafficing.", *["Trafficking."] * 25):
        build.quote(appearance, text=text)
    html = page(client, q="trafficing", kind="quote")
    assert "1 result" in html
    assert SHOWING not in html
    assert "Did you mean" in html


@pytest.mark.parametrize("line", ["esclavitud", "untied", "zzzzzz", "дискриминация"])
def test_right_words_and_words_like_no_other_are_searched_for_as_they_are(client, appearance, line):
    build.quote(appearance, text="They escalated united дискриминацию дискриминация1.")
    assert gate.hides(client, f"/search/?q={line}", SHOWING, "Did you mean")


def test_a_phrase_in_quotes_is_only_offered(client, appearance):
    build.quote(appearance, text="A ledger of the ship.")
    html = page(client, q='"ledgr of the ship"')
    assert "0 results" in html
    assert SHOWING not in html
    assert gate.shows(client, link(html, "&quot;ledger of the ship&quot;"), "1 result")


def test_partial_matches_give_way_to_a_corrected_text_that_matches_whole(client, appearance):
    build.quote(appearance, text="A ledger of wages and debts.")
    build.quote(appearance, text="The wages of debts at sea.")
    html = page(client, q="ledgr wages debts")
    assert SHOWING in html
    assert page(client, q="unicornx wages debts").count('<li class="hit">') == 2


def test_feeds_alerts_and_citations_correct_nothing(client, appearance):
    build.quote(appearance, text="A ledger.")
    assert find("ledgr").total == 0
    assert find("ledgr").suggestion == "ledger"
    assert b"<entry>" not in client.get("/search/feed/", {"q": "ledgr"}).content


def test_words_of_hidden_records_are_no_corrections(client, appearance):
    build.quote(appearance, text="A ledger.", public=False)
    assert gate.hides(client, "/search/?q=ledgr", SHOWING, "Did you mean")


def test_html_in_a_corrected_text_is_escaped(client, appearance):
    build.quote(appearance, text="A ledger.")
    html = page(client, q="ledgr <b>ledgr</b>")
    assert "<b>" not in html


def test_the_page_says_what_it_did_not_understand(client, appearance):
    build.quote(appearance, text="A year too soon.")
    html = page(client, q="year:soon (")
    assert "Not understood; searched for as ordinary words:" in html
    assert '<code dir="auto">year:soon</code>, <code dir="auto">(</code>' in html
    assert "1 result" in html
    assert gate.hides(client, "/search/?q=year+soon", "Not understood")
    assert "<b>" not in page(client, q="x:<b>")


def test_the_parameter_for_a_literal_search_is_read_from_the_address(rf):
    assert [SearchParams.from_querydict(rf.get("/", query).GET).is_literal for query in ({}, {"literal": "1"})] == [
        False,
        True,
    ]


def test_misspelled_words_beside_others_are_corrected_where_nothing_has_all_words(client, appearance):
    build.quote(appearance, text="The ledger of the harbour wardens.")
    shown = page(client, q="ledgr wardens harbour unicornx")
    assert "Showing results for" in shown
    assert "<strong>ledger wardens harbour unicornx</strong>" in shown
    assert "Showing results for" not in page(client, q="ledgr wardens harbour unicornx", literal=1)
