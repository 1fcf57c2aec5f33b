"""What its filer does to a contribution: begin, write, attach, send, correct."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from contributions.missing import missing
from contributions.models import Answer, Attachment, Contribution, Revision
from contributions.receipts import facts, new_code
from documents import workflow as documents
from publishing.workflow import locked

from .moves import State, WrongStateError, is_filer, move
from .references import next_reference

CARRIED = ("organization_name", "person_name", "signers", "title", "language", "text", "appear_as")


@transaction.atomic
def begin(call, *, by, key=None, invitation=None):
    """A draft of `by` for a call that lets them in. The same `key` (UUID), as from a second click, is one draft."""
    if key and (same := Contribution.objects.filter(key=key).first()):
        if not is_filer(same, by):
            raise PermissionDenied
        return same
    if not (invitation.lets_in if invitation else call.is_open and call.is_for_anyone):
        raise ValidationError(_("This call is not open."))
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(call=call, filer=by, **({"key": key} if key else {}))
    except IntegrityError:  # a first click, at the same moment
        return Contribution.objects.get(key=key, filer=by)
    first = call.language_choices[0][0] if call.languages else "en"
    Revision.objects.create(
        contribution=contribution,
        language=first,
        organization_name=invitation.organization_name if invitation else "",
    )
    return contribution


@transaction.atomic
def revise(contribution, *, by):
    """The revision that `by` may write on: the one begun, else a copy of what was sent last, files included."""
    current = demand_filer(contribution, by)
    if not current.is_editable:
        raise WrongStateError(_("This contribution can't be changed any more."))
    if current.being_written:
        return current.being_written
    old = current.newest
    last = current.revisions.aggregate(last=Max("number"))["last"]
    new = Revision.objects.create(
        contribution=current, number=last + 1, **{name: getattr(old, name) for name in CARRIED}
    )
    Answer.objects.bulk_create(copied(old.answers.all(), new))
    Attachment.objects.bulk_create(copied(old.attachments.all(), new))
    return new


def copied(rows, revision):
    """Unsaved copies of a revision's rows for another."""
    for row in rows:
        row.pk, row.revision, row._state.adding = None, revision, True
        yield row


@transaction.atomic
def save(revision, *, by, answers=None, **fields):
    """Keep what its filer has written so far: fields of a revision, and answers, a dict of texts by question."""
    demand_writing(revision, by)
    for name, value in fields.items():
        setattr(revision, name, value)
    revision.save(update_fields=["updated_at", *fields])
    if answers:
        Answer.objects.bulk_create(
            [answer_of(revision, question, text) for question, text in answers.items()],
            update_conflicts=True,
            unique_fields=["revision", "number"],
            update_fields=["question", "question_language", "text"],
        )


def answer_of(revision, question, text):
    """An unsaved answer, with the question as it is asked now."""
    asked = {"question": question.text, "question_language": question.language}
    return Answer(revision=revision, number=question.number, text=text, **asked)


@transaction.atomic
def show_files_as(revision, choices, *, by):
    """Let single files of what `by` is writing appear more closed than the whole: a dict of `AppearAs` or ""."""
    demand_writing(revision, by)
    for attachment, appear_as in choices.items():
        if attachment.appear_as != appear_as:
            attachment.appear_as = appear_as
            attachment.save(update_fields=["appear_as"])


def submit(contribution, *, by, consent):
    """Send what is being written. Raises ValidationError, by field, while something is missing or the call is closed.

    A command (`by` is None) is not held to the hour: it brings in what arrived in time another way.
    """
    with transaction.atomic():
        current = whole(contribution)
        revision = current.being_written
        if revision is None:  # a second click
            raise WrongStateError(_("This contribution has been sent."))
        errors = missing(revision, consent)
        if not errors and by is not None and not current.may_be_sent:
            errors["__all__"] = _(
                "This call is closed. Your draft is kept; write to the secretariat if you need a late way in."
            )
        if errors:
            raise ValidationError(errors)
        send_in(current, revision, by)
    contribution.refresh_from_db()


def whole(contribution):
    """The row of a contribution, locked, with all that sending asks of it at hand."""
    rows = Contribution.objects.select_for_update(of=("self",)).prefetch_related("revisions__answers")
    return rows.select_related("call__dialogue__series", "invitation__call", "filer").get(pk=contribution.pk)


