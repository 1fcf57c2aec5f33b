"""Corrections by staff of what has no filer: each is a new revision with a reason, to be reviewed and published."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from contributions import workflow
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


def page(record):
    return reverse("admin:contributions_contribution_correct", args=[record.pk])


def review_page(record):
    return reverse("desk:review-page", args=[record.reference])


def data_of(browser, record, **changes):
    """Return what the form of a contribution would send, with these changes."""
    form = browser.get(page(record)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    return {"revision": record.newest.number, **sent, "reason": "The list had it wrong.", **changes}


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
    assert error.value.message_dict == {"reason": ["Say why, for the log."]}
    with pytest.raises(ValidationError) as error:
        workflow.correct(imported, Correction("Why", {"title": " "}), by=reviewer)
    assert error.value.message_dict == {"title": ["Give the contribution a title."]}
    assert Revision.objects.count() == 1


def test_staff_correct_neither_what_a_sender_filed_nor_what_is_withdrawn(participant, reviewer):
    filed = build.contribution(by=participant, state="submitted")
    for record in (filed, build.contribution(state="withdrawn")):
        with pytest.raises(WrongStateError, match="Staff can't correct this"):
            workflow.correct(record, Correction("Why", {"title": "Other"}), by=reviewer)
    assert Revision.objects.count() == 2


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


def test_the_page_corrects_a_contribution(imported, desk):
    assert page(imported) in desk.get(review_page(imported)).content.decode()
    (file,) = imported.newest.attachments.all()
    changes = {"title": "Right", "received_on": "2026-02-03", f"file_{file.document_id}_language": "ru"}
    response = desk.post(page(imported), data_of(desk, imported, **changes))
    assert (response.status_code, response.url) == (302, review_page(imported))
    newest = Contribution.objects.get().newest
    assert (newest.number, newest.title, str(newest.received_on)) == (2, "Right", "2026-02-03")
    assert newest.attachments.get().language == "ru"
    assert "Corrected as revision 2." in desk.get(review_page(imported)).content.decode()


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(imported, desk):
    html = desk.post(page(imported), data_of(desk, imported)).content.decode()
    assert "Nothing is changed yet." in html
    html = desk.post(page(imported), data_of(desk, imported, title="Typed", person_name="", appear_as="named"))
    assert "Write the name that should appear" in html.content.decode()
    assert 'value="Typed"' in html.content.decode()
    html = desk.post(page(imported), data_of(desk, imported, title="Typed", revision="7")).content.decode()
    assert "A newer revision was sent meanwhile" in html
    assert Revision.objects.count() == 1


def test_the_page_is_for_reviewers_and_for_what_has_no_sender(imported, participant, browser_of, desk):
    assert browser_of(participant).get(page(imported)).status_code == 302
    helper = build.user("helper@example.org", is_staff=True)
    assert browser_of(helper).post(page(imported), {"title": "Other"}).status_code in (403, 404)
    filed = build.contribution(by=participant, state="submitted")
    assert page(filed) not in desk.get(review_page(filed)).content.decode()
    assert desk.get(page(filed)).url == review_page(filed)


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
