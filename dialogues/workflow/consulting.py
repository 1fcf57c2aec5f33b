"""What is asked of others before a draft is published: the co-chairs' approval, a speaker's own words."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from publishing.models import Verb
from publishing.workflow import Part, locked, log, require_permission

from ..models import Appearance, Approval, QuoteAnswer


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
        log(current, Verb.APPROVE, by=None, part=Part.CHAIR, note=str(appearance.speaker), facts={"text": seen})
    return approval


@transaction.atomic
def answer_quote(quote, *, by, text, note=""):
    """What a speaker says of words that are ascribed to them: the same text confirms, another asks for a correction.

    `by` is a guest whose preview was made for this quote's speaker. Sending the same answer twice is one answer.
    """
    preview = getattr(by, "preview", None)
    if preview is None or not preview.is_given_to(quote.appearance) or preview.record != quote:
        raise PermissionDenied
    current = locked(quote)
    last = current.answers.last()
    if last and (last.text, last.note) == (text, note):
        return last
    answer = QuoteAnswer.objects.create(quote=current, text=text, note=note)
    log(current, Verb.CONFIRM_WORDS if text == current.text else Verb.CORRECT_WORDS, by=None, part=Part.SPEAKER)
    return answer


@transaction.atomic
def use_correction(quote, *, by):
    """Put the words into a quote that its speaker answered last."""
    require_permission(by, "change", quote)
    current = locked(quote)
    answer = current.answers.last()
    if answer is None or answer.text == current.text:
        raise ValidationError(_("The speaker asked for no other words."))
    current.text = quote.text = answer.text
    current.save(update_fields=["text"])
    log(current, Verb.USE_CORRECTION, by=by)
