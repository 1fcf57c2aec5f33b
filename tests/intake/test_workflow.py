from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from contributions.models import Contribution
from intake import workflow
from intake.batches import contributions
from intake.models import Batch

from . import batches


@pytest.fixture
def stalled(secretary, call):
    """A batch of three, of which one is done, whose worker died ten minutes ago."""
    batch = batches.batch(secretary, batches.papers(3), batches.rows(3), call=call)
    first, *others = batch.rows.values_list("pk", flat=True)
    workflow.confirm(batch, [first], by=secretary)
    batch.rows.filter(pk__in=others).update(state="waiting")
    Batch.objects.update(moved_at=timezone.now() - timedelta(minutes=10))
    return batch


def test_a_batch_goes_on_where_its_worker_died(stalled):
    assert Contribution.objects.count() == 1
    assert workflow.go_on() == 1
    assert Contribution.objects.count() == 3
    assert workflow.go_on() == 0


def test_a_row_that_fails_in_an_unknown_way_holds_no_other_up(stalled, monkeypatch, caplog):
    usual, failing = contributions.bring_in, stalled.rows.waiting().first()

    def fail(row, *args):
        if row == failing:
            raise OSError("No space left on device")
        usual(row, *args)

    monkeypatch.setattr(contributions, "import", fail)
    workflow.go_on()
    failing.refresh_from_db()
    assert (failing.state, failing.error[:28]) == ("open", "Something went wrong that is")
    assert stalled.rows.filter(state="done").count() == Contribution.objects.count() == 2
    assert "No space left on device" in caplog.text


def test_a_batch_that_moves_is_left_alone(stalled):
    Batch.objects.update(moved_at=timezone.now() - timedelta(minutes=4))
    assert workflow.go_on() == 0
    assert Contribution.objects.count() == 1


def test_after_thirty_days_a_batch_goes_and_what_it_brought_stays(stalled, django_capture_on_commit_callbacks):
    kept = [file.file for file in stalled.files.all()]
    Batch.objects.update(created_at=timezone.now() - timedelta(days=29))
    assert workflow.forget_batches() == 0
    Batch.objects.update(created_at=timezone.now() - timedelta(days=30, hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.forget_batches() == 1
    assert not any(file.storage.exists(file.name) for file in kept)
    assert Contribution.objects.count() == 1


def test_cron_does_both(stalled, capsys):
    call_command("tend_batches")
    assert capsys.readouterr().out == "1 batches go on, 0 thrown away.\n"
