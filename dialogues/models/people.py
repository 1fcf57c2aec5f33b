from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from documents.models import Picture
from publishing.addresses import reverse
from publishing.models import Numbered, Preview, Publishable, Translatable, by_number
from publishing.models.translatable import text_field
from text.lists import detail_comma, joined
from text.localized import isolated
from text.words import shorten

from ..querysets import AppearanceQuerySet, QuoteQuerySet, SpeakerQuerySet
from .dialogue import Dialogue, Panel
from .recordings import Recorded


class Organization(Translatable):
    """An organization that takes part. It has no page of its own."""

    translated_fields = ("name",)

    class Type(models.TextChoices):
        CIVIL_SOCIETY = "civil-society", _("civil society")
        STATE = "state", pgettext_lazy("a kind of body", "State")
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental")
        ACADEMIA = "academia", _("academia")
        PRIVATE_SECTOR = "private-sector", _("private sector")

    name = models.CharField(_("name"), max_length=300, unique=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters: AT, NG."))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(country="") | models.Q(country__regex=r"^[A-Z]{2}$"),
                name="organization_country_is_two_capitals",
                violation_error_message=_("A country is two capital letters, such as AT."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Speaker(Translatable):
    """A person with their current title and organization. Earlier ones are in their appearances."""

    translated_fields = ("title", "biography", "portrait_alt", "portrait_credit")
    untranslated_names = ("portrait_credit",)

    name = models.CharField(_("name"), max_length=200)
    family_name = models.CharField(
        _("family name"),
        max_length=100,
        blank=True,
        help_text=_("The part of the name by which lists sort it. Without it, they take the last word."),
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = models.CharField(_("title today"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization today"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    biography = models.TextField(_("biography"), blank=True, help_text=_("Markdown."))
    portrait = models.ForeignKey(
        Picture, verbose_name=_("portrait"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="speaker",
        help_text=_("Lets a co-chair of the Co-Chairs group read and comment on the drafts of their dialogues."),
    )

    objects = SpeakerQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dialogues:speaker-detail", args=[self.slug])

    @property
    def portrait_alt(self) -> str:
        """What the portrait shows, for those who cannot see it; empty without a portrait."""
        return self.portrait.alt if self.portrait else ""

    @property
    def portrait_credit(self) -> str:
        """Who made the portrait or holds its rights; empty without a portrait."""
        return self.portrait.credit if self.portrait else ""

    @classmethod
    def text_field(cls, name: str) -> models.Field[Any, Any]:
        field = name.removeprefix("portrait_")
        return super().text_field(name) if field == name else text_field(Picture, field)


class Appearance(models.Model):
    """A speaker at a dialogue or at one of its panels, with the title and affiliation given that day."""

    said: "list[Quote]"  # set by `timelines`

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        CO_CHAIR = "co-chair", _("Co-Chair")
        MODERATOR = "moderator", _("Moderator")
        PANELLIST = "panellist", _("Panellist")
        SPEAKER = "speaker", _("Speaker")
        FLOOR = "floor", _("From the floor")

    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="appearances"
    )
    panel = models.ForeignKey(
        Panel, verbose_name=_("panel"), null=True, blank=True, on_delete=models.CASCADE, related_name="appearances"
    )
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), on_delete=models.PROTECT, related_name="appearances"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    title = models.CharField(_("title that day"), max_length=200, blank=True)
    affiliation = models.CharField(_("affiliation that day"), max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="appearances",
    )
    # Translators: the position in an order: first, second
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    # Previews given to this person are deleted with their appearance.
    previews = GenericRelation(Preview, content_type_field="recipient_type", object_id_field="recipient_id")

    objects = AppearanceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "speaker", "role"],
                condition=models.Q(panel__isnull=False),
                name="appearance_once_a_panel_and_role",
            ),
            models.UniqueConstraint(
                fields=["dialogue", "speaker", "role"],
                condition=models.Q(panel__isnull=True),
                name="appearance_once_a_dialogue_and_role",
            ),
            models.UniqueConstraint(
                fields=["dialogue"],
                condition=models.Q(panel__isnull=True, role="chair"),
                name="dialogue_has_one_chair",
                violation_error_message=_("The dialogue has a chair already; several share the chair as co-chairs."),
            ),
        ]

    def __str__(self) -> str:
        return detail_comma().join(map(isolated, [self.speaker, self.get_role_display(), self.dialogue]))

    def get_role_display(self) -> str:  # type: ignore[no-redef]  # one that Django makes
        """Return the role in words. Django's own method translates and hashes all roles each time."""
        return str(ROLE_NAMES.get(self.role, self.role))

    def clean(self) -> None:
        if self.panel_id and self.panel and self.panel.dialogue_id != self.dialogue_id:
            raise ValidationError({"panel": _("This panel belongs to another dialogue.")})
        if self.role in (self.Role.CHAIR, self.Role.CO_CHAIR) and not self.panel_id and self.dialogue_id:
            other = self.Role.CO_CHAIR if self.role == self.Role.CHAIR else self.Role.CHAIR
            if Appearance.objects.chairing().filter(dialogue=self.dialogue_id, role=other).exists():
                raise ValidationError({"role": _("A dialogue has either one chair or several co-chairs.")})

    @property
    def name(self) -> str:
        """The name of the speaker."""
        return self.speaker.name

    @property
    def as_given(self) -> str:
        """Title and affiliation of that day in one line; empty if neither was given."""
        return joined([self.title, self.affiliation])


ROLE_NAMES = dict(Appearance.Role.choices)


class Quote(Recorded, Numbered, Publishable):
    """What a speaker said at a dialogue, word for word, with the source."""

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
        "NewsItem", verbose_name=_("news item"), null=True, blank=True, on_delete=models.SET_NULL, related_name="quotes"
    )

    objects = QuoteQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["published_at", "number"])

    class Meta(Publishable.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = [by_number(), "pk"]
        indexes = [models.Index(fields=["-published_at", "-number"], name="quote_newest_first")]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="quote_has_words")]

    def __str__(self) -> str:
        return f"{isolated(f'“{shorten(self.text, 60)}”')} ({isolated(self.appearance.speaker)})"

    def get_absolute_url(self) -> str:
        return reverse("dialogues:quote-detail", args=[self.address_number])

    def preview_recipients(self) -> AppearanceQuerySet:
        """Return the appearance of its speaker, who may confirm or correct the words."""
        return Appearance.objects.select_related("speaker", "dialogue").filter(pk=self.appearance_id)

    @property
    def answer(self) -> Any:
        """The latest QuoteAnswer of its speaker, or None."""
        return self.answers.last()

    @property
    def is_confirmed(self) -> bool:
        """Whether the latest answer of its speaker confirms the words as they are now."""
        answer = self.answer
        return answer is not None and answer.text == self.text
