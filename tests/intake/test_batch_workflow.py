import errno
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from contributions.models import Contribution
from intake import workflow
from intake.batches import contribution_rows
from intake.models import Batch
from intake.tasks import import_batch
from tests.background.set_aside import set_aside

from . import batch_builders as batches


@pytest.fixture
def stalled(secretary, call):
    """A batch of three rows, one of them done, whose worker died ten minutes ago."""
    batch = batches.batch(secretary, batches.papers(3), batches.rows(3), call=call)
    first, *others = batch.rows.values_list("pk", flat=True)
    workflow.confirm(batch, [first], by=secretary)
    batch.rows.filter(pk__in=others).update(state="waiting")
    Batch.objects.update(moved_at=timezone.now() - timedelta(minutes=10))
    return batch


def test_a_stalled_batch_is_resumed(stalled):
    assert Contribution.objects.count() == 1
    assert workflow.resume_stalled() == 1
    assert Contribution.objects.count() == 3
    assert workflow.resume_stalled() == 0


def test_an_unexpected_error_does_not_block_other_rows(stalled, monkeypatch, caplog):
    usual, failing = contribution_rows.import_row, stalled.rows.waiting().first()

    def fail(row, *args):
        if row == failing:
            raise RuntimeError("Nobody expects this")
        usual(row, *args)

    monkeypatch.setattr(contribution_rows, "import_row", fail)
    workflow.resume_stalled()
    failing.refresh_from_db()
    assert (failing.state, failing.error[:28]) == ("open", "Something went wrong, and th")
    assert stalled.rows.filter(state="done").count() == Contribution.objects.count() == 2
    assert "Nobody expects this" in caplog.text


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), OperationalError("locked")])
def test_a_row_waits_while_the_machine_is_at_fault(stalled, secretary, monkeypatch, fault):
    monkeypatch.setattr(contribution_rows, "import_row", Mock(side_effect=fault))
    with pytest.raises(type(fault)):
        import_batch.call(stalled.pk, secretary.pk)
    assert set(stalled.rows.waiting().values_list("error", flat=True)) == {""}
    monkeypatch.undo()
    import_batch.call(stalled.pk, secretary.pk)
    assert stalled.rows.filter(state="done").count() == Contribution.objects.count() == 3


def test_a_row_that_kills_its_worker_each_time_is_returned_to_staff_and_the_others_are_imported(stalled, secretary):
    deadly = stalled.rows.waiting().first()
    set_aside(import_batch, stalled.pk, secretary.pk)
    deadly.refresh_from_db()
    assert (deadly.state, deadly.error[:28]) == ("open", "Something went wrong, and th")
    assert stalled.rows.filter(state="done").count() == Contribution.objects.count() == 2
    set_aside(import_batch, stalled.pk, secretary.pk)  # no row waits any more
    assert stalled.rows.filter(state="done").count() == 2


def test_a_batch_in_progress_is_not_resumed(stalled):
    Batch.objects.update(moved_at=timezone.now() - timedelta(minutes=4))
    assert workflow.resume_stalled() == 0
    assert Contribution.objects.count() == 1


def test_expired_batches_are_deleted_and_imported_records_remain(stalled, django_capture_on_commit_callbacks):
    kept = [file.file for file in stalled.files.all()]
    Batch.objects.update(created_at=timezone.now() - timedelta(days=29))
    assert workflow.delete_expired() == 0
    Batch.objects.update(created_at=timezone.now() - timedelta(days=30, hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.delete_expired() == 1
    assert not any(file.storage.exists(file.name) for file in kept)
    assert Contribution.objects.count() == 1


def test_the_command_resumes_and_deletes(stalled, capsys):
    call_command("resume_batches")
    assert capsys.readouterr().out == "Batches: 1 resumed, 0 deleted.\n"
