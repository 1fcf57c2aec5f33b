from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from publishing.addresses import reverse
from publishing.models import Publishable, TranslatableWork

from ..paragraphs import Block, in_order
from ..querysets import NewsItemQuerySet
from .dialogue import Dialogue


class NewsItem(TranslatableWork, Publishable):
    """A press release or another report on dialogues, with its text as issued."""

    translated_fields = ("title", "place", "text")

    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    place = models.CharField(_("place of issue"), max_length=100, blank=True)
    issued_on = models.DateField(_("day of issue"), null=True, blank=True)
    text = models.TextField(_("text"), help_text=_("Markdown."))
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    dialogues = models.ManyToManyField(Dialogue, verbose_name=_("dialogues"), blank=True, related_name="news")
    source_url = models.URLField(_("address of the source"), blank=True)

    objects = NewsItemQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = [
            models.F("issued_on").desc(nulls_last=True), models.F("published_at").desc(nulls_last=True), "slug",
        ]  # fmt: skip
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="news_item_has_words")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dialogues:news-detail", args=[self.slug])

    @property
    def paragraphs(self) -> Sequence[Block]:
        """The headings and paragraphs of the text in the language of the page, each with its address: `p3`."""
        return in_order(self.localized.text.text)
