"""Headers and body of requests in the tus protocol (https://tus.io/protocols/resumable-upload)."""

import hashlib
import os
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/offset+octet-stream"
BLOCK_SIZE = 16 * 1024  # bytes; a broken connection loses no more than this
CHECKSUMS = ("sha1", "sha256")
OVERRIDES = ("PATCH", "DELETE", "HEAD")
MAX_DIGITS = 18  # more than any disk holds, and within the range of the database's integers
MAX_NAME_LENGTH = 255
DEFAULT_NAME = "file"


class TusError(Exception):
    """A request that gets an error response with an HTTP status, one sentence for the sender, and its own headers."""

    def __init__(self, status: int, sentence: str | Promise, **headers: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def effective_method(request: HttpRequest) -> str:
    """Return the intended method. Some networks only let GET and POST through, so a header can override it."""
    override = request.headers.get("X-HTTP-Method-Override", "").upper()
    return override if request.method == "POST" and override in OVERRIDES else request.method or ""


def byte_count(request: HttpRequest, header: str) -> int:
    """Return the number of bytes in a header; raise TusError (400)."""
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdecimal() and len(value) <= MAX_DIGITS):
        raise TusError(400, _("%(header)s must be a number of bytes.") % {"header": header})
    return int(value)


def parse_metadata(request: HttpRequest) -> dict[str, str]:
    """Return the pairs of Upload-Metadata; a name without a value has an empty one. Raise TusError (400)."""
    parts = [pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(",")]
    pairs = [(name, value) for name, _space, value in parts if name]
    try:
        found = {name: b64decode(value, validate=True).decode() for name, value in pairs}
    except ValueError:
        found = {}
    if len(found) != len(pairs):
        raise TusError(400, _("Upload-Metadata cannot be read."))
    return found


def format_metadata(pairs: Mapping[str, Any]) -> str:
    """Return pairs in the format of Upload-Metadata."""
    return ",".join(f"{name} {b64encode(str(value).encode()).decode()}" for name, value in pairs.items())


def safe_name(name: str) -> str:
    """Return a file name without folders and invisible characters, cut to MAX_NAME_LENGTH and never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    stem, extension = os.path.splitext(shown)
    extension = extension[:20]
    return DEFAULT_NAME if shown in {"", ".", ".."} else stem[: MAX_NAME_LENGTH - len(extension)] + extension


def has_upload_content(request: HttpRequest) -> bool:
    """Return whether the body contains a part of an upload."""
    return request.content_type == CONTENT_TYPE


def content_blocks(request: HttpRequest, *, most: int) -> Iterable[bytes]:
    """Return the blocks of the body as they arrive, and no more than `most` bytes of them.

    With Upload-Checksum, nothing is returned until all has arrived and is verified. Raise TusError (400, 413, 460).
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise TusError(413, _("This is more than the length that was declared."))
    blocks = _blocks(request, most)
    checksum = request.headers.get("Upload-Checksum")
    return blocks if checksum is None else _verified(blocks, *_checksum(checksum))


def _blocks(request: HttpRequest, most: int) -> Iterator[bytes]:
    # Django reads nothing without a length, but a body that the server terminates (chunked) can still be read.
    is_chunked = not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated")
    stream = request.META["wsgi.input"] if is_chunked else request
    while most:
        try:
            block = stream.read(min(BLOCK_SIZE, most))
        except OSError:  # the connection broke; keep what has arrived
            return
        if not block:
            return
        most -= len(block)
        yield block


def _checksum(value: str) -> tuple[str, bytes]:
    algorithm, _space, encoded = value.partition(" ")
    try:
        expected = b64decode(encoded, validate=True)
    except ValueError:
        expected = b""
    if algorithm not in CHECKSUMS or not expected:
        raise TusError(400, _("Upload-Checksum cannot be read, or is of a kind that is not known here."))
    return algorithm, expected


def _verified(blocks: Iterable[bytes], algorithm: str, expected: bytes) -> Iterator[bytes]:
    digest = hashlib.new(algorithm)
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as kept:
        for block in blocks:
            digest.update(block)
            kept.write(block)
        if digest.digest() != expected:
            raise TusError(460, _("The bytes that arrived are not those that were sent."))
        kept.seek(0)
        yield from iter(partial(kept.read, BLOCK_SIZE), b"")
