"""Which words and files a joint signer has confirmed that it signs: only those that it has read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from mail.sending import send_letter

from ..letters import SIGNATURE_AGAIN
from ..models import Contribution, Revision, Signature
from ..receipts import content_digest

Confirmed = Signature.State.CONFIRMED


def revision_to_sign(signature: Signature) -> Revision | None:
    """Return what an organization is asked to sign: the newest revision that was sent, or else the draft.

    None if neither names it any more.
    """
    contribution = signature.contribution
    revisions = (contribution.newest, contribution.draft)
    return next((one for one in revisions if one is not None and signature.name in one.signer_names), None)


def refresh_confirmed(revision: Revision) -> None:
    """Keep among the confirmed signers of an unsent revision only those who confirmed exactly what it says now.

    A signer stays if it confirmed this by its link, or if it was confirmed for an earlier revision with the same words
    and files, for example by staff. What staff imported needs no confirmation.
    """
    contribution = revision.contribution
    if not revision.signers.strip() or contribution.is_imported:
        return
    digest = content_digest(revision)
    names = set(contribution.signatures.filter(state=Confirmed, digest=digest).values_list("name", flat=True))
    for earlier in contribution.revisions.sent().exclude(pk=revision.pk):
        if earlier.confirmed_signers and content_digest(earlier) == digest:
            names |= {*earlier.confirmed_signers, *revision.confirmed_signers}
    confirmed = [name for name in revision.signer_names if name in names]
    if confirmed != revision.confirmed_signers:
        revision.confirmed_signers = confirmed
        revision.save(update_fields=["confirmed_signers"])


def ask_again(contribution: Contribution, revision: Revision) -> None:
    """Ask again, by letter, the signers who confirmed other words or files than those of a revision that is being sent.

    They stay confirmed for the revisions that they read.
    """
    if not revision.signers.strip() or contribution.is_imported:
        return
    changed = contribution.signatures.filter(state=Confirmed, name__in=revision.signer_names)
    for signature in changed.exclude(digest=content_digest(revision)):
        signature.state, signature.asked_at = Signature.State.ASKED, timezone.now()
        signature.save(update_fields=["state", "asked_at"])
        send_letter(SIGNATURE_AGAIN, signature.address, values_of(signature), language=signature.language)


def values_of(signature: Signature) -> Any:
    """Return a function that returns the fields of a letter to a signer, in the active language."""
    call = signature.contribution.call
    return lambda: {
        "organization": signature.name,
        "call": call.localized.title.text if call.is_public else "–",
        "link": f"{settings.BASE_URL}{signature.get_absolute_url()}",
    }
