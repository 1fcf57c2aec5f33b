from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contributions.querysets import CallQuerySet
from dialogues.models import Dialogue, Publishable


class Call(Publishable):
    """An invitation to contribute to a dialogue, open between two moments."""

    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(_("title"), max_length=300)
    guidance = models.TextField(_("guidance"), blank=True, help_text=_("Markdown."))
    opens_at = models.DateTimeField(_("opens"), help_text=_("Vienna time."))
    closes_at = models.DateTimeField(_("closes"), help_text=_("Vienna time. One second later is late."))
    file_limit = models.PositiveSmallIntegerField(_("files at most"), default=5)

    objects = CallQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The call closes before it opens."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("contributions:create", query={"call": self.pk})

    @property
    def is_open(self):
        """Whether it takes contributions now, by the server's clock; hidden with its dialogue, it takes none."""
        is_public = self.is_published and self.dialogue.is_published
        return is_public and self.opens_at <= timezone.now() < self.closes_at


class GuidingQuestion(models.Model):
    """One of the questions that a call asks."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("question"))
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")

    class Meta:
        verbose_name = _("guiding question")
        verbose_name_plural = _("guiding questions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["call", "number", "language"], name="question_number_once")]

    def __str__(self):
        return f"{self.number}. {self.text[:60]}"
