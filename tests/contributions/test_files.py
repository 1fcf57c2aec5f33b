"""The files of a draft: added, taken out, and gone with it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase

from contributions import workflow
from contributions.models import Attachment, Contribution
from documents.models import Document
from tests import build, files

pytestmark = pytest.mark.django_db


def attach(draft, by, name="a.pdf", **options):
    return workflow.attach(draft, files.upload(name, files.pdf([name])), by=by, **{"language": "en", **options})


def on_disk(document):
    return document.file.storage.exists(document.file.name)


def test_a_file_is_kept_as_it_was_sent(participant):
    draft = build.draft(build.call(), by=participant)
    attachment = attach(draft, participant, language="fr", is_translation=True)
    assert (attachment.language, attachment.is_translation) == ("fr", True)
    assert attachment.document.file.read() == files.pdf(["a.pdf"])


def test_the_last_file_within_the_limit_is_taken_and_the_next_is_not(participant):
    draft = build.draft(build.call(file_limit=2), by=participant)
    attach(draft, participant, "a.pdf")
    attach(draft, participant, "b.pdf")
    with pytest.raises(ValidationError, match="This call takes 2 files at most"):
        attach(draft, participant, "c.pdf")
    assert draft.attachments.count() == Document.objects.count() == 2


def test_a_call_may_take_no_files(participant):
    draft = build.draft(build.call(file_limit=0), by=participant)
    with pytest.raises(ValidationError, match="0 files"):
        attach(draft, participant)
    assert not Document.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "reviewer", "secretary", "anonymous"])
def test_nobody_adds_to_or_takes_from_anothers_draft(request, participant, who):
    by = AnonymousUser() if who == "anonymous" else request.getfixturevalue(who)
    draft = build.draft(build.call(), by=participant)
    attachment = attach(draft, participant)
    with pytest.raises(PermissionDenied):
        attach(draft, by)
    with pytest.raises(PermissionDenied):
        workflow.detach(attachment, by=by)
    assert Attachment.objects.count() == Document.objects.count() == 1
    assert on_disk(attachment.document)


@pytest.mark.parametrize("state", ["submitted", "published", "declined", "withdrawn"])
def test_files_of_what_was_sent_stay_as_they_are(participant, state):
    record = build.contribution(by=participant, state=state, attach=[("a.pdf", files.pdf())])
    with pytest.raises(workflow.WrongStateError):
        attach(record, participant)
    with pytest.raises(workflow.WrongStateError):
        workflow.detach(record.attachments.get(), by=participant)
    assert on_disk(record.attachments.get().document)


def test_a_returned_contribution_takes_another_file(participant):
    record = build.contribution(by=participant, state="returned", attach=[("a.pdf", files.pdf())])
    attach(record, participant)
    assert record.attachments.count() == 2


def test_taking_a_file_out_takes_its_row_and_its_bytes(participant):
    draft = build.draft(build.call(), by=participant)
    gone, kept = attach(draft, participant, "a.pdf"), attach(draft, participant, "b.pdf")
    document = gone.document
    with TestCase.captureOnCommitCallbacks(execute=True):
        workflow.detach(gone, by=participant)
    assert list(draft.attachments.all()) == [kept]
    assert list(Document.objects.all()) == [kept.document]
    assert not on_disk(document)
    assert on_disk(kept.document)


def test_the_bytes_stay_until_the_row_is_gone_for_certain(participant):
    draft = build.draft(build.call(), by=participant)
    attachment = attach(draft, participant)
    document = attachment.document
    with TestCase.captureOnCommitCallbacks() as callbacks:
        workflow.detach(attachment, by=participant)
    assert on_disk(document)
    assert len(callbacks) == 1


def test_discarding_a_draft_takes_all_of_it(participant):
    draft = build.draft(build.call(), by=participant)
    documents = [attach(draft, participant, name).document for name in ("a.pdf", "b.pdf")]
    with TestCase.captureOnCommitCallbacks(execute=True):
        workflow.discard(draft, by=participant)
    assert not Contribution.objects.exists()
    assert not Document.objects.exists()
    assert [on_disk(document) for document in documents] == [False, False]


@pytest.mark.parametrize("state", ["submitted", "returned", "published", "declined", "withdrawn"])
def test_what_was_sent_once_is_not_discarded(participant, state):
    record = build.contribution(by=participant, state=state, attach=[("a.pdf", files.pdf())])
    with pytest.raises(workflow.WrongStateError):
        workflow.discard(record, by=participant)
    assert Contribution.objects.get().state == state
    assert on_disk(record.attachments.get().document)
