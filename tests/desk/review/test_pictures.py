"""A reviewer turns pages of a held file into pictures: the sender is told, and the copy is looked at."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from contributions import workflow
from contributions.models import Attachment, Contribution, Membership
from documents.cleaning.pdf.unseen import removal
from documents.models import Document, Fault, State
from publishing.models import Transition
from tests import build, planted, planted_canvas, planted_unseen_pdf
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(participant, monkeypatch):
    """A contribution that waits for review, with a PDF of which it can't be told what people see on page 2."""

    def raise_error(drawn, glyphs):
        raise removal.UncertainError

    monkeypatch.setattr(removal, "judge", raise_error)
    content = planted_canvas.pdf(lambda canvas: canvas.drawString(72, 700, "SHOWN here"), planted_unseen_pdf.black_box)
    record = build.draft(build.call(), by=participant)
    build.attached(record, content=content, cleaned=False, by=participant)
    workflow.submit(record, by=participant, consent=True)
    mail.outbox.clear()
    return Contribution.objects.get(pk=record.pk)


def page(record):
    return f"/desk/review/{record.reference}/"


def address(record):
    return f"{page(record)}files/1/pictures/"


def test_the_pages_become_pictures_and_the_sender_is_told(desk, held, participant):
    assert Document.objects.get().fault == Fault.UNSEEN
    assert shows(desk, page(held), "Turn these pages into pictures", "Look at page 2.")
    answer = desk.post(address(held))
    assert answer.headers["Location"].startswith(page(held))
    document = Document.objects.get()
    assert (document.state, document.fault, document.pictured_pages) == (State.READ, "", [2])
    with document.copy.file.open("rb") as copy:
        assert planted.left(copy.read()) == []
    first, second = document.pages.values_list("text", flat=True)
    assert ("SHOWN here" in first, second.strip()) == (True, "")
    assert shows(desk, page(held), "Published as pictures, because they may have hidden text: pages 2.")
    assert hides(desk, page(held), "Turn these pages into pictures")
    (email,) = mail.outbox
    assert email.to == [participant.email]
    assert "published as pictures: 2." in email.body
    assert Transition.objects.get(verb="picture_pages").facts == {"file": 1, "pages": [2]}


def test_everyone_who_writes_the_contribution_is_told(desk, held, participant, stranger):
    team = workflow.make_team("Open Door", by=participant)
    Membership.objects.create(team=team, user=stranger)
    Contribution.objects.filter(pk=held.pk).update(team=team)
    desk.post(address(held))
    assert {email.to[0] for email in mail.outbox} == {participant.email, stranger.email}


def test_the_copy_must_be_opened_before_everything_counts_as_seen(desk, held):
    desk.post(address(held))
    desk.get(page(held))
    assert desk.get(page(held)).context["files"][0].is_unread
    desk.get(f"{page(held)}files/1/")
    assert not desk.get(page(held)).context["files"][0].is_unread


def test_a_second_click_changes_nothing_and_sends_nothing(desk, held):
    for _click in range(2):
        answer = desk.post(address(held), follow=True)
    assert "cannot be turned into pictures" in answer.content.decode()
    assert len(mail.outbox) == 1
    assert Document.objects.get().copy is not None


def test_words_that_a_comment_covers_still_hold_the_file(desk, held, participant):
    other = build.draft(build.call(), by=participant)
    build.attached(other, content=planted_canvas.annotated("Redact"), cleaned=False, by=participant)
    workflow.submit(other, by=participant, consent=True)
    record = Contribution.objects.get(pk=other.pk)
    desk.post(address(record))
    document = Attachment.objects.get(revision__contribution=record).document
    assert (document.state, document.fault, document.copy) == (State.FAULTY, Fault.UNSEEN, None)
    assert shows(desk, page(record), "cannot be turned into pictures, because")
    assert hides(desk, page(record), "Turn these pages into pictures")


@pytest.mark.parametrize("state", ["accepted", "returned", "withdrawn"])
def test_only_files_that_wait_for_review_are_changed(held, reviewer, state):
    Contribution.objects.update(state=state)
    with pytest.raises(ValidationError, match="awaiting review"):
        workflow.turn_into_pictures(Attachment.objects.get(), by=reviewer)
    assert Document.objects.get().state == State.FAULTY


def test_a_file_of_an_earlier_revision_is_not_changed(held, reviewer):
    build.correction(held, by=held.filer, title="Again")
    with pytest.raises(ValidationError, match="awaiting review"):
        workflow.turn_into_pictures(Attachment.objects.get(revision__number=1), by=reviewer)


def test_a_file_that_is_not_held_is_left_alone(reviewer, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.pdf", planted_canvas.pdf())])
    with pytest.raises(ValidationError, match="ask the sender"):
        workflow.turn_into_pictures(record.newest.attachments.get(), by=reviewer)


def test_filers_can_not_change_their_own_files(held, participant, browser_of):
    with pytest.raises(PermissionDenied):
        workflow.turn_into_pictures(Attachment.objects.get(), by=participant)
    assert browser_of(participant).post(address(held)).status_code == 404
    assert Document.objects.get().state == State.FAULTY
