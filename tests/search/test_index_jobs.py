"""The queue of index jobs: what writes a job, how old it is, who is told, and which is run first."""

import pytest
from django.db import transaction
from django.utils import timezone

from publishing import workflow
from search import tasks
from search.models import Effect, IndexJob
from search.tasks import update_index
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]


def jobs():
    return list(IndexJob.objects.order_by("pk").values_list("label", "object_id"))


def age_jobs(seconds):
    IndexJob.objects.update(queued_at=timezone.now() - timezone.timedelta(seconds=seconds))


def test_an_empty_queue_has_no_age():
    assert IndexJob.objects.age() == 0


def test_the_age_of_the_queue_is_that_of_its_oldest_job(monkeypatch):
    build.dialogue()
    build.dialogue()
    now = timezone.now()
    IndexJob.objects.update(queued_at=now - timezone.timedelta(seconds=5))
    IndexJob.objects.filter(pk=IndexJob.objects.last().pk).update(queued_at=now - timezone.timedelta(seconds=90))
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert IndexJob.objects.age() == 90


def test_a_change_that_is_rolled_back_leaves_no_job():
    dialogue = build.dialogue(public=False)
    before = jobs()
    with transaction.atomic():
        workflow.publish(dialogue, by=None)
        assert len(jobs()) == len(before) + 1
        transaction.set_rollback(True)
    assert jobs() == before


def test_a_change_that_affects_no_index_writes_no_job(stranger):
    build.topic()
    stranger.save()
    assert jobs() == []


def test_the_worker_is_asked_once_for_each_change_that_affects_the_index(monkeypatch):
    asked = []
    monkeypatch.setattr("search.signal_processor.update_index.enqueue", lambda: asked.append(1))
    build.dialogue(public=False)
    assert asked == []
    build.dialogue()
    assert asked == [1]
    build.topic()
    assert asked == [1]


@pytest.mark.parametrize(("seconds", "state", "status"), [(0, "ok", 200), (55, "ok", 200), (65, "late", 503)])
def test_the_health_check_says_late_after_a_minute_and_nothing_else(client, seconds, state, status):
    build.dialogue(title="A secret title")
    age_jobs(seconds)
    response = client.get("/healthz")
    words = {"database": "ok", "index": state, "mail": "ok", "cache": "ok", "disk": "ok"}
    assert (response.status_code, response.json()) == (status, words)


def test_a_job_is_called_by_its_record():
    dialogue = build.dialogue()
    assert str(IndexJob.objects.get()) == f"dialogues.dialogue {dialogue.pk}"


def test_hidden_changed_and_new_records_do_not_wait_behind_others(backend, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH_SIZE", 2)
    appearance = build.appearance(build.dialogue())
    urgent = [build.quote(appearance, text="The debt of a life.") for _ in range(3)]
    update_index.call()
    labels = [("refresh", "dialogues.dialogue", appearance.dialogue_id)] * 3
    labels += zip(Effect.values, ["dialogues.quote"] * 3, [one.pk for one in urgent], strict=False)
    for effect, label, pk in labels:
        IndexJob.objects.create(effect=effect, label=label, object_id=pk)
    batches, apply = [], backend.apply

    def apply_and_publish(changes, **options):
        changes = [(index, list(records), ids) for index, records, ids in changes]
        batches.append([record.pk for _index, records, _ids in changes for record in records])
        apply(changes, **options)
        if len(batches) == 3:  # while refresh jobs are being run
            IndexJob.objects.create(effect="new", label="dialogues.quote", object_id=urgent[2].pk)

    monkeypatch.setattr(backend, "apply", apply_and_publish)
    update_index.call()
    dialogue = appearance.dialogue_id
    assert batches == [[urgent[0].pk, urgent[1].pk], [urgent[2].pk], [dialogue], [urgent[2].pk], [dialogue]]
    assert not IndexJob.objects.exists()
