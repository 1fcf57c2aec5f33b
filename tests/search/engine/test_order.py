"""In which order hits come, page after page."""

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


@pytest.mark.parametrize("sort", ["relevance", "date"])
@pytest.mark.parametrize("size", [1, 3, 10, 25, 26])
def test_pages_follow_each_other_without_gap_or_repetition(backend, sort, size):
    put(backend, *(Note(pk, "debt " * (pk % 5 + 1), date=f"2024-01-{pk % 7 + 1:02}") for pk in range(1, 26)))
    whole = hits(backend, "debt", sort=sort)
    assert sorted(whole) == list(range(1, 26))
    assert pages(backend, "debt", size, sort=sort) == whole


@pytest.mark.parametrize("size", [1, 4, 7])
def test_equals_stand_in_one_order_wherever_pages_break(backend, size):
    put_texts(backend, *["debt"] * 15)
    put(backend, *(Note(pk, "debt") for pk in range(16, 31)))
    assert pages(backend, "debt", size) == hits(backend, "debt") == list(range(1, 31))


def test_the_newest_come_first_and_what_has_no_date_last(backend):
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


def test_dates_of_several_segments_are_one_order(backend):
    put(backend, Note(1, "debt", date="2024-05-01"), Note(2, "debt", date="2022-05-01"))
    put(backend, Note(3, "debt", date="2023-05-01"))
    assert hits(backend, "debt", sort="date") == [1, 3, 2]


def test_the_reader_s_language_comes_first(backend):
    put(backend, Note(1, "debt", language="en"), Note(2, "debt", language="fr"))
    assert hits(backend, "debt", language="en") == [1, 2]
    assert hits(backend, "debt", language="fr") == [2, 1]
    assert hits(backend, "debt", language="es") == [1, 2]


def test_what_is_short_and_was_chosen_comes_before_a_file(backend):
    put(backend, Note(1, "debt", kind="paper"), Note(2, "debt", kind="quote"))
    assert hits(backend, "debt") == [2, 1]


def test_beyond_the_last_hit_there_is_nothing_and_the_total_stays(backend):
    put_texts(backend, "debt", "debt")
    found = ask(backend, "debt", start=10, stop=20)
    assert (found.ids, found.total) == ((), 2)
