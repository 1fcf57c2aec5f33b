"""What ranks above what: the field that has a word, words in one passage, and years."""

from tests.search.notes import Note, ask, hits, put, put_texts


def test_the_statement_of_a_country_ranks_above_one_that_often_names_it(backend):
    put(
        backend,
        Note(1, "rwanda " * 30 + "genocide"),
        Note(2, "in rwanda, the genocide " + "of men and ships " * 9, organization=[("Rwanda", "")]),
        *(Note(pk, "rwanda and ships") for pk in range(3, 30)),
    )
    assert hits(backend, "rwanda genocide") == [2, 1]


def test_a_speaker_ranks_above_those_who_name_the_speaker(backend):
    named = [Note(pk, "mandela " * 9 + "and a debt") for pk in range(2, 20)]
    put(backend, Note(1, "of a debt " * 9, speaker=[("Nelson Mandela", "")]), *named)
    assert hits(backend, "mandela debt")[0] == 1


def test_a_year_finds_records_of_that_year(backend):
    put(backend, Note(1, "a debt", year="1994"), Note(2, "a debt of 1994"), Note(3, "a debt", year="1995"))
    assert set(hits(backend, "debt 1994")) == {1, 2}
    assert hits(backend, '"1994"') == [2]
    assert hits(backend, "dialogue:1994") == []


def test_words_in_one_passage_rank_above_scattered_words(backend):
    filler = "of men and others " * 40
    put_texts(
        backend,
        f"farm {filler} subsidy {filler} chains",
        f"{filler} the farm has for its men a subsidy as if it were in chains {filler}",
        f"chains {filler} farm {filler} subsidy",
    )
    assert hits(backend, "farm subsidy chains")[0] == 2


def test_a_passage_does_not_reach_into_the_next_record(backend):
    filler = "ship and rope " * 30
    alone = [f"farm {filler} subsidy {filler} chains", f"{filler} farm", "subsidy chains", f"farm {filler} subsidy"]
    put_texts(backend, *alone, *["quagga"] * 9)
    order = ask(backend, "farm subsidy chains", allow_partial=True).ids
    hidden = tuple(f"notes.note.{pk}" for pk in (3, 5))
    kept = [key for key in order if key not in hidden]
    assert list(ask(backend, "farm subsidy chains", allow_partial=True, excluded_ids=hidden).ids) == kept
