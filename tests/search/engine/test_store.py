"""Where the index is stored, which build is in use, and who may write."""

import shutil
import threading

import pytest

from search.engine.reader import CorruptIndexError
from search.engine.schema import VERSION, ValueField, build_schema, version_of
from search.engine.store import Store
from search.engine_api import IndexUnavailableError
from tests.search.notes import Note, put


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "another index")


def test_an_index_is_in_use_only_once_it_is_activated(store):
    with pytest.raises(IndexUnavailableError):
        store.active_folder()
    fresh = store.create()
    with pytest.raises(IndexUnavailableError):
        store.state()
    store.activate(fresh)
    assert store.state()[:2] == (store.active_folder(), 0)
    assert store.index()._segments() == []


def test_activating_an_index_deletes_all_others(store):
    store.activate(store.create())
    before = store.active_folder()
    store.activate(store.create())
    assert store.active_folder() != before
    assert {path.name for path in store.path.iterdir()} == {"current", store.active_folder().name}


@pytest.mark.parametrize("name", [b"", b"v0-abc", b"v9-abc", b"\x00" * 15, b"\xff" * 15, b"..", b"v1-nothing"])
def test_an_invalid_pointer_is_no_index(store, name):
    store.activate(store.create())
    store.pointer.write_bytes(name)
    with pytest.raises(IndexUnavailableError):
        store.state()


def test_an_index_with_another_field_is_of_another_version():
    schema = build_schema()
    assert version_of(schema) == VERSION
    schema.add("city", ValueField())
    assert version_of(schema) != VERSION
    schema.remove("city")
    assert version_of(schema) == VERSION


@pytest.mark.parametrize("loss", ["folder", "contents", "pointer"])
def test_a_lost_index_is_not_an_empty_one(store, loss):
    store.activate(store.create())
    folder = store.active_folder()
    if loss == "folder":
        shutil.rmtree(folder)
    for file in {"contents": folder.glob("*.toc"), "pointer": [store.pointer]}.get(loss, []):
        file.unlink()
    with pytest.raises(IndexUnavailableError):
        store.state()


def test_each_commit_changes_the_state(backend):
    folder, generation, *_ = backend.store.state()
    put(backend, Note(1, "debt"))
    assert backend.store.state()[:2] == (folder, generation + 1)
    backend.clear()
    assert backend.store.state()[0] != folder


def test_every_bit_of_the_table_of_contents_is_checked(store):
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


def test_readers_always_find_an_index_while_another_is_activated(store):
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


def test_only_one_process_holds_the_write_lock(store):
    with store.write_lock(wait=False) as first, store.write_lock(wait=False) as second:
        assert (first, second) == (True, False)
    with store.write_lock(wait=False) as third:
        assert third


def test_a_waiting_writer_comes_second(store):
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


def test_an_error_releases_the_write_lock(store):
    with pytest.raises(ZeroDivisionError), store.write_lock(wait=False):
        1 / 0  # noqa: B018
    with store.write_lock(wait=False) as held:
        assert held
