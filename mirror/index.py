"""What the copy consists of: its files, which pages link to which, and what must not come back.

This is in an SQLite file beside the copy, not in the portal's database, so that pages can be removed without that.
A page has its row before it has its file, so every file on the disk can be found and removed.
"""

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .addresses import Address, start_below

SECONDS = 20.0  # that a writer waits for another
LAST = "\U0010ffff"  # after every other character
VERSION = 1  # of the tables; a copy with another one is made from the beginning
TABLES = f"""
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, bare TEXT NOT NULL, file TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '',
    turn INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX pages_bare ON pages (bare);
CREATE INDEX pages_turn ON pages (turn, id);
CREATE TABLE links (source INTEGER NOT NULL, target INTEGER NOT NULL, PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE INDEX links_target ON links (target);
CREATE TABLE records (bare TEXT NOT NULL, kind TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (bare, kind, key));
CREATE TABLE barred (bare TEXT PRIMARY KEY, at TEXT NOT NULL);
PRAGMA user_version = {VERSION};
"""


@dataclass(frozen=True)
class Row:
    """A page of the copy. Without a `file`, it is not written yet or was not found."""

    id: int
    address: str
    bare: str
    file: str
    digest: str
    etag: str
    state: str
    turn: int
    failed: int  # 1 if the portal could not make it, otherwise 0


