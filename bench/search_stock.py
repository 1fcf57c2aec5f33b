"""Stock Haystack: its own Whoosh backend, on a connection of its own, with the same index classes, beside ours."""

import sys
import time
from statistics import median

from django.conf import settings
from haystack import connections
from haystack.inputs import AutoQuery, Raw
from haystack.query import SearchQuerySet

from bench.figures import Figure
from bench.records import like, publish_many
from bench.search_questions import QUICK, TEXTS, Question
from bench.search_rivals import FACETS
from contributions import workflow
from contributions.models import Contribution
from search.indexes import registered_indexes

ALIAS = "stock"
BATCH = 1000  # records, as many as update_index takes at a time
ROUNDS = 2  # of all questions; the first warms up
PUBLISHED = 2 if QUICK else 10  # records, one after another
KINDS = ["frequent word", "rare word", "several words", "phrase", "operators", "prefix"]  # all that stock understands
EACH = 5  # questions of a kind


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
        """Index everything in batches; return the seconds of CPU. `report(done)` is called after each batch."""
        began, done = time.process_time(), 0
        for index in registered_indexes().values():
            records = index.build_queryset(using=ALIAS)
            for start in range(0, records.count(), BATCH):
                batch = list(records[start : start + BATCH])
                self.backend.update(index, batch)
                done += len(batch)
                report(done)
        return time.process_time() - began

    def ask(self, question):
        """Run a whole search; return the number of matches."""
        asked = self.matching(question.text).highlight()
        for facet in FACETS:
            asked = asked.facet(facet)
        # Slice first: counting before slicing searches twice and loads every hit.
        shown = asked[:10]
        asked.facet_counts()
        return asked.count() if shown else 0

    def matching(self, line):
        # AutoQuery handles words and phrases; operators and prefixes need the raw query.
        plain = not any(mark in line for mark in ("*", " NOT ", " OR ", " AND "))
        return SearchQuerySet(using=ALIAS).filter(content=AutoQuery(line) if plain else Raw(line))

    def publish(self, record):
        """Make one record findable at once, as Haystack's RealtimeSignalProcessor does."""
        index = registered_indexes()[type(record)]
        self.backend.update(index, index.index_queryset().filter(pk=record.pk))

    def finds(self, word, record):
        return any(int(hit.pk) == record.pk for hit in self.matching(word)[:10])


def measure(ours, folder, report):
    """Yield the figures of ours beside stock, on all statements that there are."""
    stock, number = Stock(folder), Contribution.objects.published().count()
    before = ours.build()
    report(f"{number} statements indexed by ours in {before:.0f} s of CPU; stock begins")
    took = stock.build(lambda done: report(f"{done} records indexed by stock"))
    name = f"rebuild of {number} statements ({took:.0f} and {before:.0f} s of CPU), stock by ours"
    yield Figure(name, took / before, "times", 10, most=False)
    times = asked([ours, stock])
    middle = {rival: median(values) for rival, values in times.items()}
    name = f"query on them at the median ({middle[stock]:.0f} and {middle[ours]:.1f} ms of CPU), stock by ours"
    yield Figure(name, middle[stock] / middle[ours], "times", 10, most=False)
    yield compare_publishing([ours, stock])


def asked(rivals):
    """Return the milliseconds of CPU that each rival took for each question after the first round."""
    questions = [Question(kind, text) for kind in KINDS for text in TEXTS[kind][:EACH]]
    times = {rival: [] for rival in rivals}
    for number in range(ROUNDS):
        for question in questions:
            for rival in rivals:
                began = time.process_time()
                rival.ask(question)
                if number:
                    times[rival].append((time.process_time() - began) * 1000)
    return times


def compare_publishing(rivals):
    """Measure how long it takes to make a record findable once it is saved as published, PUBLISHED times."""
    times = {rival: [] for rival in rivals}
    for number in range(PUBLISHED):
        record, word = one_more(number)
        for rival in rivals if number % 2 else rivals[::-1]:
            began = time.process_time()
            rival.publish(record)
            times[rival].append((time.process_time() - began) * 1000)
            if not rival.finds(word, record):
                sys.exit(f"{rival.name} does not find what was just published.")
        workflow.unpublish(record, by=None)  # so that it is in no later measurement
    ours, stock = (median(times[rival]) for rival in rivals)
    name = f"one document published ({stock:.0f} and {ours:.0f} ms of CPU), stock by ours"
    return Figure(name, stock / ours, "times", 5, most=False)


def one_more(number):
    """Return a contribution that was just published, and a word that only it has."""
    word, model = f"published{number}x", Contribution.objects.published().select_related("shown").order_by("pk")[number]
    pair = like(model, reference=f"ONE-{number}", title=f"Statement {word}", text=f"{word}\n\n{model.shown.text}")
    [one] = publish_many([pair])
    workflow.unpublish(one, by=None)
    workflow.publish(one, by=None)
    return one, word
