"""Joint signers are asked by letter, and published only once they, or staff, say that they sign."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from contributions import workflow
from contributions.models import Contribution, Signature
from publishing.models import Transition
from tests import build, gate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Count no attempts of other tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def record(participant):
    return build.draft(build.call(), by=participant, signers="Sea House\nLand House", confirmed_signers=[])


def published(record):
    if record.state == "draft":
        workflow.submit(record, by=None, consent=True)
    workflow.publish(record, by=None)
    record.refresh_from_db()
    return record


def ask(record, by, name="Sea House"):
    return workflow.ask_signer(record, name, "sea@example.org", by=by)


def sign(signature, **fields):
    return Client(enforce_csrf_checks=True).post(f"/contributions/sign/{signature.key}/", fields or {"sign": "1"})


def test_unconfirmed_signers_are_never_published(record, client):
    published(record)
    assert record.shown.byline.signers == ()
    assert gate.hides(client, record.get_absolute_url(), "Sea House", "Land House")
    assert gate.hides(client, f"{record.get_absolute_url()}cite.ris", "Sea House")


def test_the_filer_asks_by_letter_and_the_letter_holds_no_word_of_the_contribution(filer, record):
    page = f"/contributions/mine/{record.key}/signers/"
    assert gate.shows(filer, f"/contributions/mine/{record.key}/who/", page)
    assert gate.shows(filer, page, "Sea House", "Land House", "Not asked yet")
    filer.post(page, {"name": "Sea House", "address": "sea@example.org"})
    (letter,) = mail.outbox
    assert letter.to == ["sea@example.org"]
    assert Signature.objects.get().get_absolute_url() in letter.body
    for words in ("What we saw", "Our account", "Open Door"):
        assert words not in letter.body
    assert gate.shows(filer, page, "Asked, not yet confirmed")


def test_opening_the_link_changes_nothing_and_the_button_confirms(record, participant, client):
    signature = ask(record, participant)
    assert gate.shows(client, f"/contributions/sign/{signature.key}/", "We sign", "What we saw", "Open Door")
    signature.refresh_from_db()
    assert signature.state == "asked"
    assert sign(signature).status_code == 302  # without a cookie, so that no refusal writes the address into the log
    published(record)
    assert record.shown.byline.signers == ("Sea House",)
    assert gate.shows(client, record.get_absolute_url(), "Sea House")
    assert gate.hides(client, record.get_absolute_url(), "Land House")


def test_a_signer_changes_its_mind_and_is_gone_at_once(record, participant, client, kept_pages_on):
    published(record)
    signature = ask(record, participant)
    address = record.get_absolute_url()
    assert gate.hides(client, address, "Sea House")
    sign(signature)
    assert gate.shows(client, address, "Sea House")
    sign(signature, decline="1")
    assert gate.hides(client, address, "Sea House")


def test_confirmation_goes_with_corrections_and_not_to_other_names(record, participant):
    sign(ask(record, participant))
    published(record)
    revision = build.correction(record, by=participant, signers="Sea House\nThird House")
    revision.refresh_from_db()
    assert (revision.public_signers, revision.unconfirmed_signers) == (["Sea House"], ["Third House"])


def test_reviewers_see_who_has_not_confirmed_and_can_give_their_word(record, desk, reviewer):
    workflow.submit(record, by=None, consent=True)
    record.refresh_from_db()
    page = f"/desk/review/{record.reference}/"
    assert gate.shows(desk, page, "Not confirmed as signers, and not published", "Sea House")
    desk.post(f"{page}signers/", {"signer": ["Land House", "Invented House"]})
    record.refresh_from_db()
    assert record.newest.confirmed_signers == ["Land House"]
    assert Transition.objects.get(verb="confirm_signer").actor == reviewer
    desk.post(f"{page}signers/", {"signer": ["Sea House"]})
    assert gate.hides(desk, page, "Not confirmed as signers")


def test_only_those_who_publish_give_their_word(record, participant, stranger, filer):
    workflow.submit(record, by=None, consent=True)
    record.refresh_from_db()
    with pytest.raises(PermissionDenied):
        workflow.confirm_signers(record, ["Sea House"], by=participant)
    assert filer.post(f"/desk/review/{record.reference}/signers/", {"signer": "Sea House"}).status_code == 404
    with pytest.raises(PermissionDenied):
        ask(record, stranger)


def test_only_named_signers_are_asked_and_a_new_letter_replaces_the_link(record, participant):
    with pytest.raises(ValidationError):
        ask(record, participant, "Nobody named")
    first = ask(record, participant)
    second = ask(record, participant)
    assert sign(first).status_code == 404
    assert sign(second).status_code == 302
    with pytest.raises(ValidationError):
        ask(record, participant)


def test_a_withdrawn_contribution_is_signed_by_nobody(record, participant):
    signature = ask(record, participant)
    workflow.submit(record, by=None, consent=True)
    workflow.withdraw(record, by=None)
    assert sign(signature).status_code == 422


def test_the_filer_is_told_whom_the_public_does_not_see(filer, record):
    words = "Not shown, because they have not confirmed that they sign:"
    assert gate.shows(filer, f"/contributions/mine/{record.key}/check/", words)
    record.draft.__class__.objects.update(confirmed_signers=["Sea House", "Land House"])
    assert gate.hides(filer, f"/contributions/mine/{record.key}/check/", words)


def test_a_correction_by_staff_confirms_nobody_and_keeps_those_who_confirmed(record, participant, secretary):
    sign(ask(record, participant))
    workflow.submit(record, by=None, consent=True)
    words = {"signers": "The Sea House\nThe Land House"}
    workflow.correct(record, workflow.Correction("Names as they are written.", words), by=secretary)
    record.refresh_from_db()
    assert record.newest.byline.signers == ("The Sea House",)
    assert record.newest.unconfirmed_signers == ["The Land House"]


def test_the_word_of_staff_is_enough_for_what_they_brought_in(secretary):
    record = build.contribution(state="submitted", signers="Sea House", confirmed_signers=[])
    Contribution.objects.update(is_imported=True)
    record.refresh_from_db()
    workflow.correct(record, workflow.Correction("A typing error.", {"title": "Corrected"}), by=secretary)
    record.refresh_from_db()
    assert record.newest.byline.signers == ("Sea House",)


def test_addresses_of_signers_go_with_the_words(record, participant):
    ask(record, participant)
    workflow.submit(record, by=None, consent=True)
    workflow.withdraw(record, by=None)
    Contribution.objects.update(withdrawn_at=record.created_at - timedelta(days=90))
    workflow.delete_expired()
    assert not Signature.objects.exists()
    assert Contribution.objects.get().newest.confirmed_signers == []
