"""Public pages are kept in memory as they were sent, and sent again while nothing that they show has changed.

A page is kept with the state that it was made from (`publishing.page_sources`), which is read before the page is made,
and until the next moment at which time alone changes a page. Only what is the same for everyone is kept: no answer to
someone with a session, none that sets a cookie, none that caches may not store.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TypeAlias, cast

from cachetools import LRUCache
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from .models import PublicChange
from .models.page_state import State
from .page_sources import next_moments
from .pages import PERSONAL_COOKIES, page_of

Key: TypeAlias = tuple[str, str, str, bool]  # scheme, host, path with query, whether it is compressed

LONGEST_ADDRESS = 1_000  # characters
LARGEST_PART = 16  # a page may take this part of the memory at most
ROW_BYTES = 2_000  # about what the headers of a page and its place in the store take
TRIED_PART = 8  # this part of the memory is for pages that were asked for once
VARY = {"", "cookie", "accept-encoding"}  # what answers may depend on: the store knows of these
ALSO_WITHOUT_CONTENT = {"Cache-Control", "ETag", "Vary"}  # headers of a 304, of those that pages have
GZIP = re.compile(r"\bgzip\b")
ASKED_ONCE = "portal.asked_once"  # in the environ of requests of our own for each page, which would fill the memory


@dataclass(frozen=True)
class KeptPage:
    """An answer as it was sent, the state that it was made from, and until when time changes nothing on it."""

    state: State
    until: datetime | None
    content: bytes
    headers: dict[str, str]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.content) + ROW_BYTES

    def is_current(self, state: State) -> bool:
        """Return whether the page would be made the same way now."""
        return self.state == state and (self.until is None or timezone.now() < self.until)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Return the page, or 304 for a browser that has it."""
        short = get_conditional_response(request, etag=self.headers.get("ETag"))
        if short is None:
            return HttpResponse(self.content, headers=self.headers)
        for name in ALSO_WITHOUT_CONTENT & self.headers.keys():
            short.headers[name] = self.headers[name]
        return short


class PageStore:
    """Pages by address, within a limit of bytes, for the threads of a process.

    A page that is asked for once has a place among others of its kind only, so that many addresses which nobody asks
    for again do not displace the pages that readers do. Those least recently asked for go first.
    """

    def __init__(self, limit: int) -> None:
        self.largest = limit // LARGEST_PART
        self._tried: LRUCache[Key, KeptPage] = LRUCache(limit // TRIED_PART, getsizeof=lambda page: page.size)
        self._read: LRUCache[Key, KeptPage] = LRUCache(limit - limit // TRIED_PART, getsizeof=lambda page: page.size)
        self._lock = Lock()

    def get(self, key: Key) -> KeptPage | None:
        """Return the page at an address, current or not."""
        with self._lock:
            if (page := self._read.get(key)) is None and (page := self._tried.pop(key, None)) is not None:
                self._read[key] = page
            return page

    def keep(self, key: Key, page: KeptPage) -> None:
        """Keep a page, unless it is too large."""
        if page.size > self.largest:
            return
        with self._lock:
            pages = self._read if key in self._read else self._tried
            pages[key] = page

    @property
    def size(self) -> int:
        """About how many bytes all pages take."""
        with self._lock:
            return int(self._tried.currsize + self._read.currsize)


store = PageStore(settings.KEPT_PAGES_MEGABYTES * 1024 * 1024)


class KeptPagesMiddleware:
    """Answers with the kept page if it is current, and keeps what is made. It raises DisallowedHost for wrong hosts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.KEPT_PAGES_MEGABYTES or not is_for_everyone(request):
            return self.get_response(request)
        try:
            state = PublicChange.objects.state()
        except DatabaseError:
            return self.get_response(request)  # which says what is wrong
        accepts_gzip = GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
        key = (request.scheme or "", request.get_host(), request.get_full_path(), accepts_gzip)
        page = store.get(key)
        if page and page.is_current(state):
            return page.answer(request)
        since = timezone.now()
        response = self.get_response(request)
        if may_keep(request, response):
            content, headers = cast(HttpResponse, response).content, dict(response.items())
            store.keep(key, KeptPage(state, next_moment(state, since), content, headers))
        return response


def is_for_everyone(request: HttpRequest) -> bool:
    """Return whether the answer to a request may be a kept page, by the request alone."""
    return (
        request.method in ("GET", "HEAD")
        and not (PERSONAL_COOKIES & request.COOKIES.keys())
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_RANGE" not in request.META
        and ASKED_ONCE not in request.META
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Return whether an answer is the same for everyone until something changes."""
    page, control = page_of(request), response.headers.get("Cache-Control", "")
    return (
        page is not None
        and page.is_kept
        and request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and {name.strip().lower() for name in response.headers.get("Vary", "").split(",")} <= VARY
        and "public" in control
        and "no-store" not in control
    )


def next_moment(state: State, since: datetime) -> datetime | None:
    """Return the first time after `since` at which time alone changes a public page; in one state, asked for once."""
    global _moment
    known, moment = _moment
    if known != state or (moment and moment <= since):
        moment = min(filter(None, next_moments(since)), default=None)
        _moment = state, moment
    return moment


_moment: tuple[State | None, datetime | None] = (None, None)
