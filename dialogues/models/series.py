from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dialogues.querysets import SeriesQuerySet, TopicQuerySet
from publishing.models import Publishable, Translatable


class Series(models.Model):
    """A line of dialogues on one subject, such as Trafficking in Persons."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), unique=True)
    code = models.CharField(
        _("code"), max_length=8, unique=True, help_text=_("Capital letters; begins the references: TIP-2024-0012.")
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    notice = models.CharField(
        # Translators: words of warning that stand on pages of this series
        _("notice"),
        max_length=300,
        blank=True,
        help_text=_("Shown on each page of the series, where it must be known."),
    )

    objects = SeriesQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{2,8}$"), name="series_code_is_capitals")
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("dialogues:list", query={"series": self.slug})


class Topic(Translatable, Publishable):
    """A subject that cuts across dialogues."""

    translated_fields = ("name",)

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))

    objects = TopicQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("dialogues:topic-detail", args=[self.slug])
