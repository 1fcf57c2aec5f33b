"""What must hold after every fault. Each check returns sentences that say what is wrong, or none if nothing is.

`get(path)` asks the running portal for a page and returns an answer with `status`, `text` and `content`.
"""

import hashlib
import http.client
from collections import Counter

from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import get_date_max

from background.models import QueuedTask
from contributions.models import Attachment, Contribution, Revision
from contributions.workflow.move_letters import send_waiting_email
from documents.models import Document, State
from intake.models import BatchRow
from mail.models import OutgoingEmail
from publishing.models import Transition
from search.models import IndexJob, SimilarRecords

NEWEST = 2  # filings whose pages are opened after each fault; at the end of a part, all are
PAGES = ("/", "/dialogues/", "/contributions/", "/dialogues/faults/", "/search/?q=account")
LISTS = ("/", "/contributions/", "/dialogues/faults/", "/dialogues/faults/feed/", "/sitemap-contributions.xml")


def lost_or_doubled(ledger, filings):
    """Return which of these acknowledged filings are missing, damaged or there twice."""
    wrong = []
    rows = {one.reference: one for one in Contribution.objects.filter(reference__in=[f.reference for f in filings])}
    for filing in filings:
        row = rows.get(filing.reference)
        if row is None or str(row.key) != filing.key:
            wrong.append(f"{filing.reference} was acknowledged and is lost")
            continue
        revision = row.newest
        if filing.mark not in revision.title or filing.word not in revision.text:
            wrong.append(f"{filing.reference} has lost its words")
        files = list(Attachment.objects.filter(revision=revision).select_related("document"))
        if [one.document.sha256 for one in files] != [hashlib.sha256(filing.content).hexdigest()]:
            wrong.append(f"{filing.reference} has {len(files)} files, not the one that was sent")
        wrong += [f"the file of {filing.reference} is damaged" for one in files if not is_whole(one.document)]
    marks = Counter(Revision.objects.filter(number=1).values_list("title", flat=True))
    wrong += [f"{filing.title} is there {marks[filing.title]} times" for filing in ledger.filings
              if marks[filing.title] > 1]  # fmt: skip
    for titles in ledger.batches:
        wrong += [f"the row {title} is there {marks[title]} times" for title in titles if marks[title] > 1]
    return wrong


def is_whole(document):
    """Return whether the stored file is the one that was sent."""
    try:
        with document.file.open("rb") as file:
            return hashlib.sha256(file.read()).hexdigest() == document.sha256
    except FileNotFoundError:
        return False


def half_done():
    """Return the contributions whose parts contradict each other: state, publication, log, receipts, clean copies."""
    wrong = []
    records = Contribution.objects.exclude(reference=None).select_related("newest", "shown")
    verbs, letters = {}, Counter()
    for pk, verb in (
        Transition.objects.filter(content_type__model="contribution")
        .order_by("number")
        .values_list("object_id", "verb")
    ):
        if verb in ("submit", "publish", "unpublish"):
            verbs.setdefault(pk, []).append(verb)
        letters[verb] += 1
    for record in records:
        last = verbs.get(record.pk, [""])[-1]
        is_public = last == "publish"
        if (record.published_at is not None, record.shown_id is not None, record.state == "published") != (
            (is_public,) * 3
        ):
            wrong.append(f"{record.reference} is half published: {record.state}, and its log ends with {last!r}")
        if not record.newest.receipt_code or not record.newest.log_digest:
            wrong.append(f"{record.reference} has no receipt")
    shown = Attachment.objects.filter(revision__in=[record.shown_id for record in records if record.shown_id])
    for attachment in shown.select_related("document__clean_copy", "revision__contribution"):
        copy = attachment.document.copy
        if copy is None or not copy.file.storage.exists(copy.file.name):
            wrong.append(f"{attachment.revision.contribution.reference} is public without its clean copy")
    filed = Contribution.objects.exclude(reference=None).filter(is_imported=False).count()
    receipts = Contribution.objects.exclude(reference=None).count()
    if letters["submit"] != receipts:
        wrong.append(f"{receipts} contributions were sent, and the log has {letters['submit']} submissions")
    queued = OutgoingEmail.objects.count()
    if queued < filed:
        wrong.append(f"{filed} contributions were filed, and only {queued} letters were written")
    return wrong


def log_is_broken():
    """Return what is wrong with the chain of the log."""
    try:
        with open("/dev/null", "w") as nowhere:
            call_command("check_log", stdout=nowhere)
    except CommandError as error:
        return [f"the log: {error}"]
    return []


def wrongly_shown(ledger, filings, get):
    """Return the filings whose page shows what nobody may read, or does not show what everybody may."""
    wrong = []
    for filing in filings:
        if filing.is_uncertain or not filing.reference:
            continue
        page = get(f"/contributions/{filing.reference}/")
        expected = http.client.OK if filing.is_public else http.client.NOT_FOUND
        if page.status != expected or (filing.mark in page.text) != filing.is_public:
            wrong.append(f"{filing.reference}: its page answers {page.status}, and not {expected}")
        found = get(f"/search/?q={filing.word}")
        if found.status != http.client.OK or (filing.mark in found.text) != filing.is_public:
            told = "finds it" if filing.mark in found.text else "does not find it"
            wrong.append(f"{filing.reference}: search answers {found.status} and {told}; public: {filing.is_public}")
        if filing.is_public:
            wrong += wrong_file(filing, get)
    hidden = [one for one in ledger.filings if not one.is_public and not one.is_uncertain]
    for path in LISTS:
        text = get(path).text
        wrong += [f"{path} shows {one.title}, which is not public" for one in hidden if one.mark in text]
    return wrong


