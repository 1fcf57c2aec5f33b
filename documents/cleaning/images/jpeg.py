"""JPEG (ITU-T T.81), JPEG 2000 (ITU-T T.800) and colour profiles (ICC.1:2022): no pixel and no colour is changed.

Metadata is cut out, and of a profile the words about devices and owners.
"""

import io
import re
import struct
from collections import Counter
from collections.abc import Iterator

from PIL import Image

PICTURE_MARKERS = {*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}  # what pixels are decoded with
SCAN_ENDS = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
PROFILE = b"ICC_PROFILE\0"
ORIENTATION, GPS = 0x0112, 0x8825  # EXIF tags
BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}  # of JPEG 2000 files
PROFILE_HEADER = 128  # bytes
# The tags that colours are computed with, and the types whose values are nothing but numbers.
PROFILE_TAGS = {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"lumi", b"chad",
                b"gamt", b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2"}  # fmt: skip
PROFILE_TYPES = {b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA "}


def clean_jpeg(data: bytes, found: Counter[str]) -> bytes:
    """Return a JPEG reduced to its picture, orientation and colour profile; raise ValueError if it is not a JPEG."""
    profile: list[bytes] = []
    kept: list[bytes] = []
    orientation = 1
    for marker, body in _segments(data):
        if marker == 0xE1:
            orientation = _count_app1(body, found) or orientation
        elif marker == 0xE2 and body.startswith(PROFILE):
            profile.append(body[len(PROFILE) :])
        else:
            kept += [segment] if (segment := _kept_segment(marker, body)) else []
            found["picture_details"] += marker in (0xED, 0xFE)
    extra = _orientation_segment(orientation) + _profile_segments(profile, found)
    at = 1 if kept and kept[0][1] == 0xE0 else 0
    return b"\xff\xd8" + b"".join([*kept[:at], extra, *kept[at:]]) + b"\xff\xd9"


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and body of each segment, with the pixels of a scan; what follows the picture is left out."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("not a JPEG")
    position, scans = 2, 0
    while position + 4 <= len(data) and data[position] == 0xFF:
        if data[position + 1] == 0xFF:
            position += 1
            continue
        marker, (size,) = data[position + 1], struct.unpack(">H", data[position + 2 : position + 4])
        if marker == 0xD9:
            break
        end = position + 2 + size
        if marker == 0xDA:
            scans += 1
            ends = SCAN_ENDS.search(data, end)
            end = ends.start() if ends else len(data)
        yield marker, data[position + 4 : end]
        position = end
    if not scans:
        raise ValueError("JPEG without a picture")


def _kept_segment(marker: int, body: bytes) -> bytes:
    if marker == 0xDA:
        (size,) = body[:1]
        return b"\xff\xda" + struct.pack(">H", size * 2 + 6) + body
    if marker == 0xE0:
        body = body[:12] + b"\0\0" if body.startswith(b"JFIF\0") else b""
    elif marker == 0xEE:
        body = body[:12] if body.startswith(b"Adobe") else b""
    elif marker not in PICTURE_MARKERS:
        body = b""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body if body else b""


def _count_app1(body: bytes, found: Counter[str]) -> int:
    """Count the metadata of an APP1 segment, and return the EXIF orientation (1 to 8), or 0 if there is none."""
    if len(body) == 32 and body == _orientation_body(body[25]):
        return body[25]
    found["picture_details"] += 1
    found["places"] += b"GPSL" in body
    exif = Image.Exif()
    try:
        exif.load(body)
        found["places"] += GPS in exif
        orientation: int = exif.get(ORIENTATION, 0) if exif.get(ORIENTATION) in range(1, 9) else 0
        return orientation
    except Exception:  # Pillow raises various errors for a broken header
        return 0


def _orientation_body(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)


def _orientation_segment(orientation: int) -> bytes:
    if orientation == 1:
        return b""
    body = _orientation_body(orientation)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _profile_segments(chunks: list[bytes], found: Counter[str]) -> bytes:
    """Return the cleaned colour profile as segments; each chunk begins with its number and the count of chunks."""
    whole = b"".join(chunk[2:] for chunk in sorted(chunks))
    try:
        profile = clean_icc(whole) if whole else b""
    except (ValueError, struct.error):
        profile = b""
    found["picture_details"] += profile != whole
    pieces = [profile[start : start + 65000] for start in range(0, len(profile), 65000)]
    return b"".join(
        b"\xff\xe2" + struct.pack(">H", len(piece) + 16) + PROFILE + bytes([number, len(pieces)]) + piece
        for number, piece in enumerate(pieces, 1)
    )


def clean_jpeg2000(data: bytes, found: Counter[str]) -> bytes:
    """Return a JPEG 2000 file or code stream without metadata; raise ValueError if it is neither."""
    if data.startswith(b"\xff\x4f\xff\x51"):
        return _without_comments(data, found)
    file, kept = io.BytesIO(data), list[bytes]()
    while head := file.read(8):
        size, name = struct.unpack(">I4s", head)
        if size == 1:
            size = struct.unpack(">Q", file.read(8))[0] - 8
        body = file.read(size - 8 if size else -1)
        if name in BOXES:
            body = _without_comments(body, found) if name == b"jp2c" else body
            kept.append(struct.pack(">I4s", len(body) + 8, name) + body)
        else:
            found["picture_details"] += 1
    if not any(box[4:8] == b"jp2c" for box in kept):
        raise ValueError("not a JPEG 2000 picture")
    return b"".join(_with_clean_profile(box, found) if box[4:8] == b"jp2h" else box for box in kept)


def _with_clean_profile(box: bytes, found: Counter[str]) -> bytes:
    """Return a header box of the same length whose colour profile, if any, has no words."""
    at = box.find(b"acsp")
    if at < 36:
        return box
    start = at - 36
    (size,) = struct.unpack(">I", box[start : start + 4])
    whole = box[start : start + size]
    profile = clean_icc(whole)
    if len(profile) > size:
        raise ValueError("colour profile cannot be replaced in place")
    profile = struct.pack(">I", size) + profile[4:] + bytes(size - len(profile))
    found["picture_details"] += profile != whole
    return box[:start] + profile + box[start + size :]


def _without_comments(data: bytes, found: Counter[str]) -> bytes:
    """Return a code stream with blanks for its comments; nothing moves, as tiles are located by their length."""
    stream, position = bytearray(data), 2
    tile_end: int | None = None
    while position + 4 <= len(stream) and stream[position] == 0xFF:
        marker, (size,) = stream[position + 1], struct.unpack(">H", stream[position + 2 : position + 4])
        if marker == 0xD9:
            break
        if marker == 0x90:
            (length,) = struct.unpack(">I", stream[position + 6 : position + 10])
            tile_end = position + length if length else len(stream)
        if marker == 0x93:
            if tile_end is None:
                raise ValueError("tile without a header")
            position = tile_end
            continue
        if marker == 0x64 and any(text := stream[position + 6 : position + 2 + size].strip(b" ")):
            found["picture_details"] += len(text) > 0
            stream[position + 6 : position + 2 + size] = b" " * (size - 4)
        position += 2 + size
    return bytes(stream)


def clean_icc(profile: bytes) -> bytes:
    """Return a profile for the same colours; raise ValueError or struct.error if the data is not a profile."""
    if len(profile) < PROFILE_HEADER + 4 or profile[36:40] != b"acsp":
        raise ValueError("not a colour profile")
    tags = {name: data for name, data in _profile_tags(profile) if name in PROFILE_TAGS and data[:4] in PROFILE_TYPES}
    # Both of these tags are required; these values say nothing.
    words = {b"desc": _empty_description(profile), b"cprt": b"text\0\0\0\0\0"}
    return _assemble(_neutral_header(profile), words | tags)


def _profile_tags(profile: bytes) -> Iterator[tuple[bytes, bytes]]:
    (count,) = struct.unpack(">I", profile[PROFILE_HEADER : PROFILE_HEADER + 4])
    for number in range(min(count, 200)):
        entry = profile[PROFILE_HEADER + 4 + 12 * number :][:12]
        name, start, size = struct.unpack(">4sII", entry)
        if start + size > len(profile):
            raise ValueError("truncated colour profile")
        yield name, profile[start : start + size]


def _empty_description(profile: bytes) -> bytes:
    if profile[8] >= 4:
        return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, 2, 28) + b"\0-"
    return b"desc" + struct.pack(">II", 0, 2) + b"-\0" + bytes(4 + 4 + 2 + 1 + 67)


def _neutral_header(profile: bytes) -> bytearray:
    header = bytearray(profile[:PROFILE_HEADER])
    # Preferred software, manufacturer and model of the device, creator, and a digest of the former content.
    header[4:8] = header[40:44] = header[48:52] = header[52:56] = header[80:84] = bytes(4)
    header[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    header[84:128] = bytes(44)
    return header


def _assemble(header: bytearray, tags: dict[bytes, bytes]) -> bytes:
    table, body, start = b"", b"", PROFILE_HEADER + 4 + 12 * len(tags)
    offsets: dict[bytes, int] = {}
    for name, data in tags.items():
        if data not in offsets:
            offsets[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, offsets[data], len(data))
    content = struct.pack(">I", len(tags)) + table + body
    header[0:4] = struct.pack(">I", PROFILE_HEADER + len(content))
    return bytes(header) + content
