import zoneinfo
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from publishing.addresses import reverse
from publishing.models import Publishable, Translatable
from publishing.prepared import prepared
from text.localized import LocalizedText, zone_city

from ..noted_years import Dated
from ..querysets import DialogueQuerySet, PanelQuerySet, SeriesQuerySet, TopicQuerySet
from .recordings import Recorded


def validate_timezone(name: str) -> None:
    """Raise ValidationError for a name that the IANA time zone database does not have."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; write one such as Europe/Vienna."), params={"name": name}
        )


def validate_languages(codes: Iterable[str]) -> None:
    """Raise ValidationError for codes that are not in CONTENT_LANGUAGES."""
    if unknown := set(codes) - dict(settings.CONTENT_LANGUAGES).keys():
        raise ValidationError(
            _("Not a language of the portal: %(codes)s."), params={"codes": ", ".join(sorted(unknown))}
        )


@prepared
def first_chair(dialogue: Any) -> Any:
    """Return the appearance of the person who chairs a whole dialogue alone, if one does."""
    return apps.get_model("dialogues", "Appearance").objects.chairing().filter(role="chair", dialogue=dialogue)[:1]


def name_of_summary(has_one_chair: bool) -> str | Promise:
    """Return what the summary of a dialogue is called, by whether one person chairs the dialogue."""
    return _("Chair’s summary") if has_one_chair else _("Co-Chairs’ summary")


class Series(Translatable):
    """A series of dialogues on one subject, such as Trafficking in Persons."""

    translated_fields = ("name", "description", "notice")

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), unique=True)
    code = models.CharField(
        _("code"), max_length=8, unique=True, help_text=_("Capital letters; begins the references: TIP-2024-KRMVXT.")
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    notice = models.CharField(
        # Translators: a warning that is shown on all pages of a series
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

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dialogues:list", query={"series": self.slug})


class Topic(Translatable, Publishable):
    """A subject of several dialogues and panels."""

    translated_fields = ("name", "description")

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))

    objects = TopicQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dialogues:topic-detail", args=[self.slug])


class Dialogue(Dated, Translatable, Publishable):
    """One meeting of a series. It keeps one address from its announcement to its conclusion."""

    translated_fields = ("title", "date_note", "venue", "city", "follows", "description")

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
    registration_url = models.URLField(
        _("address for registration"), blank=True, help_text=_("Shown until the dialogue has ended.")
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="dialogues")

    objects = DialogueQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        ordering = [models.F("starts_on").desc(nulls_last=True), "slug"]
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

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dialogues:detail", args=[self.slug])

    @cached_property
    def summary_name(self) -> str | Promise:
        """What its summary is called: the Chair's, if one person chairs it, or else the Co-Chairs'."""
        return name_of_summary(bool(first_chair(dialogue=self.pk)))

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone of its dates and times."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def zone_city(self) -> str:
        """The city of its time zone in the interface language, such as Vienna or Вена."""
        return zone_city(self.timezone)

    @property
    def language_names(self) -> list[LocalizedText]:
        """The names of the working languages, each in its own language."""
        return [LocalizedText(name, code) for code, name in settings.CONTENT_LANGUAGES if code in self.languages]

    @property
    def last_day(self) -> date | None:
        """The day on which it ends, or None while no date is known."""
        return self.ends_on or self.starts_on

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over, by the calendar of its own time zone."""
        return self.last_day is not None and self.last_day < timezone.now().astimezone(self.zone).date()


class Sitting(models.Model):
    """One continuous session of a dialogue, such as a morning or an afternoon."""

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
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="sitting_ends_after_it_starts",
                violation_error_message=_("The sitting ends before it starts."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return formats.date_format(self.starts_at.astimezone(self.dialogue.zone), "SHORT_DATETIME_FORMAT")


class Panel(Translatable, Recorded):
    """A numbered part of a dialogue. It is public when its dialogue is."""

    translated_fields = ("title", "description", "guiding_questions")

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
    room = models.CharField(
        _("room"), max_length=200, blank=True, help_text=_("If it differs from the venue of the dialogue.")
    )
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

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("dialogues:panel-detail", args=[self.dialogue.slug, self.number])


class ParticipationCount(Translatable):
    """A figure on participation: what was counted, how many there were, and the source."""

    translated_fields = ("what", "source")

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="counts")
    what = models.CharField(_("what is counted"), max_length=200, help_text=_("Such as: NGOs registered."))
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("participation count")
        verbose_name_plural = _("participation counts")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(what=""), name="count_says_what_it_counts")]

    def __str__(self) -> str:
        return f"{self.number} {self.what}"
