from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from publishing.models import Translatable

from ..querysets import RecordingQuerySet
from ..recording_links import link_at

LONGEST = 24 * 60 * 60  # seconds


HTTPS = URLValidator(schemes=["https"], code="not_https", message=_("Enter an address that begins with https://."))


class Recording(Translatable):
    """A recording of a dialogue on another site, such as UN Web TV. It is public when its dialogue is.

    Pages link to it and load nothing from that site.
    """

    translated_fields = ("title",)

    dialogue = models.ForeignKey(
        "dialogues.Dialogue", verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="recordings"
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("Such as: morning, floor sound."))
    url = models.URLField(_("address"), max_length=500, validators=[HTTPS])
    language = models.CharField(
        _("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, blank=True, help_text=_("Empty for the floor.")
    )

    objects = RecordingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        # Translators: a film or sound recording of a dialogue
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(url__startswith="https://"), name="recording_address_is_https")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> str:
        """The name of the site that has it."""
        return urlsplit(self.url).hostname or ""


class Recorded(models.Model):
    """A record that can be heard in a recording, from a moment on."""

    recording = models.ForeignKey(
        Recording, verbose_name=_("recording"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recording_seconds = models.PositiveIntegerField(
        # Translators: where in a recording something begins
        _("begins at"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST)],
        help_text=_("Time in the recording: hours, minutes and seconds, such as 1:02:03."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.recording_seconds is not None and self.recording is None:
            raise ValidationError({"recording": _("Choose the recording that this time is in.")})

    @property
    def recording_url(self) -> str:
        """The address at which the recording starts where this begins; empty without a recording."""
        return link_at(self.recording.url, self.recording_seconds) if self.recording else ""

    @property
    def recording_time(self) -> str:
        """Where it begins in the recording, such as 1:02:03; empty if that is not known."""
        return timecode(self.recording_seconds) if self.recording_seconds is not None else ""


def timecode(seconds: int) -> str:
    """Return seconds as hours, minutes and seconds: 1:02:03."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
