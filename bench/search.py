"""Search at scale: speed, memory, what is missing while things change, and answers, beside three other engines.

The first file is imported, on which relevance was judged; then all files, on which stock Haystack is measured; then the
repetitions for which `TIMES=` asks (see `bench.corpus`), and with them the rest. Most times are CPU time, so that other
load on the machine matters less. All engines index the same records and answer the same questions.
"""

import os
import sys
from pathlib import Path

import django

os.environ["DEBUG"] = "off"  # otherwise Django keeps a log of all database queries
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench import (  # noqa: E402
    corpus,
    declaration,
    import_corpus,
    relevance,
    search_answers,
    search_engine,
    search_live,
    search_memory,
    search_pages,
    search_series,
    search_stock,
)
from bench.search_fts5 import Fts5  # noqa: E402
from bench.search_ours import Ours  # noqa: E402
from bench.search_tantivy import Tantivy  # noqa: E402
from contributions.models import Contribution  # noqa: E402
from search.tasks import public_records  # noqa: E402


def measure(files):
    """Yield the figures of this part."""
    for path in files:
        if not path.exists():
            yield f"left out: {path}, because there is no such file"
    there = [path for path in files if path.exists()]
    statements = [path for path in there if not corpus.is_declaration(path)]
    if not statements:
        yield "left out: search, because there is no file of statements"
        return
    call_command("migrate", verbosity=0)
    folder, ours = Path(settings.DATA_DIR), Ours()
    rivals = [kind(folder, usual) for kind in (Fts5, Tantivy) for usual in ("OR", "AND")]
    import_corpus.load(corpus.read(statements[0]), imported)
    build(ours, rivals)
    yield from relevance.measure(ours, *rivals)
    import_rest(there, statements)
    yield from search_stock.measure(ours, folder, report)
    repeat(statements)
    yield from build(ours, rivals)
    yield from search_answers.measure(ours, *rivals)
    yield from search_engine.measure(report)
    yield from search_pages.measure(report)
    yield from search_memory.measure()
    yield from search_series.measure(report)
    yield from search_live.measure()


def report(message):
    print(message, file=sys.stderr, flush=True)


def imported(done):
    report(f"{done} statements read")


def import_rest(there, statements):
    """Import all files but the first of statements."""
    for path in statements[1:]:
        import_corpus.load(corpus.read(path), imported)
    for path in there:
        if corpus.is_declaration(path):
            declaration.load(path)


def repeat(statements):
    """Import as many repetitions as are wanted."""
    more = corpus.wanted() - Contribution.objects.published().filter(reference__startswith="UNGD-").count()
    if more > 0:
        import_corpus.load(corpus.repeated(statements, more), imported)


def build(ours, rivals):
    """Index all records with each engine; return lines that say what it cost. Each rival's two ways share one index."""
    number = sum(len(records) for _, records in public_records())
    lines = [f"{Contribution.objects.published().count():,} contributions among {number:,} records"]
    for engine in (ours, *rivals[::2]):
        took = ours.build() if engine is ours else engine.build(public_records())
        lines.append(f"    {engine.name}: indexed in {took:.1f} s of CPU, reading included")
        report(lines[-1])
    return lines
