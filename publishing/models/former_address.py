from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddress(models.Model):
    """A former slug of a public record that was renamed or merged. The old address redirects to the new one."""

    label = models.CharField(max_length=100)  # of the model: dialogues.speaker
    slug = models.SlugField(_("former address"), max_length=120)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["label", "slug"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["label", "slug"], name="former_address_once")]
        indexes = [models.Index(fields=["label", "object_id"], name="former_address_of")]

    def __str__(self) -> str:
        return f"{self.label} {self.slug}"


def keep_address(record: Any, slug: str) -> None:
    """Redirect the former slug of a public record to it. Nobody knows the address of a record that is not public."""
    model = type(record)
    if slug and model.objects.published().filter(pk=record.pk).exists():
        FormerAddress.objects.update_or_create(
            label=model._meta.label_lower, slug=slug, defaults={"object_id": record.pk}
        )


def records_formerly_at(slug: str, user: Any) -> Iterator[Any]:
    """Yield the records that had this slug, of any model, as far as `user` may see them."""
    for former in FormerAddress.objects.filter(slug=slug):
        model: Any = apps.get_model(former.label)
        yield from model.objects.visible_to(user).filter(pk=former.object_id)
