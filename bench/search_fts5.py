"""The same queries on SQLite's FTS5: titles and bodies ranked by its bm25, with the facets in a table of their own.

Counting facets in unindexed columns of the same table takes five times as long, because its rows hold the texts.
"""

import sqlite3
import time
from collections import Counter

from search import grammar
from search.engine.schema import FACET_FIELDS

SHOWN = ("key", "url", "context")  # of a hit; stored before the text, which is not read with them
BODY = ("text", "file", "speaker", "organization", "dialogue_title")  # fields that are indexed as one
BETWEEN = "\t"  # separates the values of one facet
WEIGHTS = [0.0, 0.0, 0.0, 3.0, 1.0]  # of bm25, one for each column; titles have the weight that they have in our engine


class Fts5:
    """Two tables in one file."""

    name = "SQLite FTS5"

    def __init__(self, folder):
        self.database = sqlite3.connect(folder / "fts5.sqlite3")
        self.database.execute("PRAGMA journal_mode=WAL")
        columns = ", ".join(f"{name} UNINDEXED" for name in SHOWN)
        self.database.execute(
            f"CREATE VIRTUAL TABLE records USING fts5({columns}, title, body,"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
        self.database.execute(f"CREATE TABLE facets(id INTEGER PRIMARY KEY, {', '.join(FACET_FIELDS)})")
        rank = f"bm25({', '.join(map(str, WEIGHTS))})"
        self.database.execute("INSERT INTO records(records, rank) VALUES('rank', ?)", [rank])

    def build(self, batches):
        """Index all batches of (index, records); return the seconds that it took, reading them included."""
        began = time.perf_counter()
        for index, records in batches:
            for record in records:
                self.put(*row(index, record))
        self.database.commit()
        self.database.execute("INSERT INTO records(records) VALUES('optimize')")
        self.database.commit()
        return time.perf_counter() - began

    def put(self, shown, title, body, facets):
        marks = ", ".join("?" * len(FACET_FIELDS))
        at = self.database.execute("INSERT INTO records VALUES(?, ?, ?, ?, ?)", [*shown, title, body]).lastrowid
        self.database.execute(f"INSERT INTO facets VALUES(?, {marks})", [at, *facets])

    def ask(self, line):
        """Run a whole search; return the number of matches."""
        asked = [expression(grammar.parse(line))]
        self.database.execute(
            "SELECT key, url, context, title, snippet(records, -1, '<mark>', '</mark>', ' … ', 40)"
            " FROM records WHERE records MATCH ? ORDER BY rank LIMIT 10",
            asked,
        ).fetchall()
        # Counted in Python: eight GROUP BY queries take longer.
        matching = "SELECT rowid FROM records WHERE records MATCH ?"
        rows = self.database.execute(
            f"SELECT {', '.join(FACET_FIELDS)} FROM facets WHERE id IN ({matching})",  # noqa: S608 - our own names
            asked,
        ).fetchall()
        for values in zip(*rows, strict=True):
            tally(values)
        return len(rows)

    def ranking(self, line, number, kind):
        """Return the keys ("label.pk") of the best records of a kind."""
        rows = self.database.execute(
            "SELECT key FROM records JOIN facets ON id = records.rowid"
            " WHERE records MATCH ? AND kind = ? ORDER BY rank LIMIT ?",
            [expression(grammar.parse(line)), kind, number],
        )
        return [key for (key,) in rows]


def row(index, record):
    """Return (what a hit shows, title, body, facets) of a record."""
    document = index.document(record)
    body = "\n".join(text for name in BODY for text, _ in document.get(name, []))
    facets = [
        values if isinstance(values := document.get(name, ""), str) else BETWEEN.join(values) for name in FACET_FIELDS
    ]
    context = ", ".join(str(piece) for piece in index.context_of(record) if piece)
    key = f"{record._meta.label_lower}.{record.pk}"
    return [key, record.get_absolute_url(), context], index.title_of(record), body, facets


def tally(values):
    """Count the values of a facet; a record may have several."""
    numbers = Counter()
    for joined, number in Counter(values).items():
        for value in joined.split(BETWEEN):
            numbers[value] += number
    return numbers


def expression(tree):
    """Return a tree in the query syntax of FTS5; common words are optional, as in our engine."""
    match tree:
        case grammar.And():
            wanted = [part for part in tree.parts if not isinstance(part, grammar.Not)]
            needed = [part for part in wanted if not getattr(part, "is_common", False)] or wanted
            without = "".join(f" NOT {expression(part.part)}" for part in tree.parts if part not in wanted)
            return f"({' AND '.join(map(expression, needed))}{without})"
        case grammar.Or():
            return f"({' OR '.join(map(expression, tree.parts))})"
        case grammar.Prefix():
            return f'"{tree.text}" *'
        case grammar.Phrase():
            return f'"{" ".join(tree.words)}"'
    return f'"{tree.text}"'
