"""The emails to filers, none of which contains a word of the contribution."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils import timezone

from contributions import workflow
from contributions.receipts import format_code
from contributions.workflow.move_letters import send_email
from contributions.workflow.moves import MOVES
from tests import build

pytestmark = pytest.mark.django_db

EMAILS = [move.email for move in MOVES.values() if move.email]

WORDS = {
    "organization_name": "Zebrahaus",
    "person_name": "Ibex",
    "signers": "Okapi",
    "title": "Quagga & <b>onions</b>",
    "text": "Xylophones were sold.",
}
SECRETS = ["Zebrahaus", "Ibex", "Okapi", "Quagga", "onions", "Xylophone", "wombat", "gnu in the file"]


@pytest.fixture
def record(participant):
    attach = [("wombat.txt", b"A gnu in the file")]
    return build.contribution(by=participant, state="submitted", attach=attach, **WORDS)


def send_all(record):
    for email in EMAILS:
        send_email(email, record)


def test_no_email_contains_a_word_of_the_contribution(record):
    mail.outbox.clear()
    send_all(record)
    assert len(mail.outbox) == len(EMAILS) == 8
    for email in mail.outbox:
        for secret in SECRETS:
            assert secret.casefold() not in (email.subject + email.body).casefold()


def test_emails_are_plain_text_without_attachments(record):
    send_all(record)
    for email in mail.outbox:
        message = email.message()
        assert message.get_content_type() == "text/plain"
        assert not message.is_multipart()
        assert "<" not in email.body


def test_emails_go_only_to_the_filer(record, participant):
    send_all(record)
    assert {tuple(email.recipients()) for email in mail.outbox} == {(participant.email,)}


def test_an_email_begins_with_its_text_and_ends_with_a_full_address(record, settings):
    settings.BASE_URL = "https://portal.example"
    mail.outbox.clear()
    send_all(record)
    for email in mail.outbox:
        assert email.body[0].isalpha()
        assert email.body.rstrip().endswith("https://portal.example/contributions/mine/")


def test_the_receipt_shows_what_arrived_and_when(record):
    (receipt,) = mail.outbox
    moment = timezone.localtime(record.submitted_at)
    assert receipt.subject == f"Receipt {record.reference}"
    assert f"Reference: {record.reference}" in receipt.body
    assert f"{moment.day} {moment:%B %Y, %H:%M:%S} Vienna time" in receipt.body
    assert "Revision: 1\n" in receipt.body
    assert format_code(record.newest.receipt_code) in receipt.body
    assert f"File 1, SHA-256: {record.newest.attachments.get().document.sha256}" in receipt.body


def test_a_correction_has_a_receipt_of_its_own(record, participant):
    build.correction(record, by=participant, title="Quagga again")
    first, second = mail.outbox
    assert "Revision: 2\n" in second.body
    assert format_code(record.newest.receipt_code) in second.body
    assert format_code(record.newest.receipt_code) not in first.body


def test_only_the_receipt_has_the_secret_code(record):
    mail.outbox.clear()
    send_all(record)
    code = format_code(record.newest.receipt_code)
    assert [code in email.body for email in mail.outbox] == [name == "receipt" for name in EMAILS]


def test_the_email_of_acceptance_says_when_the_contribution_will_be_published(record, reviewer, settled):
    settled(record)
    workflow.accept(record, by=reviewer, publish_at=datetime(2099, 3, 1, 12, tzinfo=UTC))
    assert "It will be published on 1 March 2099, 13:00 Vienna time." in mail.outbox[-1].body


def test_the_reviewers_note_is_not_escaped(record, reviewer):
    workflow.request_changes(record, by=reviewer, note='Don\'t name <him> & "her"\nin it.')
    assert 'Message from the secretariat:\nDon\'t name <him> & "her"\nin it.' in mail.outbox[-1].body


def test_an_email_without_a_note_does_not_announce_one(record):
    send_email("declined", record)
    assert "writes" not in mail.outbox[-1].body


def test_without_a_filer_nothing_is_sent():
    send_all(build.contribution(state="submitted"))
    assert mail.outbox == []
