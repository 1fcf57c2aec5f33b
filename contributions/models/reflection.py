"""The link between a paragraph of a summary and its sources."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogues.models import Paragraph, Quote
from text.similarity import is_similar

from ..querysets import ReflectionQuerySet
from .contribution import Contribution


class Reflection(models.Model):
    """A person's decision that a contribution or a quote is, or is not, a source of a paragraph.

    `text` is the paragraph as that person read it. If the paragraph says something else now, the decision has no effect
    until somebody confirms it again.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        DISMISSED = "dismissed", _("Dismissed")

    paragraph = models.ForeignKey(
        Paragraph, verbose_name=_("paragraph"), on_delete=models.CASCADE, related_name="reflections"
    )
    contribution = models.ForeignKey(
        Contribution,
        verbose_name=_("contribution"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reflections",
    )
    quote = models.ForeignKey(
        Quote, verbose_name=_("quote"), null=True, blank=True, on_delete=models.CASCADE, related_name="reflections"
    )
    state = models.CharField(_("state"), max_length=9, choices=State)
    place = models.CharField(
        _("place"), max_length=60, blank=True, help_text=_("What follows the contribution’s address: a file, a page.")
    )
    text = models.TextField(_("the paragraph as it was read"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"))

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        ordering = ["paragraph", "pk"]
        default_permissions = []  # users who may change the summary may change its reflections
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution=None, quote__isnull=False) | Q(contribution__isnull=False, quote=None),
                name="reflection_has_one_source",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "dismissed"]), name="reflection_is_confirmed_or_dismissed"
            ),
            models.UniqueConstraint(fields=["paragraph", "contribution"], name="reflection_contribution_once"),
            models.UniqueConstraint(fields=["paragraph", "quote"], name="reflection_quote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph.number}: {self.key}"

    @property
    def key(self) -> str:
        """The identifier of the source in the search index, such as "contributions.contribution.12"."""
        if self.contribution_id:
            return f"{Contribution._meta.label_lower}.{self.contribution_id}"
        return f"{Quote._meta.label_lower}.{self.quote_id}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the source was confirmed rather than dismissed."""
        return self.state == self.State.CONFIRMED

    @property
    def text_changed(self) -> bool:
        """Whether the paragraph has changed at all since the decision."""
        return self.text != self.paragraph.text

    @property
    def still_applies(self) -> bool:
        """Whether the paragraph still says the same, or nearly."""
        return is_similar(self.text, self.paragraph.text)
