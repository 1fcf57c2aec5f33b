"""JPEG (ITU T.81) and JPEG 2000 (T.800): details are cut out, and no pixel is touched."""

import io
import re
import struct
from collections import Counter

from PIL import Image

from documents.cleaning import icc

PICTURE = {*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}  # what pixels are decoded with
SCAN_ENDS = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
PROFILE = b"ICC_PROFILE\0"
ORIENTATION, GPS = 0x0112, 0x8825
BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}


def clean(data: bytes, found: Counter) -> bytes:
    """Return a JPEG without what is not picture; raises ValueError for what is none."""
    profile, orientation, kept = [], 1, []
    for marker, body in _segments(data):
        if marker == 0xE1:
            orientation = _counted(body, found) or orientation
        elif marker == 0xE2 and body.startswith(PROFILE):
            profile.append(body[len(PROFILE) :])
        else:
            kept += [segment] if (segment := _kept(marker, body)) else []
            found["picture_details"] += marker in (0xED, 0xFE)
    extra = _oriented(orientation) + _profiled(profile, found)
    at = 1 if kept and kept[0][1] == 0xE0 else 0
    return b"\xff\xd8" + b"".join([*kept[:at], extra, *kept[at:]]) + b"\xff\xd9"


def _segments(data: bytes):
    """Yield the marker and body of each segment; of a scan, its pixels too. What follows the picture is left out."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    place, scans = 2, 0
    while place + 4 <= len(data) and data[place] == 0xFF:
        if data[place + 1] == 0xFF:
            place += 1
            continue
        marker, (size,) = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])
        if marker == 0xD9:
            break
        end = place + 2 + size
        if marker == 0xDA:
            scans += 1
            ends = SCAN_ENDS.search(data, end)
            end = ends.start() if ends else len(data)
        yield marker, data[place + 4 : end]
        place = end
    if not scans:
        raise ValueError("JPEG without a picture")


def _kept(marker: int, body: bytes) -> bytes:
    if marker == 0xDA:
        (size,) = body[:1]
        return b"\xff\xda" + struct.pack(">H", size * 2 + 6) + body
    if marker == 0xE0:
        body = body[:12] + b"\0\0" if body.startswith(b"JFIF\0") else b""
    elif marker == 0xEE:
        body = body[:12] if body.startswith(b"Adobe") else b""
    elif marker not in PICTURE:
        body = b""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body if body else b""


def _counted(body: bytes, found: Counter) -> int:
    """Count what an APP1 segment tells, and return which way is up (EXIF), or 0."""
    if len(body) == 32 and body == _oriented_body(body[25]):
        return body[25]
    found["picture_details"] += 1
    found["places"] += b"GPSL" in body
    exif = Image.Exif()
    try:
        exif.load(body)
        found["places"] += GPS in exif
        return exif.get(ORIENTATION, 0) if exif.get(ORIENTATION) in range(1, 9) else 0
    except Exception:  # Pillow's reader raises whatever a broken header leads it to
        return 0


def _oriented_body(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)


def _oriented(orientation: int) -> bytes:
    if orientation == 1:
        return b""
    body = _oriented_body(orientation)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _profiled(chunks: list[bytes], found: Counter) -> bytes:
    """Return the colour profile, whose chunks have their number first, in segments."""
    whole = b"".join(chunk[2:] for chunk in sorted(chunks))
    try:
        profile = icc.clean(whole) if whole else b""
    except (ValueError, struct.error):
        profile = b""
    found["picture_details"] += profile != whole
    pieces = [profile[start : start + 65000] for start in range(0, len(profile), 65000)]
    return b"".join(
        b"\xff\xe2" + struct.pack(">H", len(piece) + 16) + PROFILE + bytes([number, len(pieces)]) + piece
        for number, piece in enumerate(pieces, 1)
    )


def clean_2000(data: bytes, found: Counter) -> bytes:
    """Return a JPEG 2000 file or stream without its notes; raises ValueError for what is none."""
    if data.startswith(b"\xff\x4f\xff\x51"):
        return _silenced(data, found)
    file, kept = io.BytesIO(data), []
    while head := file.read(8):
        size, name = struct.unpack(">I4s", head)
        if size == 1:
            size = struct.unpack(">Q", file.read(8))[0] - 8
        body = file.read(size - 8 if size else -1)
        if name in BOXES:
            body = _silenced(body, found) if name == b"jp2c" else body
            kept.append(struct.pack(">I4s", len(body) + 8, name) + body)
        else:
            found["picture_details"] += 1
    if not any(box[4:8] == b"jp2c" for box in kept):
        raise ValueError("no JPEG 2000")
    return b"".join(_unprofiled(box, found) if box[4:8] == b"jp2h" else box for box in kept)


def _unprofiled(box: bytes, found: Counter) -> bytes:
    """Return a header box of the same length whose colour profile, if it has one, has no words."""
    at = box.find(b"acsp")
    if at < 36:
        return box
    start = at - 36
    (size,) = struct.unpack(">I", box[start : start + 4])
    whole = box[start : start + size]
    profile = icc.clean(whole)
    if len(profile) > size:
        raise ValueError("colour profile cannot be replaced in its place")
    profile = struct.pack(">I", size) + profile[4:] + bytes(size - len(profile))
    found["picture_details"] += profile != whole
    return box[:start] + profile + box[start + size :]


def _silenced(stream: bytes, found: Counter) -> bytes:
    """Return a code stream with blanks for its comments: nothing moves, as tiles are found by their length."""
    stream, place = bytearray(stream), 2
    while place + 4 <= len(stream) and stream[place] == 0xFF:
        marker, (size,) = stream[place + 1], struct.unpack(">H", stream[place + 2 : place + 4])
        if marker == 0xD9:
            break
        if marker == 0x90:
            (length,) = struct.unpack(">I", stream[place + 6 : place + 10])
            tile = place + length if length else len(stream)
        if marker == 0x93:
            place = tile
            continue
        if marker == 0x64 and any(text := stream[place + 6 : place + 2 + size].strip(b" ")):
            found["picture_details"] += len(text) > 0
            stream[place + 6 : place + 2 + size] = b" " * (size - 4)
        place += 2 + size
    return bytes(stream)
