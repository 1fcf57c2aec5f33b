"""Where the index is stored: a folder for each build of it, and a file that names the one in use.

A rebuilt index is written beside the old one; then the file is replaced in one step.
"""

import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar, TypeAlias
from weakref import WeakValueDictionary
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError, FileIndex
from whoosh.util.filelock import FileLock

from search.engine_api import EngineAwayError, IndexUnavailableError

from .reader import CorruptIndexError
from .schema import VERSION, build_schema
from .snapshot import Snapshot

MAX_TRIES = 50  # to read what a writer may be replacing: a commit, or the folder in use

State: TypeAlias = tuple[Path, int, int, int]  # (folder in use, number of the commit, size and time of its file)


class CheckedStorage(FileStorage):
    """Whoosh's storage, with a checksum at the end of each table of contents, where Whoosh does not read."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Make a file the table of contents, which is the last step of a commit."""
        with open(Path(self.folder) / oldname, "r+b") as file:
            file.write(crc32(file.read()).to_bytes(4))
        super().rename_file(oldname, newname, safe)

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file; raise CorruptIndexError for a table of contents that fails its checksum."""
        if name.endswith(".toc"):
            content = (Path(self.folder) / name).read_bytes()
            if crc32(content[:-4]).to_bytes(4) != content[-4:]:
                raise CorruptIndexError(name)
        return super().open_file(name, **options)


class Store:
    """The builds of the index below one folder, and the latest snapshot of the one in use.

    Haystack gives each thread a backend of its own. `Store.at` gives them all the same store, so that they also share
    the snapshot and its caches.
    """

    _stores: ClassVar[WeakValueDictionary[Path, "Store"]] = WeakValueDictionary()
    _stores_lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.pointer = self.path / "current"
        self._refresh_lock = threading.Lock()
        self._current: tuple[State | None, Snapshot | None] = (None, None)  # replaced in one assignment

    @classmethod
    def at(cls, path: str | Path) -> "Store":
        """Return the store of this process for a folder."""
        with cls._stores_lock:
            return cls._stores.setdefault(Path(path).resolve(), cls(path))

    def snapshot(self) -> Snapshot:
        """Return the latest state of the index.

        Raise IndexUnavailableError if it is missing or damaged, and EngineAwayError if it cannot be read now, for
        example because memory or file handles ran out.
        """
        state, snapshot = self._current
        try:
            if snapshot is None or state != self.state():
                return self.refresh()
            if not snapshot.is_intact():
                return self.refresh(reuse=False)
        except FileNotFoundError:
            return self.refresh(reuse=False)
        except OSError as error:
            raise EngineAwayError(self.path) from error
        return snapshot

    def refresh(self, *, reuse: bool = True) -> Snapshot:
        """Read the index, and return it like `snapshot`. If `reuse` is true, what is open already is not read again."""
        with self._refresh_lock:
            for _ in range(MAX_TRIES):
                state = self.state()
                current_state, current = self._current
                if reuse and current and current_state == state:  # another thread has read it in the meantime
                    return current
                is_same_build = current_state is not None and current_state[0] == state[0]
                try:
                    segments = self.index()._segments()
                    snapshot = Snapshot.open(state[0], segments, current if reuse and is_same_build else None)
                except (CorruptIndexError, EmptyIndexError, FileNotFoundError) as error:
                    if state == self.state():
                        raise IndexUnavailableError(state[0]) from error
                    continue  # another process committed in the meantime
                except (OSError, MemoryError) as error:
                    raise EngineAwayError(self.path) from error
                if current:
                    current.clear_caches()
                self._current = (state, snapshot)
                return snapshot
        raise IndexUnavailableError(state[0])

    def active_folder(self) -> Path:
        """Return the folder in use. Raise IndexUnavailableError if there is none that this version can read."""
        try:
            name = self.pointer.read_text(errors="replace")
        except FileNotFoundError:
            raise IndexUnavailableError(self.pointer) from None
        if not name.startswith(f"v{VERSION}-"):
            raise IndexUnavailableError(name)
        return self.path / name

    def state(self) -> State:
        """Return a value that differs between any two states of the index.

        Raise IndexUnavailableError if there is no index.
        """
        for _ in range(MAX_TRIES):
            folder = self.active_folder()
            with suppress(FileNotFoundError):
                if (commit := TOC._latest_generation(os.listdir(folder), "MAIN")) >= 0:
                    found = os.stat(folder / TOC._filename("MAIN", commit))
                    return folder, commit, found.st_size, found.st_mtime_ns
        raise IndexUnavailableError(folder)

    def index(self) -> FileIndex:
        """Return Whoosh's index in the folder in use."""
        return FileIndex(CheckedStorage(self.state()[0]))

    def create(self) -> FileIndex:
        """Return a new, empty index that is not in use yet."""
        folder = self.path / f"v{VERSION}-{secrets.token_hex(6)}"
        folder.mkdir(parents=True)
        return FileIndex.create(CheckedStorage(folder), build_schema(), "MAIN")

    def activate(self, index: FileIndex) -> None:
        """Put an index in use and delete all others. Readers keep the files that they have open."""
        folder = Path(index.storage.folder)
        pointer = self.path / "current.new"
        with open(pointer, "w") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(pointer, self.pointer)
        for other in self.path.glob("v*-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def write_lock(self, *, wait: bool) -> Iterator[bool]:
        """Hold the lock that lets only one process write. Yield whether it is held; always true with `wait`."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.path / "writing.lock"))
        is_held = lock.acquire(blocking=wait)
        try:
            yield is_held
        finally:
            if is_held:
                lock.release()
