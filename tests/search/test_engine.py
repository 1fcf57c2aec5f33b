"""Whoosh itself: what a query means, what is counted, and what a broken or lost index does."""

import shutil
from pathlib import Path

import pytest
from whoosh.index import EmptyIndexError, LockError

from search.engine import Found


class Record:
    def __init__(self, pk, title="", text="", kind="note"):
        self.pk, self.title, self.text, self.kind = pk, title, text, kind


class NoteIndex:
    """Stands in for a room's index."""

    class _meta:  # noqa: N801
        label_lower = "notes.note"

    def get_model(self):
        return self

    def full_prepare(self, record):
        key = {"id": f"notes.note.{record.pk}", "django_ct": "notes.note", "django_id": str(record.pk)}
        return key | {"kind": record.kind, "title": record.title, "text": f"{record.title} {record.text}"}


INDEX = NoteIndex()


def put(backend, *records, gone=()):
    backend.apply([(INDEX, records, gone)])


def put_texts(backend, *texts):
    put(backend, *(Record(pk, text=text) for pk, text in enumerate(texts, 1)))


def ids(backend, words, **options):
    return [pk for _, pk in backend.find(words, **options).records]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("debt", {1, 2, 3}),
        ("debts", {1, 2, 3}),
        ("debt bondage", {1, 2}),
        ("debt AND bondage", {1, 2}),
        ("debt OR ship", {1, 2, 3, 4}),
        ("debt NOT bondage", {3}),
        ("debt AND NOT bondage", {3}),
        ("bondage NOT (debt OR ship)", set()),
        ("(debt OR ship) NOT bondage", {3, 4}),
        ("debt OR ship bondage", {1, 2}),
        ("NOT debt", {4, 5}),
        ('"debt bondage"', {1}),
        ("“debt bondage”", {1}),
        ("«debt bondage»", {1}),
        ("„debt bondage“", {1}),
        ('"bondage debt"', {2}),
        ('"debt bondage', {1, 2}),
        ('debt" bondage', {1, 2}),
        ("and or not debt", {1, 2, 3}),
        ("the debt", {1, 2, 3}),
        ("DEBT", {1, 2, 3}),
        ("title:debt", set()),
        ("*", set()),
        ("deb*", set()),
        ("debt AND", {1, 2, 3}),
        ("OR debt", {1, 2, 3}),
        ("debt NOT", {1, 2, 3}),
        ("NOT NOT debt", {1, 2, 3}),
        ("((debt)", {1, 2, 3}),
        ("debt)", {1, 2, 3}),
        ("\x00debt\x1b", {1, 2, 3}),
        ("détte", {5}),
        ("dette", {5}),
        ("الاتجار", {5}),
    ],
)
def test_a_query_means(backend, words, expected):
    texts = ["debt bondage", "bondage and debts", "a debt", "a ship", "une détte الاتجار"]
    put_texts(backend, *texts)
    assert set(ids(backend, words)) == expected
    assert backend.find(words).total == len(expected)


@pytest.mark.parametrize(
    "words", ["", " ", "AND", "OR", "NOT", "NOT NOT", "(", ")", "()", '"', '""', "the", "a", "\x00"]
)
def test_a_query_without_words_finds_nothing(backend, words):
    put_texts(backend, "the debt and a ship")
    assert backend.find(words) == Found()


@pytest.mark.parametrize("word", ["REQUIRE", "ANDNOT", "ANDMAYBE"])
def test_what_is_not_an_operator_to_readers_is_a_word(backend, word):
    put_texts(backend, f"States {word} debt", "debt")
    assert ids(backend, f"debt {word}") == [1]


@pytest.mark.parametrize(
    "words", ["(" * 300, "(" * 140 + "debt" + ")" * 140, "debt OR " * 37 + "x", '"' * 299 + "debt"]
)
def test_a_query_that_is_all_operators_is_survived(backend, words):
    put_texts(backend, "debt")
    assert backend.find(words).total == ("debt" in words)


def test_the_title_weighs_more(backend):
    put(backend, Record(1, text="debt debt debt"), Record(2, title="Debt", text="Words"), Record(3, text="debt"))
    assert ids(backend, "debt")[0] == 2


def test_words_may_stand_in_title_and_text(backend):
    put(backend, Record(1, title="Debt", text="bondage"))
    assert ids(backend, "debt bondage") == [1]


def test_counts_by_kind_are_of_all_that_match_and_not_of_one_page(backend):
    put(backend, *(Record(pk, text="debt " * (pk % 7 + 1), kind="ab"[pk % 2]) for pk in range(1, 302)))
    found = backend.find("debt", stop=10)
    assert (found.total, found.kinds, len(found.records)) == (301, {"b": 151, "a": 150}, 10)


def test_a_kind_narrows_the_page_and_the_total_but_not_the_counts(backend):
    put(backend, *(Record(pk, text="debt", kind="ab"[pk % 2]) for pk in range(1, 32)))
    found = backend.find("debt", kind="a", stop=100)
    assert (found.total, found.kinds) == (15, {"b": 16, "a": 15})
    assert {pk % 2 for _, pk in found.records} == {0}
    assert len(found.records) == 15


