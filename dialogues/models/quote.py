from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dialogues.querysets import QuoteQuerySet
from publishing.models import Publishable

from .news import NewsItem
from .people import Appearance


class Quote(Publishable):
    """Words that a speaker said at a dialogue, to the letter, with their source."""

    appearance = models.ForeignKey(
        Appearance,
        verbose_name=_("said by, where"),
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text=_("The speaker at that dialogue or panel, as they appeared there."),
    )
    text = models.TextField(_("words"), help_text=_("Without quotation marks; they are set by the page."))
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    source = models.CharField(_("source"), max_length=300, blank=True, help_text=_("Where these words are recorded."))
    source_url = models.URLField(_("address of the source"), blank=True)

    news_item = models.ForeignKey(
        NewsItem, verbose_name=_("news item"), null=True, blank=True, on_delete=models.SET_NULL, related_name="quotes"
    )

    objects = QuoteQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at"])

    class Meta(Publishable.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="quote_has_words")]

    def __str__(self):
        return f"“{self.text[:60]}” ({self.appearance.speaker})"

    def get_absolute_url(self):
        return reverse("dialogues:quote-detail", args=[self.pk])

    def preview_recipients(self):
        """Return the appearance of its speaker, who may confirm the words or ask for others."""
        return Appearance.objects.select_related("speaker", "dialogue").filter(pk=self.appearance_id)

    @property
    def answer(self):
        """What its speaker answered last when asked about it; None where nobody did."""
        return self.answers.last()

    @property
    def is_confirmed(self):
        """Whether its speaker confirmed these very words."""
        answer = self.answer
        return answer is not None and answer.text == self.text


class QuoteAnswer(models.Model):
    """What a speaker answered when asked about words of theirs: the words as they should stand. Never public."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(_("words"))
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer about a quote")
        verbose_name_plural = _("answers about quotes")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="quote_answer_has_words")]

    def __str__(self):
        return self.text[:60]
