"""Drafts: begin, save, attach files, discard, and begin a correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from documents import workflow as documents
from documents.models import Document
from documents.models import State as DocumentState
from publishing.prepared import prepared
from publishing.workflow import locked
from text.localized import content_language

from ..models import Answer, AskedQuestion, Attachment, Call, Contribution, Decision, Invitation, Revision
from .confirmations import refresh_confirmed
from .moves import State, WrongStateError

COPIED_FIELDS = (
    "organization_name", "person_name", "signers", "confirmed_signers", "title", "language", "text", "appear_as",
    "received_on",
)  # fmt: skip


@transaction.atomic
def begin(call: Call, *, by: Any, key: UUID | None = None, invitation: Invitation | None = None) -> Contribution:
    """Begin a draft of `by` for a call, and return it. The same `key`, as from a second click, returns the same draft.

    It is in the language of the page if the call takes that, or else in the first that it takes.
    Raises ValidationError if the call is not open to them, and PermissionDenied for the key of another filer.
    """
    same: Contribution | None = Contribution.objects.filter(key=key).first() if key else None
    if same:
        if not same.is_filed_by(by):
            raise PermissionDenied
        return same
    if not (invitation.is_open if invitation else call.is_open and call.is_for_anyone):
        raise ValidationError(_("This call is not open."))
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(call=call, filer=by, **({"key": key} if key else {}))
    except IntegrityError:  # another request, such as a first click, was faster
        existing: Contribution = Contribution.objects.get(key=str(key), filer=by)
        return existing
    taken = [code for code, _name in call.language_choices]
    Revision.objects.create(
        contribution=contribution,
        language=content_language() if content_language() in taken else taken[0],
        organization_name=invitation.organization_name if invitation else "",
    )
    return contribution


@transaction.atomic
def revise(contribution: Contribution, *, by: Any) -> Revision:
    """Return the draft of a contribution, or begin one as a copy of the newest revision, files included.

    Raises WrongStateError if the contribution can no longer be changed, and PermissionDenied for another user.
    """
    current = _locked_for_filer(contribution, by)
    if not current.is_editable:
        raise WrongStateError(_("This contribution cannot be changed any more."))
    draft: Revision | None = current.draft
    if draft:
        return draft
    return copy_newest(current)


def copy_newest(contribution: Contribution, **fields: Any) -> Revision:
    """Create a draft as a copy of the newest revision, files included, with other values for some `fields`.

    The caller must have locked the contribution.
    """
    old = contribution.newest
    last = contribution.revisions.aggregate(last=Max("number"))["last"]
    new = Revision.objects.create(
        contribution=contribution, number=last + 1, **{name: getattr(old, name) for name in COPIED_FIELDS}, **fields
    )
    Answer.objects.bulk_create(_copies(old.answers.all(), new))
    Attachment.objects.bulk_create(_copies(old.attachments.all(), new))
    Decision.objects.bulk_create(_copies(old.decisions.all(), new))
    return new


def _copies(rows: Iterable[Any], revision: Revision) -> Iterator[Any]:
    """Yield unsaved copies of rows of one revision for another."""
    for row in rows:
        row.pk, row.revision, row._state.adding = None, revision, True
        yield row


@transaction.atomic
def save(revision: Revision, *, by: Any, answers: Mapping[AskedQuestion, str] | None = None, **fields: Any) -> None:
    """Save fields of a draft, and answers to guiding questions.

    Raises WrongStateError if it can no longer be changed, and PermissionDenied for another user.
    """
    _require_editable(revision, by)
    for name, value in fields.items():
        setattr(revision, name, value)
    revision.save(update_fields=["updated_at", *fields])
    if answers:
        Answer.objects.bulk_create(
            [_answer(revision, question, text) for question, text in answers.items()],
            update_conflicts=True,
            unique_fields=["revision", "number"],
            update_fields=["question", "question_language", "text"],
        )
    refresh_confirmed(revision)


def _answer(revision: Revision, question: AskedQuestion, text: str) -> Answer:
    """Return an unsaved answer that keeps the question as it is asked now."""
    asked = {"question": question.text, "question_language": question.language}
    return Answer(revision=revision, number=question.number, text=text, **asked)


@transaction.atomic
def set_file_bylines(revision: Revision, choices: Mapping[Attachment, str], *, by: Any) -> None:
    """Set how single files of a draft appear: an `AppearAs` value, or "" to appear like the contribution.

    Raises WrongStateError if it can no longer be changed, and PermissionDenied for another user.
    """
    _require_editable(revision, by)
    for attachment, appear_as in choices.items():
        if attachment.appear_as != appear_as:
            attachment.appear_as = appear_as
            attachment.save(update_fields=["appear_as"])


def attach(
    revision: Revision, upload: UploadedFile[Any], *, by: Any, language: str, is_translation: bool = False
) -> Attachment:
    """Attach a file that a form has checked (see `documents.forms.DocumentField`) to a draft.

    The same file sent twice, as by a second click, is one attachment. Raises ValidationError if it is too large or if
    the call allows no more files, WrongStateError if the draft can no longer be changed, and PermissionDenied for
    another user.
    """
    check_file_size(revision.contribution.call, upload.size or 0)
    # The file is written before the lock is taken, so that nobody else waits for the disk.
    with documents.on_disk(upload) as document:
        return attach_document(revision, document, by=by, language=language, is_translation=is_translation)


@transaction.atomic
def attach_document(
    revision: Revision, document: Document, *, by: Any, language: str, is_translation: bool = False
) -> Attachment:
    """Attach a document that is on the disk but not in the database yet (see `documents.workflow.on_disk`).

    Raises what `attach` raises, except that it does not check the size.
    """
    contribution = _require_editable(revision, by)
    return add_file(contribution, revision, document, language=language, is_translation=is_translation)


def add_file(
    contribution: Contribution, revision: Revision, document: Document, *, language: str, is_translation: bool = False
) -> Attachment:
    """Attach a document to a revision that the caller has checked and locked. Return the attachment.

    A file that the revision has already stays one attachment. Raises ValidationError if the call allows no more files.
    """
    same: Attachment | None = revision.attachments.filter(document__sha256=document.sha256).first()
    if same:
        return same
    check_file_count(contribution, revision)
    unread = Attachment.objects.filter(
        revision__contribution__filer=contribution.filer_id, document__state=DocumentState.RECEIVED
    )
    documents.record(document, waiting=unread.count())
    revision.save(update_fields=["updated_at"])
    used = Attachment.objects.filter(revision__contribution=contribution).aggregate(last=Max("number"))["last"]
    added = Attachment.objects.create(
        revision=revision,
        number=(used or 0) + 1,
        document=document,
        language=language,
        is_translation=is_translation,
    )
    refresh_confirmed(revision)
    return added


def check_file_size(call: Call, size: int) -> None:
    """Raise ValidationError if a file of `size` bytes is larger than the call allows."""
    if size > call.file_bytes:
        raise ValidationError(
            _("This call accepts files of up to %(limit)d MB: send a smaller version or several parts."),
            params={"limit": call.file_megabytes},
        )


def check_file_count(contribution: Contribution, revision: Revision) -> None:
    """Raise ValidationError if a revision already has as many files as the call allows."""
    limit = contribution.call.file_limit
    if revision.attachments.count() >= limit:
        sentence = ngettext_lazy(
            "This call accepts up to %(limit)d file: remove one first.",
            "This call accepts up to %(limit)d files: remove one first.",
            "limit",
        )
        raise ValidationError(sentence, params={"limit": limit})


@transaction.atomic
def detach(attachment: Attachment, *, by: Any) -> None:
    """Remove a file from a draft, and from the disk unless a submitted revision has it too.

    Raises WrongStateError if the draft can no longer be changed, and PermissionDenied for another user.
    """
    _require_editable(attachment.revision, by)
    attachment.revision.save(update_fields=["updated_at"])
    delete_attachment(attachment)
    refresh_confirmed(attachment.revision)


def delete_attachment(attachment: Attachment) -> None:
    """Delete an attachment, and its file if no other revision has it."""
    document = attachment.document
    attachment.delete()
    if not Attachment.objects.filter(document=document).exists():
        documents.discard(document)


def delete_draft(revision: Revision) -> None:
    """Delete a draft with its files."""
    for attachment in revision.attachments.select_related("document"):
        delete_attachment(attachment)
    revision.delete()


@transaction.atomic
def discard(contribution: Contribution, *, by: Any) -> None:
    """Delete the draft of a contribution, files included, and the contribution if it was never submitted.

    Raises WrongStateError if there is no draft, and PermissionDenied for another user.
    """
    current = _locked_for_filer(contribution, by)
    revision = current.draft
    if revision is None:
        raise WrongStateError(_("A submitted contribution can be withdrawn, but not deleted."))
    delete_draft(revision)
    if current.state == State.DRAFT:
        current.delete()


def _locked_for_filer(contribution: Contribution, by: Any) -> Contribution:
    """Return the row of a contribution, locked. `by` must be its filer or None, a command. Raises PermissionDenied."""
    current = locked(contribution)
    if by is not None and not current.is_filed_by(by):
        raise PermissionDenied
    return current


@prepared
def _locked_draft(pk: Any) -> Any:
    rows = Revision.objects.select_for_update(of=("self", "contribution")).select_related("contribution__call")
    return rows.filter(pk=pk)


def _require_editable(revision: Revision, by: Any) -> Contribution:
    """Lock a draft and its contribution, and return the contribution. Raises WrongStateError, PermissionDenied."""
    found = _locked_draft(pk=revision.pk)
    if not found:
        raise WrongStateError(_("This draft was deleted."))
    current: Revision = found[0]
    if by is not None and not current.contribution.is_filed_by(by):
        raise PermissionDenied
    if current.sent_at is None and not current.contribution.is_editable:
        raise WrongStateError(_("This contribution is closed and cannot be changed any more."))
    if current.sent_at is not None:
        raise WrongStateError(_("You have submitted this contribution, so you cannot change it now."))
    if by is not None:
        revision.saved_by = by
        Revision.objects.filter(pk=current.pk).update(saved_by=by)
    return current.contribution
