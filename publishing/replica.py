"""Reads from a copy of the database that another server keeps (`REPLICA_URL`), for public pages and nothing else.

A public page is made from the replica only if the replica has reached the state of public pages in the database
(`publishing.models.page_state`), which is read first. A replica applies transactions in the order in which they were
committed, so it then has every change that public pages show, and no page shows what was taken down. If it lags behind
or is away, the page is made from the database itself. Everything else is read there too: what belongs to a form, a
session or a command, and what a request reads after it has written something.
"""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import Error as AnyDatabaseError
from django.db import InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .models import PublicChange
from .models.page_state import known_state
from .pages import PERSONAL_COOKIES, page_of

ALIAS, PRIMARY = "replica", "default"
PAUSE = 5.0  # seconds for which a replica that failed is not asked

logger = logging.getLogger(__name__)

_is_read: ContextVar[bool] = ContextVar("replica_is_read", default=False)


class ReplicaRouter:
    """Chooses the replica for reading while a public page is being made from it."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Return the database to read from."""
        return ALIAS if _is_read.get() else PRIMARY

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Return the database to write to; from then on, what was written is read there too."""
        _is_read.set(False)
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Allow all relations, as both databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Migrate the database; the replica follows."""
        return db == PRIMARY


class Replica:
    """What this process knows about the replica."""

    def __init__(self) -> None:
        self.failed_at: float | None = None

    @property
    def is_paused(self) -> bool:
        """Whether it failed a moment ago."""
        return self.failed_at is not None and time.monotonic() - self.failed_at < PAUSE

    def is_current(self) -> bool:
        """Return whether it has all changes of public pages that are in the database."""
        if self.is_paused:
            return False
        state = known_state() or PublicChange.objects.using(PRIMARY).state()
        try:
            found = PublicChange.objects.using(ALIAS).state()
        except AnyDatabaseError as error:
            self.note_failure(error)
            return False
        return found == state

    def note_failure(self, error: Exception) -> None:
        """Stop using it for a moment."""
        logger.warning("The replica is passed over for a moment: %s", error)
        self.failed_at = time.monotonic()
        connections[ALIAS].close()


replica = Replica()


class ReplicaMiddleware:
    """Makes public pages from the replica, and makes a page again from the database if the replica fails meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if ALIAS not in connections.settings:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            response = self.get_response(request)
            if getattr(response, "is_of_lost_replica", False):
                response = self.get_response(request)  # the replica is paused
            return response
        finally:
            _is_read.set(False)  # a thread answers one request after another

    def process_view(self, request: HttpRequest, *view: object) -> None:
        """Use the replica for a public page that is the same for everyone."""
        is_public = page_of(request) is not None and request.method in ("GET", "HEAD")
        if is_public and not (PERSONAL_COOKIES & request.COOKIES.keys()):
            _is_read.set(replica.is_current())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Give up a page that was being made from the replica when it failed."""
        if not _is_read.get() or not isinstance(error, OperationalError | InterfaceError):
            return None
        _is_read.set(False)
        replica.note_failure(error)
        lost = HttpResponse(status=503)
        setattr(lost, "is_of_lost_replica", True)  # noqa: B010  a response has no such attribute for mypy
        return lost
