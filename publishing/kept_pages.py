"""Public pages, kept in memory as they were sent and sent again while nothing that they show has changed.

A page is kept with the state that it was made from (`publishing.page_sources`), which is read before the page is made,
and until the next moment at which time alone changes a page. Only what is the same for everyone is kept: no answer to
someone with a session, none that sets a cookie, none that caches may not store.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from threading import Lock
from typing import Self, TypeAlias, cast

from cachetools import LRUCache
from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils import timezone
from django.utils.cache import get_conditional_response

from .models.page_state import State, made_from, present_state
from .page_sources import next_moments
from .pages import PERSONAL_COOKIES, page_of

Key: TypeAlias = tuple[str, str, str, bool]  # scheme, host, path with query, whether it is compressed

MAX_ADDRESS = 1_000  # characters
MAX_PAGE_PART = 16  # a page may take one part in 16 of the memory at most
ROW_BYTES = 4_000  # roughly what the headers of a page and its entry in the store take
TRIED_PART = 8  # one part in 8 of the memory is for pages that were requested once
VARY = {"", "cookie", "accept-encoding"}  # what answers may depend on: the store knows of these
OF_CONTENT = {"content-encoding", "content-language", "content-length", "content-type"}  # headers that a 304 lacks
CONDITIONS = {f"HTTP_IF_{name}" for name in ("MATCH", "NONE_MATCH", "MODIFIED_SINCE", "UNMODIFIED_SINCE")}
GZIP = re.compile(r"\bgzip\b")
ASKED_ONCE = "portal.asked_once"  # in the environ of our own requests for every page, which would fill the memory
VIEW_NAME = "portal.view_name"  # in the environ of a request that a kept page answers: which view made the page


class KeptHeaders(ResponseHeaders):
    """Headers that were checked when they were first set and need no second check."""

    def __init__(self, headers: Iterable[tuple[str, str]]) -> None:
        # Interned, because most headers are the same on all pages.
        self._store = {intern(name.lower()): (intern(name), intern(value)) for name, value in headers}

    def without(self, names: Iterable[str]) -> Self:
        """Return a copy without these headers, for one answer, to which more may be added."""
        copied = type(self)(())
        copied._store = self._store.copy()
        for name in names:
            copied._store.pop(name, None)
        return copied


@dataclass(frozen=True)
class KeptPage:
    """An answer as it was sent, the state that it was made from, and until when time changes nothing on it."""

    state: State
    until: datetime | None
    content: bytes
    headers: KeptHeaders
    view_name: str

    @classmethod
    def of(cls, request: HttpRequest, response: HttpResponse, state: State, until: datetime | None) -> Self:
        """Return an answer to a request as a page to keep."""
        view_name = intern(request.resolver_match.view_name) if request.resolver_match else ""
        return cls(state, until, response.content, KeptHeaders(response.items()), view_name)

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.content) + ROW_BYTES

    def is_current(self, state: State) -> bool:
        """Return whether the page would be made the same way now."""
        return self.state == state and (self.until is None or timezone.now() < self.until)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Return the page, or 304 for a browser that has it."""
        request.META[VIEW_NAME] = self.view_name
        etag = self.headers.get("ETag")
        conditions = CONDITIONS & request.META.keys()
        # Most browsers send the one ETag that they have. Django handles all other conditions.
        if etag and conditions == {"HTTP_IF_NONE_MATCH"} and request.META["HTTP_IF_NONE_MATCH"] == etag:
            short: HttpResponseBase | None = HttpResponseNotModified()
        else:
            short = get_conditional_response(request, etag=etag) if conditions else None
        if short is None:
            answer = HttpResponse(self.content, content_type=self.headers["Content-Type"])
            answer.headers = self.headers.without(())
            return answer
        short.headers = self.headers.without(OF_CONTENT)
        return short


class PageStore:
    """Pages by address, within a limit of bytes, for the threads of a process.

    Pages that were requested only once share a small part of the memory, so that many addresses which nobody requests
    again do not displace the pages that people read. The least recently requested pages are dropped first.
    """

    def __init__(self, limit: int) -> None:
        self.largest = limit // MAX_PAGE_PART
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
        # The query as it came. Django's full path is the same for raw bytes and for other words that are quoted.
        address = f"{request.path}?{request.META.get('QUERY_STRING', '')}"
        if not is_for_everyone(request, address):
            return self.get_response(request)
        try:
            state = present_state()
        except AnyDatabaseError:  # an InterfaceError too, when the connection was closed
            return self.get_response(request)  # which says what is wrong
        if not settings.KEPT_PAGES_MEGABYTES:
            with made_from(state):
                return self.get_response(request)
        accepts_gzip = GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
        # The host is not checked yet, to save a tenth of the time of an answer. No page is kept for a wrong one.
        host = request.META.get("HTTP_HOST") or request.get_host()
        key = (request.scheme or "", host, address, accepts_gzip)
        page = store.get(key)
        if page and page.is_current(state):
            return page.answer(request)
        request.get_host()
        since = timezone.now()
        with made_from(state):
            response = self.get_response(request)
        if may_keep(request, response):
            store.keep(key, KeptPage.of(request, cast(HttpResponse, response), state, next_moment(state, since)))
        return response


def is_for_everyone(request: HttpRequest, address: str) -> bool:
    """Return whether the answer to a request may be a kept page, by the request alone. Static files have no state."""
    return (
        request.method in ("GET", "HEAD")
        and not ("HTTP_COOKIE" in request.META and PERSONAL_COOKIES & request.COOKIES.keys())
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_RANGE" not in request.META
        and ASKED_ONCE not in request.META
        and len(address) <= MAX_ADDRESS
        and not address.startswith(settings.STATIC_URL)
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
