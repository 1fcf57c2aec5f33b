"""An index that was lost or damaged: the page says so and goes on, the worker makes it anew, and all is found again."""

import shutil

import pytest
from django.core.cache import cache
from haystack import connections

from publishing import workflow
from search import tasks
from search.models import IndexJob
from search.query import complete
from search.tasks import drain, mend
from tests import build
from tests.search.asking import find

pytestmark = pytest.mark.django_db

REBUILT = "The search index is being rebuilt."
FILES = ["*.ids.npy", "*.freqs.npy", "*.places.npy", "*.trm", "*.toc", "current"]


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()


@pytest.fixture
def quotes():
    appearance = build.appearance(build.dialogue())
    return {build.quote(appearance, text=f"The debt of {number} lives.") for number in range(3)}


def flip(file):
    """Turn over one bit of what a file says, behind the heading that says what it is."""
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


def process_starts_anew():
    connections.reload("default")


@pytest.mark.parametrize("is_held", [True, False])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("pattern", FILES)
def test_after_any_damage_the_page_answers_and_the_index_comes_back(client, quotes, pattern, damage, is_held):
    backend = connections["default"].get_backend()
    assert found() == quotes
    for file in list(backend.store.path.rglob(pattern)):
        DAMAGES[damage](file)
    if not is_held:
        process_starts_anew()
    answer = client.get("/search/", {"q": "debt"})
    assert answer.status_code == 200
    # A flip may fall where nothing is read from, and then changes nothing.
    assert REBUILT in answer.content.decode() or (damage == "flipped" and "3 results" in answer.content.decode())
    assert found() == quotes
    assert "3 results" in client.get("/search/", {"q": "debt"}).content.decode()


def test_a_deleted_folder_comes_back(client, quotes):
    shutil.rmtree(connections["default"].get_backend().path)
    assert REBUILT in client.get("/search/", {"q": "debt"}).content.decode()
    assert found() == quotes


def test_whoever_types_meets_no_error_and_has_it_mended(client, quotes):
    shutil.rmtree(connections["default"].get_backend().path)
    assert client.get("/search/suggest/", {"q": "deb"}).json()[1] == []
    assert complete("deb") == ["debt"]


def test_what_was_withdrawn_meanwhile_does_not_come_back(client, quotes, worker_rests):
    shutil.rmtree(connections["default"].get_backend().path)
    gone = quotes.pop()
    workflow.unpublish(gone, by=None)
    mend.call()
    assert found() == quotes
    assert not IndexJob.objects.exists()


def test_a_whole_index_is_not_made_anew(quotes, backend):
    before = backend.store.current()
    mend.call()
    assert backend.store.current() == before


def test_while_another_writes_nothing_is_mended_and_nothing_breaks(client, quotes, backend, worker_rests):
    shutil.rmtree(backend.store.current())
    with backend.store.writing(wait=False):
        mend.call()
        drain.call()
        assert REBUILT in client.get("/search/", {"q": "debt"}).content.decode()
    mend.call()
    assert found() == quotes


@pytest.mark.parametrize("pattern", ["*.toc", "*.ids.npy"])
def test_a_worker_that_holds_the_index_open_notices_as_well(quotes, backend, pattern, worker_rests):
    """The page's process found it broken; the worker's own still holds what it had read before."""
    assert found() == quotes
    for file in backend.store.current().glob(pattern):
        flip(file)
    mend.call()
    assert found() == quotes
    more = build.quote(next(iter(quotes)).appearance, text="One more debt.")
    drain.call()
    assert found() == quotes | {more}


def test_a_drain_that_meets_a_damaged_index_makes_it_anew(quotes, backend, worker_rests):
    more = build.quote(next(iter(quotes)).appearance, text="One more debt.")
    for file in backend.store.current().glob("*.toc"):
        flip(file)
    drain.call()
    assert found() == quotes | {more}
    assert not IndexJob.objects.exists()


def test_jobs_that_come_during_a_rebuild_wait_and_are_done_at_its_end(quotes, backend, worker_rests, monkeypatch):
    everything, seen = tasks.everything, []

    def meet_a_change(tell):
        yield from everything(tell)
        more = build.quote(next(iter(quotes)).appearance, text="One more debt.")
        drain.call()  # the worker, while the index is being rebuilt
        seen.append(IndexJob.objects.filter(label="dialogues.quote", object_id=more.pk).exists())
        quotes.add(more)

    monkeypatch.setattr(tasks, "everything", meet_a_change)
    tasks.rebuild()
    assert seen == [True]
    assert not IndexJob.objects.exists()
    assert found() == quotes
