"""The folder of the copy: `site/`, which the web server serves, and beside it the index and unfinished files."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from publishing.addresses import PREFIXES

from .index import VERSION, Index, Row

SITE, INDEX, LOCK, UNFINISHED = "site", "index.sqlite3", "lock", "unfinished-"
SUMS = "SHA256SUMS"  # of all files, as `sha256sum --check` reads them
START = Path("/proc/sys/kernel/random/boot_id")  # changes with each start of the machine
STARTED, UNVERIFIED = "start of the machine", "unverified"
FOLDER_MODE, FILE_MODE = 0o755, 0o644  # the web server is another user, and all of it is public


class NoMirrorError(Exception):
    """A folder that is not a copy of the site, and must not become one."""


class Folder:
    """A copy of the site on the disk, and its index."""

    def __init__(self, root: Path) -> None:
        self.root, self.site = root, root / SITE
        self.index: Index

    @classmethod
    @contextmanager
    def opened(cls, root: Path) -> Iterator["Folder"]:
        """Open a copy, or begin one in an empty folder; raise NoMirrorError for a folder with anything else.

        Without a readable index nobody knows what the files show, so they are deleted and made again.
        """
        folder = cls(root)
        folder._prepare()
        try:
            yield folder
        finally:
            folder.index.close()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Lock the copy for this process; give False if another process renews it."""
        with open(self.root / LOCK, "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            for left in self.root.glob(f"{UNFINISHED}*"):  # by a process that was killed
                left.unlink(missing_ok=True)
            yield True

    @contextmanager
    def unfinished(self, parts: Iterable[bytes]) -> Iterator[tuple[Path, str]]:
        """Write a file beside the copy; give its path and its SHA-256. It is deleted unless it was moved."""
        number, name = tempfile.mkstemp(prefix=UNFINISHED, dir=self.root)
        path, digest = Path(name), hashlib.sha256()
        try:
            with open(number, "wb") as out:
                for part in parts:
                    digest.update(part)
                    out.write(part)
                os.fchmod(number, FILE_MODE)
            yield path, digest.hexdigest()
        finally:
            path.unlink(missing_ok=True)

    def put(self, path: Path, file: str) -> None:
        """Move an unfinished file to its place in the copy, and replace the former one."""
        target = self.path(file)
        target.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        for parent in target.relative_to(self.site).parents:
            (self.site / parent).chmod(FOLDER_MODE)  # whatever the umask of this process is
        os.replace(path, target)

    def path(self, file: str) -> Path:
        """Return the place of a file of the copy."""
        path = PurePosixPath(file)
        if path.is_absolute() or not path.parts or ".." in path.parts:
            raise ValueError(f"{file} is not a name of a file of the copy.")
        return self.site / path

    def has(self, file: str) -> bool:
        """Return whether a file is there."""
        return bool(file) and self.path(file).is_file()

    def remove(self, rows: Iterable[Row]) -> None:
        """Delete the files of pages. Their rows stay, so this can be repeated. It needs no room on the disk."""
        for row in rows:
            if row.file:
                self._unlink(self.path(row.file))

    def remove_below(self, bare: str) -> None:
        """Delete what is on the disk below an address in all languages, listed in the index or not."""
        name = bare.strip("/")
        if name and "?" not in name and bare.endswith("/"):
            for prefix in PREFIXES.values():
                shutil.rmtree(self.path(f"{prefix}/{name}" if prefix else name), ignore_errors=True)

    def remove_unlisted(self) -> int:
        """Delete the files that are not in the index, and return how many there were."""
        listed = {self.path(file) for file, _digest in self.index.files()} | {self.site / SUMS}
        unlisted = [path for path in self.site.rglob("*") if path.is_file() and path not in listed]
        for path in unlisted:
            self._unlink(path)
        return len(unlisted)

    def verify(self) -> None:
        """Have files that a power cut may have damaged made again, once after each start of the machine."""
        if not self.index.note(UNVERIFIED):
            return
        self.remove_unlisted()
        damaged = [row for row in self.index.with_files() if self._digest(row.file) != row.digest]
        self.remove(damaged)
        with self.index.writing():
            self.index.set_due(row.id for row in damaged)
            self.index.set_note(UNVERIFIED, "")

    def _digest(self, file: str) -> str:
        if not self.has(file):
            return ""
        with self.path(file).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()

    def _note_start(self) -> None:
        """Note whether the machine was started since the last time; raise DatabaseError for a damaged index."""
        start = START.read_text("ascii").strip() if START.exists() else ""
        if start and self.index.note(STARTED) == start:
            return
        if not self.index.is_sound():
            raise sqlite3.DatabaseError
        with self.index.writing():
            self.index.set_note(UNVERIFIED, "1")
            self.index.set_note(STARTED, start)

    def write_sums(self) -> None:
        """List all files with their digests, so that anyone can check the copy."""
        lines = (f"{digest}  {file}\n".encode() for file, digest in self.index.files() if digest)
        with self.unfinished(lines) as (path, _digest):
            self.put(path, SUMS)

    def _unlink(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # it is not empty
            for parent in path.relative_to(self.site).parents:
                if parent.parts:
                    (self.site / parent).rmdir()

    def _prepare(self) -> None:
        index = self.root / INDEX
        if self.root.exists() and not index.exists() and any(_foreign(self.root)):
            raise NoMirrorError(f"{self.root} has other files. Name an empty folder for the copy.")
        self.root.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        try:
            self.index = Index(index)
            if self.index.version != VERSION:
                raise sqlite3.DatabaseError
            self._note_start()
        except sqlite3.DatabaseError:
            shutil.rmtree(self.site, ignore_errors=True)
            for part in ("", "-journal"):
                index.with_name(INDEX + part).unlink(missing_ok=True)
            self.index = Index(index)
            self.index.create()
            self._note_start()
        self.site.mkdir(exist_ok=True)
        for folder in (self.root, self.site):
            folder.chmod(FOLDER_MODE)


def _foreign(root: Path) -> Iterator[Path]:
    """Yield what is in a folder but belongs to no copy."""
    own = {SITE, LOCK, INDEX, f"{INDEX}-journal"}
    has_sums = (root / SITE / SUMS).exists()
    for path in root.iterdir():
        if (path.name == SITE and not has_sums and any(path.iterdir())) or (
            path.name not in own and not path.name.startswith(UNFINISHED)
        ):
            yield path
