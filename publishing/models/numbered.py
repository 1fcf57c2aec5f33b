"""Numbers in public addresses. They are given at publication, so that gaps between them count nothing hidden."""

import re

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

DRAFT = "draft-"
ADDRESS_NUMBER = re.compile(rf"({DRAFT})?([0-9]{{1,9}})")


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
    """Return a condition for the record with this `address_number`; for any other text, a condition that none meets."""
    found = ADDRESS_NUMBER.fullmatch(address_number)
    if not found:
        return Q(pk__in=[])
    is_draft, number = found[1], int(found[2])
    return Q(number=None, pk=number) if is_draft else Q(number=number)


def by_number() -> OrderBy:
    """Return the order by public number, for `Meta.ordering`. Records without one come last, on every database."""
    return F("number").asc(nulls_last=True)
