"""workflow.delete_expired: what the terms page promises to delete, and what it promises to keep."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from haystack import connections

from contributions import workflow
from contributions.models import Answer, Attachment, Contribution, Invitation, Note, Revision
from contributions.workflow import retention
from documents.models import CleanCopy, Document, Page
from publishing.workflow import delete, unpublish
from tests import build

pytestmark = pytest.mark.django_db


def age(record, days):
    """Make a contribution and its revisions look as if they had been saved last that many days ago."""
    moment = timezone.now() - timedelta(days=days)
    Contribution.objects.filter(pk=record.pk).update(updated_at=moment)
    Contribution.objects.filter(pk=record.pk).exclude(withdrawn_at=None).update(withdrawn_at=moment)
    record.revisions.update(updated_at=moment)
    record.revisions.exclude(declined_at=None).update(declined_at=moment)


@pytest.fixture
def forget(django_capture_on_commit_callbacks):
    def run(**options):
        with django_capture_on_commit_callbacks(execute=True):
            return workflow.delete_expired(**options)

    return run


def full(participant, state):
    """A contribution with everything that can be in one."""
    call = build.call()
    question = call.questions.create(number=1, text="What do you see?")
    words = {"organization_name": "Zebrahaus", "person_name": "Ibex", "signers": "Okapi", "title": "Quagga"}
    draft = build.draft(call, by=participant, text="Gnus.", **words)
    Invitation.objects.create(call=call, organization_name="Zebrahaus", email="z@example.org", contribution=draft)
    workflow.save(draft.draft, by=participant, answers={question: "Wombats."})
    build.attached(draft, "wombat.txt", b"A wombat", by=participant)
    if state != "draft":
        workflow.submit(draft, by=participant, consent=True)
        draft.topics.add(build.topic())
        Note.objects.create(contribution=draft, text="The wombat again.")
    if state == "withdrawn":
        build.correction(draft, by=participant, title="Quagga again")
        workflow.withdraw(draft, by=participant)
    if state == "declined":
        workflow.decline(draft, by=None, note="Not on the subject.")
    return draft


def stored_files():
    rows = [*Document.objects.all(), *CleanCopy.objects.all()]
    return [(row.file.storage, row.file.name) for row in rows]


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_words_names_and_files_are_deleted_and_reference_log_and_receipt_stay(
    participant, forget, settings, client, state
):
    record = full(participant, state)
    files, codes = stored_files(), list(Revision.objects.values_list("receipt_code", "sent_files", "log_digest"))
    log = list(record.transitions.values_list("digest", flat=True))
    age(record, settings.WITHDRAWN_DAYS + 1)
    assert forget() == (0, 1)
    stored = Contribution.objects.get()
    assert (stored.state, stored.reference) == (state, record.reference)
    assert (stored.filer, stored.organization, list(stored.topics.all())) == (None, None, [])
    for revision in Revision.objects.all():
        words = (revision.organization_name, revision.person_name, revision.signers, revision.title, revision.text)
        assert words == ("",) * 5
    for model in (Answer, Attachment, Document, CleanCopy, Page, Note, Invitation):
        assert not model.objects.exists()
    assert [storage.exists(name) for storage, name in files] == [False] * len(files)
    assert list(Revision.objects.values_list("receipt_code", "sent_files", "log_digest")) == codes
    assert list(record.transitions.values_list("digest", flat=True))[1:] == log
    assert stored.transitions.first().verb == "erase"
    call_command("check_log")
    receipt = {"reference": record.reference, "code": codes[0][0]}
    assert "This receipt is genuine." in client.post("/contributions/check/", receipt).content.decode()


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_nothing_is_deleted_before_its_time(participant, forget, settings, state):
    record = full(participant, state)
    age(record, settings.WITHDRAWN_DAYS - 1)
    assert forget() == (0, 0)
    assert Contribution.objects.get().title.startswith("Quagga")
    assert Document.objects.exists()


def test_deleting_again_deletes_nothing_more(participant, forget, settings):
    age(full(participant, "withdrawn"), settings.WITHDRAWN_DAYS + 1)
    assert [forget(), forget()] == [(0, 1), (0, 0)]


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted", "published"])
def test_open_contributions_are_never_emptied(participant, forget, state):
    record = build.contribution(by=participant, state=state)
    age(record, 10_000)
    assert forget() == (0, 0)
    assert Contribution.objects.get().title == "What we saw"


def test_a_stale_draft_is_deleted_with_its_files(participant, forget, settings):
    draft = full(participant, "draft")
    files = stored_files()
    age(draft, settings.DRAFT_DAYS + 1)
    assert forget() == (1, 0)
    assert not Contribution.objects.exists()
    assert [storage.exists(name) for storage, name in files] == [False] * len(files)


@pytest.mark.parametrize("touched", ["words", "file", "no file"])
def test_a_draft_that_was_changed_recently_stays(participant, forget, settings, touched):
    draft = full(participant, "draft")
    age(draft, settings.DRAFT_DAYS + 1)
    if touched == "words":
        workflow.save(draft.draft, by=participant, title="Still here")
    elif touched == "file":
        build.attached(draft, "new.txt", b"New", by=participant)
    else:
        workflow.detach(draft.draft.attachments.get(), by=participant)
    assert forget() == (0, 0)
    assert Contribution.objects.exists()


def test_a_tombstone_stays(participant, forget, settings, client):
    record = build.contribution(by=participant)
    workflow.withdraw(record, by=participant)
    age(record, settings.WITHDRAWN_DAYS + 1)
    forget()
    assert client.get(record.get_absolute_url()).status_code == 410


def test_a_stale_correction_is_deleted_and_the_submitted_revision_stays(participant, forget, settings):
    record = build.contribution(by=participant)
    build.correction(record, by=participant, sent=False, text="Never sent")
    age(record, settings.DRAFT_DAYS + 1)
    assert forget() == (1, 0)
    assert [revision.text for revision in Revision.objects.all()] == ["Our account."]


def test_a_declined_correction_is_emptied_and_the_public_revision_stays(participant, forget, settings):
    record = build.contribution(by=participant)
    build.correction(record, by=participant, text="Declined words")
    workflow.decline(record, by=None, note="No.")
    age(record, settings.WITHDRAWN_DAYS + 1)
    assert [forget(), forget()] == [(0, 1), (0, 0)]
    assert [revision.text for revision in Revision.objects.all()] == ["Our account.", ""]
    assert Contribution.objects.published().get().title == "What we saw"


def test_later_changes_by_staff_do_not_delay_the_deletion(participant, forget, settings):
    record = build.contribution(by=participant, state="withdrawn")
    age(record, settings.WITHDRAWN_DAYS + 1)
    Contribution.objects.update(updated_at=timezone.now())
    assert forget() == (0, 1)


def test_a_draft_that_is_submitted_meanwhile_is_kept_and_stops_nothing(participant, forget, settings, monkeypatch):
    drafts = [build.draft(build.call(), by=participant) for _ in range(2)]
    for draft in drafts:
        age(draft, settings.DRAFT_DAYS + 1)
    discard = retention.discard

    def discard_after_the_other_was_sent(contribution, *, by):
        [other] = [draft for draft in drafts if draft.pk != contribution.pk]
        workflow.submit(other, by=participant, consent=True)
        discard(contribution, by=by)

    monkeypatch.setattr(retention, "discard", discard_after_the_other_was_sent)
    assert forget() == (1, 0)
    assert Contribution.objects.get().state == "submitted"


def test_a_contribution_that_staff_correct_meanwhile_keeps_its_words(
    participant, secretary, forget, settings, monkeypatch
):
    records = [build.contribution(by=participant, state="declined", title=f"Title {number}") for number in range(2)]
    for record in records:
        age(record, settings.WITHDRAWN_DAYS + 1)
    empty = retention._empty_if_closed
    corrected = []

    def empty_after_the_other_was_corrected(contribution):
        for other in records:
            if other.pk != contribution.pk and not corrected:
                workflow.correct(other, workflow.Correction("It was on topic.", {"title": "Kept"}), by=secretary)
                corrected.append(other)
        return empty(contribution)

    monkeypatch.setattr(retention, "_empty_if_closed", empty_after_the_other_was_corrected)
    forget()
    assert Revision.objects.get(contribution=corrected[0], title="Kept").text == "Our account."
    assert Contribution.objects.get(pk=corrected[0].pk).filer == participant


def test_no_deleted_word_stays_in_the_files_of_the_index(participant, forget, settings):
    call_command("rebuild_index", noinput=True)
    kept = [build.contribution(build.call(), text=f"Keep number {number}") for number in range(8)]
    record = build.contribution(by=participant, text="Xylophonia stood here")
    call_command("rebuild_index", noinput=True)
    folder = Path(connections["default"].options["PATH"])
    assert has_word(folder, b"xylophonia")
    workflow.withdraw(record, by=participant)
    age(record, settings.WITHDRAWN_DAYS + 1)
    forget()
    assert not has_word(folder, b"xylophonia")
    assert len(kept) == 8


def test_neither_does_one_if_the_process_dies_after_it_was_deleted(participant, forget, settings, monkeypatch):
    kept = [build.contribution(build.call(), text=f"Keep number {number}") for number in range(8)]
    record = build.contribution(by=participant, text="Xylophonia stood here")
    call_command("rebuild_index", noinput=True)
    folder = Path(connections["default"].options["PATH"])
    workflow.withdraw(record, by=participant)
    age(record, settings.WITHDRAWN_DAYS + 1)
    assert has_word(folder, b"xylophonia")
    delete = retention._empty_if_closed

    def delete_and_die(contribution):
        delete(contribution)
        raise SystemExit

    monkeypatch.setattr(retention, "_empty_if_closed", delete_and_die)
    with pytest.raises(SystemExit):
        forget()
    assert not has_word(folder, b"xylophonia")
    assert len(kept) == 8


def test_words_of_a_deleted_record_leave_the_files_of_the_index_once_it_cannot_be_restored(
    django_capture_on_commit_callbacks,
):
    kept = [build.dialogue(title=f"Keep number {number}") for number in range(8)]
    record = build.dialogue(title="Xylophonia")
    call_command("rebuild_index", noinput=True)
    folder = Path(connections["default"].options["PATH"])
    with django_capture_on_commit_callbacks(execute=True):
        unpublish(record, by=None)
        deletion = delete(record, by=None)
        call_command("delete_expired_records")
    assert has_word(folder, b"xylophonia")
    type(deletion).objects.update(at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("delete_expired_records")
    assert not has_word(folder, b"xylophonia")
    assert len(kept) == 8


def has_word(folder, word):
    return any(word in path.read_bytes().lower() for path in folder.rglob("*") if path.is_file())


def test_addresses_of_invitations_that_nobody_used_are_deleted_with_time(participant, forget, settings):
    def invited(name, call, **fields):
        return Invitation.objects.create(call=call, organization_name=name, email="z@example.org", **fields)

    old = settings.WITHDRAWN_DAYS + 1
    closed, moment = build.call(opens=-old - 1, closes=-old), timezone.now() - timedelta(days=old)
    invited("Over", closed)
    invited("Late still", closed, late_until=timezone.now())
    invited("Withdrawn", build.call(), withdrawn_at=moment)
    invited("Used", closed, contribution=build.draft(build.call(), by=participant))
    invited("Open", build.call())
    forget()
    assert set(Invitation.objects.values_list("organization_name", flat=True)) == {"Late still", "Used", "Open"}
