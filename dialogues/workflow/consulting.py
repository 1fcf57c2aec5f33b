"""What is asked of others before a draft is published: a preview, the co-chairs' approval, a speaker's own words."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues import letters
from dialogues.models import Appearance, Approval, Preview, QuoteAnswer

from .moves import Part, demand, locked, log

MOST_DAYS = 90  # that a preview may stay open


@transaction.atomic
def share(record, *, by, days, email="", language=settings.LANGUAGE_CODE, appearance=None):
    """Give `record` an address at which whoever holds it reads the draft for some days; sent where there is an e-mail.

    `appearance` says as whom: a chair of the dialogue may comment there and approve, a speaker answer about a quote.
    """
    demand(by, "add", Preview())
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(_("A preview stays open from 1 to %(most)d days."), params={"most": MOST_DAYS})
    preview = Preview.objects.create(
        record=record, email=email, language=language, appearance=appearance,
        made_by=by, expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    log(record, "share", by=by, facts={"days": days, "appearance": appearance and appearance.pk})
    letters.share(preview)
    return preview


@transaction.atomic
def withdraw_preview(preview, *, by):
    """Close a preview before its time: its address answers as if there had never been one."""
    demand(by, "delete", preview)
    log(preview.record, "withdraw preview", by=by)
    preview.delete()


@transaction.atomic
def approve(summary, *, by, seen):
    """A chair's approval of a summary as it was read: `seen` is the digest of its text then (`Summary.digest`)."""
    appearance = Appearance.objects.chair_of(summary.dialogue, by)
    if appearance is None:
        raise PermissionDenied
    current = locked(summary)
    if current.digest != seen:
        raise ValidationError(_("The text has changed since you opened this page. Read it again, then approve."))
    approval, is_new = Approval.objects.get_or_create(summary=current, appearance=appearance, digest=seen)
    if is_new:
        log(current, "approve", by=None, part=Part.CHAIR, note=str(appearance.speaker), facts={"text": seen})
    return approval


@transaction.atomic
def answer_quote(quote, *, by, text, note=""):
    """What a speaker says of words that are ascribed to them: the same text confirms, another asks for a correction.

    `by` is a guest whose preview was made for this quote's speaker. Sending the same answer twice is one answer.
    """
    preview = getattr(by, "preview", None)
    if preview is None or preview.appearance_id != quote.appearance_id or preview.record != quote:
        raise PermissionDenied
    current = locked(quote)
    last = current.answers.last()
    if last and (last.text, last.note) == (text, note):
        return last
    answer = QuoteAnswer.objects.create(quote=current, text=text, note=note)
    log(current, "confirm" if text == current.text else "correct", by=None, part=Part.SPEAKER)
    return answer


@transaction.atomic
def take_over(quote, *, by):
    """Put the words into a quote that its speaker answered last."""
    demand(by, "change", quote)
    current = locked(quote)
    answer = current.answers.last()
    if answer is None or answer.text == current.text:
        raise ValidationError(_("The speaker asked for no other words."))
    current.text = quote.text = answer.text
    current.save(update_fields=["text"])
    log(current, "take over", by=by)
