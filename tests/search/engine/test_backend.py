"""The engine as a whole: damage, rebuilds, kills, threads, and Haystack's own queries."""

import contextlib
import os
import random
import shutil
import signal
import threading
import time

import pytest
from haystack import connections
from haystack.query import SearchQuerySet

from dialogues.models import Quote
from search.engine_api import EngineAwayError, IndexLockedError, IndexUnavailableError
from tests import build
from tests.search.notes import INDEX, Note, ask, hits, put, put_texts

FILE_PATTERNS = ["*.ids.npy", "*.freqs.npy", "*.places.npy", "*.forms.npy", "*.trm", "*.toc", "current"]


def some_file(backend, pattern):
    return next(iter(backend.store.path.rglob(pattern)))


@pytest.mark.parametrize("pattern", FILE_PATTERNS)
@pytest.mark.parametrize("damage", ["deleted", "emptied", "halved"])
def test_a_damaged_file_is_noticed_by_the_next_query(backend, pattern, damage):
    put_texts(backend, *["a debt of the ship"] * 30)
    assert ask(backend, "debt").total == 30
    file = some_file(backend, pattern)
    raw = file.read_bytes()
    file.unlink()
    if damage != "deleted":
        file.write_bytes(b"" if damage == "emptied" else raw[: len(raw) // 2])
    with pytest.raises(IndexUnavailableError):
        ask(backend, "debt")


@pytest.mark.parametrize("pattern", ["*.ids.npy", "*.freqs.npy", "*.places.npy", "*.forms.npy", "*.trm", "*.toc"])
def test_a_flipped_bit_is_noticed_or_changes_no_result(backend, pattern):
    put_texts(backend, *["a debt of the ship"] * 30)
    whole = hits(backend, "debt")
    raw = some_file(backend, pattern).read_bytes()
    for bit in random.Random(3).sample(range(len(raw) * 8), 40):  # noqa: S311 - not for secrets
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        some_file(backend, pattern).write_bytes(flipped)
        with contextlib.suppress(IndexUnavailableError):
            assert hits(backend, "debt") == whole
    some_file(backend, pattern).write_bytes(raw)
    assert hits(backend, "debt") == whole


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), MemoryError()])
def test_a_failure_of_the_system_leaves_the_index_alone(backend, error, monkeypatch):
    put_texts(backend, "debt")
    backend.store._current = (None, None)

    def fail(*args, **kwargs):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("search.engine.snapshot.SegmentReader", fail)
        with pytest.raises(EngineAwayError):
            ask(backend, "debt")
    assert hits(backend, "debt") == [1]


def test_all_threads_of_a_process_share_one_snapshot():
    """Haystack gives each thread a backend of its own."""
    put_texts(connections["default"].get_backend(), "debt")
    found = []

    def read():
        backend = connections["default"].get_backend()
        ask(backend, "debt")
        found.append((backend, backend.snapshot()))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(backend) for backend, _ in found}) == 4
    assert len({id(snapshot) for _, snapshot in found}) == 1


def test_an_index_of_another_version_is_unavailable(backend):
    put_texts(backend, "debt")
    backend.store.pointer.write_text("v0-abc")
    with pytest.raises(IndexUnavailableError):
        ask(backend, "debt")


def test_a_rebuild_replaces_the_index(backend):
    put_texts(backend, "debt", "ship")
    shutil.rmtree(backend.store.active_folder())
    backend.rebuild([(INDEX, [Note(7, "debt")])])
    assert hits(backend, "debt") == [7]
    assert len(list(backend.store.path.glob("v*-*"))) == 1


def test_queries_are_answered_during_writes_and_rebuilds(backend):
    put_texts(backend, *["debt"] * 200)
    found, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                found.append(ask(backend, "debt").total)
            except Exception as error:
                found.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(5):
        backend.rebuild([(INDEX, [Note(pk, "debt") for pk in range(1, 201)])])
        put(backend, Note(1, "debt"))
    stop.set()
    for reader in readers:
        reader.join()
    assert set(found) == {200}


def test_a_second_writer_is_refused(backend):
    with backend.store.write_lock(wait=False):
        with pytest.raises(IndexLockedError):
            backend.rebuild([])
        with pytest.raises(IndexLockedError):
            backend.apply([], wait=False)
    backend.apply([], wait=False)


def write_without_end(backend):
    """In a child process: commit newer versions of the same notes, without end."""
    for number in range(10_000):
        put(backend, *(Note(pk, f"debt round{number}") for pk in range(5)))


@pytest.mark.slow
def test_twenty_kills_during_commits_leave_the_index_readable(backend):
    put(backend, *(Note(pk, "debt quagga") for pk in range(5)))
    chance = random.Random(5)  # noqa: S311 - not for secrets
    for _ in range(20):
        child = os.fork()
        if child == 0:
            try:
                write_without_end(backend)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.02, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert sorted(hits(backend, "debt")) == list(range(5))
    put(backend, *(Note(pk, "debt zebra") for pk in range(5)))
    assert sorted(hits(backend, "zebra")) == list(range(5))
    assert hits(backend, "quagga") == []


@pytest.mark.django_db
def test_a_search_queryset_of_haystack():
    at = build.appearance(build.dialogue(title="A debt"))
    quotes = [build.quote(at, text="The debt of a life.") for _ in range(3)]
    everything = SearchQuerySet().filter(content="debt")
    assert everything.count() == 5  # the quotes, the dialogue and its speaker
    found = everything.models(Quote)
    assert {int(result.pk) for result in found} == {quote.pk for quote in quotes}
    assert {result.object for result in found} == set(quotes)
    assert SearchQuerySet().filter(content="unicorn").count() == 0
