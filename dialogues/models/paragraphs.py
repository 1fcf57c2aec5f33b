from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from publishing.slots import Section
from text.words import shorten

from ..paragraph_numbers import paragraph_label
from ..querysets import ParagraphQuerySet
from .publications import Summary


class Paragraph(models.Model):
    """A heading or a paragraph of a summary. Most paragraphs have the number that they have in the original."""

    # Set by the pages that show a summary.
    rank: int
    sections: list[Section]
    elsewhere: list[Summary]
    later: Sequence[object]
    opening: str

    summary = models.ForeignKey(Summary, verbose_name=_("summary"), on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(_("heading level"), default=0, help_text=_("0 for a paragraph."))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    part = models.PositiveSmallIntegerField(
        _("part of the text"), default=1, help_text=_("Numbers begin again in each part, as in an annex.")
    )
    text = models.TextField(_("text"), help_text=_("Markdown."))
    recommendation = models.ForeignKey(
        "dialogues.Recommendation",
        verbose_name=_("recommendation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="paragraphs",
    )

    objects = ParagraphQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["summary", "position"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "position"], name="paragraph_position_once"),
            models.UniqueConstraint(fields=["summary", "part", "number"], name="paragraph_number_once_a_part"),
            models.CheckConstraint(
                condition=models.Q(level=0) | models.Q(number=None), name="paragraph_heading_has_no_number"
            ),
            models.CheckConstraint(
                condition=models.Q(recommendation=None) | models.Q(number__isnull=False),
                name="paragraph_recommends_by_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {shorten(self.text, 60)}".strip()

    def get_absolute_url(self) -> str:
        return f"{self.summary.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its address on the page of the summary: by its part and number or, without one, by its place."""
        if self.number is not None:
            return f"p{self.number}" if self.part == 1 else f"part{self.part}-p{self.number}"
        return f"h{self.position}" if self.level else f"u{self.position}"

    @property
    def label(self) -> str:
        """Its number for readers, with its part if that is not the first."""
        return paragraph_label(self.number, self.part)
