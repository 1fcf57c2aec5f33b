import re
import zoneinfo

from babel.dates import get_timezone_location
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dialogues.querysets import DialogueQuerySet, PanelQuerySet
from publishing.models import Publishable

from .series import Series, Topic


def validate_timezone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; write one such as Europe/Vienna."), params={"name": name}
        )


def validate_languages(codes):
    if unknown := set(codes) - dict(settings.CONTENT_LANGUAGES).keys():
        raise ValidationError(
            _("Not a language of the portal: %(codes)s."), params={"codes": ", ".join(sorted(unknown))}
        )


class Dialogue(Publishable):
    """One meeting of a series, from its announcement to its conclusion at one address."""

    class Format(models.TextChoices):
        IN_PERSON = "in-person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("hybrid")

    series = models.ForeignKey(Series, verbose_name=_("series"), on_delete=models.PROTECT, related_name="dialogues")
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    edition = models.PositiveSmallIntegerField(_("edition"), null=True, blank=True, help_text=_("3 for the third."))
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty for a single day."))
    date_note = models.CharField(
        _("note on the date"), max_length=100, blank=True, help_text=_("Such as: planned date.")
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, default=settings.TIME_ZONE, validators=[validate_timezone]
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    format = models.CharField(_("format"), max_length=12, choices=Format, blank=True)
    languages = models.JSONField(
        _("working languages"), default=list, blank=True, validators=[validate_languages], help_text=_("Codes: en, fr.")
    )
    follows = models.CharField(_("follows"), max_length=300, blank=True, help_text=_("The parent meeting."))
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="dialogues")

    objects = DialogueQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        ordering = ["-starts_on", "-pk"]
        permissions = [
            ("view_chaired_drafts", _("Can see what is not published of dialogues that they chair")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "edition"], name="dialogue_one_of_each_edition"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="dialogue_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("dialogues:detail", args=[self.slug])

    @property
    def zone(self):
        """Its time zone, as datetime wants it."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def zone_city(self):
        """The city by which readers know the time zone, in their language: Vienna, Вена."""
        return get_timezone_location(self.timezone, locale=get_language()[:2], return_city=True)

    @property
    def language_names(self):
        """The working languages, each in its own language."""
        return [name for code, name in settings.CONTENT_LANGUAGES if code in self.languages]

    @property
    def year(self):
        """The year in which it begins, by its day or by the note that stands for one; None while neither says."""
        noted = re.search(r"\b(?:19|20)\d\d\b", self.date_note)
        return self.starts_on.year if self.starts_on else int(noted[0]) if noted else None

    @property
    def last_day(self):
        """The day on which it ends; None while no date is known."""
        return self.ends_on or self.starts_on


class Sitting(models.Model):
    """Hours at which a dialogue sits: a morning, an afternoon."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="sittings")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="sitting_ends_after_it_starts",
                violation_error_message=_("The sitting ends before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Panel(models.Model):
    """A part of a dialogue. It is public when its dialogue is."""

    class Kind(models.TextChoices):
        BRIEFING = "briefing", _("Briefing")
        PANEL = "panel", _("Panel discussion")
        QA = "qa", _("Questions and answers")
        INPUTS = "inputs", _("Inputs from participants")

    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="panels")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PANEL)
    title = models.CharField(_("title"), max_length=300)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    guiding_questions = models.TextField(_("guiding questions"), blank=True, help_text=_("Markdown."))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="panels")

    objects = PanelQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["dialogue", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="panel_number_once_a_dialogue"),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="panel_ends_after_it_starts",
                violation_error_message=_("The panel ends before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def get_absolute_url(self):
        return reverse("dialogues:panel-detail", args=[self.dialogue.slug, self.number])
