"""The gate: everything that leaves the portal is read through `published()` or `visible_to(user)`, and nothing else.

What passes it for the first time gets a number for its public address, so that gaps between numbers count nothing
hidden.
"""

from __future__ import annotations

import re
from typing import Any, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _

from .transition import KeptRelation, Transition

DRAFT = "draft-"
ADDRESS_NUMBER = re.compile(rf"({DRAFT})?([0-9]{{1,9}})")


def sees_all_drafts(user: Any) -> bool:
    """Return whether `user` may see every draft, as the secretariat may."""
    return bool(user.has_perm("publishing.view_drafts"))


class GatedQuerySet(QuerySet[Any]):
    """Records that are public when each of their `gates` is set.

    `gates` are paths to date fields that are null until publication: the record's own and its parents', because a
    child follows its parent.
    """

    gates: tuple[str, ...] = ("published_at",)

    def is_open(self) -> Q:
        """Return the gate as a condition, to combine with others."""
        return Q(**{f"{gate}__isnull": False for gate in self.gates})

    def published(self) -> Self:
        """Return what everyone may read."""
        return self.filter(self.is_open())

    def visible_to(self, user: Any) -> Self:
        """Return what `user` may read.

        Staff who see drafts read everything. A guest reads the one draft that their preview opens. Subclasses open
        drafts to other users in `drafts_open_to`.
        """
        if sees_all_drafts(user):
            return self.all()
        if preview := getattr(user, "preview", None):
            return self.filter(self.is_open() | self.opened_by(preview))
        if (drafts := self.drafts_open_to(user)) is not None:
            return self.filter(self.is_open() | drafts)
        return self.published()

    def drafts_open_to(self, user: Any) -> Q | None:
        """Return a condition for the drafts that `user` may also read, or None if there are none."""
        return None

    def opened_by(self, preview: Any) -> Q:
        """Return a condition for what a preview opens: its record, and what belongs to it if its own gates are open."""
        condition = Q()
        for gate in self.gates:
            path = gate.removesuffix("published_at").removesuffix("__")
            if model_at(self.model, path) is preview.content_type.model_class():
                return condition & Q(**{path or "pk": preview.object_id})
            condition &= Q(**{f"{gate}__isnull": False})
        return Q(pk__in=[])


class PublicThroughQuerySet(QuerySet[Any]):
    """Records without a gate of their own, which are public through other records that are.

    `through` is the label of the other model and the name of its relation to this one.
    """

    through: tuple[str, str]

    def published(self) -> Self:
        """Return what everyone may read."""
        return self._through(lambda records: records.published())

    def visible_to(self, user: Any) -> Self:
        """Return what `user` may read."""
        if sees_all_drafts(user):
            return self.all()
        return self._through(lambda records: records.visible_to(user))

    def _through(self, narrow: Any) -> Self:
        label, relation = self.through
        records = narrow(apps.get_model(label).objects)
        return self.filter(Exists(records.filter(**{relation: OuterRef("pk")})))


def model_at(model: type[Model], path: str) -> type[Model]:
    """Return the model at the end of a path of relations (`dialogue__series`), or `model` if the path is empty."""
    for name in filter(None, path.split("__")):
        model = cast("type[Model]", model._meta.get_field(name).related_model)
    return model


class Publishable(models.Model):
    """A record with a gate of its own. Only workflows open and close the gate, never a form."""

    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False, db_index=True)
    transitions = KeptRelation(Transition)
    skip_history_when_saving: bool  # read by django-simple-history

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        raise NotImplementedError(f"{type(self).__name__} has no page.")

    def check_ready(self) -> None:
        """Raise ValidationError, with a sentence for staff, if the record is not ready to be published."""

    def preview_recipients(self) -> models.QuerySet[Any] | None:
        """Return the records of the people that a preview may be given to by name, or None if it is for anyone."""
        return None

    @property
    def can_be_previewed(self) -> bool:
        """Whether a guest with a preview of the record would see it."""
        return True

    preview_is_file = False  # browsers may download a file instead of showing it, so no page has it in a frame

    def get_preview_url(self) -> str:
        """Return the address of what a preview of the record shows."""
        return self.get_absolute_url()

    @property
    def is_published(self) -> bool:
        """Whether its own gate is open; whether anyone sees it also depends on its parents."""
        return self.published_at is not None


class Numbered(models.Model):
    """A record whose public address has a number.

    It gets the next number of its kind when it first becomes public, and keeps it. Its primary key would count the
    drafts that were made before it. Until it has a number, those who may read the draft find it by its primary key.
    """

    number = models.PositiveIntegerField(null=True, unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def address_number(self) -> str:
        """The number as its address has it: 7, or draft-12 for a record that was never public."""
        return f"{DRAFT}{self.pk}" if self.number is None else str(self.number)


class NumberCounter(models.Model):
    """The last number of one kind of record. No number is given twice, even if its record was deleted."""

    kind = models.CharField(max_length=100, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"


def with_address_number(address_number: str) -> Q:
    """Return a condition for the record with this `address_number`; for any other text, one that no record meets."""
    found = ADDRESS_NUMBER.fullmatch(address_number)
    if not found:
        return Q(pk__in=[])
    is_draft, number = found[1], int(found[2])
    return Q(number=None, pk=number) if is_draft else Q(number=number)


def by_number() -> OrderBy:
    """Return the order by public number, for `Meta.ordering`. Records without one come last, on every database."""
    return F("number").asc(nulls_last=True)
