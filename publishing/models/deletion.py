from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAYS_TO_RESTORE = 30
MAX_DIGITS = 18  # of a number in the database


class DeletionQuerySet(models.QuerySet[Any]):
    """Reads deleted records, which staff can restore for a time."""

    def expired(self) -> Self:
        """Return those that can no longer be restored."""
        return self.filter(at__lt=timezone.now() - timedelta(days=DAYS_TO_RESTORE))

    def of(self, model: type[models.Model], pk: str) -> Any:
        """Return the last deletion of a record, or None. `pk` is from an address and may be no number."""
        if not pk.isdecimal() or len(pk) > MAX_DIGITS:
            return None
        kind = ContentType.objects.get_for_model(model)
        return self.filter(content_type=kind, object_id=int(pk)).order_by("-at", "-pk").first()

    def restorable(self) -> Self:
        """Return those that can still be restored."""
        return self.filter(at__gte=timezone.now() - timedelta(days=DAYS_TO_RESTORE))

    def visible_to(self, user: Any) -> Self:
        """Return those that can still be restored, for staff who may see them; none for others."""
        return self.restorable() if may_see_deletions(user) else self.none()


def may_see_deletions(user: Any) -> bool:
    """Return whether a user may see which records were deleted."""
    return bool(user.is_staff and user.has_perm("publishing.view_deletion"))


class Deletion(models.Model):
    """A record that staff deleted, with everything that was deleted with it. It is kept for thirty days."""

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, related_name="+", editable=False
    )
    object_id = models.PositiveBigIntegerField(editable=False)
    name = models.CharField(_("what"), max_length=300)
    rows = models.JSONField(_("rows"), help_text=_("As Django’s serializers write them."))
    # Each is the label of a model, a primary key, a field, its value, and what it was changed to if not to nothing.
    links = models.JSONField(_("links"), default=list, help_text=_("Fields of other records that it changed."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("deleted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("deleted"), auto_now_add=True, db_index=True)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("deleted record")
        verbose_name_plural = _("deleted records")
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        permissions = [("restore_deletion", _("Can restore what was deleted"))]

    def __str__(self) -> str:
        return self.name

    @property
    def restorable_until(self) -> datetime:
        """The time until which staff can restore the record."""
        return self.at + timedelta(days=DAYS_TO_RESTORE)
