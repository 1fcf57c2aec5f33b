"""Fails a test in which the portal writes rows that public pages show, and does not note the change.

Models' signals note changes, but bulk writes send none. This watches every bulk write of the portal: by the end of the
transaction, the change must be noted.
"""

import sys
from contextlib import contextmanager
from functools import wraps

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet, signals
from django.db.transaction import Atomic

from publishing.models import PublicChange
from publishing.page_sources import is_shown, shown_models

WRITERS = ("update", "bulk_create", "bulk_update", "_raw_delete")
OUTSIDE = tuple(f"{settings.BASE_DIR}/{folder}/" for folder in ("tests", "bench", ".venv"))


class Watch:
    """The transaction that is under way, without that of the test itself, and the bulk writes in it."""

    def __init__(self):
        self.noted = self.depth = self.noted_before = 0
        self.writes = []

    def note(self, **kwargs):
        """Count a change that is noted; a receiver of a signal."""
        self.noted += 1

    def enter(self, atomic):
        """Begin to watch, if this is the outermost transaction."""
        if not atomic._from_testcase:
            if self.depth == 0:
                self.noted_before, self.writes = self.noted, []
            self.depth += 1

    def leave(self, atomic, error):
        """Check what was written, if this is the outermost transaction."""
        if not atomic._from_testcase:
            self.depth -= 1
            if self.depth == 0 and error is None and self.noted == self.noted_before:
                assert not self.writes, f"not noted as changes of public pages: {self.writes}"

    def write(self, queryset, pks):
        """Remember a write by the portal's code, if public pages show one of the rows."""
        place = calling_code()
        if place and unlogged(lambda: is_shown(queryset.model, pks())):
            self.writes.append(place)
            assert self.depth, f"rows of public pages are written outside a transaction: {self.writes.pop()}"


def calling_code():
    """Return the line of the portal that called Django; nothing if a test did."""
    frame = sys._getframe(2)
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(str(settings.BASE_DIR)) and not name.startswith(OUTSIDE[2]) and name != __file__:
            return "" if name.startswith(OUTSIDE) else f"{name.removeprefix(str(settings.BASE_DIR))}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def unlogged(ask):
    """Ask the database something that tests which count queries do not see."""
    logged, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        return ask()
    finally:
        connection.force_debug_cursor = logged


@contextmanager
def watched():
    """Watch all transactions and bulk writes inside."""
    watch = Watch()
    signals.post_save.connect(watch.note, sender=PublicChange)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Atomic, "__enter__", entering(watch, Atomic.__enter__))
        patch.setattr(Atomic, "__exit__", leaving(watch, Atomic.__exit__))
        for name in WRITERS:
            patch.setattr(QuerySet, name, reporting(watch, getattr(QuerySet, name)))
        yield
    signals.post_save.disconnect(watch.note, sender=PublicChange)


def entering(watch, enter):
    def call(atomic):
        entered = enter(atomic)  # a durable one raises inside another, and is never left
        watch.enter(atomic)
        return entered

    return call


def leaving(watch, leave):
    def call(atomic, kind, error, trace):
        leave(atomic, kind, error, trace)
        watch.leave(atomic, error)

    return call


def reporting(watch, write):
    """Return a method of querysets that reports the rows before they are written, or the objects afterwards."""

    @wraps(write)
    def report(queryset, *args, **kwargs):
        if queryset.model not in shown_models():
            return write(queryset, *args, **kwargs)
        if write.__name__.startswith("bulk"):
            rows = list(args[0])
            result = write(queryset, rows, *args[1:], **kwargs)
            watch.write(queryset, lambda: [row.pk for row in rows])
            return result
        pks = unlogged(lambda: list(queryset.order_by().values_list("pk", flat=True)))
        watch.write(queryset, lambda: pks)
        result = write(queryset, *args, **kwargs)
        watch.write(queryset, lambda: pks)
        return result

    return report
