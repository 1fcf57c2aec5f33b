from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dialogues.querysets import ExpectedDocumentQuerySet, PaperQuerySet
from documents.models import Document
from publishing.models import Publishable

from .dialogue import Dialogue


class PaperKind(models.TextChoices):
    """The documents of a dialogue other than its summary."""

    PROGRAMME = "programme", _("Programme")
    BACKGROUND = "background-paper", _("Background paper")
    GUIDANCE = "guidance", _("Guidance for participants")
    PRESENTATION = "presentation", _("Presentation")
    OTHER = "other", _("Document")


class Paper(Publishable):
    """A document of a dialogue, in one language: programme, background paper, guidance, presentation."""

    Kind = PaperKind

    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    document = models.ForeignKey(Document, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")

    objects = PaperQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["dialogue", "kind", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("dialogues:paper-file", args=[self.dialogue.slug, self.pk])


class ExpectedDocument(models.Model):
    """A document that a dialogue's page announces as awaited until it is there."""

    KINDS = [("summary", _("Co-Chairs’ summary")), ("contributions", _("Written contributions")), *PaperKind.choices]

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="expected")
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, blank=True, help_text=_("Empty for any.")
    )
    # Null for those that were announced before days were kept.
    announced_on = models.DateField(_("announced"), auto_now_add=True, null=True)
    expected_on = models.DateField(_("expected"), null=True, blank=True, help_text=_("Empty while not known."))

    objects = ExpectedDocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("expected document")
        verbose_name_plural = _("expected documents")
        ordering = ["expected_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "kind", "language"], name="expected_once_a_kind_and_language")
        ]

    def __str__(self):
        return self.get_kind_display()


class ParticipationCount(models.Model):
    """How many took part, what exactly was counted, and who says so."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="counts")
    what = models.CharField(_("what is counted"), max_length=200, help_text=_("Such as: NGOs registered."))
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("participation count")
        verbose_name_plural = _("participation counts")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(what=""), name="count_says_what_it_counts")]

    def __str__(self):
        return f"{self.number} {self.what}"
