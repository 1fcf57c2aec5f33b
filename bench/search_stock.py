"""The same queries on Haystack's own Whoosh backend, on a connection of its own, with the same index classes."""

import time

from django.conf import settings
from haystack import connections
from haystack.inputs import AutoQuery, Raw
from haystack.query import SearchQuerySet

from search.engine.schema import FACET_FIELDS
from search.indexes import registered_indexes

ALIAS = "stock"
BATCH = 1000  # records, as many as update_index takes at a time


class Stock:
    """Haystack with Whoosh, without changes."""

    name = "stock Haystack + Whoosh"

    def __init__(self, folder):
        settings.HAYSTACK_CONNECTIONS[ALIAS] = {
            "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
            "PATH": str(folder / ALIAS),
            "SILENTLY_FAIL": False,
        }
        self.backend = connections[ALIAS].get_backend()

    def build(self, report):
        """Index everything in batches; return the seconds that it took. `report(done)` is called after each batch."""
        began, done = time.perf_counter(), 0
        for index in registered_indexes().values():
            records = index.build_queryset(using=ALIAS)
            for start in range(0, records.count(), BATCH):
                batch = list(records[start : start + BATCH])
                self.backend.update(index, batch)
                done += len(batch)
                report(done)
        return time.perf_counter() - began

    def ask(self, line):
        """Run a whole search; return the number of matches."""
        asked = self.matching(line).highlight()
        for facet in FACET_FIELDS:
            asked = asked.facet(facet)
        # Slice first: counting before slicing searches twice and loads every hit.
        shown = asked[:10]
        asked.facet_counts()
        return asked.count() if shown else 0

    def matching(self, line):
        # AutoQuery handles words and phrases; operators and prefixes need the raw query.
        plain = "*" not in line and " NOT " not in line and " OR " not in line
        return SearchQuerySet(using=ALIAS).filter(content=AutoQuery(line) if plain else Raw(line))

    def publish(self, record):
        """Make one record findable at once, as Haystack's RealtimeSignalProcessor does."""
        self.backend.update(registered_indexes()[type(record)], [record])

    def finds(self, line, record):
        return any(int(hit.pk) == record.pk for hit in self.matching(line)[:10])
