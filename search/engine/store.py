"""Where the index lies: a folder for each edition, and a file that names the one in use.

A rebuilt index is written beside the old one, and then the name changes hands in one step.
"""

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.util.filelock import FileLock

from search.seam import NoIndexError

from .codec import DamagedIndexError
from .schema import VERSION, schema

TRIES = 5  # to see what a writer changes meanwhile: a commit, or another folder


class CheckedStorage(FileStorage):
    """Whoosh's storage, with a checksum behind each table of contents, further than Whoosh reads."""

    def rename_file(self, oldname, newname, safe=False):
        """The last step of a commit: what was written becomes the table of contents."""
        with open(Path(self.folder) / oldname, "r+b") as file:
            file.write(crc32(file.read()).to_bytes(4))
        super().rename_file(oldname, newname, safe)

    def open_file(self, name, **options):
        if name.endswith(".toc"):
            content = (Path(self.folder) / name).read_bytes()
            if crc32(content[:-4]).to_bytes(4) != content[-4:]:
                raise DamagedIndexError(name)
        return super().open_file(name, **options)


class Store:
    """The editions below one folder."""

    def __init__(self, path):
        self.path = Path(path)
        self.pointer = self.path / "current"

    def current(self):
        """The folder in use; raises NoIndexError where there is none that this code can read."""
        try:
            name = self.pointer.read_text(errors="replace")
        except FileNotFoundError:
            raise NoIndexError(self.pointer) from None
        if not name.startswith(f"v{VERSION}-"):
            raise NoIndexError(name)
        return self.path / name

    def edition(self):
        """What tells states of the index apart: the folder in use, its latest commit, and the state of that file.

        Raises NoIndexError.
        """
        for _ in range(TRIES):
            folder = self.current()
            with suppress(FileNotFoundError):
                if (generation := TOC._latest_generation(os.listdir(folder), "MAIN")) >= 0:
                    found = os.stat(folder / TOC._filename("MAIN", generation))
                    return folder, generation, found.st_size, found.st_mtime_ns
        raise NoIndexError(folder)

    def index(self):
        """Whoosh's index in the folder in use."""
        folder = self.edition()[0]
        return FileIndex(CheckedStorage(folder))

    def begin(self):
        """A new, empty index that is not in use yet."""
        folder = self.path / f"v{VERSION}-{secrets.token_hex(6)}"
        folder.mkdir(parents=True)
        return FileIndex.create(CheckedStorage(folder), schema(), "MAIN")

    def switch(self, index):
        """Let everyone use this index from now on; what was used before is deleted. Readers keep what they opened."""
        folder = Path(index.storage.folder)
        fresh = self.path / "current.new"
        with open(fresh, "w") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.pointer)
        for other in self.path.glob("v*-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def writing(self, *, wait):
        """Only one process writes. Yields False, at once unless `wait`, where another is at it."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.path / "writing.lock"))
        held = lock.acquire(blocking=wait)
        try:
            yield held
        finally:
            if held:
                lock.release()
