"""Querysets of proceedings: who may read them, and what lists fetch. The gate itself is in `publishing.models.gate`."""

import re
from typing import Any, Self

from django.apps import apps
from django.db.models import Count, Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from publishing.models import localized
from publishing.models.gate import GatedQuerySet, PublicThroughQuerySet, sees_all_drafts

from .noted_years import years_of

PARAGRAPH_ANCHOR = re.compile(r"(?:part(?!1-)([1-9][0-9]{0,3})-)?p(0|[1-9][0-9]{0,3})")
# What lists show of the dialogue of a record.
OF_DIALOGUE = (
    "title", "original_language", "translations", "slug", "starts_on", "date_note", "series__name",
    "series__original_language", "series__translations",
)  # fmt: skip
QUOTE_IN_LISTS = (
    "published_at", "number", "text", "language", "appearance__title", "appearance__affiliation",
    "appearance__speaker__name", "appearance__speaker__slug",
    *(f"appearance__dialogue__{name}" for name in OF_DIALOGUE),
)  # fmt: skip


def chaired_by(user: Any) -> Any:
    """Return the pks of the dialogues that `user` chairs, as a subquery."""
    appearances = apps.get_model("dialogues", "Appearance").objects
    return appearances.chairing().filter(speaker__account=user.pk).values("dialogue")


def recipient_of(user: Any) -> Any:
    """Return the pk of the appearance that a guest's preview was given to; None for anyone else."""
    preview = getattr(user, "preview", None)
    return preview.recipient_id if preview else None


def public_topics(path: str = "topics") -> "Prefetch[Any]":
    """Return a prefetch of the public topics at the end of `path`, by name, as `shown_topics`.

    A record that was read without it has no `shown_topics`, so that its hidden topics are never shown by mistake.
    """
    topics = apps.get_model("dialogues", "Topic").objects.published().by_name()
    return Prefetch(path, topics, to_attr="shown_topics")


class ProceedingsQuerySet(GatedQuerySet):
    """Records of a dialogue. Its chairs also see their drafts; `dialogue` is the path to the dialogue."""

    dialogue: str

    def drafts_open_to(self, user: Any) -> Q | None:
        """Open the drafts of a dialogue to the users who chair it."""
        if user.has_perm("dialogues.view_chaired_drafts"):
            return Q(**{f"{self.dialogue}__in": chaired_by(user)})
        return None


class SeriesQuerySet(PublicThroughQuerySet):
    """Series. They have no gate of their own; a series is public through a public dialogue."""

    through = ("dialogues.Dialogue", "series")

    def by_name(self) -> Self:
        """Return them sorted by the name that the page shows, which depends on its language."""
        return self.order_by(localized("name"), "slug")


class DialogueQuerySet(ProceedingsQuerySet):
    dialogue = "pk"

    def for_lists(self) -> Self:
        """Fetch what the card of a dialogue shows, in two queries; of topics and summaries, only what is public."""
        return self.for_cards().prefetch_related(public_topics())

    def for_cards(self) -> Self:
        """Fetch the same without topics, for pages that fetch those of several lists at once."""
        summaries = apps.get_model("dialogues", "Summary").objects.published().filter(dialogue=OuterRef("pk"))
        return self.select_related("series").annotate(has_summary=Exists(summaries))

    def open_to_comments_by(self, user: Any) -> Self:
        """Return the dialogues whose drafts `user` may comment on: all for staff, their own for chairs.

        The same users may read the comments.
        """
        if hasattr(user, "preview"):
            chairs = apps.get_model("dialogues", "Appearance").objects.chairing().filter(pk=recipient_of(user))
            return self.filter(pk__in=chairs.values("dialogue"))
        if not user.has_perm("dialogues.add_comment"):
            return self.none()
        return self.all() if sees_all_drafts(user) else self.filter(pk__in=chaired_by(user))

    def latest_first(self) -> Self:
        """Order by date, newest first; dialogues without a date come last, by their notes."""
        return self.order_by(F("starts_on").desc(nulls_last=True), "-date_note", "slug")

    def to_come(self, today: Any, past_years: Any) -> Self:
        """Return those from today on, and those without a date unless `years_before` finds a past year in its note."""
        dialogues = self.filter(Q(starts_on__gte=today) | Q(starts_on=None))
        return dialogues.exclude(starts_on=None, date_note__regex=past_years)

    def years(self) -> list[int]:
        """Return the years in which these dialogues begin, by first day or else by note, the latest first."""
        return years_of(self.order_by().values_list("starts_on", "date_note").distinct())


