from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .contribution import Contribution
from .revision import Attachment, Revision


class Note(models.Model):
    """A note of staff about a contribution. Neither its sender nor the public can read it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("note"), max_length=10_000)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Look(models.Model):
    """A reviewer opened the review page of a revision, and from it these of its files."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    files = models.ManyToManyField(Attachment, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("look at a revision")
        verbose_name_plural = _("looks at revisions")
        ordering = ["pk"]
        default_permissions = []  # nobody edits them
        constraints = [models.UniqueConstraint(fields=["revision", "by"], name="look_once")]

    def __str__(self) -> str:
        return f"{self.revision}: {self.by}"


class Check(models.Model):
    """A point of the checklist that a reviewer has settled for one revision.

    Reviewers share one checklist. Where the call wants a second reader, each has their own.
    """

    class Point(models.TextChoices):
        LANGUAGE = "language", _("The language is as stated, and the text is relevant")
        FILES = "files", _("The files are clean: nothing in them but what is meant to be read")
        CONTACTS = "contacts", _("No email address, phone number or other way to reach a person at risk")
        NAMES = "names", _("No victim’s name, and nothing that could identify a victim")

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="checks")
    point = models.CharField(_("point"), max_length=10, choices=Point)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("checked point")
        verbose_name_plural = _("checked points")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["revision", "point", "by"], name="check_point_once")]

    def __str__(self) -> str:
        return self.get_point_display()
