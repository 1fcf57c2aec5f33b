"""Whoosh behind Haystack: all that is Whoosh's own stands here, so that another engine is another module.

One process writes, the worker; any number read. A reader keeps a searcher open in its thread and renews it when the
index has a new generation.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass, field

from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.utils import get_identifier
from whoosh import fields, qparser, query
from whoosh.index import EmptyIndexError, LockError, exists_in
from whoosh.sorting import Count, FieldFacet
from whoosh.writing import CLEAR

from .analysis import ANALYZER

QUOTATION_MARKS = dict.fromkeys(map(ord, "“”„«»"), '"')  # as phones and word processors write them
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
        """Write, in one commit, (index, records to put in, ids to take out) for each of `changes`.

        `changes` are drawn while the index is locked: of two writers the later one then has read the later state.
        """
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

    def clear(self, models=None, commit=True):
        """Empty the index beside those who use it; one that can't be opened makes way for a new one."""
        if models is not None:
            super().clear(models, commit)
            return
        try:
            self.setup()
            writer = self.index.writer(timeout=WAIT_FOR_LOCK)
        except LockError:
            raise
        except Exception:  # whatever Whoosh stumbles over
            self.delete_index()
        else:
            writer.commit(mergetype=CLEAR)

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
        """Words are all wanted; "phrases", AND, OR, NOT and parentheses are understood, or are words themselves."""
        words = words.translate(QUOTATION_MARKS)
        plugins = [qparser.WhitespacePlugin(), qparser.PhrasePlugin()]
        operators = [qparser.GroupPlugin(), qparser.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None)]
        try:
            return self.parser_with([*plugins, *operators]).parse(words).normalize()
        except IndexError:  # Whoosh stumbles over operators without anything between them
            return self.parser_with(plugins).parse(words).normalize()

    def parser_with(self, plugins):
        return qparser.MultifieldParser(["title", "text"], self.schema, fieldboosts={"title": 3.0}, plugins=plugins)

    def searcher(self):
        """This thread's searcher, of the newest generation; raises EmptyIndexError where there is no index."""
        if not self.setup_complete:
            if not exists_in(self.path):
                raise EmptyIndexError(self.path)  # a reader must not take an index that is lost for one that is empty
            self.setup()
        edition = self.edition()
        if edition is None or edition != getattr(self.local, "edition", None):
            # Not `refresh()`: it keeps the readers of segments that only lost documents, and with them the dead.
            self.local.searcher, self.local.edition = self.index.searcher(), edition
        return self.local.searcher

    def edition(self):
        """What tells states of the index apart: generation and time, as a rebuilt index counts from the beginning.

        None while one state gives way to the next, or if the index is gone.
        """
        with suppress(OSError):
            return self.index.latest_generation(), self.index.last_modified()


class Engine(WhooshEngine):
    backend = Backend