class PanelQuerySet(ProceedingsQuerySet):
    gates = ("dialogue__published_at",)
    dialogue = "dialogue"


class AppearanceQuerySet(ProceedingsQuerySet):
    gates = ("dialogue__published_at",)
    dialogue = "dialogue"

    def chairing(self) -> Self:
        """Return the appearances of those who chair a whole dialogue, not only a panel."""
        return self.filter(role__in=["chair", "co-chair"], panel=None)

    def chair_of(self, dialogue: Model, user: Any) -> Any:
        """Return the appearance as which `user` chairs a dialogue, by account or by preview, or None."""
        chairs = self.chairing().filter(dialogue=dialogue).select_related("speaker")
        if hasattr(user, "preview"):
            return chairs.filter(pk=recipient_of(user)).first()
        may = user.has_perm("dialogues.view_chaired_drafts")
        return chairs.filter(speaker__account=user.pk).first() if may else None


class SpeakerQuerySet(PublicThroughQuerySet):
    """Speakers. They have no gate of their own; a speaker is public through a public appearance."""

    through = ("dialogues.Appearance", "speaker")


class QuoteQuerySet(ProceedingsQuerySet):
    gates = ("published_at", "appearance__dialogue__published_at")
    dialogue = "appearance__dialogue"

    def for_lists(self) -> Self:
        """Fetch what a list and a search result show. All fields would take twice as long."""
        return self.select_related("appearance__speaker", "appearance__dialogue__series").only(*QUOTE_IN_LISTS)

    def for_page(self) -> Self:
        """Fetch the speaker with portrait, the panel and the dialogue."""
        return self.select_related("appearance__speaker__portrait", "appearance__dialogue__series", "appearance__panel")


class SummaryQuerySet(ProceedingsQuerySet):
    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"

    def current(self) -> Self:
        """Return the highest version in each language of a dialogue.

        Filter first, for example through the gate: a filter after this could drop the highest version.
        """
        rank = Window(RowNumber(), partition_by=["dialogue", "language"], order_by=F("version").desc())
        return self.annotate(rank=rank).filter(rank=1)

    def named(self) -> Self:
        """Fetch what the names of summaries depend on: whether one person chairs the dialogue."""
        chairs = apps.get_model("dialogues", "Appearance").objects.chairing().filter(role="chair")
        return self.annotate(has_one_chair=Exists(chairs.filter(dialogue=OuterRef("dialogue"))))


class RecordingQuerySet(ProceedingsQuerySet):
    gates = ("dialogue__published_at",)
    dialogue = "dialogue"


class StatementQuerySet(ProceedingsQuerySet):
    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"

    def for_lists(self) -> Self:
        """Fetch what a row of a list shows, in the order in which they were delivered."""
        related = self.select_related("dialogue", "panel", "appearance__speaker", "organization")
        return related.order_by(F("panel__number").asc(nulls_first=True), "position", "pk").defer("text")

    def for_page(self) -> Self:
        """Fetch what the page of a statement shows."""
        return self.select_related(
            "dialogue__series", "panel", "appearance__speaker", "organization", "document__clean_copy"
        )  # fmt: skip


class PhotographQuerySet(ProceedingsQuerySet):
    """Photographs. Once consent is withdrawn, only staff who see all drafts see one, and no chair or guest."""

    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"

    def drafts_open_to(self, user: Any) -> Q | None:
        drafts = super().drafts_open_to(user)
        return drafts if drafts is None else drafts & Q(consent_withdrawn_at=None)

    def opened_by(self, preview: Any) -> Q:
        return super().opened_by(preview) & Q(consent_withdrawn_at=None)

    def for_lists(self) -> Self:
        """Fetch what a list of photographs shows, in two queries."""
        return self.select_related("dialogue", "picture").prefetch_related("picture__renditions")


