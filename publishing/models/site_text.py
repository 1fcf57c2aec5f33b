from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .translatable import Translatable


class SiteText(Translatable):
    """A text of the site itself in the words of staff, instead of the default (`publishing.site_texts`)."""

    translated_fields = ("title", "body")

    name = models.SlugField(_("name"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text of the site")
        verbose_name_plural = _("texts of the site")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.title
