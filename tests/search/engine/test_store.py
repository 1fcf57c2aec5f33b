"""Where the index lies, which edition is in use, and who may write."""

import shutil
import threading

import pytest

from search.engine.reader import CorruptIndexError
from search.engine.store import Store
from search.engine_api import IndexUnavailableError
from tests.search.notes import Note, put


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "another index")


def test_there_is_no_edition_before_one_is_put_in_use(store):
    with pytest.raises(IndexUnavailableError):
        store.active_folder()
    fresh = store.create()
    with pytest.raises(IndexUnavailableError):
        store.state()
    store.activate(fresh)
    assert store.state()[:2] == (store.active_folder(), 0)
    assert store.index()._segments() == []


def test_an_edition_that_takes_over_leaves_no_other_and_no_rest(store):
    store.activate(store.create())
    before = store.active_folder()
    store.activate(store.create())
    assert store.active_folder() != before
    assert {path.name for path in store.path.iterdir()} == {"current", store.active_folder().name}


@pytest.mark.parametrize("name", [b"", b"v0-abc", b"v9-abc", b"\x00" * 15, b"\xff" * 15, b"..", b"v1-nothing"])
def test_a_pointer_to_what_this_code_did_not_write_is_none(store, name):
    store.activate(store.create())
    store.pointer.write_bytes(name)
    with pytest.raises(IndexUnavailableError):
        store.state()


@pytest.mark.parametrize("loss", ["folder", "contents", "pointer"])
def test_what_is_lost_is_not_taken_for_empty(store, loss):
    store.activate(store.create())
    folder = store.active_folder()
    if loss == "folder":
        shutil.rmtree(folder)
    for file in {"contents": folder.glob("*.toc"), "pointer": [store.pointer]}.get(loss, []):
        file.unlink()
    with pytest.raises(IndexUnavailableError):
        store.state()


def test_each_commit_is_another_edition(backend):
    folder, generation, *_ = backend.store.state()
    put(backend, Note(1, "debt"))
    assert backend.store.state()[:2] == (folder, generation + 1)
    backend.clear()
    assert backend.store.state()[0] != folder


def test_every_bit_of_a_table_of_contents_is_looked_after(store):
    store.activate(store.create())
    (toc,) = store.active_folder().glob("*.toc")
    raw = toc.read_bytes()
    for bit in range(0, len(raw) * 8, 97):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        toc.write_bytes(flipped)
        with pytest.raises(CorruptIndexError):
            store.index()._segments()
    toc.write_bytes(raw)
    assert store.index()._segments() == []


def test_a_reader_always_meets_an_edition_while_they_change_hands(store):
    store.activate(store.create())
    failures, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                store.state()
            except IndexUnavailableError as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(150):
        store.activate(store.create())
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []


def test_only_one_writes_at_a_time(store):
    with store.write_lock(wait=False) as first, store.write_lock(wait=False) as second:
        assert (first, second) == (True, False)
    with store.write_lock(wait=False) as third:
        assert third


def test_who_waits_comes_after(store):
    order = []

    def write():
        with store.write_lock(wait=True):
            order.append("second")

    with store.write_lock(wait=False):
        waiting = threading.Thread(target=write)
        waiting.start()
        waiting.join(0.1)
        order.append("first")
    waiting.join(5)
    assert order == ["first", "second"]


def test_a_writer_that_fails_lets_go(store):
    with pytest.raises(ZeroDivisionError), store.write_lock(wait=False):
        1 / 0  # noqa: B018
    with store.write_lock(wait=False) as held:
        assert held
