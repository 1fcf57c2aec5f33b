"""The state of what public pages show. It changes whenever something that they show changes, and only then."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models import F, Sum
from django.utils import timezone

State: TypeAlias = tuple[int | None, int | None]  # (key of the last change, number of changes)

_known: ContextVar[State | None] = ContextVar("state of the page that is being made", default=None)

KEPT_FOR = timedelta(minutes=15)  # longer than any transaction, but short: reading the state reads all rows


class PublicChangeQuerySet(models.QuerySet["PublicChange"]):
    """Reads the state from the changes, and deletes old ones."""

    def state(self) -> State:
        """Return a value that no earlier state has.

        It is read from the database that other rows are read from, so that what is kept with it is never older.
        """
        return present_state(self.db)

    @transaction.atomic
    def forget_old(self) -> None:
        """Delete old rows. The last row stays and counts the deleted ones, so that the state does not change."""
        if last := self.order_by("-pk").first():
            old = self.filter(at__lt=timezone.now() - KEPT_FOR, pk__lt=last.pk).select_for_update()
            pks = list(old.values_list("pk", flat=True))
            count = self.filter(pk__in=pks).aggregate(count=Sum(F("earlier") + 1))["count"] or 0
            self.filter(pk__in=pks).delete()
            self.filter(pk=last.pk).update(earlier=F("earlier") + count)


class PublicChange(models.Model):
    """A change of something that public pages show, written in the transaction of the change.

    Writers add rows and change none, so that they never wait for each other.
    """

    at = models.DateTimeField(auto_now_add=True)
    earlier = models.PositiveBigIntegerField(default=0)  # changes whose rows were deleted, which this row counts

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"


def present_state(alias: str = DEFAULT_DB_ALIAS) -> State:
    """Return a value that no earlier state has. Each request reads it, so it is one query without a model.

    The number of changes is part of it, because a transaction may end after one that began later.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(STATE)
        state: State = cursor.fetchone()
        return state


STATE = f"SELECT MAX(id), SUM(earlier + 1) FROM {PublicChange._meta.db_table}"  # noqa: S608  a constant


@contextmanager
def made_from(state: State) -> Iterator[None]:
    """Keep the state that was read before a page is made, while a request that writes nothing makes it."""
    token = _known.set(state)
    try:
        yield
    finally:
        _known.reset(token)


def known_state() -> State | None:
    """Return the state that was read before the page that is being made, or None if it was not."""
    return _known.get()


def page_state() -> State:
    """Return the state that was read before the page that is being made, or else the present one."""
    return _known.get() or PublicChange.objects.state()