def wrong_file(filing, get):
    """Return what is wrong with the public file of a filing."""
    attachment = Attachment.objects.select_related("document__clean_copy").get(
        revision__contribution__reference=filing.reference, revision__number=1
    )
    sent = get(attachment.get_download_url())
    copy = attachment.document.copy
    if sent.status != http.client.OK or hashlib.sha256(sent.content).hexdigest() != copy.sha256:
        return [f"the file of {filing.reference} answers {sent.status} with {len(sent.content)} bytes"]
    return []


def not_drawn(addresses, get):
    """Return the public summaries without their PDF file."""
    return [f"{one} was not drawn" for one in addresses if not get(one).content.startswith(b"%PDF-")]


def not_served(get):
    """Return the public pages that can be served and are not."""
    found = {path: get(path) for path in PAGES}
    return [f"{path} answers {answer.status}" for path, answer in found.items() if answer.status != http.client.OK]


def waiting(get):
    """Return what is still being done, and the parts that are not well; both must end by itself."""
    now, at_once = timezone.now(), get_date_max()
    tasks = QueuedTask.objects.filter(status__in=["READY", "RUNNING"]).exclude(run_after__gt=now, run_after__lt=at_once)
    soon = QueuedTask.objects.filter(status="READY", run_after__gt=now, run_after__lt=at_once)
    soon = soon.exclude(task_path=send_waiting_email.module_path)  # which waits because staff may undo a publication
    counted = {
        "tasks": tasks.count() + soon.count(),
        "index jobs": IndexJob.objects.count(),
        "files": Document.objects.filter(state=State.RECEIVED).count(),
        "letters": OutgoingEmail.objects.filter(state__in=["waiting", "sending"]).count(),
        "rows of batches": BatchRow.objects.filter(state="waiting").count(),
        "lists": SimilarRecords.objects.filter(renewed_at=None).count(),
    }
    found = [f"{number} {name} wait" for name, number in counted.items() if number]
    if not found and (health := get("/healthz")).status != http.client.OK:
        found.append(f"the portal says that it is not well: {health.status} {health.text}")
    return found


def needs_a_hand(ledger, *, letters_in_doubt=0):
    """Return what a person must settle. `letters_in_doubt` may have been interrupted by a kill while they were sent."""
    wrong = [f"{task.task_path} was set aside: {task.exception_class_path} {task.traceback[-300:]}"
             for task in QueuedTask.objects.set_aside()]  # fmt: skip
    wrong += [f"the file {document.pk} is faulty: {document.fault}"
              for document in Document.objects.filter(state=State.FAULTY)]  # fmt: skip
    rows = BatchRow.objects.filter(state="open").exclude(error="")
    wrong += [f"a row of a batch was refused: {row.error}" for row in rows]
    failed = OutgoingEmail.objects.filter(state="failed").count()
    if failed:
        wrong.append(f"{failed} letters were given up")
    unclear = OutgoingEmail.objects.filter(state="unclear").count()
    if unclear > letters_in_doubt:
        wrong.append(f"{unclear} letters are in doubt, and only {letters_in_doubt} can be")
    titles = set(Revision.objects.filter(number=1).values_list("title", flat=True))
    wrong += [f"the row {title} was not brought in" for batch in ledger.batches for title in set(batch) - titles]
    return wrong


def letters_twice(ids):
    """Return the letters that the mail server was given more than once."""
    return [f"the letter {one} was sent {count} times" for one, count in Counter(ids).items() if count > 1]


def complaints(ledger, get, *, letter_ids=(), letters_in_doubt=0, everything=False):
    """Return all that is wrong, each with its kind in front.

    By default only the newest filings are opened one by one; `everything` takes all.
    """
    sent = ledger.sent if everything else ledger.sent[-NEWEST:]
    shown = ledger.filings if everything else [*ledger.filings[-NEWEST:], *one_public(ledger)]
    found = {
        "lost": [*lost_or_doubled(ledger, sent), *letters_twice(letter_ids)],
        "half": [*half_done(), *log_is_broken()],
        "shown": wrongly_shown(ledger, shown, get),
        "served": not_served(get),
        "hands": [
            *needs_a_hand(ledger, letters_in_doubt=letters_in_doubt),
            *not_drawn(ledger.pdfs if everything else ledger.pdfs[-NEWEST:], get),
        ],
    }
    return [f"{kind}: {sentence}" for kind, sentences in found.items() for sentence in sentences]


def one_public(ledger):
    """Return the filing that has been public for longest, in a list."""
    return [one for one in ledger.filings[:-NEWEST] if one.is_public][:1]
