import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexJob(models.Model):
    """A record whose place in the index may be out of date.

    Written in the transaction that changed the record, so that no change is lost, and deleted once the index has it.
    Several jobs for one record are meant: the worker deletes only those that it saw before it read the record.
    """

    label = models.CharField(_("model"), max_length=100)
    object_id = models.PositiveBigIntegerField(_("record"))
    queued_at = models.DateTimeField(_("queued"), auto_now_add=True)

    class Meta:
        verbose_name = _("index job")
        verbose_name_plural = _("index jobs")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.label} {self.object_id}"


class Alert(models.Model):
    """Someone who wants to hear by mail of what is newly published and answers a search.

    The address is known to nobody but this table; it counts once its owner has confirmed it, and goes when they leave.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(_("address"))
    query = models.CharField(_("search"), max_length=2000, help_text=_("As in the address of the search page."))
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    # Translators: when they were written to last
    told_at = models.DateTimeField(_("told"), null=True, help_text=_("What was published before is known to them."))

    class Meta:
        verbose_name = _("search alert")
        verbose_name_plural = _("search alerts")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["address", "query"], name="alert_once_an_address_and_search")]

    def __str__(self):
        return f"{self.query}"
