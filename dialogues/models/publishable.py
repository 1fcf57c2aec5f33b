from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Transition(models.Model):
    """One move of one record: published, withdrawn, declined. Who did it, and when. Written by workflows alone."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    verb = models.CharField(_("what"), max_length=40)
    note = models.TextField(_("note"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty where a command or a task did it."),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        default_permissions = ["view"]
        constraints = [models.CheckConstraint(condition=~models.Q(verb=""), name="transition_has_a_verb")]

    def __str__(self):
        return f"{self.verb} {self.content_type.name} {self.object_id}"


class Publishable(models.Model):
    """A record with a gate of its own. The field is set and emptied by a workflow's verbs, never by a form."""

    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False, db_index=True)
    transitions = GenericRelation(Transition)

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]

    @property
    def is_published(self):
        """Whether its own gate is open; whether anyone sees it depends on its parents' too."""
        return self.published_at is not None
