from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dialogues.models import Dialogue, Topic
from documents.upload_checks import MAX_SIZE
from publishing.addresses import reverse
from publishing.models import Numbered, Publishable, Translatable, TranslatableWork, by_number
from text.localized import lazy_zone_city
from text.words import shorten

from ..querysets import CallQuerySet, GuidingQuestionQuerySet

MEGABYTE = 1024 * 1024  # bytes
LARGEST_FILE = MAX_SIZE // MEGABYTE
ASK_FOR_TIME = timedelta(days=30)  # after a call has closed


class Call(Translatable, Numbered, Publishable):
    """A call for contributions to a dialogue, open from one time to another."""

    translated_fields = ("title", "guidance")

    class Audience(models.TextChoices):
        ANYONE = "anyone", _("Anyone with a confirmed address")
        INVITED = "invited", _("Only those who are invited")

    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(_("title"), max_length=300)
    guidance = models.TextField(_("guidance"), blank=True, help_text=_("Markdown."))
    # Translators: when a call for contributions opens
    opens_at = models.DateTimeField(_("opens"), help_text=format_lazy(_("{city} time."), city=lazy_zone_city()))
    closes_at = models.DateTimeField(
        # Translators: when a call for contributions closes
        _("closes"),
        help_text=format_lazy(_("{city} time. One second later is late."), city=lazy_zone_city()),
    )
    audience = models.CharField(_("who may contribute"), max_length=7, choices=Audience, default=Audience.ANYONE)
    languages = models.JSONField(_("languages"), default=list, blank=True, help_text=_("None chosen means all six."))
    word_limit = models.PositiveIntegerField(
        _("words at most"), null=True, blank=True, help_text=_("Of the free text; empty means no limit.")
    )
    file_limit = models.PositiveSmallIntegerField(_("files at most"), default=5)
    file_megabytes = models.PositiveSmallIntegerField(
        _("MB a file at most"),
        default=LARGEST_FILE,
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_FILE)],
    )

    needs_second_reader = models.BooleanField(
        _("needs a second reader"),
        default=False,
        help_text=_("A contribution is published when two people have completed its checklist independently."),
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="calls",
        help_text=_("Given to each contribution when it is sent; reviewers can change them."),
    )

    objects = CallQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at", "number"])

    class Meta(Publishable.Meta):
        # Translators: a call for contributions
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_at", by_number(), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The call closes before it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contributions:call", args=[self.address_number])

    @property
    def is_open(self) -> bool:
        """Whether it accepts contributions now, by the server's clock. A hidden call accepts none."""
        return self.is_open_at(timezone.now())

    def is_open_at(self, moment: datetime) -> bool:
        """Return whether it accepts what arrives at a moment."""
        return self.is_public and self.opens_at <= moment < self.closes_at

    @property
    def has_closed(self) -> bool:
        """Whether its closing time has passed."""
        return self.closes_at <= timezone.now()

    @property
    def takes_requests_until(self) -> datetime:
        """Until when people may ask for more time."""
        return self.closes_at + ASK_FOR_TIME

    @property
    def takes_requests(self) -> bool:
        """Whether people may ask for more time now: it has closed a short time ago."""
        return self.is_public and self.closes_at <= timezone.now() < self.takes_requests_until

    @property
    def is_public(self) -> bool:
        """Whether the call and its dialogue are published."""
        return self.is_published and self.dialogue.is_published

    @property
    def is_for_anyone(self) -> bool:
        """Whether people may contribute without an invitation."""
        return self.audience == self.Audience.ANYONE

    @property
    def language_choices(self) -> list[tuple[str, str]]:
        """The languages that it accepts, as pairs of code and name."""
        return [choice for choice in settings.CONTENT_LANGUAGES if not self.languages or choice[0] in self.languages]

    @property
    def file_bytes(self) -> int:
        """The largest size of a file, in bytes."""
        return self.file_megabytes * MEGABYTE

    def questions_in(self, language: str) -> list[AskedQuestion]:
        """Return its questions in `language`, those without a translation in their own language."""
        return [question.asked_in(language) for question in self.questions.all()]


@dataclass(frozen=True)
class AskedQuestion:
    """A question as a filer or a reader sees it, in one language."""

    number: int
    text: str
    language: str
    word_limit: int | None = None


class GuidingQuestion(TranslatableWork):
    """A question that a call asks."""

    translated_fields = ("text",)

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("question"))
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    word_limit = models.PositiveIntegerField(
        _("words at most"), null=True, blank=True, help_text=_("Of the answer; empty means no limit.")
    )

    objects = GuidingQuestionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("guiding question")
        verbose_name_plural = _("guiding questions")
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="question_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {shorten(self.text, 60)}"

    def asked_in(self, language: str) -> AskedQuestion:
        """Return the question in `language`, or in its own language where there is no translation."""
        text = self.in_language("text", language)
        return AskedQuestion(self.number, text.text, text.language, self.word_limit)
