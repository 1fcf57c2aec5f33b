from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets import PictureQuerySet
from ..storage import private_storage, random_name


class Picture(models.Model):
    """A picture as it was uploaded.

    Only its renditions are delivered, because the original may contain a place or a name.
    """

    class State(models.TextChoices):
        """The progress of making renditions."""

        RECEIVED = "received", _("Received")
        READY = "ready", _("Ready")
        FAULTY = "faulty", _("Faulty")

    original = models.FileField(_("original"), storage=private_storage, upload_to=random_name)
    alt = models.CharField(
        _("description"), max_length=500, help_text=_("What the picture shows, for those who cannot see it.")
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made it or holds its rights."))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED, editable=False)
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [models.CheckConstraint(name="picture_described", condition=~Q(alt=""))]

    def __str__(self) -> str:
        return self.alt

    def rendition_for(self, width: int) -> "Rendition | None":
        """Return the smallest rendition at least `width` pixels wide, or else the widest; None if there is none.

        Reads `renditions.all()`, so that no query is needed if the renditions are prefetched.
        """
        renditions = sorted(self.renditions.all(), key=lambda rendition: rendition.width)
        wide_enough = (rendition for rendition in renditions if rendition.width >= width)
        return next(wide_enough, renditions[-1] if renditions else None)


class Rendition(models.Model):
    """A picture as WebP: upright, scaled and without metadata. Sizes are in pixels."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="renditions", verbose_name=_("picture"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["width"]
        constraints = [
            models.UniqueConstraint(name="rendition_once_per_width", fields=["picture", "width"]),
            models.CheckConstraint(name="rendition_not_empty", condition=Q(width__gte=1) & Q(height__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"
