"""A task ends, is run again or is set aside."""

from datetime import timedelta

import pytest
from django.utils import timezone

from background import workflow
from background.lanes import FILES, INDEX, LANES, MAIL, file_priority
from background.models import QueuedTask, WorkerDiedError, WorkerProcess
from documents.tasks import read_document
from mail.tasks import deliver_due
from search.tasks import rebuild_index, update_index

from .tasks import fail, find_the_disk_full, succeed

pytestmark = pytest.mark.django_db(transaction=True)


def task():
    return QueuedTask.objects.get()


def pass_time():
    QueuedTask.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(hours=1))


def test_a_task_that_succeeds_is_tried_once_and_its_process_leaves_no_row(work):
    succeed.enqueue()
    work()
    assert (task().status, task().return_value, len(task().worker_ids)) == ("SUCCESSFUL", "done", 1)
    assert not WorkerProcess.objects.exists()


def test_a_task_that_fails_waits_longer_each_time_and_is_set_aside_after_the_third(work, clock):
    now = timezone.now()
    clock(now)
    fail.enqueue()
    for minutes in (1, 5):
        work()
        assert (task().status, task().run_after) == ("READY", now + timedelta(minutes=minutes))
        work()  # nothing is due
        pass_time()
    work()
    assert (task().status, task().exception_class_path, len(task().worker_ids)) == ("FAILED", "builtins.ValueError", 3)
    assert list(QueuedTask.objects.set_aside()) == [task()]


def test_a_full_disk_is_waited_out_however_often_it_is_met(work):
    find_the_disk_full.enqueue()
    for _ in range(5):
        work()
        assert (task().status, task().worker_ids) == ("READY", [])
        pass_time()


def test_the_task_of_a_dead_process_goes_again_at_once(claimed, wait_for_the_dead, work):
    succeed.enqueue()
    claimed("dead")
    wait_for_the_dead()
    assert (task().status, task().worker_ids) == ("READY", ["dead"])
    assert not WorkerProcess.objects.exists()
    work()
    assert task().status == "SUCCESSFUL"


def test_a_task_whose_process_has_no_row_goes_again_too(claimed, wait_for_the_dead):
    succeed.enqueue()
    claimed("dead")
    WorkerProcess.objects.all().delete()
    wait_for_the_dead()
    assert task().status == "READY"


def test_the_task_of_a_living_process_stays_with_it(claimed, monkeypatch, wait_for_the_dead):
    succeed.enqueue()
    claimed("alive")
    known = workflow.known_workers
    monkeypatch.setattr(workflow, "known_workers", lambda: workflow.beat("alive") and known())
    wait_for_the_dead()
    assert (task().status, task().worker) == ("RUNNING", "alive")


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_set_by_days_kills_nobody_and_delays_nothing(
    days, claimed, clock, fail_once_at, monkeypatch, wait_for_the_dead
):
    succeed.enqueue()
    claimed("alive")
    known = workflow.known_workers
    monkeypatch.setattr(workflow, "known_workers", lambda: workflow.beat("alive") and known())
    delayed = fail_once_at(timezone.now() - timedelta(days=days))
    clock(timezone.now() + timedelta(days=days))
    wait_for_the_dead()
    assert QueuedTask.objects.get(task_path=succeed.module_path).worker == "alive"
    assert QueuedTask.objects.ready().filter(pk=delayed.pk).exists()


@pytest.fixture
def fail_once_at(clock, claimed):
    """Return a function that lets a task fail for the first time while the clock is at a moment."""

    def run(moment):
        clock(moment)
        result = fail.enqueue()
        QueuedTask.objects.filter(pk=result.id).update(status="RUNNING", worker_ids=["gone"], started_at=moment)
        QueuedTask.objects.get(pk=result.id).set_failed(ValueError())
        return QueuedTask.objects.get(pk=result.id)

    return run


def test_a_task_that_was_planned_for_later_is_not_hastened(wait_for_the_dead):
    later = timezone.now() + timedelta(days=3)
    succeed.using(run_after=later).enqueue()
    wait_for_the_dead()
    assert task().run_after == later