def send_in(contribution, revision, by):
    now = timezone.now()
    contribution.reference = contribution.reference or next_reference(contribution.call)
    revision.sent_at = revision.consented_at = now
    revision.receipt_code = new_code()
    revision.sent_files = [
        {"sha256": attachment.document.sha256, "size": attachment.document.size, "kind": attachment.document.kind}
        for attachment in revision.attachments.select_related("document")
    ]
    revision.save(update_fields=["sent_at", "consented_at", "receipt_code", "sent_files", "updated_at"])
    entry = move(
        contribution, "submit", by=by, facts=facts(revision),
        newest=revision, reference=contribution.reference, submitted_at=now, publish_at=None,
    )  # fmt: skip
    Revision.objects.filter(pk=revision.pk).update(log_digest=entry.digest)


def attach(revision, upload, *, by, language, is_translation=False):
    """Add a checked file (see `documents.forms.DocumentField`) to what `by` is writing.

    The same file sent twice, as by a second click, is one attachment.
    """
    demand_size(revision.contribution.call, upload.size)
    # On the disk before the lock is taken: others who send at the same time do not wait for it.
    with documents.on_disk(upload) as document:
        return attach_document(revision, document, by=by, language=language, is_translation=is_translation)


@transaction.atomic
def attach_document(revision, document, *, by, language, is_translation=False):
    """The same for a document that is on the disk and in no row yet (see `documents.workflow.on_disk`)."""
    contribution = demand_writing(revision, by)
    if same := revision.attachments.filter(document__sha256=document.sha256).first():
        return same
    demand_room(contribution, revision)
    documents.record(document)
    revision.save(update_fields=["updated_at"])
    used = Attachment.objects.filter(revision__contribution=contribution).aggregate(last=Max("number"))["last"]
    return Attachment.objects.create(
        revision=revision,
        number=(used or 0) + 1,
        document=document,
        language=language,
        is_translation=is_translation,
    )


def demand_size(call, size):
    """Raise ValidationError where a file of `size` bytes is more than its call takes."""
    if size > call.file_bytes:
        raise ValidationError(
            _("This call takes files of %(limit)d MB at most: send a smaller version or several parts."),
            params={"limit": call.file_megabytes},
        )


def demand_room(contribution, revision):
    """Raise ValidationError where a revision holds as many files as its call takes."""
    limit = contribution.call.file_limit
    if revision.attachments.count() >= limit:
        sentence = ngettext_lazy(
            "This call takes %(limit)d file at most; remove one first.",
            "This call takes %(limit)d files at most; remove one first.",
            "limit",
        )
        raise ValidationError(sentence, params={"limit": limit})


@transaction.atomic
def detach(attachment, *, by):
    """Take a file out of what `by` is writing, and off the disk unless a revision that was sent holds it."""
    demand_writing(attachment.revision, by)
    attachment.revision.save(update_fields=["updated_at"])
    remove(attachment)


def remove(attachment):
    """Delete an attachment, and its file where no other revision holds it."""
    document = attachment.document
    attachment.delete()
    if not Attachment.objects.filter(document=document).exists():
        documents.discard(document)


@transaction.atomic
def discard(contribution, *, by):
    """Delete what is being written, files included: a draft that was never sent as a whole, else the new revision."""
    current = demand_filer(contribution, by)
    revision = current.being_written
    if revision is None:
        raise WrongStateError(_("What was sent is withdrawn, not deleted."))
    for attachment in revision.attachments.select_related("document"):
        remove(attachment)
    revision.delete()
    if current.state == State.DRAFT:
        current.delete()


def demand_filer(contribution, by):
    """The contribution's row, locked; raises PermissionDenied for anyone but its filer or a command (None)."""
    current = locked(contribution)
    if by is not None and not is_filer(current, by):
        raise PermissionDenied
    return current


def demand_writing(revision, by):
    """The contribution of a revision that `by` may change now, both locked; raises WrongStateError once it was sent."""
    rows = Revision.objects.select_for_update(of=("self", "contribution")).select_related("contribution__call")
    current = rows.filter(pk=revision.pk).first()
    if current is None:
        raise WrongStateError(_("This draft was deleted."))
    if by is not None and not is_filer(current.contribution, by):
        raise PermissionDenied
    if current.sent_at is None and not current.contribution.is_editable:
        raise WrongStateError(_("This contribution is closed and can't be changed any more."))
    if current.sent_at is not None:
        raise WrongStateError(_("This contribution has been sent and can't be changed now."))
    return current.contribution
