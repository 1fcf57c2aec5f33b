"""Colour profiles (ICC.1:2022): the numbers that colours are computed with, without words about devices and owners."""

import struct
from collections.abc import Iterator

HEADER = 128  # bytes
# The tags that colours are computed with, and the types whose values are nothing but numbers.
TAGS = {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"lumi", b"chad", b"gamt",
        b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2"}  # fmt: skip
TYPES = {b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA "}


def clean_icc(profile: bytes) -> bytes:
    """Return a profile for the same colours; raise ValueError or struct.error if the data is not a profile."""
    if len(profile) < HEADER + 4 or profile[36:40] != b"acsp":
        raise ValueError("not a colour profile")
    tags = {name: data for name, data in _tags(profile) if name in TAGS and data[:4] in TYPES}
    # Both of these tags are required; these values say nothing.
    words = {b"desc": _empty_description(profile), b"cprt": b"text\0\0\0\0\0"}
    return _assemble(_neutral_header(profile), words | tags)


def _tags(profile: bytes) -> Iterator[tuple[bytes, bytes]]:
    (count,) = struct.unpack(">I", profile[HEADER : HEADER + 4])
    for number in range(min(count, 200)):
        entry = profile[HEADER + 4 + 12 * number :][:12]
        name, start, size = struct.unpack(">4sII", entry)
        if start + size > len(profile):
            raise ValueError("truncated colour profile")
        yield name, profile[start : start + size]


def _empty_description(profile: bytes) -> bytes:
    if profile[8] >= 4:
        return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, 2, 28) + b"\0-"
    return b"desc" + struct.pack(">II", 0, 2) + b"-\0" + bytes(4 + 4 + 2 + 1 + 67)


def _neutral_header(profile: bytes) -> bytearray:
    header = bytearray(profile[:HEADER])
    # Preferred software, manufacturer and model of the device, creator, and a digest of the former content.
    header[4:8] = header[40:44] = header[48:52] = header[52:56] = header[80:84] = bytes(4)
    header[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    header[84:128] = bytes(44)
    return header


def _assemble(header: bytearray, tags: dict[bytes, bytes]) -> bytes:
    table, body, start = b"", b"", HEADER + 4 + 12 * len(tags)
    offsets: dict[bytes, int] = {}
    for name, data in tags.items():
        if data not in offsets:
            offsets[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, offsets[data], len(data))
    content = struct.pack(">I", len(tags)) + table + body
    header[0:4] = struct.pack(">I", HEADER + len(content))
    return bytes(header) + content
