import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contributions.querysets import AttachmentQuerySet, ContributionQuerySet
from dialogues.models import Organization, Publishable, Topic
from documents.models import Document

from .call import Call

LONGEST_TEXT = 100_000  # characters, some thirty pages; what is longer belongs in a file


class Contribution(Publishable):
    """A written submission to a call. Its filer's address is for the secretariat; no public page knows it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent, waits for review")
        RETURNED = "returned", _("Changes requested")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    EDITABLE = (State.DRAFT, State.RETURNED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="contributions")
    filer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("filed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    reference = models.CharField(_("reference"), max_length=40, unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    organization_name = models.CharField(_("organization"), max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization on record"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    text = models.TextField(_("text"), blank=True, max_length=LONGEST_TEXT)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="contributions")
    consented_at = models.DateTimeField(_("consent to publish"), null=True, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="published", published_at__isnull=False)
                | (~models.Q(state="published") & models.Q(published_at=None)),
                name="contribution_public_when_published",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(reference__isnull=False, submitted_at__isnull=False),
                name="contribution_sent_has_reference",
            ),
        ]

    def __str__(self):
        return self.title or self.reference or gettext("Untitled draft")

    def get_absolute_url(self):
        if self.reference:
            return reverse("contributions:detail", args=[self.reference])
        return reverse("contributions:draft", args=[self.key])

    @property
    def is_editable(self):
        """Whether its filer may change it."""
        return self.state in self.EDITABLE

    @property
    def can_be_withdrawn(self):
        return self.state in (self.State.SUBMITTED, self.State.RETURNED, self.State.PUBLISHED)


class Attachment(models.Model):
    """A file of a contribution: the original, or a translation of it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="attachments")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    is_translation = models.BooleanField(_("translation"), default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.contribution}: {self.document.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("contributions:file", args=[self.contribution.reference, self.pk])


class ReferenceCounter(models.Model):
    """The last number given in a line of references such as TIP-2024; a number is never given twice."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.prefix}-{self.last:04}"
