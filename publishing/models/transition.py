from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import log_chain
from .verbs import Verb


class ImmutableEntryError(Exception):
    """Raised on an attempt to change or delete an entry of the log."""

    def __init__(self) -> None:
        super().__init__("Entries of the log cannot be changed or deleted.")


class TransitionQuerySet(models.QuerySet[Any]):
    """Reads entries of the log. Only `publishing.workflow.log` adds entries."""

    def of(self, record: models.Model) -> Self:
        """Return the entries of one record, newest first."""
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def update(self, **fields: Any) -> int:
        """Raise ImmutableEntryError."""
        raise ImmutableEntryError

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raise ImmutableEntryError."""
        raise ImmutableEntryError

    def purge_notes(self, before: datetime) -> int:
        """Delete the notes written before a moment, and return how many. The chain covers digests, and stays valid."""
        old = self.filter(at__lt=before).exclude(note="")
        return super(TransitionQuerySet, old).update(note="", note_salt="")

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows that `log_chain` checks, in order; only a batch at a time is in memory."""
        names = ("previous", "digest", *log_chain.COVERED, *log_chain.KIND, *log_chain.NOTE)
        return self.order_by("number").values(*names).iterator(chunk_size=1000)


class Transition(models.Model):
    """One move of one record, such as published or declined, with its actor and its time. Only workflows write entries.

    The entries of the whole portal form one chain (see `publishing.log_chain`) and outlive the records they are about.
    """

    class Part(models.TextChoices):
        """The role in which somebody acted."""

        STAFF = "staff", _("staff")
        SENDER = "sender", _("the sender")
        CHAIR = "chair", _("a chair")
        SPEAKER = "speaker", _("the speaker")
        SYSTEM = "system", _("the portal")

    number = models.PositiveBigIntegerField(_("number"), unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="+")
    # Identifies one record for ever: neither PostgreSQL nor Django on SQLite (AUTOINCREMENT) reuses a number.
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    verb = models.CharField(_("what"), max_length=40, choices=Verb)
    note = models.TextField(_("note"), blank=True)
    note_salt = models.CharField(max_length=32, blank=True, editable=False)
    note_digest = models.CharField(max_length=64, editable=False)
    # Translators: the role in which somebody acted: as staff, as a chair
    part = models.CharField(_("part"), max_length=8, choices=Part)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Staff alone: a sender’s account can be erased, and a command has none."),
    )
    at = models.DateTimeField(_("when"), editable=False)
    facts = models.JSONField(_("facts"), default=dict, help_text=_("Data about the move, such as digests of files."))
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

    def __str__(self) -> str:
        return f"{self.content_type.name} {self.object_id}: {self.get_verb_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableEntryError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raise ImmutableEntryError."""
        raise ImmutableEntryError

    @property
    def who(self) -> Any:
        """Who made the move: the name of a staff member, or else the role in which somebody acted."""
        return self.actor or self.get_part_display()


class LogHead(models.Model):
    """The end of the log, in one row.

    Writers lock it, and the check of the log uses it to detect entries cut off the end.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("head of the log")
        verbose_name_plural = _("head of the log")
        default_permissions = []
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="log_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.count} {self.digest}"

    def add(self, entry: Transition) -> None:
        """Chain an unsaved `entry` to the end of the log; the caller saves both."""
        self.count += 1
        entry.number, entry.previous = self.count, self.digest
        entry.note_salt = secrets.token_hex(16)
        entry.note_digest = log_chain.digest_of_note(entry.note, entry.note_salt)
        covered = {name: getattr(entry, name) for name in log_chain.COVERED if name != "actor_id"}
        self.digest = entry.digest = log_chain.digest(
            entry.previous, kind=log_chain.kind(entry.content_type), actor=entry.actor_id, **covered
        )


class KeptRelation(GenericRelation):
    """The entries about a record. They stay when it is deleted; Django's own relation would delete them."""

    def bulk_related_objects(self, objs: Sequence[models.Model], using: str = "default") -> models.QuerySet[Any]:
        return self.remote_field.model._base_manager.db_manager(using).none()
