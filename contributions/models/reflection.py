"""The link between a paragraph of a summary and what stands behind it."""

from difflib import SequenceMatcher

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contributions.querysets import ReflectionQuerySet
from dialogues.models import Paragraph, Quote

from .contribution import Contribution

NEAR = 0.6  # of difflib's ratio, by words; below it, a paragraph says something else


class Reflection(models.Model):
    """A contribution or a quote that a person found behind a paragraph, or said is not behind it.

    `text` is the paragraph as that person read it: one that says something else by now shows nothing until somebody
    has looked again.
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
        _("place"), max_length=60, blank=True, help_text=_("What follows the contribution's address: a file, a page.")
    )
    text = models.TextField(_("the paragraph as it was read"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"))

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        ordering = ["paragraph", "pk"]
        default_permissions = []  # it belongs to the summary: who may change that
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

    def __str__(self):
        return f"{self.paragraph.number}: {self.key}"

    @property
    def key(self):
        """What stands behind the paragraph as a search names it: "contributions.contribution.12"."""
        if self.contribution_id:
            return f"{Contribution._meta.label_lower}.{self.contribution_id}"
        return f"{Quote._meta.label_lower}.{self.quote_id}"

    @property
    def is_confirmed(self):
        """Whether a person said that it stands behind the paragraph."""
        return self.state == self.State.CONFIRMED

    @property
    def is_of_other_words(self):
        """Whether the paragraph was changed at all since it was read."""
        return self.text != self.paragraph.text

    @property
    def holds(self):
        """Whether the paragraph still says the same, or nearly."""
        return is_near(self.text, self.paragraph.text)


def is_near(one, other):
    """Whether two paragraphs say the same or nearly, word by word."""
    return one == other or SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() >= NEAR
