"""Numbers of files: those that were public keep theirs, and no gap reveals a file that never was."""

import pytest

from contributions import workflow
from contributions.models import Attachment
from tests import build, gate

pytestmark = pytest.mark.django_db


def numbers(revision):
    """Return {the name under which a file was sent: its number in this revision}."""
    return {row.document.original_name: row.number for row in Attachment.objects.filter(revision=revision)}


def without(record, name):
    workflow.detach(record.draft.attachments.get(document__original_name=name), by=None)


def published(record):
    workflow.publish(build.checked(record), by=None)
    return record


@pytest.fixture
def record():
    return build.contribution(state="draft", attach=[("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c")])


def test_a_file_that_was_removed_before_publication_leaves_no_gap(record, client):
    without(record, "a.txt")
    workflow.submit(record, by=None, consent=True)
    assert numbers(record.newest) == {"b.txt": 2, "c.txt": 3}
    published(record)
    assert numbers(record.shown) == {"b.txt": 1, "c.txt": 2}
    assert client.get(f"{record.get_absolute_url()}files/1/download/").getvalue() == b"b"
    assert gate.is_absent(client, f"{record.get_absolute_url()}files/3/")


def test_a_file_that_was_public_keeps_its_number_and_leaves_it_to_no_other(record):
    workflow.submit(record, by=None, consent=True)
    published(record)
    build.correction(record, sent=False)
    without(record, "b.txt")
    build.attached(record, "d.txt", b"d")
    workflow.submit(record, by=None, consent=True)
    assert numbers(published(record).shown) == {"a.txt": 1, "c.txt": 3, "d.txt": 4}
    build.correction(record, sent=False)
    build.attached(record, "b.txt", b"b")
    workflow.submit(record, by=None, consent=True)
    assert numbers(published(record).shown) == {"a.txt": 1, "c.txt": 3, "d.txt": 4, "b.txt": 5}


def test_the_file_of_a_declined_correction_leaves_no_gap_and_stays_readable_for_reviewers(record, desk, client):
    workflow.submit(record, by=None, consent=True)
    published(record)
    declined = build.correction(record, sent=False)
    build.attached(record, "declined.txt", b"declined")
    workflow.submit(record, by=None, consent=True)
    workflow.decline(record, by=None, note="Not this file.")
    build.correction(record, sent=False)
    build.attached(record, "d.txt", b"d")
    workflow.submit(record, by=None, consent=True)
    published(record)
    assert numbers(record.shown) == {"a.txt": 1, "b.txt": 2, "c.txt": 3, "d.txt": 4}
    assert numbers(declined) == {"a.txt": 1, "b.txt": 2, "c.txt": 3, "declined.txt": 5}
    assert desk.get(f"{record.get_absolute_url()}files/5/download/").getvalue() == b"declined"
    assert gate.is_absent(client, f"{record.get_absolute_url()}files/5/")


def test_a_draft_that_was_begun_before_publication_follows(record):
    without(record, "a.txt")
    workflow.submit(record, by=None, consent=True)
    draft = build.correction(record, sent=False)
    build.attached(record, "d.txt", b"d")
    published(record)
    assert numbers(draft) == {"b.txt": 1, "c.txt": 2, "d.txt": 3}
    workflow.submit(record, by=None, consent=True)
    assert numbers(published(record).shown) == {"b.txt": 1, "c.txt": 2, "d.txt": 3}


def test_numbers_are_kept_when_a_contribution_is_unpublished_and_published_again(record):
    workflow.submit(record, by=None, consent=True)
    before = numbers(published(record).shown)
    workflow.unpublish(record, by=None)
    assert numbers(published(record).shown) == before
