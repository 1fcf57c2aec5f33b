"""The engine as Haystack and the search page know it."""

import threading
from contextlib import contextmanager

import numpy as np
from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.models import SearchResult
from haystack.utils import get_identifier

from search import grammar
from search.seam import BusyError, Found, NoIndexError, Question

from . import words
from .matching import Matcher
from .schema import FACETS
from .snapshot import Snapshot
from .store import TRIES, Store
from .writing import Writer

OWN_LANGUAGE = 1.2  # how much more a record in the reader's language is worth
FEW = 10  # records; where fewer have all words of a query, those that have most of them are shown as well
KINDS = {"quote": 1.3, "summary": 1.3, "dialogue": 1.3}  # what is short and was chosen, beside long files
PERSON, BYSTANDER = 2.0, 0.4  # a speaker who is called so, and one of whose dialogues or bodies is


class Backend(WhooshSearchBackend):
    """Answers questions from a snapshot that all threads of a process share, renewed when the index has changed."""

    def __init__(self, connection_alias, **connection_options):
        super().__init__(connection_alias, **connection_options)
        self.store = Store(self.path)
        self.renewal = threading.Lock()
        self.held = (None, None)  # the edition and its snapshot, replaced as one

    def setup(self):
        """Make an empty index where there is none."""
        with self.store.writing(wait=True):
            try:
                self.store.edition()
            except NoIndexError:
                self.store.switch(self.store.begin())
        self.setup_complete = True

    # Reading

    def snapshot(self):
        """The newest state of the index. Raises NoIndexError where it is gone or not what was written."""
        edition, snapshot = self.held
        try:
            if edition != self.store.edition():
                return self.renew()
            if not snapshot.is_intact():
                return self.renew(trust_nothing=True)
        except FileNotFoundError:
            return self.renew(trust_nothing=True)
        return snapshot

    def renew(self, *, trust_nothing=False):
        with self.renewal:
            for _ in range(TRIES):
                edition = self.store.edition()
                before = None if trust_nothing or not self.held[0] or self.held[0][0] != edition[0] else self.held[1]
                try:
                    segments = self.store.index()._segments()
                    snapshot = Snapshot(edition[0], segments, before)
                except Exception as error:  # whatever a damaged file makes of whoever reads it
                    if edition == self.store.edition():
                        raise NoIndexError(edition[0]) from error
                    continue  # a commit came between
                if self.held[1]:
                    self.held[1].forget()
                self.held = (edition, snapshot)
                return snapshot
        raise NoIndexError(edition[0])

    def find(self, question):
        """What is Found for a Question. Raises NoIndexError, TooSlowError."""
        snapshot = self.snapshot()
        seen = words.visible(snapshot, question.hidden)
        mask, score, complete = self.match(snapshot, question, seen)
        mask = mask & seen
        narrowed = {name: snapshot.records_with(name, value) for name, value in question.narrowed.items()}
        chosen = mask & np.logical_and.reduce([mask, *narrowed.values()])
        facets = {}
        for name in FACETS:
            others = [one for other, one in narrowed.items() if other != name]
            counted = chosen if name not in narrowed else mask & np.logical_and.reduce([mask, *others])
            facets[name] = snapshot.tally(name, counted)
        records = np.flatnonzero(chosen)
        if question.order in ("date", "published"):
            ordered = self.newest(snapshot, question.order, records, question.stop)
        else:
            ordered = self.by_score(snapshot, records, score, question)
        ids = tuple(map(snapshot.key, ordered[question.start : question.stop].tolist()))
        return Found(len(records), int(np.count_nonzero(complete[records])), ids, facets)

    def match(self, snapshot, question, seen):
        """(mask, score, mask of what matches the tree as it stands); the first may be wider where few match."""
        if question.tree is None:
            every = np.ones(snapshot.count, bool)
            return every, np.zeros(snapshot.count, "f4"), every
        matcher = Matcher(snapshot)
        mask, score = matcher.match(question.tree)
        if question.lenient and np.count_nonzero(mask & seen) < FEW and (wider := matcher.most_of(question.tree)):
            return *wider, mask
        return mask, score, mask

    def by_score(self, snapshot, records, score, question):
        """The best records first, as many as are asked for."""
        score = score[records].astype("f8")
        score[snapshot.records_with("language", question.language)[records]] *= OWN_LANGUAGE
        people = snapshot.records_with("kind", "speaker")
        named = Matcher(snapshot).named(question.tree)
        score[people[records]] *= np.where(named[records][people[records]], PERSON, BYSTANDER)
        for kind, worth in KINDS.items():
            score[snapshot.records_with("kind", kind)[records]] *= worth
        if len(records) > question.stop:
            best = np.argpartition(-score, question.stop)[: question.stop]
            # What scores like the last one counts as well, so that the order does not depend on where pages break.
            best = np.flatnonzero(score >= score[best].min())
            records, score = records[best], score[best]
        return records[np.lexsort((records, -score))]

    def newest(self, snapshot, field, records, stop):
        """The newest records first, by a field of dates; those without a date last."""
        dated, codes, _ = snapshot.column(field)
        when = np.full(snapshot.count, -1, "i8")
        when[dated] = codes
        return records[np.lexsort((records, -when[records]))][:stop]

    def completions(self, letters, hidden):
        """Words that begin so, the most frequent first, of visible records only."""
        return words.completions(self.snapshot(), letters, hidden)

    def corrections(self, tree, hidden):
        """{word: the word that may have been meant}, for the words of a tree that no visible record has."""
        return words.corrections(self.snapshot(), tree, hidden)

    def telling(self, texts):
        """The tree of the words that set a text apart: what asks for more like it."""
        return words.telling(self.snapshot(), texts)

    def search(self, query_string, start_offset=0, end_offset=None, models=None, **kwargs):
        """Haystack's own way to ask, for its SearchQuerySet and `update_index --remove`: hits without passages."""
        tree = None if query_string == "*" else grammar.parse(query_string)
        if tree is None and query_string != "*":
            return {"results": [], "hits": 0}
        found = self.find(Question(tree, stop=self.snapshot().count or 1))
        labels = tuple(f"{model._meta.label_lower}." for model in models or [])
        ids = [key for key in found.ids if not labels or key.startswith(labels)]
        parts = ([*key.rsplit(".", 1), key] for key in ids[start_offset:end_offset])
        results = [SearchResult(*label.split("."), pk, 0, id=key) for label, pk, key in parts]
        return {"results": results, "hits": len(ids), "facets": {"fields": found.facets}}

    # Writing

    @contextmanager
    def writer(self, *, wait=True):
        """A writer on the index in use, that commits unless there is an error. Raises BusyError, NoIndexError."""
        with self.store.writing(wait=wait) as held:
            if not held:
                raise BusyError
            self.snapshot()  # which says that the index is whole
            try:
                writer = Writer(self.store.index())
            except Exception as error:  # the table of contents was damaged after it was read
                raise NoIndexError(self.store.path) from error
            try:
                yield writer
                writer.commit_batch()
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise

    def apply(self, changes, *, wait=True):
        """Write, in one commit, (index, records to put in, ids to take out) for each of `changes`.

        `changes` are drawn while the index is locked: of two writers the later one then has read the later state.
        """
        with self.writer(wait=wait) as writer:
            snapshot = self.snapshot()
            for index, records, gone in changes:
                label = index.get_model()._meta.label_lower
                for record in records:
                    self.put(writer, snapshot, f"{label}.{record.pk}", index.document(record))
                for pk in gone:
                    self.take_out(writer, snapshot, f"{label}.{pk}")

    def put(self, writer, snapshot, key, document):
        self.take_out(writer, snapshot, key)
        writer.add({"id": key, **document})

    def take_out(self, writer, snapshot, key):
        for record in snapshot.postings("id", key.encode())[0].tolist():
            writer.delete_document(record)

    def rebuild(self, batches):
        """Make a new index beside the one in use and put it in its place. `batches` are (index, records).

        Raises BusyError where another process writes.
        """
        with self.store.writing(wait=False) as held:
            if not held:
                raise BusyError
            fresh = self.store.begin()
            writer = Writer(fresh)
            for index, records in batches:
                for record in records:
                    if writer.is_full():
                        writer.commit(merge=False)
                        writer = Writer(fresh)
                    writer.add({"id": f"{index.get_model()._meta.label_lower}.{record.pk}", **index.document(record)})
            writer.commit(merge=False)
            self.store.switch(fresh)

    def update(self, index, iterable, commit=True):
        self.apply([(index, iterable, [])])

    def remove(self, obj_or_string, commit=True):
        with self.writer() as writer:
            self.take_out(writer, self.snapshot(), get_identifier(obj_or_string))

    def clear(self, models=None, commit=True):
        """Empty the index, or take all records of some models out of it."""
        if models is None:
            with self.store.writing(wait=True):
                self.store.switch(self.store.begin())
            return
        with self.writer() as writer:
            labels = tuple(f"{model._meta.label_lower}." for model in models)
            snapshot = self.snapshot()
            for record in range(snapshot.count):
                if snapshot.key(record).startswith(labels):
                    writer.delete_document(record)


class Engine(WhooshEngine):
    backend = Backend
