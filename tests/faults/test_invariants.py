"""The checker of `make faults` finds nothing in a portal that is whole, and complains of each thing that is not."""

import hashlib
import http.client
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from background.models import QueuedTask
from bench.faults import invariants
from bench.faults.activities import Activities
from bench.faults.ledger import Ledger, new_filing, seeded
from contributions import workflow
from contributions.models import Attachment, Contribution, Revision
from contributions.workflow.move_letters import send_waiting_email
from documents.models import Document
from documents.tasks import read_document
from mail.models import OutgoingEmail
from publishing.models import Transition
from tests import build

pytestmark = pytest.mark.django_db


def get(path):
    """Return a page of the portal, as the checker sees it."""
    answer = Client(raise_request_exception=False, HTTP_HOST="localhost").get(path)
    content = answer.getvalue()
    return SimpleNamespace(status=answer.status_code, text=content.decode(errors="replace"), content=content)


@pytest.fixture
def ledger(participant, settings):
    """A public contribution, one in review and a draft, all as their filers know them."""
    settings.EMAIL_BACKEND = "mail.queue.QueueBackend"
    call = build.call(of=build.dialogue(slug="faults"))
    chance, kept = seeded(1), Ledger()
    for state in ("published", "submitted", "draft"):
        filing = new_filing(chance)
        made = build.draft(call, by=participant, title=filing.title, text=filing.text)
        Contribution.objects.filter(pk=made.pk).update(key=filing.key)
        made.refresh_from_db()
        build.attached(made, "account.txt", filing.content, by=participant)
        if state != "draft":
            workflow.submit(made, by=participant, consent=True)
            filing.reference = made.reference
        if state == "published":
            workflow.publish(made, by=None)
            filing.is_public = True
        kept.filings.append(filing)
    OutgoingEmail.objects.update(state="sent", sent_at=timezone.now(), claimed_at=timezone.now(), content=None)
    return kept


def complaints(ledger, **options):
    return invariants.complaints(ledger, options.pop("get", get), everything=True, **options)


def kinds(ledger, **options):
    """Return the kinds of what is wrong."""
    return {sentence.partition(":")[0] for sentence in complaints(ledger, **options)}


def test_a_whole_portal_gives_no_complaint(ledger):
    assert complaints(ledger, letter_ids=["one", "two"]) == []


def test_an_acknowledged_filing_that_is_not_there_is_lost(ledger):
    ledger.filings[1].reference = "FLT-2026-BBBBBB"
    assert "lost: FLT-2026-BBBBBB was acknowledged and is lost" in complaints(ledger)


def test_words_that_were_changed_are_lost(ledger):
    Revision.objects.filter(title=ledger.filings[1].title).update(text="Something else.")
    assert kinds(ledger) == {"lost"}


def test_a_file_that_was_cut_is_damaged(ledger):
    document = Attachment.objects.get(revision__title=ledger.filings[1].title).document
    with open(document.file.path, "r+b") as file:
        file.truncate(3)
    assert complaints(ledger) == [f"lost: the file of {ledger.filings[1].reference} is damaged"]


def test_a_file_of_another_is_not_the_one_that_was_sent(ledger):
    Document.objects.filter(sha256=hashlib.sha256(ledger.filings[1].content).hexdigest()).update(sha256="0" * 64)
    assert "lost" in kinds(ledger)


def test_a_contribution_that_is_there_twice_is_doubled(ledger, participant):
    build.draft(Contribution.objects.first().call, by=participant, title=ledger.filings[2].title)
    assert complaints(ledger) == [f"lost: {ledger.filings[2].title} is there 2 times"]


def test_a_row_of_a_batch_that_is_there_twice_or_not_at_all_is_reported(ledger, participant):
    for _ in range(2):
        build.draft(Contribution.objects.first().call, by=participant, title="Row one")
    ledger.batches.append(["Row one", "Row two"])
    assert complaints(ledger) == ["lost: the row Row one is there 2 times", "hands: the row Row two was not brought in"]


def test_a_publication_without_its_entry_in_the_log_is_half_done(ledger):
    record = Contribution.objects.get(reference=ledger.filings[1].reference)
    Contribution.objects.filter(pk=record.pk).update(
        state="published", published_at=timezone.now(), shown=record.newest
    )
    assert any(one.startswith(f"half: {record.reference} is half published") for one in complaints(ledger))


def test_an_entry_of_the_log_without_its_publication_is_half_done(ledger):
    Contribution.objects.filter(reference=ledger.filings[0].reference).update(
        state="submitted", published_at=None, shown=None
    )
    assert any("is half published" in one for one in complaints(ledger))


def test_a_public_file_without_its_clean_copy_is_half_done(ledger):
    copy = Attachment.objects.get(revision__title=ledger.filings[0].title).document.copy
    copy.file.storage.delete(copy.file.name)
    assert f"half: {ledger.filings[0].reference} is public without its clean copy" in complaints(ledger)


