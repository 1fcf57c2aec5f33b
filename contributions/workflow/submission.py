"""Submission of a revision: its required content, its reference and its receipt."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dialogues.models import Organization, Topic
from documents.models import Document
from publishing.models import Verb
from publishing.workflow import locked, log, require_permission
from text.words import count_words

from ..models import AppearAs, Attachment, Call, Contribution, Revision
from ..receipts import new_code, proof_of
from .confirmations import ask_again, refresh_confirmed
from .drafts import attach_document, check_file_size
from .moves import State, WrongStateError, move

# Without vowels, so that they spell no word, and without L, which can be read as a digit.
REFERENCE_LETTERS, REFERENCE_LENGTH = "BCDFGHJKMNPQRSTVWXYZ", 6

Errors = dict[str, str | Promise]  # a sentence for each field of the forms


def submit(contribution: Contribution, *, by: Any, consent: bool, arrived: datetime | None = None) -> None:
    """Submit the draft of a contribution.

    `arrived` is the time that counts, however long the submission waits for locks or checks. By default it is the time
    of this call.

    Raises ValidationError, by field, if something is missing or the call is closed; WrongStateError if there is no
    draft, as after a second click. The closing time does not apply to a command (`by` is None), which imports what
    arrived in time in another way.
    """
    arrived = arrived or timezone.now()
    with transaction.atomic():
        current = _locked_with_content(contribution)
        revision = current.draft
        if revision is None:
            raise WrongStateError(_("This contribution has been submitted."))
        errors = submission_errors(revision, consent)
        if not errors and by is not None and not current.can_be_submitted_at(arrived):
            errors["__all__"] = _("This call is closed. Your draft is kept, and you can ask for more time.")
        if errors:
            raise ValidationError(errors)
        send(current, revision, by, arrived=arrived)
    contribution.refresh_from_db()


def _locked_with_content(contribution: Contribution) -> Contribution:
    """Return the row of a contribution, locked, with everything that a submission needs already fetched."""
    rows = Contribution.objects.select_for_update(of=("self",)).prefetch_related("revisions__answers")
    rows = rows.select_related("call__dialogue__series", "invitation__call", "filer")
    current: Contribution = rows.get(pk=contribution.pk)
    return current


def send(
    contribution: Contribution,
    revision: Revision,
    by: Any,
    *,
    verb: Verb = Verb.SUBMIT,
    arrived: datetime | None = None,
    **details: Any,
) -> None:
    """Make a draft the newest revision, with a receipt. The caller must have locked the contribution.

    `verb` and `details` are those of the move; its facts are added to those of the submission.
    """
    now = arrived or timezone.now()
    if contribution.newest is None:
        contribution.topics.add(*contribution.call.topics.all())
    reference = contribution.reference or _new_reference(contribution.call)
    revision.sent_at = now
    revision.consented_at = revision.consented_at or now
    revision.receipt_code = new_code()
    revision.sent_files = [
        {"sha256": attachment.document.sha256, "size": attachment.document.size, "kind": attachment.document.kind}
        for attachment in revision.attachments.select_related("document")
    ]
    refresh_confirmed(revision)
    revision.save(update_fields=["sent_at", "consented_at", "receipt_code", "sent_files", "updated_at"])
    facts = {**proof_of(revision), **details.pop("facts", {})}
    entry = move(
        contribution, verb, by=by, facts=facts,
        newest=revision, reference=reference, submitted_at=contribution.submitted_at or revision.held_since or now,
        publish_at=None, **details,
    )  # fmt: skip
    Revision.objects.filter(pk=revision.pk).update(log_digest=entry.digest)
    ask_again(contribution, revision)


def _new_reference(call: Call) -> str:
    """Return a reference with the call's series, the dialogue's year and random letters, such as TIP-2024-KRMVXT.

    A number would tell senders and readers how many contributions were sent before, published or not. So few of the
    possible references are in use that a mistyped one hardly ever names another contribution.
    """
    day = call.dialogue.starts_on or timezone.localdate(call.closes_at)
    while True:
        letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
        reference = f"{call.dialogue.series.code}-{day.year}-{letters}"
        if not Contribution.objects.filter(reference=reference).exists():
            return reference


def submission_errors(revision: Revision, consent: bool) -> Errors:
    """Return the errors that stop a draft from being submitted: a sentence for each field.

    The field of the answer to a guiding question is `answer_<number>`.
    """
    errors = {**_name_errors(revision), **_length_errors(revision), **_file_errors(revision)}
    if not revision.title.strip():
        errors["title"] = _("Enter a title.")
    if not has_content(revision):
        errors["text"] = _("Write a text, answer a question or attach a file: there is nothing to submit yet.")
    call = revision.contribution.call
    if revision.language not in dict(call.language_choices):
        errors["language"] = _("This call does not accept contributions in that language.")
    if not consent:
        errors["consent"] = _("Agree to the publication, or save the draft and come back.")
    return errors


def _name_errors(revision: Revision) -> Errors:
    errors: Errors = {}
    if not revision.organization_name.strip():
        errors["organization_name"] = _("Enter the organization’s name.")
    if revision.appear_as == AppearAs.NAMED and not revision.person_name.strip():
        errors["person_name"] = _("Enter the name that should appear, or choose to appear without one.")
    return errors


def has_content(revision: Revision) -> bool:
    """Return whether a revision has a text, an answer or a file."""
    has_answer = any(answer.text.strip() for answer in revision.answers.all())
    return bool(revision.text.strip()) or has_answer or revision.attachments.exists()


def _length_errors(revision: Revision) -> Errors:
    """Return the fields that have more words than the call allows."""
    errors: Errors = {}
    call = revision.contribution.call
    limits = {question.number: question.word_limit for question in call.questions_in(revision.language)}
    texts = {"text": (revision.text, call.word_limit)}
    texts |= {f"answer_{answer.number}": (answer.text, limits.get(answer.number)) for answer in revision.answers.all()}
    for field, (text, limit) in texts.items():
        if error := length_error(text, limit):
            errors[field] = error
    return errors


def length_error(text: str, limit: int | None) -> str:
    """Return the sentence for a text that has more words than `limit`, or ""."""
    if not limit or (over := count_words(text) - limit) <= 0:
        return ""
    return ngettext(
        "This text is %(over)d word longer than the %(limit)d allowed.",
        "This text is %(over)d words longer than the %(limit)d allowed.",
        over,
    ) % {"over": over, "limit": limit}


def _file_errors(revision: Revision) -> Errors:
    """Return what is wrong with the files of a first submission. The limits may have changed since their upload.

    Files that were sent before stay in a correction.
    """
    contribution = revision.contribution
    if contribution.newest_id is not None:
        return {}
    call = contribution.call
    sizes = list(revision.attachments.values_list("document__size", flat=True))
    if len(sizes) > call.file_limit:
        return {
            "upload": ngettext(
                "This call accepts up to %(limit)d file: remove one first.",
                "This call accepts up to %(limit)d files: remove one first.",
                call.file_limit,
            )
            % {"limit": call.file_limit}
        }
    if any(size > call.file_bytes for size in sizes):
        sentence = gettext(
            "A file is larger than the %(limit)d MB that this call accepts: remove it, or send a smaller one."
        )
        return {"upload": sentence % {"limit": call.file_megabytes}}
    return {}


@transaction.atomic
def import_contribution(
    call: Call,
    document: Document,
    *,
    by: Any,
    key: UUID,
    consent: bool,
    organization: Organization | None = None,
    topics: Iterable[Topic] = (),
    appear_as: str = AppearAs.ORGANIZATION,
    may_repeat: bool = False,
    **fields: Any,
) -> Contribution:
    """Submit a file that staff received another way, for example by email, and return the contribution.

    `document` is on the disk but not in the database yet (see `documents.workflow.on_disk`); `fields` are fields of a
    revision. The contribution has no filer, and the closing time of the call does not apply. Raises PermissionDenied;
    ValidationError if something is missing, or if the call has a contribution with the same file, unless it
    `may_repeat`.
    """
    require_permission(by, "change", Contribution())
    locked(call)  # makes two simultaneous imports of the same file wait for each other
    check_file_size(call, document.size)
    if not may_repeat and (same := find_duplicate(call, document.sha256)):
        raise ValidationError(_("This file is there already, in %(reference)s."), params={"reference": same.reference})
    contribution = Contribution.objects.create(call=call, key=key, organization=organization, is_imported=True)
    contribution.topics.add(*topics)
    revision = Revision.objects.create(contribution=contribution, appear_as=appear_as, **fields)
    confirm_by_staff(revision)
    attach_document(revision, document, by=None, language=revision.language)
    submit(contribution, by=None, consent=consent)
    log(contribution, Verb.IMPORT, by=by)
    return contribution


def confirm_by_staff(revision: Revision) -> None:
    """Confirm all signers of a revision that staff write themselves."""
    revision.confirmed_signers = revision.signer_names
    revision.save(update_fields=["confirmed_signers"])


def find_duplicate(call: Call, sha256: str) -> Contribution | None:
    """Return a submitted contribution to the call that has a file with this SHA-256 digest, or None."""
    rows = Attachment.objects.filter(document__sha256=sha256, revision__contribution__call=call)
    sent = rows.exclude(revision__contribution__state=State.DRAFT).exclude(revision__sent_at=None)
    first = sent.select_related("revision__contribution__newest").first()
    return first and first.revision.contribution