def test_a_task_that_kills_its_process_three_times_is_set_aside(claimed):
    succeed.enqueue()
    for count in range(3):
        assert task().status == "READY"
        claimed(f"dead {count}")
        workflow.release(f"dead {count}", is_counted=True)
    assert (task().status, task().worker_ids) == ("FAILED", ["dead 0", "dead 1", "dead 2"])
    assert task().exception_class_path == f"{WorkerDiedError.__module__}.WorkerDiedError"


def test_a_process_that_is_stopped_gives_its_task_back_without_a_trace(claimed):
    succeed.enqueue()
    for count in range(4):
        claimed(f"stopped {count}")
        workflow.release(f"stopped {count}", is_counted=False)
        assert (task().status, task().worker_ids) == ("READY", [])


def test_work_that_a_process_did_after_its_task_was_given_away_counts_once(claimed):
    succeed.enqueue()
    paused = claimed("paused")
    workflow.release("paused", is_counted=True)
    paused.set_successful("done")  # it goes on before another has begun
    assert (task().status, task().return_value) == ("SUCCESSFUL", "done")
    assert QueuedTask.objects.ready().first() is None


def test_a_process_that_fails_after_its_task_was_given_away_changes_nothing(claimed):
    succeed.enqueue()
    paused = claimed("paused")
    workflow.release("paused", is_counted=True)
    other = claimed("other")
    paused.set_failed(ValueError())
    assert (task().status, task().worker) == ("RUNNING", "other")
    other.set_successful("done")
    paused.set_failed(ValueError())
    assert task().status == "SUCCESSFUL"


def test_staff_let_a_task_go_again_or_leave_it(claimed, work):
    for choose in (workflow.try_again, workflow.delete_set_aside):
        result = succeed.enqueue()
        assert choose(result.id) is False  # it was not set aside
        for count in range(3):
            claimed(f"{choose.__name__} {count}")
            workflow.release(f"{choose.__name__} {count}", is_counted=True)
        assert choose(result.id) is True
        work()
        assert list(QueuedTask.objects.filter(pk=result.id).values_list("status", flat=True)) == (
            ["SUCCESSFUL"] if choose is workflow.try_again else []
        )


def test_only_rows_of_tasks_that_succeeded_long_ago_are_deleted(work, clock):
    succeed.enqueue()
    work()
    fail.enqueue()
    succeed.enqueue()
    clock(timezone.now() + timedelta(hours=23))
    assert workflow.prune() == 0
    clock(timezone.now() + timedelta(hours=2))
    assert workflow.prune() == 1
    assert QueuedTask.objects.count() == 2


def test_the_longest_waiting_task_of_a_lane_is_one_that_is_due(clock):
    def waiting():
        numbers = QueuedTask.objects.by_lane()["default"]
        return numbers["waiting"], numbers["oldest"]

    now = timezone.now()
    clock(now)
    assert QueuedTask.objects.by_lane() == {}
    succeed.using(run_after=now + timedelta(hours=2)).enqueue()
    assert waiting() == (0, None)
    clock(now + timedelta(hours=3))
    assert waiting() == (1, now + timedelta(hours=2))
    QueuedTask.objects.filter(pk=succeed.enqueue().id).update(enqueued_at=now)
    assert waiting() == (2, now)


def test_each_task_is_in_a_lane_that_has_processes():
    lanes = {lane.name: lane.processes for lane in LANES}
    queues = {read_document: FILES, update_index: INDEX, rebuild_index: INDEX, deliver_due: MAIL, succeed: "default"}
    assert {one: one.queue_name for one in queues} == queues
    assert lanes.keys() == set(queues.values())
    assert lanes[INDEX] == 1
    assert min(lanes.values()) >= 1


def test_the_first_files_of_all_come_before_the_second_of_anyone():
    arrivals = [("many", n) for n in range(150)] + [("few", 0), ("few", 1)]
    # A stable sort, as tasks of one priority go by age.
    order = sorted(arrivals, key=lambda one: -file_priority(one[1]))
    assert order[:4] == [("many", 0), ("few", 0), ("many", 1), ("few", 1)]
    assert file_priority(1000) == file_priority(100) == -100  # the lowest priority that a task may have
