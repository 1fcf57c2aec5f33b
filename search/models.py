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
