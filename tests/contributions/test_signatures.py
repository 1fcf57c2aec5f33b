"""Joint signers are asked by letter, and published only once they, or staff, say that they sign."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from contributions import workflow
from contributions.models import Contribution, Signature
from contributions.receipts import content_digest
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
    """Press a button on the page of a signer, who has read what it shows."""
    client, address = Client(enforce_csrf_checks=True), f"/contributions/sign/{signature.key}/"
    shown = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    return client.post(address, {"seen": shown[1] if shown else "", **(fields or {"sign": "1"})})


def page_of(signature):
    return f"/contributions/sign/{signature.key}/"


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


def test_confirmation_goes_with_a_correction_of_names_alone(record, participant):
    sign(ask(record, participant))
    published(record)
    revision = build.correction(record, by=participant, signers="Sea House\nThird House")
    revision.refresh_from_db()
    assert (revision.public_signers, revision.unconfirmed_signers) == (["Sea House"], ["Third House"])
    assert Signature.objects.get().state == "confirmed"
    assert len([letter for letter in mail.outbox if letter.to == ["sea@example.org"]]) == 1


@pytest.mark.parametrize("change", [{"text": "Other words."}, {"title": "Another title"}, {"language": "fr"}])
def test_a_correction_of_the_words_is_signed_only_when_it_is_confirmed_again(record, participant, client, change):
    signature = ask(record, participant)
    sign(signature)
    published(record)
    workflow.revise(record, by=participant)
    draft = record.draft
    workflow.save(draft, by=participant, **change)
    assert draft.public_signers == []
    assert gate.shows(client, record.get_absolute_url(), "Sea House")  # the public revision is the one that it signed
    mail.outbox.clear()
    workflow.submit(record, by=participant, consent=True)
    signature.refresh_from_db()
    assert signature.state == "asked"
    (letter,) = [one for one in mail.outbox if one.to == ["sea@example.org"]]
    assert signature.get_absolute_url() in letter.body
    assert gate.shows(client, record.get_absolute_url(), "Sea House")
    workflow.publish(record, by=None)
    assert gate.hides(client, record.get_absolute_url(), "Sea House")
    assert gate.shows(client, page_of(signature), "changed since you confirmed")
    sign(signature)
    assert gate.shows(client, record.get_absolute_url(), "Sea House")
    assert gate.hides(client, page_of(signature), "changed since you confirmed")


def test_going_back_to_the_signed_words_needs_no_new_answer(record, participant):
    sign(ask(record, participant))
    draft = record.draft
    workflow.save(draft, by=participant, text="Other words.")
    assert draft.public_signers == []
    workflow.save(draft, by=participant, text="Our account.")
    assert draft.public_signers == ["Sea House"]
    workflow.submit(record, by=participant, consent=True)
    record.refresh_from_db()
    assert record.newest.public_signers == ["Sea House"]


def test_another_file_asks_again(record, participant):
    signature = ask(record, participant)
    sign(signature)
    added = build.attached(record, by=participant)
    assert record.draft.public_signers == []
    workflow.detach(added, by=participant)
    assert record.draft.public_signers == ["Sea House"]


def test_a_signer_reads_all_that_it_signs_and_nothing_else(record, participant, client):
    draft = record.draft
    draft.answers.create(number=1, question="What did you see?", text="We saw a boat.")
    file = build.attached(record, by=participant)
    signature = ask(record, participant)
    address = page_of(signature)
    assert gate.shows(client, address, draft.title, draft.text[:20], "What did you see?", "We saw a boat.")
    page = client.get(address)
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    files = f"{address}files/{file.number}/"
    assert files in page.content.decode()
    assert client.get(files).status_code == 200
    assert client.get(f"{address}files/{file.number + 1}/").status_code == 404
    assert gate.hides(client, address, participant.email)


def test_a_text_that_was_changed_while_somebody_read_is_not_signed(record, participant, client):
    signature = ask(record, participant)
    address = page_of(signature)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())[1]
    workflow.save(record.draft, by=participant, text="Other words.")
    assert "changed in the meantime" in client.post(address, {"sign": "1", "seen": seen}).content.decode()
    signature.refresh_from_db()
    assert signature.state == "asked"
    assert record.draft.public_signers == []


def test_the_log_keeps_the_digest_of_what_was_confirmed(record, participant):
    signature = ask(record, participant)
    sign(signature)
    signature.refresh_from_db()
    facts = Transition.objects.get(verb="confirm_signer").facts
    assert facts == {"signature": signature.pk, "content": content_digest(record.draft)}
    assert signature.digest == facts["content"]


def test_a_link_shows_nothing_once_its_name_is_gone_or_the_contribution_is_closed(record, participant, client):
    signature = ask(record, participant)
    workflow.save(record.draft, by=participant, signers="Land House")
    assert gate.hides(client, page_of(signature), record.draft.title)
    workflow.save(record.draft, by=participant, signers="Sea House")
    assert gate.shows(client, page_of(signature), record.draft.title)
    workflow.submit(record, by=None, consent=True)
    workflow.withdraw(record, by=None)
    assert gate.hides(client, page_of(signature), "What we saw")
    assert sign(signature, decline="1").status_code == 422


def test_a_signer_who_does_not_sign_any_more_is_named_with_no_revision(record, participant, client):
    signature = ask(record, participant)
    sign(signature)
    published(record)
    build.correction(record, by=participant, text="Other words.")
    sign(signature, decline="1")
    assert gate.hides(client, record.get_absolute_url(), "Sea House")


def test_a_correction_of_the_words_by_staff_asks_again(record, participant, secretary):
    signature = ask(record, participant)
    sign(signature)
    workflow.submit(record, by=None, consent=True)
    workflow.correct(record, workflow.Correction("A typing error.", {"title": "Corrected"}), by=secretary)
    record.refresh_from_db()
    signature.refresh_from_db()
    assert record.newest.unconfirmed_signers == ["Sea House", "Land House"]
    assert signature.state == "asked"


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
    words = "Not shown, because they have not yet confirmed that they sign:"
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
