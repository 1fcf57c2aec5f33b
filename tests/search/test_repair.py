"""A lost or damaged index: the page says so, the worker rebuilds it, and everything is found again."""

import gc
import shutil
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import transaction
from haystack import connections

from publishing import workflow
from search import tasks
from search.completions import complete
from search.models import IndexJob
from search.tasks import repair_index, update_index
from tests import build
from tests.sample import copy_index, index_at
from tests.search.searching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded")]

REBUILT = "The search index is being rebuilt."
FILES = ["*.ids.npy", "*.freqs.npy", "*.places.npy", "*.trm", "*.toc", "current"]


@pytest.fixture(autouse=True)
def no_earlier_repair():
    cache.clear()


@pytest.fixture(scope="module")
def indexed_quotes(django_db_setup, django_db_blocker, tmp_path_factory):
    """Three quotes for the whole module, and the folder of their index."""
    folder = tmp_path_factory.mktemp("quotes") / "index"
    with django_db_blocker.unblock(), transaction.atomic():
        with index_at(folder):
            appearance = build.appearance(build.dialogue())
            made = {build.quote(appearance, text=f"The debt of {number} lives.") for number in range(3)}
        yield made, folder
        transaction.set_rollback(True)


@pytest.fixture
def quotes(indexed_quotes, db):
    """Three quotes, in an index of the test's own."""
    made, folder = indexed_quotes
    copy_index(folder)
    return set(made)


def flip(file):
    """Flip one bit of a file's content, behind its header."""
    content = bytearray(file.read_bytes())
    content[-6 if file.suffix != ".trm" else len(content) // 2] ^= 16
    file.write_bytes(content)


DAMAGES = {
    "deleted": lambda file: file.unlink(),
    "emptied": lambda file: file.write_bytes(b""),
    "truncated": lambda file: file.write_bytes(file.read_bytes()[:-3]),
    "flipped": flip,
}


def found():
    return {hit.record for hit in find("debt").hits}


def restart_process():
    connections.reload("default")


@pytest.mark.parametrize("is_held", [True, False])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("pattern", FILES)
def test_the_page_answers_and_the_index_is_rebuilt_after_any_damage(client, quotes, pattern, damage, is_held):
    backend = connections["default"].get_backend()
    assert found() == quotes
    for file in list(backend.store.path.rglob(pattern)):
        DAMAGES[damage](file)
    if not is_held:
        restart_process()
    answer = client.get("/search/", {"q": "debt"})
    assert answer.status_code == 200
    # A flipped bit in bytes that are never read changes nothing.
    assert REBUILT in answer.content.decode() or (damage == "flipped" and "3 results" in answer.content.decode())
    assert found() == quotes
    assert "3 results" in client.get("/search/", {"q": "debt"}).content.decode()


def test_a_deleted_index_is_rebuilt(client, quotes):
    shutil.rmtree(connections["default"].get_backend().path)
    assert REBUILT in client.get("/search/", {"q": "debt"}).content.decode()
    assert found() == quotes


def test_suggestions_have_a_damaged_index_repaired(client, quotes):
    shutil.rmtree(connections["default"].get_backend().path)
    assert client.get("/search/suggest/", {"q": "deb"}).json()[1] == []
    assert complete("deb") == ["debt"]


def test_a_repair_does_not_bring_back_unpublished_records(client, quotes, idle_worker):
    shutil.rmtree(connections["default"].get_backend().path)
    gone = quotes.pop()
    workflow.unpublish(gone, by=None)
    repair_index.call()
    assert found() == quotes
    assert not IndexJob.objects.exists()


def test_an_index_that_is_lost_again_after_its_repair_is_repaired_at_once(client, quotes, backend, monkeypatch):
    waiting = Mock()
    monkeypatch.setattr("search.query.repair_index", waiting)
    for times in (1, 2):
        shutil.rmtree(backend.store.active_folder())
        for _reader in range(2):
            assert REBUILT in client.get("/search/", {"q": "debt"}).content.decode()
        assert waiting.enqueue.call_count == times
        repair_index.call()
        assert found() == quotes


def test_an_intact_index_is_not_rebuilt(quotes, backend):
    before = backend.store.active_folder()
    repair_index.call()
    assert backend.store.active_folder() == before


def test_no_repair_while_another_process_is_writing(client, quotes, backend, idle_worker):
    shutil.rmtree(backend.store.active_folder())
    with backend.store.write_lock(wait=False):
        repair_index.call()
        update_index.call()
        assert REBUILT in client.get("/search/", {"q": "debt"}).content.decode()
    repair_index.call()
    assert found() == quotes


@pytest.mark.parametrize("pattern", ["*.toc", "*.ids.npy"])
def test_a_worker_that_has_the_index_open_notices_damage(quotes, backend, pattern, idle_worker):
    """The process of the page found the damage; that of the worker still has the old files open."""
    assert found() == quotes
    for file in backend.store.active_folder().glob(pattern):
        flip(file)
    repair_index.call()
    assert found() == quotes
    more = build.quote(next(iter(quotes)).appearance, text="One more debt.")
    update_index.call()
    assert found() == quotes | {more}


def test_an_update_rebuilds_a_damaged_index(quotes, backend, idle_worker):
    more = build.quote(next(iter(quotes)).appearance, text="One more debt.")
    for file in backend.store.active_folder().glob("*.toc"):
        flip(file)
    update_index.call()
    assert found() == quotes | {more}
    assert not IndexJob.objects.exists()


def test_jobs_written_during_a_rebuild_are_run_at_its_end(quotes, backend, idle_worker, monkeypatch):
    public_records, seen = tasks.public_records, []

    def meet_a_change(report):
        yield from public_records(report)
        more = build.quote(next(iter(quotes)).appearance, text="One more debt.")
        update_index.call()  # the worker, during the rebuild
        seen.append(IndexJob.objects.filter(label="dialogues.quote", object_id=more.pk).exists())
        quotes.add(more)

    monkeypatch.setattr(tasks, "public_records", meet_a_change)
    tasks.rebuild()
    assert seen == [True]
    assert not IndexJob.objects.exists()
    assert found() == quotes


@pytest.mark.parametrize("fails", [False, True])
def test_garbage_is_collected_seldom_while_the_index_is_rebuilt_and_as_usual_afterwards(fails, monkeypatch):
    usual, seen = (gc.get_threshold(), gc.get_freeze_count()), []

    def records(report):
        seen.append((gc.get_threshold()[0], gc.get_freeze_count()))
        if fails:
            raise ZeroDivisionError
        return iter(())

    monkeypatch.setattr(tasks, "public_records", records)
    if fails:
        with pytest.raises(ZeroDivisionError):
            tasks.rebuild()
    else:
        tasks.rebuild()
    [(threshold, frozen)] = seen
    assert threshold > usual[0][0]
    assert frozen > usual[1]
    assert (gc.get_threshold(), gc.get_freeze_count()) == usual
