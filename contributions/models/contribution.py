import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contributions.querysets import ContributionQuerySet
from dialogues.models import Organization, Topic
from publishing.models import Publishable

from .call import Call


class Contribution(Publishable):
    """A written submission to a call, through all its revisions. What is in it, its revisions hold.

    `newest` is the revision that was sent last, which reviewers look at; `shown` the one that the public reads, if
    any. Its filer's address is for the secretariat; no public page knows it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent, waits for review")
        RETURNED = "returned", _("Changes requested")
        ACCEPTED = "accepted", _("Accepted, not yet published")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    HIDDEN = (State.DRAFT, State.DECLINED, State.WITHDRAWN)
    CORRECTABLE = (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.PUBLISHED)

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
    newest = models.ForeignKey(
        "contributions.Revision", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    shown = models.ForeignKey(
        "contributions.Revision", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization on record"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="contributions")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    publish_at = models.DateTimeField(_("to be published"), null=True, editable=False)
    was_public = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, shown=None) | Q(published_at__isnull=False, shown__isnull=False),
                name="contribution_public_shows_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="contribution_published_is_public"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(state__in=["draft", "declined", "withdrawn"]),
                name="contribution_hidden_is_not_public",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", newest=None)
                | Q(reference__isnull=False, submitted_at__isnull=False, newest__isnull=False),
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
    def being_written(self):
        """The revision that its filer is writing and nobody else sees, or None."""
        if "revisions" in getattr(self, "_prefetched_objects_cache", {}):
            return next((revision for revision in self.revisions.all() if revision.sent_at is None), None)
        return self.revisions.being_written().first()

    @property
    def content(self):
        """What those who may see it read first: what is public, else what was sent last, else what is being written."""
        return self.shown or self.newest or self.being_written

    @property
    def title(self):
        return self.content.title if self.content else ""

    @property
    def is_editable(self):
        """Whether its filer may write: a draft, or a new revision of what was sent."""
        return self.state == self.State.DRAFT or self.can_be_corrected

    @property
    def can_be_corrected(self):
        return self.state in self.CORRECTABLE

    can_be_withdrawn = can_be_corrected

    @property
    def may_be_sent(self):
        """Whether its filer may send it now; what was sent once may be corrected after the hour as well."""
        if self.state != self.State.DRAFT:
            return self.can_be_corrected
        if invitation := getattr(self, "invitation", None):
            return invitation.lets_in
        return self.call.is_open and self.call.is_for_anyone

    @property
    def public_organization(self):
        """The body on record behind it, unless the revision that is read names none."""
        return self.organization if self.content.byline.organization else None


class ReferenceCounter(models.Model):
    """The last number given in a line of references such as TIP-2024; a number is never given twice."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.prefix}-{self.last:04}"