class Index:
    """The rows of a copy. An error of the file is raised as OSError, as an error of the disk is."""

    def __init__(self, path: Path) -> None:
        with _as_fault_of_the_disk():
            self.connection = sqlite3.connect(path, timeout=SECONDS, isolation_level=None)
            path.chmod(0o600)
            # A process may die at any line. What a power cut damages is found after the next start of the machine.
            self.connection.execute("PRAGMA synchronous = OFF")
            [self.version] = self.connection.execute("PRAGMA user_version").fetchone()

    def create(self) -> None:
        """Make the tables."""
        with _as_fault_of_the_disk():
            self.connection.executescript(f"BEGIN; {TABLES} COMMIT;")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def is_sound(self) -> bool:
        """Return whether the file is undamaged."""
        return self._all("PRAGMA quick_check") == [("ok",)]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all or nothing; other writers wait."""
        with _as_fault_of_the_disk():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def note(self, name: str, default: str = "") -> str:
        """Return what is noted under a name."""
        found = self._all("SELECT value FROM notes WHERE name = ?", name)
        return str(found[0][0]) if found else default

    def set_note(self, name: str, value: str) -> None:
        """Note a value under a name."""
        self._do("INSERT OR REPLACE INTO notes VALUES (?, ?)", name, value)

    def at(self, address: str) -> Row | None:
        """Return the page at an address."""
        return next(self._rows("WHERE address = ?", address), None)

    def add(self, address: Address) -> None:
        """Add a page to copy, unless it is known."""
        self.add_all([address])

    def add_all(self, addresses: Iterable[Address]) -> None:
        """Add pages to copy, unless they are known."""
        rows = [(each.text, each.bare) for each in addresses]
        self.connection.executemany("INSERT OR IGNORE INTO pages (address, bare) VALUES (?, ?)", rows)

    def next_due(self, state: str) -> Row | None:
        """Return the next page to copy in this state of the site: new and due ones first, then the oldest."""
        row = next(self._rows("WHERE turn = 0 ORDER BY turn, id LIMIT 1"), None)
        return row or next(self._rows("WHERE state != ? ORDER BY turn, id LIMIT 1", state), None)

    def count_due(self, state: str) -> int:
        """Return how many pages are still to be copied in this state of the site."""
        return self._count("SELECT COUNT(*) FROM pages WHERE state != ? OR turn = 0", state)

    def count(self) -> int:
        """Return how many files the copy has."""
        return self._count("SELECT COUNT(*) FROM pages WHERE file != ''")

    def count_failed(self) -> int:
        """Return how many pages the portal could not make."""
        return self._count("SELECT COUNT(*) FROM pages WHERE failed")

    def set_file(self, page: int, file: str, links: Iterable[int]) -> None:
        """Record that a page is about to be in a file, and what it links to."""
        self._do("UPDATE pages SET file = ?, digest = '', etag = '' WHERE id = ?", file, page)
        self.set_links(page, links)

    def set_links(self, page: int, links: Iterable[int]) -> None:
        """Record what a page links to."""
        self._do("DELETE FROM links WHERE source = ?", page)
        self.connection.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", [(page, each) for each in links])

    def set_seen(self, page: int, state: str, *, failed: bool = False) -> None:
        """Record that a page was checked in this state of the site."""
        turn = self._count("SELECT MAX(turn) + 1 FROM pages")
        self._do("UPDATE pages SET state = ?, failed = ?, turn = ? WHERE id = ?", state, failed, turn, page)

    def set_content(self, page: int, digest: str, etag: str) -> None:
        """Record the digest and the tag of the file of a page."""
        self._do("UPDATE pages SET digest = ?, etag = ? WHERE id = ?", digest, etag, page)

    def set_without_file(self, page: int) -> None:
        """Record that a page has no file."""
        self._do("UPDATE pages SET file = '', digest = '', etag = '' WHERE id = ?", page)
        self._do("DELETE FROM links WHERE source = ?", page)

    def set_due(self, pages: Iterable[int]) -> None:
        """Mark pages to be copied again before all others, whatever their tags say."""
        rows = [(each,) for each in pages]
        self.connection.executemany("UPDATE pages SET state = '', turn = 0, etag = '' WHERE id = ?", rows)

    def forget_tags(self) -> None:
        """Forget the tags of all pages, so that their content is compared, as after a new release of the portal."""
        self._do("UPDATE pages SET etag = ''")

    def forget_failures(self) -> None:
        """Mark the pages that could not be made to be tried again."""
        self._do("UPDATE pages SET state = '' WHERE failed")

    def below(self, bare: str) -> list[Row]:
        """Return the pages at an address and below it, in all languages; of the home page, that alone."""
        prefix = start_below(bare)
        return list(self._rows("WHERE bare = ? OR (bare >= ? AND bare < ?)", bare, prefix, prefix + LAST))

    def linking_to(self, pages: Iterable[int]) -> list[Row]:
        """Return the pages that link to any of these."""
        found = {
            int(source)
            for page in pages
            for [source] in self._all("SELECT source FROM links WHERE target = ?", page)
        }  # fmt: skip
        return [row for page in found for row in self._rows("WHERE id = ?", page)]

    def with_lost_links(self) -> list[int]:
        """Return the pages that link to pages without a file."""
        return [page for [page] in self._all(
            "SELECT DISTINCT source FROM links JOIN pages ON pages.id = target WHERE file = '' AND turn > 0"
        )]  # fmt: skip

    def delete(self, pages: Iterable[int]) -> None:
        """Delete pages and their links."""
        rows = [(each,) for each in pages]
        self.connection.executemany("DELETE FROM pages WHERE id = ?", rows)
        self.connection.executemany("DELETE FROM links WHERE source = ?", rows)

    def delete_unlinked(self) -> None:
        """Delete the pages without a file to which no page links."""
        self._do("DELETE FROM pages WHERE file = '' AND turn > 0 AND id NOT IN (SELECT target FROM links)")
        self._do("DELETE FROM links WHERE target NOT IN (SELECT id FROM pages)")

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the digest of each file."""
        found: list[Any] = self._all("SELECT file, digest FROM pages WHERE file != '' ORDER BY file")
        yield from found

    def with_files(self) -> list[Row]:
        """Return the pages that have a file."""
        return list(self._rows("WHERE file != ''"))

    def records(self) -> dict[tuple[str, int], set[str]]:
        """Return the addresses of the records whose pages are in the copy, by their kind and key."""
        found: dict[tuple[str, int], set[str]] = {}
        for bare, kind, key in self._all("SELECT bare, kind, key FROM records"):
            found.setdefault((kind, key), set()).add(bare)
        return found

    def set_records(self, records: dict[tuple[str, int], set[str]]) -> None:
        """Keep the addresses of all public records."""
        rows = [(bare, *record) for record, addresses in records.items() for bare in addresses]
        self._do("DELETE FROM records")
        self.connection.executemany("INSERT OR IGNORE INTO records VALUES (?, ?, ?)", rows)

    def bar(self, bare: str, at: str) -> None:
        """Keep an address and all below it out of the copy."""
        self._do("INSERT OR REPLACE INTO barred VALUES (?, ?)", bare, at)

    def allow(self, bare: str) -> None:
        """Allow an address in the copy again."""
        self._do("DELETE FROM barred WHERE bare = ?", bare)

    def barred(self) -> list[str]:
        """Return the addresses that are kept out."""
        return [bare for [bare] in self._all("SELECT bare FROM barred ORDER BY bare")]

    def _rows(self, condition: str, *values: object) -> Iterator[Row]:
        found: Any = self._all(f"SELECT * FROM pages {condition}", *values)  # noqa: S608  conditions of ours
        for row in found:
            yield Row(*row)

    def _count(self, query: str, *values: object) -> int:
        return int(self._all(query, *values)[0][0])

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with _as_fault_of_the_disk():
            return self.connection.execute(query, values).fetchall()

    def _do(self, statement: str, *values: object) -> None:
        self.connection.execute(statement, values)


@contextmanager
def _as_fault_of_the_disk() -> Iterator[None]:
    """Raise an error of the file as an error of the disk, after which a task is tried again."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, f"The index of the copy cannot be used: {error}") from error
