"""The one gate. Whatever leaves the portal starts from `published()` or `visible_to(user)`; no other filter decides."""

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone


class GatedQuerySet(QuerySet):
    """Records that are public when each of their `gates` is set.

    `gates` are paths to date fields that are null until publication: the record's own and its parents', because a
    child follows its parent. `dialogue` is the path to the dialogue that a record belongs to, for its chairs' sake.
    """

    gates = ("published_at",)
    dialogue = None

    def is_open(self):
        """The gate as a condition, for those who combine it."""
        return Q(**{f"{gate}__isnull": False for gate in self.gates})

    def published(self):
        """What everyone may read."""
        return self.filter(self.is_open())

    def visible_to(self, user):
        """What `user` may read: all of it for staff who see drafts; for chairs, also the drafts of their dialogues.

        A guest has the address of a preview, and reads the one draft that it is for.
        """
        if user.has_perm("dialogues.view_drafts"):
            return self.all()
        if preview := getattr(user, "preview", None):
            return self.filter(self.is_open() | self.opened_by(preview))
        if self.dialogue and user.has_perm("dialogues.view_chaired_drafts"):
            return self.filter(self.is_open() | Q(**{f"{self.dialogue}__in": chaired_by(user)}))
        return self.published()

    def opened_by(self, preview):
        """What the preview of a record opens: that record, and what hangs on it by gates that are open."""
        way = Q()
        for gate in self.gates:
            path = gate.removesuffix("published_at").removesuffix("__")
            if model_at(self.model, path) is preview.content_type.model_class():
                return way & Q(**{path or "pk": preview.object_id})
            way &= Q(**{f"{gate}__isnull": False})
        return Q(pk__in=[])


def model_at(model, path):
    """The model to which a path of relations leads from `model`; an empty one leads nowhere else."""
    for name in filter(None, path.split("__")):
        model = model._meta.get_field(name).related_model
    return model


def chaired_by(user):
    """The ids of dialogues that this user chairs, as a subquery."""
    appearances = apps.get_model("dialogues", "Appearance").objects
    return appearances.chairing().filter(speaker__account=user.pk).values("dialogue")


class SeriesQuerySet(QuerySet):
    """A series has no gate of its own: it is public through a dialogue that is."""

    def published(self):
        dialogues = apps.get_model("dialogues", "Dialogue").objects.published()
        return self.filter(Exists(dialogues.filter(series=OuterRef("pk"))))

    def visible_to(self, user):
        if user.has_perm("dialogues.view_drafts"):
            return self.all()
        dialogues = apps.get_model("dialogues", "Dialogue").objects.visible_to(user)
        return self.filter(Exists(dialogues.filter(series=OuterRef("pk"))))


class DialogueQuerySet(GatedQuerySet):
    dialogue = "pk"

    def for_lists(self):
        """With what a card shows, in two queries however many there are; of topics and summaries, what is public."""
        topics = apps.get_model("dialogues", "Topic").objects.published()
        summaries = apps.get_model("dialogues", "Summary").objects.published().filter(dialogue=OuterRef("pk"))
        return (
            self.select_related("series")
            .annotate(has_summary=Exists(summaries))
            .prefetch_related(Prefetch("topics", topics))
        )

    def open_to_comments_by(self, user):
        """Those on whose drafts `user` may comment, and whose comments they may read: staff all, chairs their own."""
        if preview := getattr(user, "preview", None):
            chairs = apps.get_model("dialogues", "Appearance").objects.chairing().filter(pk=preview.appearance_id)
            return self.filter(pk__in=chairs.values("dialogue"))
        if not user.has_perm("dialogues.add_comment"):
            return self.none()
        return self.all() if user.has_perm("dialogues.view_drafts") else self.filter(pk__in=chaired_by(user))

    def latest_first(self):
        return self.order_by(F("starts_on").desc(nulls_last=True), "-pk")


class PanelQuerySet(GatedQuerySet):
    gates = ("dialogue__published_at",)
    dialogue = "dialogue"


class AppearanceQuerySet(GatedQuerySet):
    gates = ("dialogue__published_at",)
    dialogue = "dialogue"

    def chairing(self):
        """Those who chair a whole dialogue, not only a panel of it."""
        return self.filter(role__in=["chair", "co-chair"], panel=None)

    def chair_of(self, dialogue, user):
        """As whom `user` chairs a dialogue: by their account, or by a preview that was given to them; or None."""
        chairs = self.chairing().filter(dialogue=dialogue).select_related("speaker")
        if preview := getattr(user, "preview", None):
            return chairs.filter(pk=preview.appearance_id).first()
        may = user.has_perm("dialogues.view_chaired_drafts")
        return chairs.filter(speaker__account=user.pk).first() if may else None


class SpeakerQuerySet(QuerySet):
    """A person has no gate of their own: they are public through an appearance that is."""

    def published(self):
        appearances = apps.get_model("dialogues", "Appearance").objects.published()
        return self.filter(Exists(appearances.filter(speaker=OuterRef("pk"))))

    def visible_to(self, user):
        if user.has_perm("dialogues.view_drafts"):
            return self.all()
        appearances = apps.get_model("dialogues", "Appearance").objects.visible_to(user)
        return self.filter(Exists(appearances.filter(speaker=OuterRef("pk"))))


class QuoteQuerySet(GatedQuerySet):
    gates = ("published_at", "appearance__dialogue__published_at")
    dialogue = "appearance__dialogue"

    def for_lists(self):
        """With who said it, where, and the picture beside it."""
        return self.select_related("appearance__speaker__portrait", "appearance__dialogue__series", "appearance__panel")


class SummaryQuerySet(GatedQuerySet):
    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"

    def current(self):
        """The highest version among these in each language of a dialogue; narrow first, by the gate for instance."""
        rank = Window(RowNumber(), partition_by=["dialogue", "language"], order_by=F("version").desc())
        return self.annotate(rank=rank).filter(rank=1)


class ParagraphQuerySet(GatedQuerySet):
    gates = ("summary__published_at", "summary__dialogue__published_at")
    dialogue = "summary__dialogue"


class PaperQuerySet(GatedQuerySet):
    gates = ("published_at", "dialogue__published_at")
    dialogue = "dialogue"


class ExpectedDocumentQuerySet(GatedQuerySet):
    """What is announced; it follows its dialogue."""

    gates = ("dialogue__published_at",)
    dialogue = "dialogue"

    def with_waiting(self):
        """Each with `waiting`: how many confirmed that they want to be told of it."""
        wish = Q(
            dialogue__alerts__kind=F("kind"),
            dialogue__alerts__document_language=F("language"),
            dialogue__alerts__confirmed_at__isnull=False,
        )
        return self.annotate(waiting=Count("dialogue__alerts", filter=wish))


class TopicQuerySet(GatedQuerySet):
    """Topics cut across dialogues; only staff see those that are not yet published."""


class NewsItemQuerySet(GatedQuerySet):
    """News may be about several dialogues, so that none of them is its parent and its own gate alone decides."""

    def latest_first(self):
        return self.order_by(F("issued_on").desc(nulls_last=True), "-pk")


class PreviewQuerySet(QuerySet):
    """Addresses of drafts; who has none of these has no way in."""

    def open(self):
        """Those that still answer."""
        return self.filter(expires_at__gt=timezone.now())

    def of(self, record):
        """Those of one record."""
        kind = apps.get_model("contenttypes", "ContentType").objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)
