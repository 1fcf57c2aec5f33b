from django.core.mail import EmailMessage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import LetterQuerySet, OutageQuerySet


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    UNCLEAR = "unclear", _("May have been sent")
    LEFT = "left", _("Left unsent")


GONE = [State.SENT, State.LEFT]


class Letter(models.Model):
    """A message on its way out, written in the transaction that asks for it.

    Sign-in codes and names pass through here: all that the letter says, and to whom, is forgotten once it is done with;
    the row then only proves that it went.
    """

    message_id = models.CharField(_("message ID"), max_length=255, unique=True)
    # subject, body, sender, headers; to, cc and bcc: those who are still to get it
    content = models.JSONField(_("content"), null=True)
    in_bulk = models.BooleanField(_("to many"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now, help_text=_("The last time it was asked for."))
    # Translators: when an email is due to be sent
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    claimed_at = models.DateTimeField(_("last tried"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_state_and_due")]
        constraints = [
            models.CheckConstraint(name="letter_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="letter_forgotten_once_gone",
                condition=Q(state__in=GONE, content__isnull=True) | (~Q(state__in=GONE) & Q(content__isnull=False)),
            ),
            models.CheckConstraint(name="letter_sent_at_a_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
            models.CheckConstraint(
                name="letter_claimed_before_sending",
                condition=~Q(state__in=["sending", "unclear", "sent"]) | Q(claimed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.message_id

    @property
    def recipients(self):
        """All addresses to which it is still to go."""
        return [address for kind in ("to", "cc", "bcc") for address in (self.content or {}).get(kind, [])]

    def message(self):
        """The message as it goes; a copy of it could be told by its Message-ID."""
        headers = {**self.content["headers"], "Message-ID": self.message_id}
        names = ("subject", "body", "to", "cc", "bcc")
        return EmailMessage(
            **{name: self.content[name] for name in names}, from_email=self.content["sender"], headers=headers
        )


class Outage(models.Model):
    """The mail server can't be reached, or takes nothing. It is not asked again before `retry_at`, for any letter.

    It goes with the first letter that the server answers, or once no letter is due.
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

    def __str__(self):
        return self.error
