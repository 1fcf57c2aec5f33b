import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dialogues.paragraphs import join
from dialogues.querysets import ParagraphQuerySet, SummaryQuerySet
from documents.models import Document, Fault
from publishing.models import Publishable

from .dialogue import Dialogue
from .people import Appearance


class SummaryStatus(models.TextChoices):
    """Whether a language version is the Co-Chairs' own words or a help for readers."""

    OFFICIAL = "official", _("official")
    COURTESY = "courtesy", _("courtesy translation")


class Summary(Publishable):
    """The Co-Chairs' summary in one language and one version."""

    Status = SummaryStatus

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
                violation_error_message=_("Say what changed since the last version."),
            ),
        ]

    def __str__(self):
        return _("Summary of %(dialogue)s (%(language)s, version %(version)d)") % {
            "dialogue": self.dialogue,
            "language": self.get_language_display(),
            "version": self.version,
        }

    def get_absolute_url(self):
        return reverse("dialogues:summary-version", args=[self.dialogue.slug, self.language, self.version])

    @property
    def digest(self):
        """SHA-256 of its text, by which an approval says what was approved."""
        return hashlib.sha256(join(self.paragraphs.all()).encode()).hexdigest()

    def preview_recipients(self):
        """Return the chairs of its dialogue, who may comment on a preview and approve it."""
        appearances = Appearance.objects.select_related("speaker", "dialogue")
        return appearances.chairing().filter(dialogue=self.dialogue_id)

    def check_ready(self):
        """Raise ValidationError while there is nothing to publish: a text that is still being read, for instance."""
        if not self.paragraphs.exists():
            raise ValidationError(_("This summary has no text yet: add it, then publish."))


class SummaryReading(models.Model):
    """What was read of a summary's original file, for staff to correct; never shown to the public."""

    summary = models.OneToOneField(Summary, on_delete=models.CASCADE, related_name="reading")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    fault = models.CharField(_("fault"), max_length=16, choices=Fault, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading of a summary")
        verbose_name_plural = _("readings of summaries")
        default_permissions = []

    def __str__(self):
        return str(self.summary)

    @property
    def is_pending(self):
        """Whether the file has still to be read."""
        return self.read_at is None


class Paragraph(models.Model):
    """A block of a summary: a heading, or a paragraph, mostly numbered as in the original."""

    summary = models.ForeignKey(Summary, verbose_name=_("summary"), on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(_("heading level"), default=0, help_text=_("0 for a paragraph."))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    text = models.TextField(_("text"), help_text=_("Markdown."))

    objects = ParagraphQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["summary", "position"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "position"], name="paragraph_position_once"),
            models.UniqueConstraint(fields=["summary", "number"], name="paragraph_number_once"),
            models.CheckConstraint(
                condition=models.Q(level=0) | models.Q(number=None), name="paragraph_heading_has_no_number"
            ),
        ]

    def __str__(self):
        return f"{self.number or ''} {self.text[:60]}".strip()

    def get_absolute_url(self):
        return f"{self.summary.get_absolute_url()}#p{self.number}"


class Comment(models.Model):
    """What a co-chair or staff says about a dialogue's drafts; never public."""

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
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="comment_has_words")]

    def __str__(self):
        return self.text[:60]

    @property
    def who(self):
        """Who said it: a chair who came by a preview, or the owner of an account."""
        return self.appearance.speaker if self.appearance else self.author
