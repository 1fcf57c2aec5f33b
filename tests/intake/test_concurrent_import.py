"""Two workers import the same batch, and two batches contain the same files."""

import pytest

from contributions.models import Attachment, Contribution
from documents.models import Document
from intake.models import BatchRow
from intake.tasks import import_waiting_rows
from tests import build
from tests.at_once import at_once

from . import batch_builders as batches

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_row_and_file_is_imported_once():
    by = build.user("staff@example.org", is_staff=True, is_superuser=True)
    call = build.call()
    made = [batches.batch(by, batches.papers(4), batches.rows(4), call=call) for _ in range(2)]
    BatchRow.objects.update(state="waiting")
    works = [lambda batch=batch: import_waiting_rows(batch, by) for batch in made * 2]
    assert at_once(works) == []
    assert Contribution.objects.count() == Attachment.objects.count() == Document.objects.count() == 4
    states = list(BatchRow.objects.values_list("state", flat=True))
    assert (states.count("done"), states.count("open")) == (4, 4)
    errors = set(BatchRow.objects.filter(state="open").values_list("error", flat=True))
    assert all(error.startswith("This file is there already, in TIP-") for error in errors)
