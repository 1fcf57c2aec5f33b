import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document, Fault
from publishing.addresses import reverse
from publishing.models import Numbered, Publishable, TranslatableWork, by_number
from text.localized import isolated

from ..paragraphs import join
from ..querysets import (
    AppearanceQuerySet,
    ExpectedDocumentQuerySet,
    PaperQuerySet,
    SummaryQuerySet,
)
from .dialogue import Dialogue, name_of_summary
from .people import Appearance


class SummaryStatus(models.TextChoices):
    """Whether a language version is the Co-Chairs' own text or a translation to help readers."""

    OFFICIAL = "official", _("official")
    COURTESY = "courtesy", _("courtesy translation")


class Summary(Publishable):
    """The Co-Chairs' summary in one language and one version."""

    Status = SummaryStatus
    mentions: list[models.Model]  # paragraphs, set by `timelines`
    beside: str  # set by the page of a summary in another language
    has_one_chair: bool  # set by `named`

    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="summaries"
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    status = models.CharField(_("status"), max_length=8, choices=SummaryStatus, default=SummaryStatus.OFFICIAL)
    changes = models.CharField(_("what changed"), max_length=300, blank=True, help_text=_("Since the last version."))
    document = models.ForeignKey(
        Document, verbose_name=_("original file"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SummaryQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("summary")
        verbose_name_plural = _("summaries")
        ordering = ["dialogue", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "language", "version"], name="summary_one_of_each_language_and_version"
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="summary_version_from_one"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(changes=""),
                name="summary_new_version_says_what_changed",
                violation_error_message=_("Enter what changed since the last version."),
            ),
        ]

    @property
    def name(self) -> str | Promise:
        """What it is called: the Chair's or the Co-Chairs' summary. Lists fetch what this needs with `named`."""
        if "has_one_chair" in self.__dict__:
            return name_of_summary(self.has_one_chair)
        return self.dialogue.summary_name

    def __str__(self) -> str:
        return _("Summary of %(dialogue)s (%(language)s, version %(version)d)") % {
            "dialogue": isolated(self.dialogue),
            "language": isolated(self.get_language_display()),
            "version": self.version,
        }

    def get_absolute_url(self) -> str:
        return reverse("dialogues:summary-version", args=[self.dialogue.slug, self.language, self.version])

    @property
    def digest(self) -> str:
        """The SHA-256 of its text as hexadecimal digits. An approval records it to say which text was approved."""
        return hashlib.sha256(join(self.paragraphs.all()).encode()).hexdigest()

    def preview_recipients(self) -> AppearanceQuerySet:
        """Return the chairs of its dialogue, who may comment on a preview and approve it."""
        appearances = Appearance.objects.select_related("speaker", "dialogue")
        return appearances.chairing().filter(dialogue=self.dialogue_id)

    def check_ready(self) -> None:
        """Raise ValidationError while it has no text, for example because its file is still being read."""
        if self.paragraphs.exists():
            return
        reading = SummaryReading.objects.filter(summary=self).first()
        if reading and reading.text:
            raise ValidationError(
                _("The text that was read from the file is not the summary’s text yet: open the form and save it.")
            )
        raise ValidationError(_("This summary has no text yet: add it, then publish."))


class SummaryReading(models.Model):
    """The text that was read from the original file of a summary, for staff to correct. It is never public."""

    summary = models.OneToOneField(Summary, on_delete=models.CASCADE, related_name="reading")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    fault = models.CharField(_("fault"), max_length=16, choices=Fault, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading of a summary")
        verbose_name_plural = _("readings of summaries")
        default_permissions = []

    def __str__(self) -> str:
        return str(self.summary)

    @property
    def is_pending(self) -> bool:
        """Whether the file has not been read yet."""
        return self.read_at is None


class PaperKind(models.TextChoices):
    """The kinds of documents that a dialogue publishes in addition to its summary."""

    PROGRAMME = "programme", _("Programme")
    BACKGROUND = "background-paper", _("Background paper")
    GUIDANCE = "guidance", _("Guidance for participants")
    PRESENTATION = "presentation", _("Presentation")
    OTHER = "other", _("Document")


class Paper(TranslatableWork, Numbered, Publishable):
    """A document of a dialogue in one language, such as its programme or a background paper."""

    translated_fields = ("title",)
    Kind = PaperKind

    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    document = models.ForeignKey(Document, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")

    objects = PaperQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at", "number"])

    class Meta(Publishable.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["dialogue", "kind", by_number(), "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dialogues:paper-detail", args=[self.dialogue.slug, self.address_number])

    def get_download_url(self) -> str:
        """Return the address of its file."""
        return reverse("dialogues:paper-file", args=[self.dialogue.slug, self.address_number])

    preview_is_file = True

    def get_preview_url(self) -> str:
        """Return the address of its file, because a guest can open only the address of the preview."""
        return self.get_download_url()


class ExpectedDocument(models.Model):
    """A document that a dialogue announces before it is published."""

    KINDS = [("summary", _("Summary")), ("contributions", _("Written contributions")), *PaperKind.choices]

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="expected")
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, blank=True, help_text=_("Empty for any.")
    )
    # Null if the day of the announcement is not known.
    announced_on = models.DateField(_("announced"), auto_now_add=True, null=True)
    expected_on = models.DateField(_("expected"), null=True, blank=True, help_text=_("Empty while not known."))

    objects = ExpectedDocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("expected document")
        verbose_name_plural = _("expected documents")
        ordering = [models.F("expected_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "kind", "language"], name="expected_once_a_kind_and_language")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def alert_url(self) -> str:
        """The address at which readers ask for an email when it is published."""
        place = [self.dialogue.slug, self.kind, *filter(None, [self.language])]
        return reverse("dialogues:document-alert-create", args=place)
