"""What a request of the tus protocol says in its headers, and what it brings (https://tus.io/protocols/resumable-upload)."""

import hashlib
import os
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from functools import partial

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/offset+octet-stream"
BLOCK = 16 * 1024  # bytes: of a line that breaks, no more than this is lost
CHECKSUMS = ("sha1", "sha256")
OVERRIDES = ("PATCH", "DELETE", "HEAD")
MOST_DIGITS = 18  # more than any disk holds, and no more than a database's number
LONGEST_NAME = 255
NAMELESS = "file"


class TusError(Exception):
    """A request that the protocol has a status for, with one sentence and headers for its sender."""

    def __init__(self, status: int, sentence: str, **headers: str):
        super().__init__(sentence)
        self.status, self.sentence = status, sentence
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def effective_method(request: HttpRequest) -> str:
    """Return the method that is meant: some networks let nothing but GET and POST through."""
    override = request.headers.get("X-HTTP-Method-Override", "").upper()
    return override if request.method == "POST" and override in OVERRIDES else request.method


def byte_count(request: HttpRequest, header: str) -> int:
    """Return the number of bytes that a header names. Raises Refused (400)."""
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS):
        raise TusError(400, _("%(header)s must be a number of bytes.") % {"header": header})
    return int(value)


def parse_metadata(request: HttpRequest) -> dict[str, str]:
    """Return the pairs of Upload-Metadata; a name without a value has an empty one. Raises Refused (400)."""
    pairs = [pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(",")]
    pairs = [(name, value) for name, _space, value in pairs if name]
    try:
        found = {name: b64decode(value, validate=True).decode() for name, value in pairs}
    except ValueError:
        found = {}
    if len(found) != len(pairs):
        raise TusError(400, _("Upload-Metadata can't be read."))
    return found


def format_metadata(pairs: dict) -> str:
    """Return pairs as Upload-Metadata has them."""
    return ",".join(f"{name} {b64encode(str(value).encode()).decode()}" for name, value in pairs.items())


def safe_name(name: str) -> str:
    """Return a file's name as a form's would be: without folders or signs that do not show, and never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    stem, extension = os.path.splitext(shown)
    extension = extension[:20]
    return NAMELESS if shown in {"", ".", ".."} else stem[: LONGEST_NAME - len(extension)] + extension


def has_upload_content(request: HttpRequest) -> bool:
    """Whether the body is a part of an upload."""
    return request.content_type == CONTENT_TYPE


def content_blocks(request: HttpRequest, *, most: int) -> Iterable[bytes]:
    """Return the body's blocks, as far as they arrive and no more than `most` bytes of them.

    With Upload-Checksum nothing comes out before all is there and right. Raises Refused (400, 413, 460).
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise TusError(413, _("This is more than the length that was declared."))
    blocks = _blocks(request, most)
    checksum = request.headers.get("Upload-Checksum")
    return blocks if checksum is None else _verified(blocks, *_checksum(checksum))


def _blocks(request: HttpRequest, most: int) -> Iterator[bytes]:
    # Django reads nothing without a length; a server that marks the end of chunks itself can be read all the same.
    is_chunked = not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated")
    stream = request.META["wsgi.input"] if is_chunked else request
    while most:
        try:
            block = stream.read(min(BLOCK, most))
        except OSError:  # the line broke: what arrived is kept
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
        raise TusError(400, _("Upload-Checksum can't be read, or is of a kind that is not known here."))
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
        yield from iter(partial(kept.read, BLOCK), b"")
