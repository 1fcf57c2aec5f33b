from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mail.letter import MAX_SUBJECT, Words
from publishing.models import Translatable
from text.localized import content_language

from ..querysets import CallLetterQuerySet
from .call import Call
from .contribution import Contribution

State = Contribution.State
# Nobody writes to those who withdrew.
REACHABLE_STATES = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.PUBLISHED, State.DECLINED)


class CallLetter(Translatable):
    """A letter from staff to those who filed to a call and whose contributions are in given states.

    It is a draft until it is sent, once, to everyone at the same time. It keeps how many people it went to and no
    address.
    """

    translated_fields = ("subject", "body")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="letters")
    # A list of values of Contribution.State.
    states = models.JSONField(default=list)
    subject = models.CharField(_("subject"), max_length=MAX_SUBJECT)
    body = models.TextField(_("text"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    recipient_count = models.PositiveIntegerField(null=True)

    objects = CallLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to filers")
        verbose_name_plural = _("letters to filers")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="call_letter_sent_to_some",
                condition=models.Q(sent_at=None, recipient_count=None)
                | models.Q(sent_at__isnull=False, recipient_count__gt=0),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state_names(self) -> list[str]:
        """The names of the states whose filers it is for."""
        return [str(State(state).label) for state in self.states]

    @property
    def words(self) -> Words:
        """Its words in the active language, or the original where the translation is missing, fields in braces."""
        language = content_language()
        return self.words_in(language if self.has_language(language) else self.original_language)

    def words_in(self, language: str) -> Words:
        """Return its words in a language that it has."""
        texts = {field: str(self.in_language(field, language)) for field in self.translated_fields}
        return Words.tidy(texts["subject"], texts["body"])

    def has_language(self, language: str) -> bool:
        """Return whether it is written in a language, completely."""
        texts = self.translations.get(language, {})
        return language == self.original_language or all(texts.get(field) for field in self.translated_fields)

    @property
    def written_languages(self) -> list[str]:
        """The languages that it is written in, the original first."""
        others = (code for code, _name in settings.CONTENT_LANGUAGES if code != self.original_language)
        return [self.original_language, *filter(self.has_language, others)]


class Reminder(models.Model):
    """A letter that was sent to a writer of a draft some days before the end. It is deleted with the draft."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reminders")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()  # before the end
    ends_at = models.DateTimeField()  # as it was when the reminder was sent
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "reader", "days", "ends_at"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.days}, {self.ends_at:%Y-%m-%d}"
