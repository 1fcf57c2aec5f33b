from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import CommentQuerySet
from .dialogue import Dialogue
from .paragraphs import Paragraph
from .people import Appearance, Quote, Speaker
from .publications import Summary


class Comment(models.Model):
    """A comment by a co-chair or by staff on the drafts of a dialogue. It is never public."""

    typed_reply: str  # set by the page of the summary, where an answer waits to be saved

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="comments")
    paragraph = models.ForeignKey(
        # Translators: the paragraph that a comment is about
        Paragraph,
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="comments",
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    appearance = models.ForeignKey(
        Appearance,
        verbose_name=_("said as"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Of a chair who came by the address of a preview."),
    )
    reply_to = models.ForeignKey(
        "self", verbose_name=_("in reply to"), null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    # Translators: when staff marked a comment as dealt with
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="comment_has_words")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def who(self) -> Speaker | AbstractBaseUser | None:
        """The chair who commented through a preview, or the owner of an account; None once the account is deleted."""
        return self.appearance.speaker if self.appearance else self.author


class Approval(models.Model):
    """A chair's approval of one exact text of a summary. It does not hold for a text that has changed since."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="approvals")
    appearance = models.ForeignKey(Appearance, verbose_name=_("chair"), on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "appearance", "digest"], name="approval_once_a_chair_and_text")
        ]

    def __str__(self) -> str:
        return f"{self.appearance.speaker}, {self.at:%Y-%m-%d}"


class QuoteAnswer(models.Model):
    """A speaker's answer about a quote: the correct wording. It is never public."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(_("words"))
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer about a quote")
        verbose_name_plural = _("answers about quotes")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="quote_answer_has_words")]

    def __str__(self) -> str:
        return self.text[:60]
