"""Asks the portal for pages as an anonymous visitor does, in this process, through all middleware and the gate."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any, cast
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from publishing.kept_pages import ASKED_ONCE


class PortalAwayError(ConnectionError):
    """The portal cannot answer at the moment, such as without its database. The copy stays as it is."""


@dataclass(frozen=True)
class Answer:
    """An answer of the portal. Its content can be read once."""

    status: int
    headers: dict[str, str]
    parts: Iterable[bytes]

    @property
    def media_type(self) -> str:
        """The type of the content, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def content(self) -> bytes:
        """The whole content."""
        return b"".join(self.parts)

    @property
    def is_moved(self) -> bool:
        """Whether the page is at another address."""
        return self.status in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.PERMANENT_REDIRECT)


class Visitor:
    """An anonymous visitor of the site's own address, without cookies."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()  # which loads its own middleware
        self.site = urlsplit(settings.BASE_URL)

    @contextmanager
    def ask(self, target: str, etag: str = "") -> Iterator[Answer]:
        """Give the answer for a path with its query; 304 if it still has this `etag`. Raises PortalAwayError."""
        with _connections_left_open():
            request_started.send(sender=type(self))
        response: Any = self.handler.get_response(self.request(target, etag))
        try:
            if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
                raise PortalAwayError("The portal cannot answer at the moment.")
            headers = {name.lower(): value for name, value in response.items()}
            parts = response.streaming_content if response.streaming else [response.content]
            yield Answer(response.status_code, headers, cast("Iterable[bytes]", parts))
        finally:
            with _connections_left_open():
                response.close()

    def request(self, target: str, etag: str) -> WSGIRequest:
        """Return the request for a path with its query."""
        path, _, query = target.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.site.hostname or "",
            "SERVER_PORT": str(self.site.port or (443 if self.site.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.site.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self.site.scheme,
            "wsgi.input": BytesIO(),
            ASKED_ONCE: True,
        }
        if proxy := settings.SECURE_PROXY_SSL_HEADER:
            environ[proxy[0]] = self.site.scheme
        if etag:
            environ["HTTP_IF_NONE_MATCH"] = etag
        return WSGIRequest(environ)


@contextmanager
def _connections_left_open() -> Iterator[None]:
    """Let a request begin or end without closing the connection of the task that made it, as Django's tests do."""
    for sent in (request_started, request_finished):
        sent.disconnect(close_old_connections)
    try:
        yield
    finally:
        for sent in (request_started, request_finished):
            sent.connect(close_old_connections)