def test_an_unknown_kind_has_nothing(backend):
    put_texts(backend, "debt")
    assert backend.find("debt", kind="x") == Found(0, [], {"note": 1})


def test_pages_follow_each_other_without_gap_or_repetition(backend):
    put(backend, *(Record(pk, text="debt " * pk) for pk in range(1, 26)))
    pages = [ids(backend, "debt", start=start, stop=start + 10) for start in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert pages[0] + pages[1] + pages[2] == ids(backend, "debt", stop=100)


@pytest.mark.parametrize("kind", ["", "note"])
def test_what_is_hidden_is_neither_shown_nor_counted(backend, kind):
    put_texts(backend, "debt", "debt", "debt")
    found = backend.find("debt", kind=kind, hidden=[("notes.note", 2), ("notes.other", 1)])
    assert {pk for _, pk in found.records} == {1, 3}
    assert (found.total, found.kinds) == (2, {"note": 2})


def test_when_all_is_hidden_nothing_is_counted(backend):
    put_texts(backend, "debt")
    assert backend.find("debt", hidden=[("notes.note", 1)]) == Found()


def test_a_reader_sees_each_commit(backend):
    put_texts(backend, "debt", "debt")
    assert ids(backend, "debt") == [1, 2]
    put(backend, Record(2, text="ship"), Record(3, text="debt"))
    assert ids(backend, "debt") == [1, 3]
    put(backend, gone=[1, 3])
    assert backend.find("debt") == Found()


def test_putting_twice_counts_once(backend):
    for _ in range(2):
        put_texts(backend, "debt")
    assert backend.find("debt").total == 1


def test_taking_out_what_is_not_there_is_no_fault(backend):
    put(backend, gone=[7])
    assert backend.find("debt") == Found()


def test_a_write_that_fails_writes_nothing_and_frees_the_index(backend):
    put_texts(backend, "debt")
    with pytest.raises(AttributeError):
        put(backend, Record(2, text="debt"), None)
    assert ids(backend, "debt") == [1]
    put(backend, Record(3, text="debt"))
    assert ids(backend, "debt") == [1, 3]


def test_changes_are_drawn_while_the_index_is_locked(backend):
    def changes():
        assert not backend.index.lock("WRITELOCK").acquire()
        yield INDEX, [Record(1, text="debt")], []

    backend.apply(changes())
    assert ids(backend, "debt") == [1]


def test_a_record_is_removed_by_its_name(backend):
    put_texts(backend, "debt", "debt")
    backend.remove("notes.note.1")
    assert ids(backend, "debt") == [2]


def test_an_index_is_emptied_beside_its_readers(backend):
    put_texts(backend, "debt")
    assert ids(backend, "debt") == [1]
    generation = backend.index.latest_generation()
    backend.clear()
    assert backend.find("debt") == Found()
    assert backend.index.latest_generation() == generation + 1


def test_an_index_is_not_emptied_under_the_hands_of_its_writer(backend, monkeypatch):
    put_texts(backend, "debt")
    monkeypatch.setattr("search.engine.WAIT_FOR_LOCK", 0)
    writer = backend.index.writer()
    with pytest.raises(LockError):
        backend.clear()
    writer.cancel()
    assert ids(backend, "debt") == [1]


def test_an_index_made_anew_up_to_the_same_generation_is_noticed(backend):
    for _ in range(2):
        put_texts(backend, "debt")
    assert ids(backend, "debt") == [1]
    generation = backend.index.latest_generation()
    shutil.rmtree(backend.path)
    backend.clear()
    put_texts(backend, "ship")
    assert backend.index.latest_generation() == generation
    assert ids(backend, "debt") == []
    assert ids(backend, "ship") == [1]


@pytest.mark.parametrize("is_held", [True, False])
def test_a_lost_index_is_not_taken_for_an_empty_one(backend, is_held):
    put_texts(backend, "debt")
    assert ids(backend, "debt") == [1]
    shutil.rmtree(backend.path)
    if not is_held:  # as in a process that starts now
        backend.setup_complete = False
        backend.forget_searchers()
    with pytest.raises(EmptyIndexError):
        backend.find("debt")
    assert not Path(backend.path).exists()


def test_an_emptied_folder_is_not_taken_for_an_empty_index(backend):
    shutil.rmtree(backend.path)
    Path(backend.path).mkdir()
    backend.setup_complete = False
    with pytest.raises(EmptyIndexError):
        backend.find("debt")
    assert list(Path(backend.path).iterdir()) == []


def test_the_writer_makes_the_index_where_there_is_none(backend):
    shutil.rmtree(backend.path)
    backend.setup_complete = False
    put_texts(backend, "debt")
    assert ids(backend, "debt") == [1]


@pytest.mark.parametrize("kept", [0, 20])
@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
def test_a_truncated_index_raises(backend, pattern, kept):
    put_texts(backend, "debt")
    backend.setup_complete = False
    backend.forget_searchers()
    for file in Path(backend.path).glob(pattern):
        file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(Exception):  # noqa: B017, PT011  whatever Whoosh stumbles over
        backend.find("debt")
