"""Corrections by staff: each is a new revision with a reason, to be reviewed and published."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from contributions import workflow
from contributions.arrival import arrival_sentences
from contributions.models import Attachment, Contribution, Revision
from contributions.workflow import Correction, FileCorrection, WrongStateError
from dialogues.models import Organization
from documents.models import Document
from publishing.models import Transition
from tests import build, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported():
    """A published contribution that was imported, with a file."""
    made = build.contribution(title="Wrong title", language="en", attach=[("a.txt", b"The account of the harbour.")])
    Contribution.objects.update(is_imported=True)
    made.refresh_from_db()
    return made


def review_page(record):
    return reverse("desk:review-page", args=[record.reference])


def test_a_correction_is_a_new_revision_and_the_old_one_stays_public(imported, reviewer):
    old = imported.newest
    revision = workflow.correct(
        imported, Correction("A typing error.", {"title": "Right title", "language": "fr"}), by=reviewer
    )
    assert (revision.number, imported.newest, imported.shown, imported.state) == (2, revision, old, "submitted")
    assert (revision.title, revision.language, revision.text) == ("Right title", "fr", old.text)
    assert Revision.objects.get(pk=old.pk).title == "Wrong title"
    assert [file.document for file in revision.attachments.all()] == [file.document for file in old.attachments.all()]
    entry = Transition.objects.first()
    assert (entry.verb, entry.part, entry.actor, entry.note) == ("correct", "staff", reviewer, "A typing error.")
    workflow.publish(build.checked(imported), by=reviewer)
    assert Contribution.objects.published().get().shown == revision


def test_files_are_corrected_removed_and_added(imported, reviewer):
    (old,) = imported.newest.attachments.all()
    kept = {old.document_id: FileCorrection("es", is_translation=True, appear_as="anonymous")}
    new = files.upload("b.txt", b"Another account.")
    revision = workflow.correct(imported, Correction("Why", files=kept, added=[(new, "ar")]), by=reviewer)
    assert list(revision.attachments.values_list("language", "is_translation", "appear_as")) == [
        ("es", True, "anonymous"), ("ar", False, ""),
    ]  # fmt: skip
    revision = workflow.correct(imported, Correction("Why", files={}), by=reviewer)
    assert not revision.attachments.exists()
    assert Attachment.objects.get(revision__number=1).document == old.document
    assert Document.objects.count() == 2


def test_the_organization_on_record_and_its_country_are_corrected(imported, secretary):
    body = Organization.objects.create(name="Open Door")
    workflow.correct(imported, Correction("Why", organization=body, country="AT"), by=secretary)
    assert Contribution.objects.get().organization == body
    assert Organization.objects.get().country == "AT"
    assert (body.history.first().history_user, body.history.first().history_change_reason) == (secretary, "Why")
    assert Transition.objects.first().facts["organization"] == [None, body.pk]


def test_only_users_who_may_change_organizations_change_a_country(imported, reviewer):
    body = Organization.objects.create(name="Open Door")
    with pytest.raises(PermissionDenied):
        workflow.correct(imported, Correction("Why", organization=body, country="AT"), by=reviewer)
    assert (Revision.objects.count(), Contribution.objects.get().organization) == (1, None)


def test_a_correction_needs_a_reason_and_all_that_a_submission_needs(imported, reviewer):
    with pytest.raises(ValidationError) as error:
        workflow.correct(imported, Correction(" ", {"title": "Right"}), by=reviewer)
    assert error.value.message_dict == {"reason": ["Give a reason for the log."]}
    with pytest.raises(ValidationError) as error:
        workflow.correct(imported, Correction("Why", {"title": " "}), by=reviewer)
    assert error.value.message_dict == {"title": ["Enter a title."]}
    assert Revision.objects.count() == 1


def test_staff_do_not_correct_what_is_withdrawn(participant, reviewer):
    for record in (build.contribution(by=participant, state="withdrawn"), build.contribution(state="withdrawn")):
        with pytest.raises(WrongStateError, match="is withdrawn"):
            workflow.correct(record, Correction("Why", {"title": "Other"}), by=reviewer)
    assert Revision.objects.count() == 2


@pytest.fixture
def filed(participant):
    """A published contribution that a participant filed, with the name of the organization and a file."""
    return build.contribution(by=participant, attach=[("a.txt", b"The account of the harbour.")])


def test_staff_correct_what_was_filed_as_the_secretariat(filed, participant, reviewer, mailoutbox):
    old = filed.newest
    revision = workflow.correct(filed, Correction("A telephone number.", {"text": "Our account."}), by=reviewer)
    assert (revision.number, revision.by_staff, filed.newest, filed.shown) == (2, True, revision, old)
    assert (revision.consented_at, Revision.objects.get(pk=old.pk).by_staff) == (old.consented_at, False)
    letter = mailoutbox[-1]
    assert letter.to == [participant.email]
    assert "corrected by the secretariat" in letter.subject
    assert "A telephone number." in letter.body
    assert revision.receipt_code not in letter.body


def test_the_letter_of_what_was_imported_goes_to_nobody(imported, reviewer, mailoutbox):
    workflow.correct(imported, Correction("Why", {"title": "Right"}), by=reviewer)
    assert mailoutbox == []


def test_the_next_revision_of_the_sender_is_their_own(filed, participant, reviewer):
    workflow.correct(filed, Correction("Why", {"title": "By staff"}), by=reviewer)
    revision = build.correction(filed, by=participant)
    revision.refresh_from_db()
    assert (revision.number, revision.title, revision.by_staff) == (3, "By staff", False)


def test_the_draft_of_its_sender_stays_and_comes_after_the_correction(filed, participant, reviewer, filer):
    draft = build.correction(filed, by=participant, sent=False, text="My own words.")
    own = reverse("contributions:draft", args=[filed.key])
    assert "after you began to correct it" not in filer.get(own).content.decode()
    revision = workflow.correct(filed, Correction("Why", {"title": "By staff"}), by=reviewer)
    assert "after you began to correct it" in filer.get(own).content.decode()
    draft.refresh_from_db()
    assert (revision.number, draft.number, draft.text, draft.sent_at) == (2, 3, "My own words.", None)
    workflow.submit(filed, by=participant, consent=True)
    assert (filed.newest, filed.newest.title) == (draft, "What we saw")
    assert arrival_sentences(filed.newest) == ["Begun before the secretariat corrected revision 2: compare the two."]


@pytest.mark.parametrize(
    ("chosen", "wanted", "may"),
    [("named", "anonymous", True), ("organization", "organization", True), ("organization", "named", False),
     ("anonymous", "organization", False)],
)  # fmt: skip
def test_staff_hide_names_of_a_sender_and_show_none(participant, reviewer, chosen, wanted, may):
    record = build.contribution(by=participant, appear_as=chosen, person_name="Ana Sample")
    correction = Correction("Why", {"appear_as": wanted})
    if may:
        assert workflow.correct(record, correction, by=reviewer).appear_as == wanted
        return
    with pytest.raises(ValidationError) as error:
        workflow.correct(record, correction, by=reviewer)
    assert list(error.value.message_dict) == ["appear_as"]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(("signers", "may"), [("Door, corrected", True), ("", True), ("Door\nAnother", False)])
def test_staff_correct_the_signers_of_a_sender_and_add_none(participant, reviewer, signers, may):
    record = build.contribution(by=participant, signers="Dor")
    if may:
        assert workflow.correct(record, Correction("Why", {"signers": signers}), by=reviewer).signers == signers
        return
    with pytest.raises(ValidationError) as error:
        workflow.correct(record, Correction("Why", {"signers": signers}), by=reviewer)
    assert list(error.value.message_dict) == ["signers"]


@pytest.mark.parametrize(
    ("signers", "shown"), [("Birch\nAlder", ["Alder"]), ("Alder Union\nBirch", ["Alder Union"])], ids=["order", "name"]
)
def test_a_signer_is_confirmed_by_another_spelling_and_not_by_another_place(participant, reviewer, signers, shown):
    record = build.contribution(by=participant, signers="Alder\nBirch", confirmed_signers=["Alder"])
    corrected = workflow.correct(record, Correction("Why", {"signers": signers}), by=reviewer)
    assert corrected.public_signers == shown


def test_staff_hide_the_names_on_a_file_and_show_none(filed, participant, reviewer):
    (file,) = filed.newest.attachments.all()
    workflow.correct(
        filed, Correction("Why", files={file.document_id: FileCorrection("en", False, "anonymous")}), by=reviewer
    )
    with pytest.raises(ValidationError) as error:
        workflow.correct(filed, Correction("Why", files={file.document_id: FileCorrection("en")}), by=reviewer)
    assert list(error.value.message_dict) == [f"file_{file.document_id}_appear_as"]


def test_the_choice_of_a_sender_holds_after_their_account_is_deleted(filed, participant, reviewer):
    participant.delete()
    filed.refresh_from_db()
    with pytest.raises(ValidationError):
        workflow.correct(filed, Correction("Why", {"appear_as": "named", "person_name": "Ana Sample"}), by=reviewer)


def test_the_names_of_what_was_imported_are_corrected_either_way(imported, reviewer):
    fields = {"appear_as": "named", "person_name": "Ana Sample"}
    assert workflow.correct(imported, Correction("Why", fields), by=reviewer).appear_as == "named"


def test_readers_are_told_whose_correction_it_is(filed, participant, reviewer, client):
    workflow.correct(filed, Correction("Why", {"title": "By staff"}), by=reviewer)
    assert "By the secretariat" not in client.get(filed.get_absolute_url()).content.decode()
    workflow.publish(build.checked(filed), by=reviewer)
    html = client.get(filed.get_absolute_url()).content.decode()
    assert "By the secretariat, not by the sender" in html
    assert "corrected by the secretariat" in html  # in the citation
    build.correction(filed, by=participant, title="My own")
    workflow.publish(build.checked(filed), by=reviewer)
    assert "secretariat, not by the sender" not in client.get(filed.get_absolute_url()).content.decode()


def test_a_correction_before_publication_is_told_in_the_citation(participant, reviewer, client):
    record = build.contribution(by=participant, state="submitted")
    workflow.correct(record, Correction("Why", {"title": "By staff"}), by=reviewer)
    workflow.publish(build.checked(record), by=reviewer)
    assert "with corrections by the secretariat" in client.get(record.get_absolute_url()).content.decode()


def test_a_sender_has_receipts_of_what_they_sent_alone(filed, reviewer, filer):
    workflow.correct(filed, Correction("For accuracy", {"title": "By staff"}), by=reviewer)
    html = filer.get(reverse("contributions:draft", args=[filed.key])).content.decode()
    assert "Corrected by the secretariat" in html
    assert "For accuracy" in html
    assert reverse("contributions:receipt", args=[filed.key, 1]) in html
    assert reverse("contributions:receipt", args=[filed.key, 2]) not in html
    assert filer.get(reverse("contributions:receipt", args=[filed.key, 2])).status_code == 404
    receipt = filer.get(reverse("contributions:receipt", args=[filed.key]))
    assert receipt.context["revision"].number == 1


def test_reviewers_are_told_whose_correction_it_is(filed, reviewer, desk):
    workflow.correct(filed, Correction("Why", {"title": "By staff"}), by=reviewer)
    assert "Corrected by the secretariat." in desk.get(review_page(filed)).content.decode()


@pytest.mark.parametrize("state", ["submitted", "accepted", "published", "declined"])
def test_a_contribution_without_a_sender_is_corrected_in_each_state(reviewer, state):
    record = build.contribution(state=state)
    new = files.upload("b.txt", b"Another account.")
    workflow.correct(record, Correction("Why", {"title": "Other"}, added=[(new, "en")]), by=reviewer)
    assert (record.state, record.newest.title) == ("submitted", "Other")
    assert record.newest.attachments.count() == 1


def test_a_correction_of_an_outdated_revision_is_refused(imported, reviewer):
    workflow.correct(imported, Correction("Why", {"title": "First"}), by=reviewer, seen=1)
    with pytest.raises(WrongStateError, match="A newer revision"):
        workflow.correct(imported, Correction("Why", {"title": "Second"}), by=reviewer, seen=1)


@pytest.mark.parametrize("who", ["stranger", "participant"])
def test_only_reviewers_correct(imported, who, request):
    with pytest.raises(PermissionDenied):
        workflow.correct(imported, Correction("Why", {"title": "Other"}), by=request.getfixturevalue(who))
    assert Revision.objects.count() == 1


def test_nobody_is_asked_for_changes_where_there_is_no_sender(imported, participant, reviewer, desk):
    workflow.unpublish(imported, by=reviewer)
    html = desk.get(review_page(imported)).content.decode()
    assert 'value="request_changes"' not in html
    assert "Message to the sender" not in html
    with pytest.raises(WrongStateError, match="no sender in the portal"):
        workflow.request_changes(imported, by=reviewer, note="Leave it out.")
    filed = build.contribution(by=participant, state="submitted")
    html = desk.get(review_page(filed)).content.decode()
    assert 'value="request_changes"' in html
    assert "Message to the sender" in html


def test_declining_what_has_no_sender_asks_for_a_reason(imported, reviewer):
    workflow.unpublish(imported, by=reviewer)
    with pytest.raises(ValidationError, match="Write the reason, for the log"):
        workflow.decline(imported, by=reviewer, note=" ")
    workflow.decline(imported, by=reviewer, note="Not on the subject.")
    assert Contribution.objects.get().state == "declined"
