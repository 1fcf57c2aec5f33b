from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue, Organization, Topic
from publishing.addresses import reverse
from publishing.models import Publishable
from text.localized import LocalizedText

from ..querysets import ContributionQuerySet
from .call import Call
from .team import Membership, Team


class Contribution(Publishable):
    """A written submission to a call. Its revisions hold its content.

    `newest` is the revision that was submitted last, which reviewers look at. `shown` is the one that the public reads,
    if any. Only the secretariat may see the account of its filer; no public page shows it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a contribution", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("a contribution", "Submitted, awaiting review")
        RETURNED = "returned", _("Changes requested")
        ACCEPTED = "accepted", pgettext_lazy("a contribution", "Accepted, not yet published")
        PUBLISHED = "published", pgettext_lazy("a contribution", "Published")
        DECLINED = "declined", pgettext_lazy("a contribution", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("a contribution", "Withdrawn")

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
    team = models.ForeignKey(
        Team,
        verbose_name=_("shared with"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    # `reference`, `newest` and `shown` are Any: a draft has none, but most code handles submitted contributions.
    reference: models.CharField[Any, Any] = models.CharField(
        _("reference"), max_length=40, unique=True, null=True, editable=False
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    newest: models.ForeignKey[Any, Any] = models.ForeignKey(
        "contributions.Revision", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    shown: models.ForeignKey[Any, Any] = models.ForeignKey(
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
    is_imported = models.BooleanField(_("brought in by staff"), default=False, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, editable=False)  # the first time; corrections keep it
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    # Set by `with_visibility_for` or `note_visibility_for`.
    shows_call: bool
    shows_dialogue: bool

    class Meta(Publishable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = [models.F("published_at").desc(nulls_last=True), "reference"]
        # For lists of the newest. An import publishes thousands at one moment: without the reference in the index, the
        # database would sort them all.
        indexes = [models.Index(fields=["-published_at", "reference"], name="contribution_newest_first")]
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

    def __str__(self) -> str:
        return self.title or self.reference or gettext("Untitled draft")

    def get_absolute_url(self) -> str:
        if self.reference:
            return reverse("contributions:detail", args=[self.reference])
        return reverse("contributions:draft", args=[self.key])

    @property
    def draft(self) -> Any:
        """The revision that its filer is writing, or None. Nobody else can read it."""
        if "revisions" in getattr(self, "_prefetched_objects_cache", {}):
            return next((revision for revision in self.revisions.all() if revision.sent_at is None), None)
        return self.revisions.drafts().first()

    def note_visibility_for(self, user: Any) -> None:
        """Set what `with_visibility_for` annotates. What is public needs no query."""
        call = self.call
        self.shows_call = call.is_public or Call.objects.visible_to(user).filter(pk=call.pk).exists()
        dialogue = call.dialogue
        dialogues = Dialogue.objects.filter(pk=dialogue.pk)
        self.shows_dialogue = dialogue.is_published or dialogues.visible_to(user).exists()

    @property
    def content(self) -> Any:
        """The revision to show: the public one, otherwise the newest submitted one, otherwise the draft."""
        return self.shown or self.newest or self.draft

    @property
    def title(self) -> str:
        """The title of the revision to show."""
        return self.content.title if self.content else ""

    @property
    def heading(self) -> str:
        """The name that its filer sees: the title, marked with its language, else the reference or “Untitled draft”."""
        return LocalizedText(self.title, self.content.language) if self.title else str(self)

    @property
    def arrived(self) -> Any:
        """When it arrived: the time, or the day on which staff received it outside the portal; None for a draft."""
        return (self.is_imported and self.newest and self.newest.received_on) or self.submitted_at

    @property
    def corrected_at(self) -> Any:
        """When the public revision took the place of an earlier public one, or None.

        The number of the revision alone does not tell: those before it may never have been public.
        """
        revision, published_at = self.shown, self.published_at
        is_correction = revision and published_at and revision.number > 1 and revision.shown_at > published_at
        return revision.shown_at if is_correction else None

    @property
    def is_editable(self) -> bool:
        """Whether its filer may write a first draft or a new revision."""
        return self.state == self.State.DRAFT or self.can_be_corrected

    @property
    def can_be_corrected(self) -> bool:
        """Whether its filer may submit a new revision."""
        return self.state in self.CORRECTABLE

    can_be_withdrawn = can_be_corrected

    @property
    def draft_lacks_correction(self) -> bool:
        """Whether the draft lacks a correction, because the secretariat made it after the filer had begun the draft."""
        draft, newest = self.draft, self.newest
        return bool(draft and newest and newest.by_staff and draft.created_at < newest.sent_at)

    @property
    def can_be_corrected_by_staff(self) -> bool:
        """Whether staff may submit a new revision. What was withdrawn stays as it is."""
        return self.state in (*self.CORRECTABLE, self.State.DECLINED)

    @property
    def can_be_submitted(self) -> bool:
        """Whether its filer may submit it now. A correction may be submitted after the call has closed."""
        return self.can_be_submitted_at(timezone.now())

    def can_be_submitted_at(self, moment: datetime) -> bool:
        """Return whether its filer may submit it if it arrives at a moment."""
        if self.state != self.State.DRAFT:
            return self.can_be_corrected
        if invitation := getattr(self, "invitation", None):
            return bool(invitation.is_open_at(moment))
        return self.call.is_open_at(moment) and self.call.is_for_anyone

    @property
    def public_organization(self) -> Organization | None:
        """The organization on record that sent it, unless the byline withholds the organization."""
        return self.organization if self.content.byline.organization else None

    @property
    def writers(self) -> Any:
        """The open accounts that may change it."""
        return Contribution.objects.filter(pk=self.pk).writers()

    def is_filed_by(self, user: Any) -> bool:
        """Return whether `user` filed it, or is in the team that it is shared with; never for None or without a pk."""
        if user is None or user.pk is None:
            return False
        if self.filer_id == user.pk:
            return True
        return self.team_id is not None and Membership.objects.filter(team=self.team_id, user=user.pk).exists()