def test_a_log_that_lost_an_entry_is_broken(ledger):
    Transition.objects.filter(pk=Transition.objects.earliest("number").pk)._raw_delete("default")
    assert any(one.startswith("half: the log:") for one in complaints(ledger))


def test_a_submission_without_a_letter_is_reported(ledger):
    OutgoingEmail.objects.all().delete()
    assert any("only 0 letters were written" in one for one in complaints(ledger))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_page_that_shows_what_is_hidden_is_reported(ledger, place):
    hidden = ledger.filings[2 if place == 2 else 1]
    shown_on = {0: f"/contributions/{hidden.reference}/", 1: f"/search/?q={hidden.word}", 2: "/contributions/"}[place]

    def leaky(path):
        answer = get(path)
        return SimpleNamespace(**vars(answer) | {"text": answer.text + hidden.mark * (path == shown_on)})

    assert kinds(ledger, get=leaky) == {"shown"}


def test_a_page_that_hides_what_is_public_is_reported(ledger):
    ledger.filings[1].is_public = True  # as its reviewer was told
    assert {"shown"} <= kinds(ledger)


def test_a_public_file_that_arrives_cut_is_reported(ledger):
    def cut(path):
        answer = get(path)
        return SimpleNamespace(**vars(answer) | {"content": answer.content[: -1 if "download" in path else None]})

    assert kinds(ledger, get=cut) == {"shown"}


def test_a_page_that_is_not_served_is_reported(ledger):
    def broken(path):
        return SimpleNamespace(status=503, text="", content=b"") if path == "/dialogues/" else get(path)

    assert complaints(ledger, get=broken) == ["served: /dialogues/ answers 503"]


def test_work_for_a_person_is_reported(ledger, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    task = read_document.enqueue(1)
    QueuedTask.objects.filter(pk=task.id).update(status="FAILED", finished_at=timezone.now(), worker_ids=["a"])
    Document.objects.filter(pk=Document.objects.first().pk).update(state="faulty", fault="damaged")
    OutgoingEmail.objects.create(message_id="<1@x>", state="unclear", content={}, claimed_at=timezone.now())
    OutgoingEmail.objects.create(message_id="<2@x>", state="failed", content={})
    found = [one for one in complaints(ledger) if one.startswith("hands:")]
    assert [any(word in one for one in found) for word in ("set aside", "faulty", "in doubt", "given up")] == [True] * 4


def test_a_letter_that_a_kill_may_have_interrupted_is_not_held_against_the_portal(ledger):
    OutgoingEmail.objects.create(message_id="<1@x>", state="unclear", content={}, claimed_at=timezone.now())
    assert complaints(ledger, letters_in_doubt=1) == []


def test_a_letter_that_was_sent_twice_is_reported(ledger):
    assert complaints(ledger, letter_ids=["one", "one"]) == ["lost: the letter one was sent 2 times"]


def test_waiting_work_and_a_portal_that_is_not_well_are_reported():
    well = SimpleNamespace(status=http.client.OK, text="")
    assert invariants.waiting(lambda path: well) == []
    ill = SimpleNamespace(status=http.client.SERVICE_UNAVAILABLE, text="index: unreadable")
    assert invariants.waiting(lambda path: ill) == ["the portal says that it is not well: 503 index: unreadable"]
    OutgoingEmail.objects.create(message_id="<1@x>", content={})
    assert invariants.waiting(lambda path: well) == ["1 letters wait"]


def test_all_lists_that_are_checked_exist(ledger):
    assert [path for path in (*invariants.PAGES, *invariants.LISTS) if get(path).status != http.client.OK] == []


def test_a_summary_without_its_pdf_needs_a_hand(ledger, secretary, settings):
    settings.SUMMARY_PDFS = False
    activities = Activities(None, ledger, Contribution.objects.first().call, None, None, secretary)
    for version in (1, 2, 2):  # the second one is tried twice
        summary = activities.publish_summary(version, "Words.")
    ledger.pdfs.append(f"{summary.get_absolute_url()}pdf/")
    assert complaints(ledger) == [f"hands: {ledger.pdfs[0]} was not drawn"]

    def with_pdf(path):
        return SimpleNamespace(status=200, text="", content=b"%PDF-1.7") if path in ledger.pdfs else get(path)

    assert complaints(ledger, get=with_pdf) == []


@pytest.mark.parametrize(("task", "found"), [(send_waiting_email, []), (read_document, ["1 tasks wait"])])
def test_an_email_that_waits_for_an_undo_does_not_count_as_waiting_work(task, found):
    QueuedTask.objects.create(
        task_path=task.module_path, args_kwargs={"args": [1]}, run_after=timezone.now() + timedelta(minutes=2)
    )
    assert invariants.waiting(lambda path: SimpleNamespace(status=http.client.OK, text="")) == found
