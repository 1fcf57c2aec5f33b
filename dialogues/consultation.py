"""What a page of a draft says to those who are asked about it: comments, approvals, a speaker's own answer."""

from django.urls import reverse

from dialogues.forms import AnswerForm, CommentForm
from dialogues.models import Appearance, Dialogue


def consultation(summary, user):
    """For the page of a summary: comments and approvals, and what `user` may add; None for the public."""
    dialogue = summary.dialogue
    if not Dialogue.objects.open_to_comments_by(user).filter(pk=summary.dialogue_id).exists():
        return None
    names = [dialogue.slug, summary.language, summary.version]
    preview = getattr(user, "preview", None)
    here = preview and preview.get_absolute_url()
    approvals = list(summary.approvals.select_related("appearance__speaker"))
    return {
        "comments": dialogue.comments.select_related("author", "appearance__speaker", "paragraph__summary__dialogue"),
        "comment_form": CommentForm(dialogue=dialogue),
        "comment_action": here or reverse("dialogues:comment-create", args=[dialogue.slug]),
        "approvals": [(approval, approval.digest == summary.digest) for approval in approvals],
        "may_approve": not summary.is_published and Appearance.objects.chair_of(dialogue, user) is not None,
        "approve_action": here or reverse("dialogues:summary-approve", args=names),
        "digest": summary.digest,
    }


def answer_form(quote, user):
    """The form in which the speaker whom a preview was given to answers about their quote; None for anyone else."""
    preview = getattr(user, "preview", None)
    if preview is None or preview.record != quote or not preview.is_given_to(quote.appearance):
        return None
    return AnswerForm(initial={"text": quote.text})
