"""The files of a draft: attached, removed and deleted with it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase

from contributions import workflow
from contributions.models import Attachment, Contribution
from documents.models import Document
from tests import build, files

pytestmark = pytest.mark.django_db


def attach(draft, by, name="a.txt", **options):
    return workflow.attach(draft.draft, files.upload(name, name.encode()), by=by, **{"language": "en", **options})


def on_disk(document):
    return document.file.storage.exists(document.file.name)


def test_a_file_is_kept_as_it_was_uploaded(participant):
    draft = build.draft(build.call(), by=participant)
    attachment = attach(draft, participant, language="fr", is_translation=True)
    assert (attachment.language, attachment.is_translation) == ("fr", True)
    assert attachment.document.file.read() == b"a.txt"


def test_the_last_file_within_the_limit_is_accepted_and_the_next_is_refused(participant):
    draft = build.draft(build.call(file_limit=2), by=participant)
    attach(draft, participant, "a.txt")
    attach(draft, participant, "b.txt")
    with pytest.raises(ValidationError, match="This call accepts up to 2 files"):
        attach(draft, participant, "c.txt")
    assert draft.draft.attachments.count() == Document.objects.count() == 2


def test_a_call_may_accept_no_files(participant):
    draft = build.draft(build.call(file_limit=0), by=participant)
    with pytest.raises(ValidationError, match="0 files"):
        attach(draft, participant)
    assert not Document.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "reviewer", "secretary", "anonymous"])
def test_nobody_attaches_to_or_detaches_from_the_draft_of_another(request, participant, who):
    by = AnonymousUser() if who == "anonymous" else request.getfixturevalue(who)
    draft = build.draft(build.call(), by=participant)
    attachment = attach(draft, participant)
    with pytest.raises(PermissionDenied):
        attach(draft, by)
    with pytest.raises(PermissionDenied):
        workflow.detach(attachment, by=by)
    assert Attachment.objects.count() == Document.objects.count() == 1
    assert on_disk(attachment.document)


@pytest.mark.parametrize("state", ["submitted", "published", "returned", "declined", "withdrawn"])
def test_files_of_a_submitted_revision_do_not_change(participant, state):
    record = build.contribution(by=participant, state=state, attach=[("a.txt", b"words")])
    sent = record.newest.attachments.get()
    with pytest.raises(workflow.WrongStateError):
        workflow.attach(record.newest, files.upload("b.txt", b"more"), by=participant, language="en")
    with pytest.raises(workflow.WrongStateError):
        workflow.detach(sent, by=participant)
    assert on_disk(sent.document)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("state", ["submitted", "published", "returned"])
def test_a_file_added_to_a_correction_is_not_in_the_submitted_revision(participant, state):
    record = build.contribution(by=participant, state=state, attach=[("a.txt", b"words")])
    revision = build.correction(record, by=participant, sent=False)
    attach(record, participant, "b.txt")
    assert [attachment.number for attachment in revision.attachments.all()] == [1, 2]
    assert [attachment.number for attachment in record.newest.attachments.all()] == [1]


def test_a_file_removed_from_a_correction_stays_in_the_submitted_revision(participant):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    revision = build.correction(record, by=participant, sent=False)
    document = revision.attachments.get().document
    with TestCase.captureOnCommitCallbacks(execute=True):
        workflow.detach(revision.attachments.get(), by=participant)
    assert not revision.attachments.exists()
    assert record.newest.attachments.get().document == document
    assert on_disk(document)


def test_a_number_belongs_to_one_file_for_ever(participant):
    record = build.contribution(by=participant, attach=[("a.txt", b"a"), ("b.txt", b"b")])
    revision = build.correction(record, by=participant, sent=False)
    workflow.detach(revision.attachments.get(number=2), by=participant)
    attach(record, participant, "c.txt")
    assert [attachment.number for attachment in revision.attachments.all()] == [1, 3]


def test_a_call_limits_the_size_of_files(participant):
    draft = build.draft(build.call(file_megabytes=1), by=participant)
    upload = files.upload("a.txt", b"a" * 1024 * 1024)
    upload.kind = "txt"
    workflow.attach(draft.draft, upload, by=participant, language="en")
    with pytest.raises(ValidationError, match="This call accepts files of up to 1 MB"):
        workflow.attach(draft.draft, files.upload("b.txt", b"b" * (1024 * 1024 + 1)), by=participant, language="en")
    assert Document.objects.count() == 1


def test_the_same_file_twice_is_one_attachment_even_at_the_limit(participant):
    draft = build.draft(build.call(file_limit=1), by=participant)
    first = attach(draft, participant)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert attach(draft, participant) == first
    assert Attachment.objects.count() == Document.objects.count() == 1
    assert on_disk(first.document)


def test_removing_a_file_deletes_its_row_and_its_bytes(participant):
    draft = build.draft(build.call(), by=participant)
    gone, kept = attach(draft, participant, "a.txt"), attach(draft, participant, "b.txt")
    document = gone.document
    with TestCase.captureOnCommitCallbacks(execute=True):
        workflow.detach(gone, by=participant)
    assert list(draft.draft.attachments.all()) == [kept]
    assert list(Document.objects.all()) == [kept.document]
    assert not on_disk(document)
    assert on_disk(kept.document)


def test_the_bytes_stay_until_the_transaction_is_committed(participant):
    draft = build.draft(build.call(), by=participant)
    attachment = attach(draft, participant)
    document = attachment.document
    with TestCase.captureOnCommitCallbacks() as callbacks:
        workflow.detach(attachment, by=participant)
    assert on_disk(document)
    assert len(callbacks) == 1


def test_discarding_a_draft_deletes_all_of_it(participant):
    draft = build.draft(build.call(), by=participant)
    documents = [attach(draft, participant, name).document for name in ("a.txt", "b.txt")]
    with TestCase.captureOnCommitCallbacks(execute=True):
        workflow.discard(draft, by=participant)
    assert not Contribution.objects.exists()
    assert not Document.objects.exists()
    assert [on_disk(document) for document in documents] == [False, False]


@pytest.mark.parametrize("state", ["submitted", "returned", "published", "declined", "withdrawn"])
def test_a_submitted_contribution_is_not_discarded(participant, state):
    record = build.contribution(by=participant, state=state, attach=[("a.txt", b"words")])
    with pytest.raises(workflow.WrongStateError):
        workflow.discard(record, by=participant)
    assert Contribution.objects.get().state == state
    assert on_disk(record.newest.attachments.get().document)


def test_discarding_a_correction_keeps_the_submitted_revision_and_its_files(participant):
    record = build.contribution(by=participant, attach=[("a.txt", b"words")])
    build.correction(record, by=participant, sent=False)
    extra = attach(record, participant, "b.txt").document
    with TestCase.captureOnCommitCallbacks(execute=True):
        workflow.discard(record, by=participant)
    stored = Contribution.objects.get()
    assert (stored.state, stored.draft, stored.revisions.count()) == ("published", None, 1)
    assert on_disk(stored.shown.attachments.get().document)
    assert not on_disk(extra)


def test_a_file_shows_fewer_names_than_the_contribution_and_never_more(participant):
    draft = build.draft(build.call(), by=participant, appear_as="organization")
    attachment = attach(draft, participant)
    for chosen, person, body in (("", "", "Open Door"), ("anonymous", "", ""), ("named", "", "Open Door")):
        workflow.set_file_bylines(draft.draft, {attachment: chosen}, by=participant)
        stored = Attachment.objects.get()
        assert (stored.byline.person, stored.byline.organization) == (person, body)


def test_the_filer_sets_the_byline_of_a_file_and_a_correction_keeps_it(participant, stranger):
    draft = build.draft(build.call(), by=participant)
    attachment = attach(draft, participant)
    with pytest.raises(PermissionDenied):
        workflow.set_file_bylines(draft.draft, {attachment: "anonymous"}, by=stranger)
    workflow.set_file_bylines(draft.draft, {attachment: "anonymous"}, by=participant)
    workflow.submit(draft, by=participant, consent=True)
    with pytest.raises(workflow.WrongStateError):
        workflow.set_file_bylines(draft.newest, {attachment: ""}, by=participant)
    assert build.correction(draft, by=participant, sent=False).attachments.get().appear_as == "anonymous"
