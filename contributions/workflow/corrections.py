"""Corrections by staff. Each is a new revision that is marked as the secretariat's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dialogues.models import Organization, Topic
from documents import workflow as documents
from documents.models import Document
from publishing.models import Verb
from publishing.workflow import locked, require_permission, save_with_history

from ..models import Attachment, Contribution, Revision
from ..models.byline import most_private
from .drafts import add_file, check_file_size, copy_newest, delete_attachment, delete_draft
from .moves import State, WrongStateError
from .review import require_newest
from .submission import Errors, send, submission_errors


@dataclass(frozen=True)
class FileCorrection:
    """The details of a file that stays: its language, whether it is a translation, and how it appears."""

    language: str
    is_translation: bool = False
    appear_as: str = ""


@dataclass(frozen=True)
class Correction:
    """What staff change of a contribution, and why.

    `fields` are fields of the revision, `answers` texts by the number of their question. `files` are those that stay,
    by the id of their document, or None if all stay as they are. `added` are new files with their languages.
    `organization` is the one on record, and `country` its country; None leaves each as it is. These two are not part of
    a revision, so they take effect at once.
    """

    reason: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[int, FileCorrection] | None = None
    added: Sequence[tuple[UploadedFile[Any], str]] = ()
    organization: Organization | None = None
    country: str | None = None


def correct(contribution: Contribution, correction: Correction, *, by: Any, seen: int | None = None) -> Revision:
    """Submit a correction as a new revision, and return it. What is public stays until the new one is published.

    A filer is told by email. If they are writing a correction of their own, it stays as it is.

    Raises PermissionDenied; WrongStateError if the contribution is withdrawn, or if a newer revision than `seen` was
    sent; ValidationError, by field, if there is no reason, if something is missing, or if more names would appear than
    its sender chose.
    """
    with ExitStack() as stack:
        # The files are written before the lock is taken, so that nobody else waits for the disk.
        added = []
        for upload, language in correction.added:
            check_file_size(contribution.call, upload.size or 0)
            added.append((stack.enter_context(documents.on_disk(upload)), language))
        with transaction.atomic():
            current = locked(contribution)
            if not current.can_be_corrected_by_staff:
                raise WrongStateError(_("This contribution is withdrawn and cannot be corrected."))
            revision = _write(current, correction, added, by=by, seen=seen, by_staff=True)
    contribution.refresh_from_db()
    return revision


def import_correction(
    contribution: Contribution,
    document: Document,
    *,
    by: Any,
    reason: str,
    organization: Organization | None = None,
    topics: Iterable[Topic] = (),
    **fields: Any,
) -> Contribution:
    """Submit a repeated import as a correction of a contribution, even of one that was withdrawn, and return it.

    `document` is on the disk but not in the database yet. The caller has opened a transaction. The day on which the
    contribution was received stays: the correction may have come later. If that day is missing, the correction's own
    day fills it in, unless that is after the call closed. Raises what `correct` raises.
    """
    current = locked(contribution)
    if current.filer_id is not None:
        raise WrongStateError(_("Its sender filed this contribution in the portal, and corrects it there."))
    current.topics.add(*topics)
    received_on = fields.pop("received_on", None)
    if current.newest.received_on is None and received_on and received_on <= localdate(current.call.closes_at):
        fields["received_on"] = received_on
    correction = Correction(reason, fields, organization=organization)
    _write(current, correction, [(document, fields["language"])], by=by, seen=None, by_staff=False)
    return current


def _write(
    contribution: Contribution,
    correction: Correction,
    added: Iterable[tuple[Document, str]],
    *,
    by: Any,
    seen: int | None,
    by_staff: bool,
) -> Revision:
    """Write the new revision of a contribution whose row is locked, and submit it."""
    require_permission(by, "publish", contribution)
    require_newest(contribution, seen)
    if not correction.reason.strip():
        raise ValidationError({"reason": _("Give a reason for the log.")})
    before = contribution.newest
    revision = _copy_for_staff(contribution, by_staff)
    for name, value in correction.fields.items():
        setattr(revision, name, value)
    revision.save()
    revision.confirmed_signers = _confirmed_signers(contribution, revision)
    revision.save(update_fields=["confirmed_signers"])
    for number, text in correction.answers.items():
        revision.answers.filter(number=number).update(text=text)
    if correction.files is not None:
        _correct_files(revision, correction.files)
    for document, language in added:
        add_file(contribution, revision, document, language=language)
    errors = submission_errors(revision, consent=True)
    if not contribution.is_imported:
        errors |= _privacy_errors(before, revision)
    if errors:
        raise ValidationError(errors)
    facts = _correct_record(contribution, correction, by)
    came_back = {"withdrawn_at": None} if contribution.state == State.WITHDRAWN else {}
    send(contribution, revision, by, verb=Verb.CORRECT, note=correction.reason.strip(), facts=facts, **came_back)
    return revision


def _copy_for_staff(contribution: Contribution, by_staff: bool) -> Revision:
    """Create an unsent revision as a copy of the newest one, with the consent that its sender gave.

    A draft that the filer is writing comes after it. That of a filer whose account was deleted is deleted.
    """
    draft = contribution.draft
    if draft and contribution.filer_id is None:
        delete_draft(draft)
        draft = None
    revision = copy_newest(contribution, by_staff=by_staff, consented_at=contribution.newest.consented_at)
    if draft:
        own, later = draft.number, revision.number
        Revision.objects.filter(pk=draft.pk).update(number=later + 1)  # the numbers are unique: make room first
        Revision.objects.filter(pk=revision.pk).update(number=own)
        Revision.objects.filter(pk=draft.pk).update(number=later)
        revision.number = own
    return revision


def _privacy_errors(before: Revision, after: Revision) -> Errors:
    """Return errors for fields that would show more names than the sender chose. Only the sender may choose that."""
    errors: Errors = {}
    sentence = _("Its sender chose to show fewer names. Staff may hide names, but not show more.")
    if most_private(before.appear_as, after.appear_as) != after.appear_as:
        errors["appear_as"] = sentence
    if len(after.signer_names) > len(before.signer_names):
        errors["signers"] = sentence
    chosen = {file.document_id: most_private(before.appear_as, file.appear_as) for file in before.attachments.all()}
    for file in after.attachments.all():
        now = most_private(after.appear_as, file.appear_as)
        if most_private(now, chosen.get(file.document_id, "")) != now:
            errors[f"file_{file.document_id}_appear_as"] = sentence
    return errors


def _confirmed_signers(contribution: Contribution, after: Revision) -> list[str]:
    """Return which signers are confirmed: those of the newest revision, even if staff correct how a name is written.

    If the words or files change too, they are asked again. What staff imported needs no confirmation.
    """
    if contribution.is_imported:
        return after.signer_names
    before = contribution.newest
    same_length = len(before.signer_names) == len(after.signer_names)
    pairs = zip(before.signer_names, after.signer_names, strict=True) if same_length else ()
    # Names that only changed places are not corrections of each other.
    corrected = [(old, new) for old, new in pairs if old not in after.signer_names and new not in before.signer_names]
    for old, new in corrected:
        if not contribution.signatures.filter(name=new).exists():
            contribution.signatures.filter(name=old).update(name=new)
    return [*before.confirmed_signers, *(new for old, new in corrected if old in before.confirmed_signers)]


def _correct_record(contribution: Contribution, correction: Correction, by: Any) -> dict[str, Any]:
    """Change the organization on record and its country; return facts for the log."""
    facts: dict[str, Any] = {}
    if correction.organization and correction.organization != contribution.organization:
        facts["organization"] = [contribution.organization_id, correction.organization.pk]
        contribution.organization = correction.organization
        contribution.save(update_fields=["organization"])
    organization = contribution.organization
    if organization and correction.country is not None and correction.country != organization.country:
        set_country(organization, correction.country, by=by, reason=correction.reason)
        facts["country_of"] = organization.pk
    return facts


def set_country(organization: Organization, country: str, *, by: Any, reason: str = "") -> None:
    """Set the country of an organization on record, with its history. Raises PermissionDenied or ValidationError."""
    require_permission(by, "change", organization)
    organization.country = country
    save_with_history(organization, by=by, reason=reason[:100])


def _correct_files(revision: Revision, files: Mapping[int, FileCorrection]) -> None:
    """Set the details of the files that stay, and remove the others from a draft."""
    for attachment in Attachment.objects.filter(revision=revision).select_related("document"):
        kept = files.get(attachment.document_id)
        if kept is None:
            delete_attachment(attachment)
        else:
            attachment.language, attachment.is_translation = kept.language, kept.is_translation
            attachment.appear_as = kept.appear_as
            attachment.save(update_fields=["language", "is_translation", "appear_as"])
