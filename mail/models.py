from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .letter import KINDS, MAX_SUBJECT, Words
from .querysets import LetterTextQuerySet, OutageQuerySet, OutgoingEmailQuerySet


class State(models.TextChoices):
    """How far the delivery of an email has come."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    UNCLEAR = "unclear", _("May have been sent")
    DISCARDED = "discarded", _("Left unsent")


FINISHED = [State.SENT, State.DISCARDED]


class OutgoingEmail(models.Model):
    """An email in the queue, written in the transaction that sends it.

    It may hold a sign-in code or a name. Once it is finished, its content and its recipients are deleted, and the row
    only proves that it was sent.
    """

    message_id = models.CharField(_("message ID"), max_length=255, unique=True)
    # {"subject", "body", "sender": text, "headers": {name: text}, "to", "cc", "bcc": addresses still to be reached}
    content = models.JSONField(_("content"), null=True)
    in_bulk = models.BooleanField(_("to many"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now, help_text=_("The last time it was asked for."))
    # Translators: when an email is due to be sent
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    claimed_at = models.DateTimeField(_("last tried"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="outgoing_email_state_and_due")]
        constraints = [
            models.CheckConstraint(name="outgoing_email_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="outgoing_email_emptied_once_finished",
                condition=Q(state__in=FINISHED, content__isnull=True)
                | (~Q(state__in=FINISHED) & Q(content__isnull=False)),
            ),
            models.CheckConstraint(
                name="outgoing_email_sent_at_a_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="outgoing_email_claimed_before_sending",
                condition=~Q(state__in=["sending", "unclear", "sent"]) | Q(claimed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def recipients(self) -> list[str]:
        """The addresses that it has not reached yet."""
        return [address for kind in ("to", "cc", "bcc") for address in (self.content or {}).get(kind, [])]

    def message(self) -> EmailMessage:
        """Return the email as Django sends it. Each attempt has the same Message-ID.

        Raises KeyError once it is finished, when its content is deleted.
        """
        content = self.content or {}
        headers = {**content["headers"], "Message-ID": self.message_id}
        fields = {name: content[name] for name in ("subject", "body", "to", "cc", "bcc")}
        return EmailMessage(**fields, from_email=content["sender"], headers=headers)


class Outage(models.Model):
    """A time during which the mail server cannot be reached or accepts no email.

    No delivery is tried before `retry_at`. The row is deleted when the server answers again, or when no email is due.
    """

    # Translators: when the mail server stopped accepting email
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    retry_at = models.DateTimeField(_("tried again"))
    attempts = models.PositiveIntegerField(_("attempts"))
    error = models.CharField(_("error"), max_length=200)

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        constraints = [models.CheckConstraint(name="outage_one_at_a_time", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.error


class LetterText(models.Model):
    """The words in which staff want a letter to go out in one language, instead of the default words."""

    letter = models.CharField(_("letter"), max_length=100)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=MAX_SUBJECT)
    body = models.TextField(_("text"))

    objects = LetterTextQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("words of a letter")
        verbose_name_plural = _("words of letters")
        ordering = ["letter", "language"]
        constraints = [models.UniqueConstraint(fields=["letter", "language"], name="letter_text_once")]

    def __str__(self) -> str:
        letter = KINDS.get(self.letter)
        return f"{letter.title if letter else self.letter} ({self.get_language_display()})"

    @property
    def words(self) -> Words:
        """Its subject and text, with fields in braces."""
        return Words(self.subject, self.body)


def may_see_recipients(user: Any) -> bool:
    """Return whether a user may see to whom email goes: those who may see accounts."""
    return bool(user.has_perm("accounts.view_user"))
