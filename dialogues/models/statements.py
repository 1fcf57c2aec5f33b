from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Document
from publishing.addresses import reverse
from publishing.models import Numbered, Publishable, TranslatableWork
from text.lists import joined
from text.localized import LocalizedText, content_language

from ..paragraphs import Block, in_order
from ..querysets import StatementQuerySet
from .dialogue import Dialogue, Panel
from .people import Appearance, Organization
from .recordings import Recorded


class Statement(TranslatableWork, Recorded, Numbered, Publishable):
    """A statement that was delivered from the floor: by whom, where, in which order, with its text if staff have it.

    A person delivers it as they appeared there. Where only the organization is known, it has no appearance.
    """

    translated_fields = ("title",)

    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="statements"
    )
    panel = models.ForeignKey(
        Panel,
        verbose_name=_("panel"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text=_("Where it was delivered."),
    )
    appearance = models.ForeignKey(
        Appearance,
        verbose_name=_("delivered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("on behalf of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
    )
    position = models.PositiveSmallIntegerField(
        # Translators: the place of a statement in the order in which statements were delivered
        _("place in the order"),
        default=0,
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.CONTENT_LANGUAGES, default="en")
    text = models.TextField(_("text"), blank=True, max_length=100_000, help_text=_("Markdown. As it was delivered."))
    document = models.ForeignKey(
        Document, verbose_name=_("file"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StatementQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at", "number"])

    class Meta(Publishable.Meta):
        # Translators: a statement delivered from the floor
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["dialogue", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(appearance__isnull=False) | Q(organization__isnull=False),
                name="statement_has_somebody_who_delivered_it",
                violation_error_message=_("Enter who delivered it: a person, an organization or both."),
            )
        ]

    def __str__(self) -> str:
        return self.title or gettext("Statement by %(name)s") % {"name": self.delivered_by}

    def get_absolute_url(self) -> str:
        return reverse("dialogues:statement-detail", args=[self.dialogue.slug, self.address_number])

    def get_download_url(self) -> str:
        """Return the address of its file."""
        return reverse("dialogues:statement-file", args=[self.dialogue.slug, self.address_number])

    def clean(self) -> None:
        super().clean()
        if self.panel and self.panel.dialogue_id != self.dialogue_id:
            raise ValidationError({"panel": _("This panel belongs to another dialogue.")})

    @property
    def localized_name(self) -> LocalizedText:
        """Its title in the language of the page or, without a title, whose statement it is."""
        return self.localized.title or LocalizedText(str(self), content_language())

    @property
    def delivered_by(self) -> str:
        """The name of the person who delivered it, or else of the organization."""
        return self.appearance.name if self.appearance else str(self.organization)

    @property
    def capacity(self) -> str:
        """The title and affiliation of that person as given that day, and the organization if it is another."""
        if self.appearance is None:
            return ""
        return joined([self.appearance.as_given, self.unnamed_body and self.unnamed_body.name])

    @property
    def unnamed_body(self) -> Organization | None:
        """The organization on whose behalf a person delivered it, if it is not in their affiliation as given."""
        body = self.organization if self.appearance else None
        return body if body and self.appearance and body.name not in self.appearance.as_given else None

    @property
    def paragraphs(self) -> Sequence[Block]:
        """The headings and paragraphs of the text, each with its address: `p3`."""
        return in_order(self.text)

    @property
    def bodies(self) -> list[Organization]:
        """The organization on whose behalf it was delivered, and that of the person who delivered it."""
        of_person = self.appearance.organization if self.appearance else None
        return list(dict.fromkeys(body for body in (self.organization, of_person) if body))

    @property
    def copy(self) -> Any:
        """The clean copy of its file, or None."""
        return self.document.copy if self.document else None
