"""The order of hits, page after page."""

import pytest

from tests.search.notes import Note, ask, hits, pks, put, put_texts


def pages(backend, line, size, **options):
    found = []
    for start in range(0, 1000, size):
        page = pks(ask(backend, line, start=start, stop=start + size, **options))
        if not page:
            return found
        found += page
    return found


@pytest.mark.parametrize("sort", ["relevance", "date", "title", "organization"])
@pytest.mark.parametrize("size", [1, 3, 10, 25, 26])
def test_pages_have_no_gaps_and_no_repetitions(backend, sort, size):
    names = {pk: {"sort_title": f"title {pk % 4}", "sort_organization": "abc"[pk % 3]} for pk in range(1, 26)}
    days = {pk: f"2024-01-{pk % 7 + 1:02}" for pk in names}
    put(backend, *(Note(pk, "debt " * (pk % 5 + 1), date=days[pk], **names[pk]) for pk in names))
    whole = hits(backend, "debt", sort=sort)
    assert sorted(whole) == list(range(1, 26))
    assert pages(backend, "debt", size, sort=sort) == whole


@pytest.mark.parametrize("size", [1, 4, 7])
def test_ties_have_the_same_order_for_every_page_size(backend, size):
    put_texts(backend, *["debt"] * 15)
    put(backend, *(Note(pk, "debt") for pk in range(16, 31)))
    assert pages(backend, "debt", size) == hits(backend, "debt") == list(range(1, 31))


def test_records_without_a_date_come_last(backend):
    dates = {1: "2023", 2: "2024-07-10", 3: "", 4: "2024-07-11", 5: "2019-01-01", 6: "2024"}
    put(backend, *(Note(pk, "debt " * pk, date=day) for pk, day in dates.items()))
    assert hits(backend, "debt", sort="date") == [4, 2, 6, 1, 5, 3]
    assert hits(backend, "debt", sort="date", filters={"kind": "note"}, excluded_ids=("notes.note.2",)) == [
        4,
        6,
        1,
        5,
        3,
    ]


def test_dates_are_sorted_across_segments(backend):
    put(backend, Note(1, "debt", date="2024-05-01"), Note(2, "debt", date="2022-05-01"))
    put(backend, Note(3, "debt", date="2023-05-01"))
    assert hits(backend, "debt", sort="date") == [1, 3, 2]


@pytest.mark.parametrize("name", ["title", "organization"])
def test_records_are_sorted_by_their_keys_across_segments(backend, name):
    keys = {1: "ledger", 2: "", 3: "яма", 4: "debt bondage", 5: "debt", 6: "debts"}
    for pk, key in keys.items():
        put(backend, Note(pk, "debt " * pk, **{f"sort_{name}": key}))
    assert hits(backend, "debt", sort=name) == [5, 4, 6, 1, 3, 2]
    assert hits(backend, "", sort=name) == [5, 4, 6, 1, 3, 2]
    put(backend, gone=[4])
    assert hits(backend, "debt", sort=name, excluded_ids=("notes.note.1",)) == [5, 6, 3, 2]


def test_records_with_the_same_key_are_sorted_by_date(backend):
    days = {1: "2023", 2: "2024-07-10", 3: "", 4: "2024-07-11"}
    put(backend, *(Note(pk, "debt", date=day, sort_title="title") for pk, day in days.items()))
    assert hits(backend, "debt", sort="title") == [4, 2, 1, 3]


def test_records_in_the_readers_language_rank_higher(backend):
    put(backend, Note(1, "debt", language="en"), Note(2, "debt", language="fr"))
    assert hits(backend, "debt", language="en") == [1, 2]
    assert hits(backend, "debt", language="fr") == [2, 1]
    assert hits(backend, "debt", language="es") == [1, 2]


def test_a_quote_ranks_before_a_paper(backend):
    put(backend, Note(1, "debt", kind="paper"), Note(2, "debt", kind="quote"))
    assert hits(backend, "debt") == [2, 1]


def test_a_page_beyond_the_last_one_is_empty_and_keeps_the_total(backend):
    put_texts(backend, "debt", "debt")
    found = ask(backend, "debt", start=10, stop=20)
    assert (found.ids, found.total) == ((), 2)


def test_equal_records_go_by_date_then_by_number_whenever_they_were_indexed(backend):
    dates = {1: "2022", 2: "2024", 3: "2024", 4: "", 5: "2022"}
    put(backend, *(Note(pk, "debt", date=day) for pk, day in dates.items()))
    expected = [2, 3, 1, 5, 4]
    assert hits(backend, "debt") == expected
    for pk in (2, 1, 3):
        put(backend, Note(pk, "debt", date=dates[pk]))
        assert hits(backend, "debt") == hits(backend, "debt", sort="published") == expected


def test_deleted_and_excluded_records_change_no_order(backend, tmp_path):
    """Statistics of words are those of the records that can be found, and of no others."""
    texts = ["debt bondage", "debt debt", "bondage of a debt that is long", "debt", "bondage bondage debt", "ship"]
    put_texts(backend, *texts)
    lines = ["debt", "bondage", "debt bondage", "bo* debt", "debt OR ship", '"debt bondage" OR ship']
    expected = [hits(backend, line) for line in lines]
    put(backend, *(Note(pk, "bondage " * pk + "ship") for pk in range(7, 30)))
    hidden = tuple(f"notes.note.{pk}" for pk in range(7, 30))
    assert [hits(backend, line, excluded_ids=hidden) for line in lines] == expected
    assert backend.completions("bo", hidden) == ["bondage"]
    put(backend, Note(3, texts[2]), gone=range(7, 30))
    assert [hits(backend, line) for line in lines] == expected
