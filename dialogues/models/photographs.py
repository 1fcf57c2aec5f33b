from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Picture, Rendition
from publishing.addresses import reverse
from publishing.models import Numbered, Publishable, Translatable
from publishing.models.translatable import text_field
from text.localized import LocalizedText

from ..querysets import PhotographQuerySet
from .dialogue import Dialogue

SMALL = 480  # pixels, in lists


class Photograph(Translatable, Numbered, Publishable):
    """A photograph of a dialogue. It is published only with the consent of those in it, which staff record."""

    translated_fields = ("caption", "alt", "credit")
    untranslated_names = ("credit",)

    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="photographs"
    )
    picture = models.ForeignKey(Picture, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    consented_on = models.DateField(
        # Translators: the day on which the people in a photograph agreed to its publication
        _("consent given on"),
        null=True,
        blank=True,
        help_text=_("By everyone who can be recognized. Without it, the photograph can’t be published."),
    )
    consent_note = models.CharField(
        _("how consent was given"), max_length=300, blank=True, help_text=_("Such as: signed forms, kept on file.")
    )
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consent recorded by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    consent_withdrawn_at = models.DateTimeField(_("consent withdrawn"), null=True, editable=False)

    objects = PhotographQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at", "number"])

    class Meta(Publishable.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ["dialogue", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(consented_on__isnull=False),
                name="photograph_published_with_consent",
                violation_error_message=_("A published photograph needs consent: withdraw it instead."),
            ),
            models.CheckConstraint(
                condition=models.Q(consented_on=None) | ~models.Q(consent_note=""),
                name="photograph_consent_says_how",
                violation_error_message=_("Enter how consent was given."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.picture.alt

    def get_absolute_url(self) -> str:
        return reverse("dialogues:photograph-detail", args=[self.dialogue.slug, self.address_number])

    def get_picture_url(self, width: int) -> str:
        """Return the address of the picture for this many pixels."""
        return reverse("dialogues:photograph-picture", args=[self.dialogue.slug, self.address_number, width])

    @property
    def alt(self) -> str:
        """What the picture shows, for those who cannot see it."""
        return self.picture.alt

    @property
    def credit(self) -> str:
        """Who made the picture or holds its rights."""
        return self.picture.credit

    @property
    def localized_name(self) -> LocalizedText:
        """Its caption in the language of the page or, without one, what it shows."""
        return self.localized.caption or self.localized.alt

    @classmethod
    def text_field(cls, name: str) -> models.Field[Any, Any]:
        return text_field(Picture, name) if name in {"alt", "credit"} else super().text_field(name)

    @property
    def small(self) -> Rendition | None:
        """The rendition that lists show, or None while there is none."""
        return self.picture.rendition_for(SMALL)

    @property
    def small_url(self) -> str:
        """The address of the picture that lists show."""
        return self.get_picture_url(SMALL)

    @property
    def can_be_previewed(self) -> bool:
        """Whether consent to it has not been withdrawn."""
        return self.consent_withdrawn_at is None

    def check_ready(self) -> None:
        """Raise ValidationError without consent, or while the picture is not ready to be shown."""
        if self.consented_on is None and self.consent_withdrawn_at:
            day = date_format(self.consent_withdrawn_at, "DATE_FORMAT")
            raise ValidationError(_("Consent to publish this photograph was withdrawn on %(day)s.") % {"day": day})
        if self.consented_on is None:
            raise ValidationError(_("Record the consent of those in the photograph, then publish."))
        if not self.picture.renditions.exists():
            raise ValidationError(_("This picture is not ready yet, or it is damaged: check again in a minute."))
