"""A worker is killed before each step of an import: a row is imported completely or not at all, and never twice."""

import hashlib

import pytest
from django.core.management import call_command
from django.utils import timezone

from contributions.models import Attachment, Contribution
from documents.models import Document
from intake import workflow
from intake.models import Batch, BatchFile, BatchRow
from intake.tasks import import_waiting_rows
from publishing.models import Transition
from tests import build
from tests.contributions import test_kills
from tests.contributions.test_kills import copies, walk  # noqa: F401  a fixture

from . import batch_builders as batches

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def resume():
    by = build.get_user_model().objects.get(email="staff@example.org")
    import_waiting_rows(Batch.objects.get(), by)


def check(*, done=False):
    done_rows = BatchRow.objects.filter(state="done").count()
    assert done_rows == 2 or not done
    assert Contribution.objects.count() == Attachment.objects.count() == Document.objects.count() == done_rows
    assert set(Contribution.objects.values_list("state", flat=True)) <= {"submitted"}
    assert BatchRow.objects.filter(state="waiting").count() == 2 - done_rows


def all_is_whole():
    call_command("check_log")
    verbs = sorted(Transition.objects.filter(content_type__model="contribution").values_list("verb", flat=True))
    assert verbs == sorted(["submit", "import"] * Contribution.objects.count())
    for document in Document.objects.all():
        with document.file.open("rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == document.sha256
    for file in BatchFile.objects.all():
        assert file.file.storage.exists(file.file.name)


def test_each_row_is_imported_completely_or_not_at_all(copies, monkeypatch):  # noqa: F811
    monkeypatch.setattr(test_kills, "all_is_whole", all_is_whole)
    by = build.user("staff@example.org", is_staff=True, is_superuser=True)
    batch = batches.batch(by, batches.papers(2), batches.rows(2), call=build.call())
    batch.rows.update(state="waiting")
    Batch.objects.update(asked_by=by, moved_at=timezone.now())
    assert workflow.resume_stalled() == 0
    assert walk(copies(), resume, check) > 60
    call_command("check_log")
