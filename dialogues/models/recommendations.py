from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets import FollowUpQuerySet, RecommendationQuerySet
from .dialogue import Dialogue
from .paragraphs import Paragraph
from .people import Quote


class RecommendationKind(models.TextChoices):
    """What a marked paragraph of a summary is."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    CONCLUSION = "conclusion", _("Conclusion")
    OUTCOME = "outcome", _("Outcome")


class Recommendation(models.Model):
    """What a dialogue recommended, concluded or agreed, as staff marked it in its summary.

    Its `paragraphs` say it: one in each language and version. Their log is that of their summary.
    """

    Kind = RecommendationKind
    paragraph: Paragraph  # set by lists: the one that they show

    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="recommendations"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=RecommendationKind)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["dialogue", "pk"]
        default_permissions = []  # users who may change the summary may mark its paragraphs
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["recommendation", "conclusion", "outcome"]),
                name="recommendation_has_a_known_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.dialogue}"


class FollowUpKind(models.TextChoices):
    """How a later dialogue takes up a recommendation. Each label begins a line: "Followed up in: Fourth dialogue"."""

    FOLLOWED_UP = "followed-up", _("Followed up in")
    REPEATED = "repeated", _("Repeated in")
    REPORTED = "reported", _("Progress reported in")
    REVISED = "revised", _("Revised in")


class FollowUp(models.Model):
    """What a later dialogue says about a recommendation: a paragraph of its summary, or a quote, as staff linked it."""

    Kind = FollowUpKind

    recommendation = models.ForeignKey(
        Recommendation, verbose_name=_("recommendation"), on_delete=models.CASCADE, related_name="follow_ups"
    )
    kind = models.CharField(_("kind"), max_length=11, choices=FollowUpKind)
    paragraph = models.ForeignKey(
        Paragraph, verbose_name=_("paragraph"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    quote = models.ForeignKey(
        Quote, verbose_name=_("quote"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["recommendation", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(paragraph=None, quote__isnull=False) | Q(paragraph__isnull=False, quote=None),
                name="follow_up_has_one_target",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["followed-up", "repeated", "reported", "revised"]),
                name="follow_up_has_a_known_kind",
            ),
            models.UniqueConstraint(fields=["recommendation", "paragraph"], name="follow_up_paragraph_once"),
            models.UniqueConstraint(fields=["recommendation", "quote"], name="follow_up_quote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.paragraph or self.quote}"
