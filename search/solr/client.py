"""Requests to Solr over HTTP, to whichever node answers, with time limits and the errors of the contract."""

import json
import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import requests

from search.engine_api import EngineAwayError, IndexUnavailableError, QueryTimeoutError

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 1.0  # after which another node is asked
READ_SECONDS, WRITE_SECONDS = 8.0, 45.0  # a writer holds its lock for longer
JSON = {"Content-Type": "application/json"}
QUERY_MILLISECONDS = 5_000  # of one query, after which Solr stops
# A node that did not answer in time is asked last for so long, and a query then waits for it no longer than this.
DOUBTED_SECONDS, SHORT_READ_SECONDS = 30.0, 1.0


class NoSuchPathError(Exception):
    """Solr has no such collection, or the collection has no such handler."""


class RefusedError(Exception):
    """Solr understood a request and refused it: the fault is ours."""


class Client:
    """Sends requests to the nodes of one cluster. Each thread keeps connections of its own."""

    def __init__(self, nodes: Sequence[str]) -> None:
        """`nodes` are addresses such as `http://127.0.0.1:8983/solr`."""
        self.nodes = list(nodes)
        self._local = threading.local()
        self._doubted_until: dict[str, float] = {}  # {node: when}, for all threads

    def ask(self, collection: str, handler: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Run a query; raise IndexUnavailableError, EngineAwayError or QueryTimeoutError."""
        # As JSON, which takes less time than a form to write and to read: a long question has hundreds of parameters.
        body = json.dumps({"params": {"timeAllowed": QUERY_MILLISECONDS, "wt": "json", **params}}).encode()
        try:
            answer = self.send("POST", f"{collection}/{handler}", READ_SECONDS, data=body, headers=JSON)
        except NoSuchPathError as error:
            raise IndexUnavailableError(f"{collection}/{handler}") from error
        except RefusedError as error:
            logger.exception("Solr refused a query.")
            raise EngineAwayError(f"{collection}/{handler}") from error
        if answer["responseHeader"].get("partialResults"):
            raise QueryTimeoutError
        return answer

    def write(self, collection: str, body: bytes, **params: Any) -> None:
        """Send documents or commands, as JSON; raise IndexUnavailableError or EngineAwayError."""
        try:
            self.send("POST", f"{collection}/update", WRITE_SECONDS, params=params, data=body, headers=JSON)
        except NoSuchPathError as error:
            raise IndexUnavailableError(collection) from error
        except RefusedError as error:
            logger.exception("Solr refused documents.")
            raise EngineAwayError(collection) from error

    def administer(
        self, area: str, action: str, options: Mapping[str, Any] | None = None, body: bytes | None = None
    ) -> dict[str, Any]:
        """Run an action on "collections" or "configs". A `body` is sent as it is."""
        headers = {"Content-Type": "application/octet-stream"} if body else {}
        params = {"action": action, "wt": "json", **(options or {})}
        method = "POST" if body else "GET"
        return self.send(method, f"admin/{area}", WRITE_SECONDS, params=params, data=body, headers=headers)

    def send(self, method: str, path: str, seconds: float, **options: Any) -> dict[str, Any]:
        """Send a request to the first node that can answer it, beginning with the one that answered last.

        A node that accepts requests and does not answer must not hold every thread of the web for the whole `seconds`.
        """
        failure: Exception | None = None
        for node in self._ordered():
            is_short = self._is_doubted(node) and seconds <= READ_SECONDS
            limits = (CONNECT_SECONDS, SHORT_READ_SECONDS if is_short else seconds)
            try:
                answer = self._session().request(method, f"{node}/{path}", timeout=limits, **options)
            except requests.RequestException as error:
                failure = error
                if isinstance(error, requests.Timeout) and not is_short:
                    self._doubted_until[node] = time.monotonic() + DOUBTED_SECONDS
                continue
            self._doubted_until.pop(node, None)
            if answer.status_code >= 500 and answer.status_code != 501:
                failure = EngineAwayError(f"{answer.status_code}: {answer.text[:500]}")
                continue
            self._local.node = node
            return _read(answer, path)
        raise EngineAwayError(path) from failure

    def _ordered(self) -> Iterable[str]:
        last = getattr(self._local, "node", None)
        return sorted(self.nodes, key=lambda node: (self._is_doubted(node), node != last))

    def _is_doubted(self, node: str) -> bool:
        return time.monotonic() < self._doubted_until.get(node, 0)

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.trust_env = False  # an address in SEARCH_URL is not behind a proxy
        session: requests.Session = self._local.session
        return session


def _read(answer: requests.Response, path: str) -> dict[str, Any]:
    """Return the content of an answer; raise NoSuchPathError or RefusedError."""
    if answer.status_code == 404:
        raise NoSuchPathError(path)
    if answer.status_code in (401, 403):
        raise EngineAwayError(f"Solr refused the password in SEARCH_URL: {answer.status_code}")
    try:
        content: dict[str, Any] = answer.json()
    except requests.JSONDecodeError as error:
        raise EngineAwayError(path) from error
    if answer.status_code >= 400:
        raise RefusedError(content.get("error", {}).get("msg", answer.status_code))
    return content
