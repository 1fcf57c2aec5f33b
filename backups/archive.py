"""The file of a backup: a tar archive whose last member, the manifest, names all others with their digests.

A backup may be encrypted for a recipient of age (https://age-encryption.org), whose secret key is kept elsewhere.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Thread
from typing import IO, Any, BinaryIO, cast

import pyrage

MANIFEST = "manifest.json"
ENCRYPTED = ".age"
AGE_MAGIC = b"age-encryption.org/"
BLOCK = 1 << 20  # bytes


class BackupError(Exception):
    """A backup cannot be made, read or restored. The message says why, in one sentence."""


@dataclass
class Manifest:
    """What a backup holds. `members` are the size and the SHA-256 of each file in it, by name."""

    made_at: str
    engine: str  # of the database: "sqlite" or "postgresql"
    log_count: int  # entries of the log of moves
    log_digest: str
    missing: list[str] = field(default_factory=list)  # files that the database names and the storage lacks
    members: dict[str, tuple[int, str]] = field(default_factory=dict)


class HashingReader:
    """Reads a file, and counts and digests what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha256, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self.file.read(size)
        self.sha256.update(data)
        self.size += len(data)
        return data

    @property
    def facts(self) -> tuple[int, str]:
        """The size, and the SHA-256 in hexadecimal."""
        return self.size, self.sha256.hexdigest()


class ArchiveWriter:
    """Writes the members of a backup one after the other, then its manifest."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.tar, self.manifest = tar, manifest

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """Add `size` bytes of an open file. Raises OSError if it is shorter."""
        reader, member = HashingReader(file), tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self.tar.addfile(member, cast("IO[bytes]", reader))
        self.manifest.members[name] = reader.facts

    def finish(self) -> None:
        """Add the manifest."""
        data = json.dumps(asdict(self.manifest), indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(data), 0o600
        self.tar.addfile(member, io.BytesIO(data))


def write(
    path: Path, manifest: Manifest, fill: Callable[[ArchiveWriter], None], *, unfinished: Path, recipient: str = ""
) -> None:
    """Write a backup in the folder `unfinished`, then move it to its place, where it is complete or not at all.

    `fill` adds the members. With a `recipient`, a public key of age, only the holder of the secret key can read it.
    Raises BackupError for a recipient that is not a key.
    """
    part = unfinished / path.name
    with open(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
        if recipient:
            _write_encrypted(out, manifest, fill, recipient)
        else:
            _write_tar(out, manifest, fill)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # the new name too
    os.close(folder)


def _write_tar(out: BinaryIO, manifest: Manifest, fill: Callable[[ArchiveWriter], None]) -> None:
    with tarfile.open(fileobj=out, mode="w|", bufsize=BLOCK) as tar:
        writer = ArchiveWriter(tar, manifest)
        fill(writer)
        writer.finish()


def _write_encrypted(out: BinaryIO, manifest: Manifest, fill: Callable[[ArchiveWriter], None], recipient: str) -> None:
    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise BackupError(f"“{recipient}” is not a public key of age, such as age1….") from error
    source, sink = os.pipe()

    def encrypt() -> None:
        with open(source, "rb") as plain:  # closed if it fails, so that the writer does not wait for it
            pyrage.encrypt_io(plain, out, [key])

    encrypting = InThread(encrypt)
    try:
        with open(sink, "wb") as piped:
            _write_tar(piped, manifest, fill)
    except BrokenPipeError:
        encrypting.finish()  # raises the error that broke the pipe
        raise
    encrypting.finish()


class InThread:
    """Work in another thread, at the other end of a pipe, whose error is raised here when it has finished."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.error: Exception | None = None
        self.thread = Thread(target=self._run, args=[work], daemon=True)
        self.thread.start()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # raised again in the other thread
            self.error = error

    def finish(self) -> None:
        """Wait until it has finished. Raises its error."""
        self.thread.join()
        if isinstance(self.error, pyrage.EncryptError):
            raise BackupError(f"It cannot be encrypted: {self.error}") from self.error
        if self.error:
            raise self.error


def is_encrypted(path: Path) -> bool:
    """Return whether a backup needs a secret key."""
    with path.open("rb") as file:
        return file.read(len(AGE_MAGIC)) == AGE_MAGIC


@contextmanager
def opened(path: Path, identity: str = "") -> Iterator[tarfile.TarFile]:
    """Open a backup to read its members in order. `identity` is the secret key of an encrypted one.

    Raises BackupError for a wrong key, and for a file that is not a backup or is cut off.
    """
    try:
        with path.open("rb") as file:
            if not is_encrypted(path):
                with tarfile.open(fileobj=file, mode="r|", bufsize=BLOCK) as tar:
                    yield tar
                return
            with _decrypted(file, identity) as plain, tarfile.open(fileobj=plain, mode="r|", bufsize=BLOCK) as tar:
                yield tar
    except (tarfile.TarError, OSError, pyrage.DecryptError) as error:
        raise BackupError(f"{path.name} cannot be read: {error}") from error


@contextmanager
def _decrypted(file: BinaryIO, identity: str) -> Iterator[BinaryIO]:
    keys = _secret_keys(identity)
    source, sink = os.pipe()

    def decrypt() -> None:
        with open(sink, "wb") as piped:
            pyrage.decrypt_io(file, piped, keys)

    with open(source, "rb") as plain:
        decrypting = InThread(decrypt)
        yield plain
    decrypting.finish()


def _secret_keys(identity: str) -> list[pyrage.x25519.Identity]:
    """Return the keys in a file as `age-keygen` writes it: one on each line, and comments."""
    lines = [line.strip() for line in identity.splitlines()]
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise BackupError("The file that --identity names is not one that age-keygen wrote.") from error
    if not keys:
        raise BackupError("This backup is encrypted: name the file with the secret key with --identity.")
    return keys


def verified(path: Path, identity: str = "", *, each: Callable[[str, IO[bytes]], Any] | None = None) -> Manifest:
    """Read a backup to its end and return its manifest. `each` is called with every member, to keep what it needs.

    Raises BackupError unless all members are there, and each has the digest that the manifest names.
    """
    found: dict[str, tuple[int, str]] = {}
    manifest = None
    with opened(path, identity) as tar:
        for member in tar:
            file = tar.extractfile(member)
            if file is None:
                raise BackupError(f"{path.name} holds {member.name}, which is not a file.")
            if member.name == MANIFEST:
                manifest = _read_manifest(file, path.name)
                continue
            reader = HashingReader(file)
            if each:
                each(member.name, cast("IO[bytes]", reader))
            while reader.read(BLOCK):
                pass
            found[member.name] = reader.facts
    if manifest is None:
        raise BackupError(f"{path.name} is cut off: it has no manifest.")
    wanted = manifest.members
    if wrong := sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)):
        raise BackupError(f"{path.name} is damaged: {wrong[0]} is not what was backed up.")
    return manifest


def _read_manifest(file: IO[bytes], name: str) -> Manifest:
    """Return the manifest in a member of the backup with this name. Raises BackupError if it is damaged."""
    try:
        manifest = Manifest(**json.load(file))
        manifest.members = {member: (int(size), str(digest)) for member, (size, digest) in manifest.members.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise BackupError(f"{name} is damaged: its manifest cannot be read.") from error
    return manifest
