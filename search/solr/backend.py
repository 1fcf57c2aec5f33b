"""Solr as a Haystack backend and as a SearchEngine."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from haystack.backends import BaseEngine, BaseSearchBackend
from haystack.backends.whoosh_backend import WhooshSearchQuery
from haystack.utils import get_identifier

from search import grammar
from search.engine_api import Batch, Change, EngineQuery, EngineResult, IndexUnavailableError
from search.haystack_methods import HaystackMethods
from search.indexes import RecordIndex

from . import corrections, suggestions
from .client import Client
from .cluster import HANDLER, Cluster
from .documents import solr_document
from .finding import Finder
from .lock import HeldLock, write_lock

REQUEST_BYTES = 4_000_000  # of documents in one request


class Backend(HaystackMethods, BaseSearchBackend):
    """Asks a cluster of Solr nodes, and writes to it. The options are those of SEARCH_URL (portal/environment.py)."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self.client = Client(connection_options["NODES"])
        self.name: str = connection_options["COLLECTION"]
        self.cluster = Cluster(
            self.client, self.name, connection_options.get("SHARDS", 1), connection_options.get("REPLICAS", 1)
        )

    def setup(self) -> None:
        """Create an empty index where there is none."""
        with write_lock(self.name, wait=True):
            try:
                self.verify()
            except IndexUnavailableError:
                self.cluster.activate(self.cluster.create())
        self.setup_complete = True

    # Reading

    def ask(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Run a query of Solr on the index in use."""
        return self.client.ask(self.name, HANDLER, params)

    def verify(self) -> None:
        self.ask({"q": "*:*", "rows": 0})

    def find(self, query: EngineQuery) -> EngineResult:
        return Finder(self.ask, query).find()

    def completions(self, prefix: str, excluded_ids: tuple[str, ...]) -> list[str]:
        return suggestions.completions(self.ask, prefix, excluded_ids)

    def corrections(self, tree: grammar.Node, excluded_ids: tuple[str, ...]) -> dict[str, str]:
        return corrections.correct(self.ask, tree, excluded_ids)

    def similarity_query(self, texts: Iterable[str]) -> grammar.Node | None:
        return suggestions.similarity_query(self.ask, texts)

    # Writing

    @contextmanager
    def _writing(self, *, wait: bool) -> Iterator[HeldLock]:
        """Hold the lock; commit at the end unless there was an error. Raise IndexUnavailableError and EngineAwayError.

        After an error, what was already sent is seen with the next commit only, when the jobs are done again.
        """
        with write_lock(self.name, wait=wait) as lock:
            self.verify()
            yield lock
            lock.check()
            self.commit()

    def commit(self, collection: str = "") -> None:
        """Let readers see what was sent; return when they do."""
        self.client.write(collection or self.name, b'{"commit": {"waitSearcher": true, "softCommit": false}}')

    def apply(self, changes: Iterable[Change], *, wait: bool = True) -> None:
        with self._writing(wait=wait) as lock:
            deleted: list[str] = []
            written: list[bytes] = []
            for index, records, pks in changes:  # all are read before any is sent
                written += _encoded(index, records)
                deleted += map(index.key, pks)
                lock.renew()
            if deleted:
                self._delete(deleted)
            self._send(self.name, written, lock)

    def rebuild(self, batches: Iterable[Batch]) -> None:
        with write_lock(self.name, wait=False) as lock:
            self.cluster.delete_unused()
            collection = self.cluster.create()
            for index, records in batches:
                self._send(collection, _encoded(index, records), lock)
                lock.renew()
            self.commit(collection)
            lock.check()
            self.cluster.activate(collection)

    def _send(self, collection: str, documents: Iterable[bytes], lock: HeldLock) -> None:
        """Send documents in requests of a moderate size."""
        waiting: list[bytes] = []
        size = 0
        for document in documents:
            waiting.append(document)
            size += len(document)
            if size > REQUEST_BYTES:
                self.client.write(collection, b"[" + b",".join(waiting) + b"]")
                lock.renew()
                waiting, size = [], 0
        if waiting:
            self.client.write(collection, b"[" + b",".join(waiting) + b"]")

    def _delete(self, keys: list[str]) -> None:
        self.client.write(self.name, json.dumps({"delete": keys}).encode())

    def remove(self, obj_or_string: Model | str, commit: bool = True) -> None:
        with self._writing(wait=True):
            self._delete([get_identifier(obj_or_string)])

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        """Delete all records from the index, or those of some models."""
        labels = [f"label:{model._meta.label_lower}" for model in models] if models is not None else ["*:*"]
        with self._writing(wait=True):
            self.client.write(self.name, json.dumps({"delete": {"query": " ".join(labels)}}).encode())


def _encoded(index: RecordIndex, records: Iterable[Model]) -> list[bytes]:
    """Return records as JSON."""
    documents = (solr_document(index.key(record.pk), index.document(record)) for record in records)
    return [json.dumps(document, ensure_ascii=False).encode() for document in documents]


class Engine(BaseEngine):
    """The engine that HAYSTACK_CONNECTIONS names."""

    backend = Backend
    query = WhooshSearchQuery
