from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogues import chain

from .verbs import WORDS


class KeptError(Exception):
    """The log is added to, and never changed."""

    def __init__(self):
        super().__init__("The log of moves is added to and never changed.")


class TransitionQuerySet(models.QuerySet):
    """Entries of the log, to be read; `dialogues.workflow.log` adds to them."""

    def update(self, **fields):
        raise KeptError

    def delete(self):
        raise KeptError

    def walk(self):
        """The rows of the whole log as `dialogues.chain` checks them, in order, a batch in memory at a time."""
        rows = self.order_by("number").values("previous", "digest", *chain.COVERED, *chain.KIND)
        return rows.iterator(chunk_size=1000)


class Transition(models.Model):
    """One move of one record: published, withdrawn, declined. Who did it, and when. Written by workflows alone.

    The entries of the whole portal form one chain (see `dialogues.chain`), and outlive the records they are about.
    """

    class Part(models.TextChoices):
        STAFF = "staff", _("staff")
        SENDER = "sender", _("the sender")
        CHAIR = "chair", _("a chair")
        SPEAKER = "speaker", _("the speaker")
        SYSTEM = "system", _("the portal")

    number = models.PositiveBigIntegerField(_("number"), unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="+")
    # Means one record for ever: neither PostgreSQL nor Django's SQLite (AUTOINCREMENT) gives a number a second time.
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    verb = models.CharField(_("what"), max_length=40)
    note = models.TextField(_("note"), blank=True)
    # Translators: in what part somebody acted: as staff, as a chair
    part = models.CharField(_("part"), max_length=8, choices=Part)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Staff alone: a sender's account can be erased, and a command has none."),
    )
    at = models.DateTimeField(_("when"), editable=False)
    facts = models.JSONField(_("facts"), default=dict, help_text=_("What the verb knows: digests of files, say."))
    previous = models.CharField(_("digest before"), max_length=64, unique=True, blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["-number"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="transition_has_a_verb"),
            models.CheckConstraint(
                condition=models.Q(actor=None) | models.Q(part="staff"), name="transition_names_staff_alone"
            ),
        ]

    def __str__(self):
        return f"{self.content_type.name} {self.object_id}: {self.said}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise KeptError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise KeptError

    @property
    def said(self):
        """What happened, in words."""
        return WORDS.get(self.verb, self.verb)

    @property
    def who(self):
        """Who moved it, for colleagues' eyes: a name where it is a colleague's."""
        return self.actor or self.get_part_display()


class LogHead(models.Model):
    """Where the log ends, in one row: what follows locks it, and entries that are cut off its end are missed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("head of the log")
        verbose_name_plural = _("head of the log")
        default_permissions = []
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="log_head_is_one_row")]

    def __str__(self):
        return f"{self.count} {self.digest}"

    def add(self, entry):
        """Give `entry`, which is not saved yet, its place after the last one; both are the caller's to save."""
        self.count += 1
        entry.number, entry.previous = self.count, self.digest
        covered = {name: getattr(entry, name) for name in chain.COVERED if name != "actor_id"}
        self.digest = entry.digest = chain.digest(
            entry.previous, kind=chain.kind(entry.content_type), actor=entry.actor_id, **covered
        )


class KeptRelation(GenericRelation):
    """The entries about a record, which stay when it is deleted; Django's own relation would take them along."""

    def bulk_related_objects(self, objs, using="default"):
        return self.remote_field.model._base_manager.db_manager(using).none()
