"""Consult chairs and speakers about drafts: comments, approvals, and speakers' answers about their quotes."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from publishing.models import Verb
from publishing.workflow import Part, locked, log, require_permission

from ..letters import COMMENT
from ..models import Appearance, Approval, Comment, Dialogue, Paragraph, Quote, QuoteAnswer, Summary


@transaction.atomic
def comment(dialogue: Dialogue, *, by: Any, text: str, paragraph: Paragraph | None = None) -> Comment:
    """Add a comment on the drafts of a dialogue, about one paragraph or in general.

    Raises PermissionDenied unless `by` is staff, or a chair of the dialogue with an account or a preview.
    """
    if not Dialogue.objects.open_to_comments_by(by).filter(pk=dialogue.pk).exists():
        raise PermissionDenied
    preview = getattr(by, "preview", None)  # a guest has no account
    author = {"appearance": preview.recipient} if preview else {"author": by}
    made = dialogue.comments.create(**author, text=text, paragraph=paragraph)
    if preview or not getattr(by, "is_staff", False):
        _tell_staff(preview.made_by if preview else None)
    return made


def _tell_staff(sharer: Any) -> None:
    """Tell the person who shared the draft, or else all staff who handle comments, that a chair has commented.

    The letter names neither the draft nor the chair and quotes nothing, because others may read it in transit.
    """
    may_read = sharer is not None and sharer.is_active and sharer.has_perm("dialogues.change_comment")
    staff = [sharer] if may_read else get_user_model().objects.staff_who_may("dialogues.change_comment")
    for user in staff:
        send_letter(COMMENT, user.email, _comment_values, language=user.language)


def _comment_values() -> dict[str, str]:
    return {"desk": f"{settings.BASE_URL}{reverse('desk:home')}"}


@transaction.atomic
def reply(to: Comment, *, by: Any, text: str) -> Comment:
    """Answer a comment. A reply to a reply belongs to the same comment. Raises PermissionDenied.

    The same answer sent twice is kept once.
    """
    first = locked(to.reply_to or to)
    last = first.replies.last()
    if last and (last.author, last.text) == (by, text):
        return last
    answer = comment(first.dialogue, by=by, text=text, paragraph=first.paragraph)
    answer.reply_to = first
    answer.save(update_fields=["reply_to"])
    return answer


@transaction.atomic
def resolve(comment: Comment, *, by: Any, is_open: bool = False) -> None:
    """Mark a comment as dealt with, or as open again. Raises PermissionDenied for users who may not change comments."""
    require_permission(by, "change", comment)
    comment.resolved_at = None if is_open else timezone.now()
    comment.save(update_fields=["resolved_at"])


@transaction.atomic
def approve(summary: Summary, *, by: Any, seen: str) -> Approval:
    """Record a chair's approval of the text of a summary. `seen` is the digest of the text that they read.

    Raises PermissionDenied for anyone but a chair, and ValidationError if the text has changed since.
    """
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
def answer_quote(quote: Quote, *, by: Any, text: str, note: str = "") -> QuoteAnswer:
    """Record a speaker's answer about a quote: the same text confirms it, another text asks for a correction.

    `by` is a guest whose preview was made for the speaker of this quote; anyone else gets PermissionDenied. The same
    answer sent twice is recorded once.
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
def use_correction(quote: Quote, *, by: Any) -> None:
    """Replace the text of a quote by its speaker's latest answer.

    Raises ValidationError if there is no answer with another text, and PermissionDenied for users who may not change
    quotes.
    """
    require_permission(by, "change", quote)
    current = locked(quote)
    answer = current.answers.last()
    if answer is None or answer.text == current.text:
        raise ValidationError(_("The speaker asked for no other words."))
    current.text = quote.text = answer.text
    current.save(update_fields=["text"])
    log(current, Verb.USE_CORRECTION, by=by)
