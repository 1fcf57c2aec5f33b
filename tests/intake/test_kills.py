"""A worker killed with -9 before each step of bringing a row in: all of it is there, or nothing, and never twice."""

import hashlib

import pytest
from django.core.management import call_command
from django.utils import timezone

from contributions.models import Attachment, Contribution
from documents.models import Document
from intake import workflow
from intake.batches.bringing import bring_in_waiting
from intake.models import Batch, BatchFile, BatchRow
from publishing.models import Transition
from tests import build
from tests.contributions import test_kills
from tests.contributions.test_kills import copies, walk  # noqa: F401  a fixture

from . import batches

pytestmark = pytest.mark.django_db(transaction=True)


def go_on():
    by = build.get_user_model().objects.get(email="staff@example.org")
    bring_in_waiting(Batch.objects.get(), by)


def look(*, done=False):
    brought = BatchRow.objects.filter(state="done").count()
    assert brought == 2 or not done
    assert Contribution.objects.count() == Attachment.objects.count() == Document.objects.count() == brought
    assert set(Contribution.objects.values_list("state", flat=True)) <= {"submitted"}
    assert BatchRow.objects.filter(state="waiting").count() == 2 - brought


def all_is_whole():
    call_command("check_log")
    verbs = sorted(Transition.objects.filter(content_type__model="contribution").values_list("verb", flat=True))
    assert verbs == sorted(["submit", "import"] * Contribution.objects.count())
    for document in Document.objects.all():
        with document.file.open("rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == document.sha256
    for file in BatchFile.objects.all():
        assert file.file.storage.exists(file.file.name)


def test_a_row_is_brought_in_whole_or_not_at_all(copies, monkeypatch):  # noqa: F811
    monkeypatch.setattr(test_kills, "all_is_whole", all_is_whole)
    by = build.user("staff@example.org", is_staff=True, is_superuser=True)
    batch = batches.batch(by, batches.papers(2), batches.rows(2), call=build.call())
    batch.rows.update(state="waiting")
    Batch.objects.update(asked_by=by, moved_at=timezone.now())
    assert workflow.go_on() == 0
    assert walk(copies(), go_on, look) > 60
    call_command("check_log")
