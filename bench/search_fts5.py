"""The same questions on SQLite's FTS5: titles and bodies ranked by its bm25, with the facets in a table of their own.

Counting facets in unindexed columns of the same table takes five times as long, because its rows hold the texts.
"""

import sqlite3
import time
from collections import Counter

from bench.search_rivals import FACETS, SHOWN, TITLE_WEIGHT, joined_by, read, row

BETWEEN = "\t"  # before, between and after the values of one facet
COLUMNS = ", ".join(FACETS)
MARKS = ", ".join("?" * len(FACETS))


class Fts5:
    """Two tables in one file. Questions ask for all words ("AND") or any word ("OR")."""

    def __init__(self, folder, usual="OR"):
        self.usual, self.name = usual, f"SQLite FTS5 ({usual})"
        self.database = sqlite3.connect(folder / "fts5.sqlite3")
        self.database.execute("PRAGMA journal_mode=WAL")

    def build(self, batches):
        """Replace the index by all batches of (index, records); return the seconds of CPU, reading included."""
        began = time.process_time()
        self.create()
        for index, records in batches:
            for record in records:
                self.put(*row(index, record))
        self.database.commit()
        self.database.execute("INSERT INTO records(records) VALUES('optimize')")
        self.database.commit()
        return time.process_time() - began

    def create(self):
        unindexed = ", ".join(f"{name} UNINDEXED" for name in SHOWN)  # stored before the text, not read with it
        weights = ", ".join(["0.0"] * len(SHOWN) + [str(TITLE_WEIGHT), "1.0"])
        self.database.executescript(
            "DROP TABLE IF EXISTS records; DROP TABLE IF EXISTS facets;"
            f"CREATE VIRTUAL TABLE records USING fts5({unindexed}, title, body,"
            " tokenize='porter unicode61 remove_diacritics 2');"
            f"CREATE TABLE facets(id INTEGER PRIMARY KEY, {COLUMNS});"
            f"INSERT INTO records(records, rank) VALUES('rank', 'bm25({weights})');"
        )

    def put(self, shown, title, body, facets):
        at = self.database.execute("INSERT INTO records VALUES(?, ?, ?, ?, ?)", [*shown, title, body]).lastrowid
        values = [f"\t{BETWEEN.join(facets[name])}\t" if name in facets else "" for name in FACETS]
        self.database.execute(f"INSERT INTO facets VALUES(?, {MARKS})", [at, *values])

    def ask(self, question):
        """Run a whole search; return the number of matches."""
        where, given = self.matching(question.text, question.filters)
        snippet = "snippet(records, -1, '<mark>', '</mark>', ' … ', 40)" if question.text else "substr(body, 1, 300)"
        order = "rank" if question.text else "records.rowid"
        self.database.execute(
            f"SELECT key, url, context, title, {snippet} FROM records JOIN facets ON id = records.rowid"  # noqa: S608
            f" WHERE {where} ORDER BY {order} LIMIT 10 OFFSET {10 * (question.page - 1)}",
            given,
        ).fetchall()
        # Counted in Python: eight GROUP BY queries take longer.
        rows = self.database.execute(
            f"SELECT {COLUMNS} FROM records JOIN facets ON id = records.rowid WHERE {where}",  # noqa: S608
            given,
        ).fetchall()
        for values in zip(*rows, strict=True):
            tally(values)
        return len(rows)

    def ranking(self, text, number, kind):
        """Return the keys ("label.pk") of the best records of a kind."""
        where, given = self.matching(text, {"kind": kind})
        rows = self.database.execute(
            f"SELECT key FROM records JOIN facets ON id = records.rowid WHERE {where} ORDER BY rank LIMIT ?",  # noqa: S608
            [*given, number],
        )
        return [key for (key,) in rows]

    def matching(self, text, filters):
        """Return a condition with its parameters."""
        asked = {f"instr({name}, ?)": f"\t{value}\t" for name, value in filters.items()}
        if text:
            asked["records MATCH ?"] = self.expression(text)
        return " AND ".join(asked) or "true", list(asked.values())

    def expression(self, text):
        """Return a question in the query syntax of FTS5."""
        groups, excluded = read(text)
        wanted = f" {joined_by(text, self.usual)} ".join(f"({' OR '.join(map(literal, group))})" for group in groups)
        return f"({wanted})" + "".join(f" NOT {literal(part)}" for part in excluded)


def literal(part):
    return f'"{" ".join(part.words)}"' + (" *" if part.is_prefix else "")


def tally(values):
    """Count the values of a facet; a record may have several."""
    numbers = Counter()
    for joined, number in Counter(values).items():
        for value in joined.split(BETWEEN):
            numbers[value] += number
    return numbers
