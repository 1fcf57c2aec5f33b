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

    @property
    def is_published(self):
        """Whether its own gate is open; whether anyone sees it depends on its parents' too."""
        return self.published_at is not None
