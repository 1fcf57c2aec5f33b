"""Pictures embedded in office documents: metadata is removed, and no pixel is changed."""

import io
import struct
import zlib
from collections import Counter
from typing import Any

from PIL import Image, ImageSequence

from .jpeg import clean_icc, clean_jpeg

PNG = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
              b"cICP", b"acTL", b"fcTL", b"fdAT"}  # fmt: skip
# Replaces a picture that cannot be cleaned: a single transparent pixel.
BLANK_PNG = (PNG + bytes.fromhex("0000000d49484452000000010000000108060000001f15c489")
           + bytes.fromhex("0000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082"))  # fmt: skip
EXTENSIONS = {"jpeg": "jpg", "png": "png", "gif": "gif", "bmp": "bmp", "tiff": "tif", "webp": "webp"}
MEDIA_TYPES = {extension: f"image/{kind}" for kind, extension in EXTENSIONS.items()}
MAX_PIXELS = 40_000_000


def picture_kind(data: bytes) -> str:
    """Return the format of a picture by its first bytes, or "" if it is none that we know."""
    signatures = {b"\xff\xd8\xff": "jpeg", PNG: "png", b"GIF8": "gif", b"BM": "bmp", b"II*\0": "tiff", b"MM\0*": "tiff"}
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for signature, kind in signatures.items() if data.startswith(signature)), "")


def clean_picture(data: bytes, found: Counter[str]) -> tuple[bytes, str]:
    """Return a picture without metadata and its extension; one that cannot be cleaned becomes BLANK_PNG."""
    kind = picture_kind(data)
    counted: Counter[str] = Counter()
    try:
        if kind == "jpeg":
            content = clean_jpeg(data, counted)
        else:
            content = _png(data, counted) if kind == "png" else _redrawn(data, kind, counted)
    except Exception:  # whatever the parser raises, the rest of the document is still usable
        found["pictures"] += data != BLANK_PNG
        return BLANK_PNG, "png"
    found.update(counted)
    return content, EXTENSIONS[kind]


def _png(data: bytes, found: Counter[str]) -> bytes:
    position, kept = len(PNG), [PNG]
    while position + 12 <= len(data):
        size, name = struct.unpack(">I4s", data[position : position + 8])
        body = data[position + 8 : position + 8 + size]
        position += 12 + size
        if name == b"iCCP":
            profile = zlib.decompressobj().decompress(body[body.index(b"\0") + 2 :], 8 * 1024 * 1024)
            body = b"-\0\0" + zlib.compress(clean_icc(profile))
        elif name not in PNG_CHUNKS:
            found["picture_details"] += 1
            found["places"] += (name == b"eXIf" and b"\x88\x25" in body) or b"\x25\x88" in body
            continue
        kept.append(struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(name + body)))
        if name == b"IEND":
            return b"".join(kept)
    raise ValueError("truncated PNG")


def _redrawn(data: bytes, kind: str, found: Counter[str]) -> bytes:
    """Return a picture saved again from its pixels, for formats that lose nothing by it."""
    with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        if {"exif", "xmp", "comment", "photoshop"} & image.info.keys() or getattr(image, "tag_v2", None):
            found["picture_details"] += 1
        frames = [_bare(frame) for frame in ImageSequence.Iterator(image)]
        options: dict[str, Any] = {"lossless": True} if kind == "webp" else {}
        if len(frames) > 1 and kind in ("gif", "webp", "tiff"):
            options |= {"save_all": True, "append_images": frames[1:]}
            options |= {"duration": image.info.get("duration", 100), "loop": 0} if kind != "tiff" else {}
    file = io.BytesIO()
    frames[0].save(file, kind.upper(), **options)
    return file.getvalue()


def _bare(frame: Image.Image) -> Image.Image:
    bare = frame.copy()
    bare.info = {name: value for name, value in frame.info.items() if name == "transparency"}
    return bare
