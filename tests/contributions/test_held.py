"""Without a code: what is sent before the hour is held as received in time, unread, until its address is proved."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from contributions import workflow
from contributions.arrival import arrival_sentences
from contributions.models import Call, Contribution, HeldContribution
from contributions.workflow import held as held_workflow
from documents.models import Document
from documents.orphans import stored_names
from documents.storage import private_storage
from tests import build, files, gate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Count no attempts of other tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def call():
    made = build.call(opens=-10, closes=1)
    Call.objects.update(closes_at=timezone.now() + timedelta(hours=1))
    made.refresh_from_db()
    return made


def form(**fields):
    return {
        "address": "Participant@example.org", "organization_name": "Open Door", "title": "What we saw",
        "language": "en", "text": "Our account.", "appear_as": "organization", "consent": "on", "key": str(uuid4()),
        **fields,
    }  # fmt: skip


def send(call, browser=None, **fields):
    return (browser or Client()).post(f"{call.get_absolute_url()}without-code/", form(**fields))


def test_the_page_of_the_code_leads_here_only_if_a_call_closes_soon(client, call):
    client.post("/accounts/sign-in/", {"email": "new@example.org"})
    assert gate.shows(client, "/accounts/sign-in/code/", "/contributions/without-code/")
    assert gate.shows(client, "/contributions/without-code/", call.title, f"{call.get_absolute_url()}without-code/")
    Call.objects.update(closes_at=timezone.now() + timedelta(hours=25))
    assert gate.hides(client, "/accounts/sign-in/code/", "/contributions/without-code/")
    assert gate.hides(client, "/contributions/without-code/", call.title)


def test_the_address_that_waits_for_its_code_need_not_be_typed_again(call, client):
    page = f"{call.get_absolute_url()}without-code/"
    assert gate.hides(client, page, "new@example.org")
    client.post("/accounts/sign-in/", {"email": "new@example.org"})
    assert gate.shows(client, page, 'value="new@example.org"')
    client.post("/accounts/sign-out/")
    assert gate.hides(client, page, "new@example.org")


def test_nobody_reads_what_is_held(call, client, office):
    assert send(call, client).status_code == 302
    assert gate.shows(client, f"{call.get_absolute_url()}without-code/", "Received and held", "What we saw")
    assert not Contribution.objects.exists()
    for address in ("/desk/", "/desk/review/?who=all", "/admin/contributions/contribution/", "/search/?q=account"):
        assert gate.hides(office, address, "What we saw")
    assert gate.hides(Client(), f"{call.get_absolute_url()}without-code/", "What we saw")


def test_leaving_at_once_leaves_nothing_in_the_browser(call, client):
    send(call, client)
    address = f"{call.get_absolute_url()}without-code/"
    assert gate.shows(client, address, "What we saw", "participant@example.org")
    assert client.post("/accounts/sign-out/").status_code == 302
    assert gate.hides(client, address, "What we saw", "participant@example.org")


def test_the_browser_forgets_it_when_it_is_closed_but_not_that_someone_signed_in(call, client, participant):
    send(call, client)
    assert client.cookies["sessionid"]["max-age"] == ""
    client.post("/accounts/sign-in/", {"email": participant.email})
    client.post("/accounts/sign-in/code/", {"code": re.search(r"Your code is (\S+)", mail.outbox[-1].body)[1]})
    assert gate.shows(client, "/contributions/held/", "What we saw")
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600


def test_a_filer_who_is_signed_in_stays_so_after_sending_without_a_code(call, filer):
    send(call, filer)
    assert filer.session.get_expire_at_browser_close() is False


def test_a_letter_that_another_alphabet_has_for_i_is_another_address(call, participant, browser_of):
    send(call)
    other = browser_of(build.user(participant.email.replace("i", "ı", 1)))  # PostgreSQL has I as the capital of both
    assert gate.hides(other, "/contributions/held/", "What we saw")
    assert gate.shows(browser_of(participant), "/contributions/held/", "What we saw")


def test_the_letter_to_the_address_holds_no_word_of_it(call):
    send(call)
    (letter,) = mail.outbox
    assert letter.to == ["participant@example.org"]
    assert "/contributions/held/" in letter.body
    for words in ("What we saw", "Our account", "Open Door"):
        assert words not in f"{letter.subject} {letter.body}"


def test_the_owner_of_the_address_sends_it_on_as_received_in_time(call, filer, participant, clock):
    send(call, upload=files.upload("a.txt", b"Words of the file."))
    held = HeldContribution.objects.get()
    clock(call.closes_at + timedelta(hours=1))
    assert gate.shows(filer, "/contributions/mine/", "1 contribution is held for your address.")
    assert gate.shows(filer, "/contributions/held/", "What we saw", "a.txt")
    assert filer.post("/contributions/held/", {"held": str(held.key), "claim": "1"}).status_code == 302
    record = Contribution.objects.get()
    revision = record.newest
    assert (record.state, record.filer, revision.held_since) == ("submitted", participant, held.received_at)
    assert record.submitted_at == held.received_at
    assert revision.sent_at > call.closes_at
    assert [one.document.original_name for one in revision.attachments.all()] == ["a.txt"]
    assert arrival_sentences(revision) == []
    assert not HeldContribution.objects.exists()


def test_the_file_that_was_held_is_deleted_once_it_is_sent_on(call, participant, django_capture_on_commit_callbacks):
    send(call, upload=files.upload("a.txt", b"Words of the file."))
    held = HeldContribution.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.claim(held, by=participant)
    assert not private_storage().exists(held.file.name)
    assert private_storage().exists(Document.objects.get().file.name)


def test_nobody_else_can_send_it_on_or_delete_it(call, stranger, browser_of):
    send(call)
    held = HeldContribution.objects.get()
    browser = browser_of(stranger)
    assert gate.hides(browser, "/contributions/held/", "What we saw")
    for button in ("claim", "refuse"):
        browser.post("/contributions/held/", {"held": str(held.key), button: "1"})
    for move in (workflow.claim, workflow.refuse_held):
        with pytest.raises(PermissionDenied):
            move(held, by=stranger)
    assert HeldContribution.objects.exists()
    for key in ("x", "9" * 40, ""):
        assert browser.post("/contributions/held/", {"held": key, "claim": "1"}).status_code == 302


def test_the_owner_of_an_address_deletes_what_somebody_else_sent_with_it(call, filer):
    send(call)
    filer.post("/contributions/held/", {"held": str(HeldContribution.objects.get().key), "refuse": "1"})
    assert not HeldContribution.objects.exists()
    assert not Contribution.objects.exists()


def test_a_held_contribution_is_sent_on_once(call, participant):
    send(call)
    held = HeldContribution.objects.get()
    workflow.claim(held, by=participant)
    with pytest.raises(workflow.WrongStateError):
        workflow.claim(held, by=participant)
    assert Contribution.objects.count() == 1


def test_a_second_click_that_finds_its_file_gone_says_so(call, participant, django_capture_on_commit_callbacks):
    send(call, upload=files.upload("a.txt", b"Words of the file."))
    first, second = HeldContribution.objects.get(), HeldContribution.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.claim(first, by=participant)
    with pytest.raises(workflow.WrongStateError, match="no longer hold"):
        workflow.claim(second, by=participant)
    assert Contribution.objects.count() == 1


def test_a_second_click_is_held_once(call):
    key = str(uuid4())
    send(call, key=key)
    send(call, key=key)
    assert HeldContribution.objects.count() == 1


@pytest.mark.parametrize("change", [{"closes_at": timedelta(seconds=-1)}, {"opens_at": timedelta(minutes=30)}])
def test_nothing_is_taken_after_the_hour_or_before_the_call_opens(call, change):
    Call.objects.update(**{name: timezone.now() + value for name, value in change.items()})
    answer = send(call)
    assert answer.status_code == 422
    assert "What we saw" in answer.content.decode()
    assert not HeldContribution.objects.exists()


def test_a_contribution_that_began_before_the_hour_is_held_if_the_disk_is_slow(call, clock, monkeypatch):
    before, file_on_disk = call.closes_at - timedelta(seconds=1), held_workflow.storage.file_on_disk

    def slow_disk(*args):
        clock(call.closes_at + timedelta(seconds=20))
        return file_on_disk(*args)

    monkeypatch.setattr(held_workflow.storage, "file_on_disk", slow_disk)
    clock(before)
    assert send(call, upload=files.upload("report.pdf", files.pdf())).status_code == 302
    assert HeldContribution.objects.get().received_at == before


def test_a_call_by_invitation_or_hidden_takes_nothing(call):
    Call.objects.update(audience="invited")
    assert send(call).status_code == 404
    Call.objects.update(audience="anyone", published_at=None)
    assert send(call).status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "there is nothing to submit yet"),
        ({"text": "one two three four five"}, "2 words longer"),
        ({"consent": ""}, "Agree to the publication"),
        ({"address": "nobody"}, "Enter a valid email address"),
        ({"title": ""}, "Enter a title."),
        ({"appear_as": "named"}, "not one of the available choices"),
    ],
)
def test_errors_are_said_and_nothing_typed_is_lost(call, fields, words):
    Call.objects.update(word_limit=3)
    answer = send(call, **{"text": "Kept words", "organization_name": "Typed House", **fields})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Typed House" in page
    assert not HeldContribution.objects.exists()


def test_too_large_a_file_is_refused(call, monkeypatch):
    monkeypatch.setattr("contributions.forms.last_day.MAX_FILE", 10)
    answer = send(call, upload=files.upload("a.txt", b"More than ten bytes."))
    assert "too large to be sent without a code" in answer.content.decode()


def test_an_address_and_a_computer_send_only_a_few(call, monkeypatch, settings):
    for _time in range(3):
        assert send(call).status_code == 302
    assert send(call).status_code == 422  # three are held for this address
    monkeypatch.setattr(held_workflow, "MAX_HELD", 3)
    assert "We cannot hold anything more now" in send(call, address="other@example.org").content.decode()


def test_many_attempts_with_one_address_are_refused(call, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "hold_contribution": "2/h/key"}
    address = f"{uuid4().hex}@example.org"
    assert [send(call, address=address).status_code for _time in range(3)] == [302, 302, 429]


def test_many_attempts_of_one_computer_are_refused_before_files_are_looked_at(call, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "hold_attempt": "2/h/ip"}
    assert [send(call, consent="").status_code for _time in range(3)] == [422, 422, 429]


def test_a_refused_file_leaves_nothing_on_the_disk(call, monkeypatch):
    before = set(stored_names(private_storage()))
    key = str(uuid4())
    send(call, upload=files.upload("a.txt", b"Words."), key=key)
    kept = set(stored_names(private_storage())) - before
    assert len(kept) == 1
    send(call, upload=files.upload("a.txt", b"Words."), key=key)
    monkeypatch.setattr(held_workflow, "MAX_HELD", 0)
    send(call, upload=files.upload("a.txt", b"Words."))
    assert set(stored_names(private_storage())) - before == kept


def test_unclaimed_contributions_are_deleted_with_their_files(call, django_capture_on_commit_callbacks):
    send(call, upload=files.upload("a.txt", b"Words."))
    held = HeldContribution.objects.get()
    limit = held.received_at + timedelta(days=workflow.HELD_DAYS)
    assert workflow.delete_expired_held(limit) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.delete_expired_held(limit + timedelta(seconds=1)) == 1
    assert not private_storage().exists(held.file.name)


def test_no_address_on_the_site_names_the_sender(call, client):
    answer = send(call, client)
    held = HeldContribution.objects.get()
    assert answer["Location"] == f"{call.get_absolute_url()}without-code/"
    assert str(held.key) not in answer["Location"]