class ParagraphQuerySet(ProceedingsQuerySet):
    gates = ("summary__published_at", "summary__dialogue__published_at")
    dialogue = "summary__dialogue"

    def at(self, anchor: str) -> Self:
        """Return the numbered paragraphs with this anchor: "p3", or "part2-p3" below a heading with its own numbers."""
        found = PARAGRAPH_ANCHOR.fullmatch(anchor)
        return self.filter(part=int(found[1] or 1), number=int(found[2])) if found else self.none()

    def in_newest_version(self) -> Self:
        """Return the paragraphs of the newest public version of the summary of each dialogue, in any language."""
        newer = apps.get_model("dialogues", "Summary").objects.published()
        newer = newer.filter(dialogue=OuterRef("summary__dialogue"), version__gt=OuterRef("summary__version"))
        return self.filter(~Exists(newer))


class RecommendationQuerySet(PublicThroughQuerySet):
    """Recommendations. They have no gate of their own; one is public through a public paragraph that says it."""

    through = ("dialogues.Paragraph", "recommendation")

    def in_newest_version(self) -> Self:
        """Return those that the newest public version of the summary of their dialogue has."""
        paragraphs = apps.get_model("dialogues", "Paragraph").objects.published().in_newest_version()
        return self.filter(Exists(paragraphs.filter(recommendation=OuterRef("pk"))))


class FollowUpQuerySet(QuerySet[Any]):
    """Follow-ups. One is public when its recommendation and the paragraph or quote that it leads to are."""

    def published(self) -> Self:
        """Return what everyone may read."""
        return self._where(lambda records: records.published())

    def visible_to(self, user: Any) -> Self:
        """Return what `user` may read."""
        return self._where(lambda records: records.visible_to(user))

    def _where(self, narrow: Any) -> Self:
        names = {"recommendation": "Recommendation", "paragraph": "Paragraph", "quote": "Quote"}
        is_open = {
            relation: Exists(narrow(apps.get_model("dialogues", name).objects).filter(pk=OuterRef(relation)))
            for relation, name in names.items()
        }
        return self.filter(is_open["recommendation"], is_open["paragraph"] | is_open["quote"])


class PaperQuerySet(ProceedingsQuerySet):
    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"


class ExpectedDocumentQuerySet(ProceedingsQuerySet):
    """Expected documents. They are public when their dialogue is."""

    gates = ("dialogue__published_at",)
    dialogue = "dialogue"

    def with_waiting(self) -> Self:
        """Annotate each with `waiting`: the number of confirmed requests for an email when it is published."""
        wish = Q(
            dialogue__alerts__kind=F("kind"),
            dialogue__alerts__document_language=F("language"),
            dialogue__alerts__confirmed_at__isnull=False,
        )
        return self.annotate(waiting=Count("dialogue__alerts", filter=wish))


class CommentQuerySet(QuerySet[Any]):
    """Comments on drafts, with the replies to them. None is ever public."""

    def open(self) -> Self:
        """Return the comments, replies aside, that staff have not resolved."""
        return self.filter(reply_to=None, resolved_at=None)

    def with_authors(self) -> Self:
        """Fetch who wrote each, and the paragraph that it is about."""
        return self.select_related("author", "appearance__speaker", "paragraph__summary__dialogue")


class TopicQuerySet(GatedQuerySet):
    """Topics. Only staff see those that are not published."""

    def by_name(self) -> Self:
        """Return them sorted by the name that the page shows, which depends on its language."""
        return self.order_by(localized("name"), "slug")


class NewsItemQuerySet(GatedQuerySet):
    """News items. One can be about several dialogues, so none is its parent, and only its own gate counts."""

    def latest_first(self) -> Self:
        """Order by day of issue, newest first; items without a day come last."""
        return self.order_by(F("issued_on").desc(nulls_last=True), "-published_at", "slug")
