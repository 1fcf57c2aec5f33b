"""An engine that is away: the jobs wait, nothing is rebuilt, and the tasks are tried again."""

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from search.engine_api import EngineAwayError, IndexLockedError
from search.models import IndexJob
from search.tasks import rebuild_index, repair_index, update_index
from tests import build
from tests.late_index import TaskBackend
from tests.search.searching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]


@pytest.fixture
def tries(monkeypatch):
    """The tasks that are enqueued for later."""
    cache.clear()
    later, enqueue = [], TaskBackend.enqueue
    monkeypatch.setattr(
        TaskBackend,
        "enqueue",
        lambda self, task, args, kwargs: later.append(task) if task.run_after else enqueue(self, task, args, kwargs),
    )
    return later


def away(*args, **kwargs):
    raise EngineAwayError


@pytest.mark.parametrize("task", [update_index, rebuild_index, repair_index])
def test_an_engine_that_is_away_is_tried_again_and_not_rebuilt(backend, monkeypatch, tries, task):
    record = build.quote(build.appearance(build.dialogue()), text="The debt of a life.")
    jobs = IndexJob.objects.count()
    with monkeypatch.context() as patch:
        for name in ("apply", "rebuild", "verify"):
            patch.setattr(backend, name, away)
        for _ in range(5):
            task.call()
    assert IndexJob.objects.count() == jobs
    assert [one.name for one in tries] == ([] if task is repair_index else [task.name])
    assert all(one.run_after > timezone.now() for one in tries)
    update_index.call()
    assert [hit.record for hit in find("debt").hits] == [record]


def test_a_rebuild_by_hand_says_that_the_engine_is_away(backend, monkeypatch):
    monkeypatch.setattr(backend, "rebuild", away)
    with pytest.raises(CommandError, match="The search engine is away"):
        call_command("rebuild_index")


def test_a_rebuild_that_finds_the_index_locked_is_tried_again(backend, monkeypatch, tries):
    def locked(*args, **kwargs):
        raise IndexLockedError

    with monkeypatch.context() as patch:
        patch.setattr(backend, "rebuild", locked)
        rebuild_index.call()
    assert [one.name for one in tries] == ["rebuild_index"]
    rebuild_index.call()
    assert len(tries) == 1
