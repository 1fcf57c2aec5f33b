from django.db import models
from django.utils.translation import gettext_lazy as _

from .transition import KeptRelation, Transition


class Publishable(models.Model):
    """A record with a gate of its own. The field is set and emptied by a workflow's verbs, never by a form."""

    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False, db_index=True)
    transitions = KeptRelation(Transition)

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]

    def check_ready(self):
        """Raise ValidationError, with a sentence for staff, while something is missing to publish it."""

    @property
    def is_published(self):
        """Whether its own gate is open; whether anyone sees it depends on its parents' too."""
        return self.published_at is not None
