"""Whoosh behind Haystack: all that is Whoosh's own stands here, so that another engine is another module.

One process writes, the worker; any number read. A reader keeps a searcher open in its thread and renews it when the
index has a new generation.
"""

import threading
from dataclasses import dataclass, field

from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.utils import get_identifier
from whoosh import fields, qparser, query
from whoosh.sorting import Count, FieldFacet

from .analysis import ANALYZER

WAIT_FOR_LOCK = 60  # seconds; a rebuild by hand beside the worker may hold it for a while


@dataclass
class Found:
    """One page of what matched: how many in all, the records as (model label, id), and the number of each kind."""

    total: int = 0
    records: list = field(default_factory=list)
    kinds: dict = field(default_factory=dict)


class Backend(WhooshSearchBackend):
    """Reads and writes the index; never fails silently."""

    def __init__(self, connection_alias, **connection_options):
        super().__init__(connection_alias, **connection_options)
        self.forget_searchers()

    def forget_searchers(self):
        """Let every thread open the index anew at its next query, as when the index has moved."""
        self.local = threading.local()

    def build_schema(self, index_fields):
        """Haystack's three keys, the kind as a column to count by, the body searched but not stored."""
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            django_ct=fields.ID(stored=True),
            django_id=fields.ID(stored=True),
            kind=fields.ID(stored=True, sortable=True),
            title=fields.TEXT(stored=True, analyzer=ANALYZER),
            text=fields.TEXT(analyzer=ANALYZER),
        )
        return "text", schema

    def apply(self, changes):
        """Write, in one commit, (index, records to put in, ids to take out) for each of `changes`."""
        if not self.setup_complete:
            self.setup()
        writer = self.index.writer(timeout=WAIT_FOR_LOCK)
        try:
            for index, records, gone in changes:
                for record in records:
                    document = {key: self._from_python(value) for key, value in index.full_prepare(record).items()}
                    writer.update_document(**document)
                for pk in gone:
                    writer.delete_by_term("id", f"{index.get_model()._meta.label_lower}.{pk}")
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def update(self, index, iterable, commit=True):
        self.apply([(index, iterable, [])])

    def remove(self, obj_or_string, commit=True):
        if not self.setup_complete:
            self.setup()
        writer = self.index.writer(timeout=WAIT_FOR_LOCK)
        writer.delete_by_term("id", get_identifier(obj_or_string))
        writer.commit()

    def find(self, words, *, kind="", hidden=(), start=0, stop=10):
        """The records that match `words`, best first, from `start` to `stop`.

        `kind` narrows the page but not the counts by kind; `hidden` are (label, id) pairs that must neither be shown
        nor counted. Raises what Whoosh raises when the index can't be read.
        """
        searcher = self.searcher()
        parsed = self.parse(words)
        if parsed == query.NullQuery:
            return Found()
        mask = query.Or([query.Term("id", f"{label}.{pk}") for label, pk in hidden]) if hidden else None
        results = searcher.search(parsed, limit=stop, mask=mask, groupedby=FieldFacet("kind", maptype=Count))
        kinds = dict(results.groups())
        if kind:
            results = searcher.search(parsed, limit=stop, mask=mask, filter=query.Term("kind", kind))
        records = [(hit["django_ct"], int(hit["django_id"])) for hit in results[start:stop]]
        return Found(kinds.get(kind, 0) if kind else sum(kinds.values()), records, kinds)

    def parse(self, words):
        """Words are all wanted; "phrases", AND, OR, NOT and parentheses are understood."""
        plugins = [qparser.WhitespacePlugin(), qparser.PhrasePlugin(), qparser.GroupPlugin(), qparser.OperatorsPlugin()]
        parser = qparser.MultifieldParser(
            ["title", "text"], self.index.schema, fieldboosts={"title": 3.0}, plugins=plugins
        )
        return parser.parse(words).normalize()

    def searcher(self):
        """This thread's searcher, of the newest generation."""
        if not self.setup_complete:
            self.setup()
        held = getattr(self.local, "searcher", None)
        if held is None or not held.up_to_date():
            # Not `held.refresh()`: it keeps the readers of segments that only lost documents, and with them the dead.
            self.local.searcher = self.index.searcher()
        return self.local.searcher


class Engine(WhooshEngine):
    backend = Backend
