"""Pictures inside of documents: pixels stay as they are, and words about them go."""

import io
import struct
import zlib
from collections import Counter

from PIL import Image, ImageSequence

from documents.cleaning import icc, jpeg

PNG = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
              b"cICP", b"acTL", b"fcTL", b"fdAT"}  # fmt: skip
# What goes in the place of a picture that cannot be cleaned: one pixel that is not seen.
NOTHING = (PNG + bytes.fromhex("0000000d49484452000000010000000108060000001f15c489")
           + bytes.fromhex("0000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082"))  # fmt: skip
EXTENSIONS = {"jpeg": "jpg", "png": "png", "gif": "gif", "bmp": "bmp", "tiff": "tif", "webp": "webp"}
MAX_PIXELS = 40_000_000


def kind_of(data: bytes) -> str:
    """Return what kind of picture this is, by its first bytes; nothing for one that we do not know."""
    marks = {b"\xff\xd8\xff": "jpeg", PNG: "png", b"GIF8": "gif", b"BM": "bmp", b"II*\0": "tiff", b"MM\0*": "tiff"}
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for mark, kind in marks.items() if data.startswith(mark)), "")


def clean(data: bytes, found: Counter) -> tuple[bytes, str]:
    """Return a picture without details and its extension; one that cannot be cleaned becomes a PNG of nothing."""
    kind = kind_of(data)
    counted: Counter[str] = Counter()
    try:
        if kind == "jpeg":
            content = jpeg.clean(data, counted)
        else:
            content = _png(data, counted) if kind == "png" else _redrawn(data, kind, counted)
    except Exception:  # whatever breaks its parser, the rest of the document is still good
        found["pictures"] += data != NOTHING
        return NOTHING, "png"
    found.update(counted)
    return content, EXTENSIONS[kind]


def _png(data: bytes, found: Counter) -> bytes:
    place, kept = len(PNG), [PNG]
    while place + 12 <= len(data):
        size, name = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + size]
        place += 12 + size
        if name == b"iCCP":
            profile = zlib.decompressobj().decompress(body[body.index(b"\0") + 2 :], 8 * 1024 * 1024)
            body = b"-\0\0" + zlib.compress(icc.clean(profile))
        elif name not in PNG_CHUNKS:
            found["picture_details"] += 1
            found["places"] += (name == b"eXIf" and b"\x88\x25" in body) or b"\x25\x88" in body
            continue
        kept.append(struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(name + body)))
        if name == b"IEND":
            return b"".join(kept)
    raise ValueError("PNG is cut short")


def _redrawn(data: bytes, kind: str, found: Counter) -> bytes:
    """Return a picture drawn anew from its pixels, for kinds that lose nothing by that."""
    with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        if {"exif", "xmp", "comment", "photoshop"} & image.info.keys() or getattr(image, "tag_v2", None):
            found["picture_details"] += 1
        frames = [_bare(frame) for frame in ImageSequence.Iterator(image)]
        options = {"lossless": True} if kind == "webp" else {}
        if len(frames) > 1 and kind in ("gif", "webp", "tiff"):
            options |= {"save_all": True, "append_images": frames[1:]}
            options |= {"duration": image.info.get("duration", 100), "loop": 0} if kind != "tiff" else {}
    file = io.BytesIO()
    frames[0].save(file, kind.upper(), **options)
    return file.getvalue()


def _bare(frame: Image.Image) -> Image.Image:
    bare = frame.copy()
    bare.info = {name: value for name, value in frame.info.items() if name == "transparency"}
    if hasattr(bare, "tag_v2"):
        bare = Image.frombytes(bare.mode, bare.size, bare.tobytes())
    return bare
