"""Files with a mark in every place where a format holds details about people, places and machines.

Each maker returns the file; the marks in it all hold PLANT, what must stay holds SHOWN.
"""

import base64
import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image, PngImagePlugin

from tests import files

PLANT, SHOWN = "PLANT", "SHOWN"
ARABIC, CHINESE = "الاتجار بالأشخاص", "打击贩运人口"


def traces(data: bytes) -> list[bytes]:
    """Return the surroundings of each mark in these bytes, in any of the encodings that formats use."""
    needles = [PLANT.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    needles += [PLANT.encode().hex().encode(), PLANT.encode().hex().upper().encode(), base64.b64encode(b"PLA")]
    return [data[max(0, at - 30) : at + 70] for needle in needles if (at := data.find(needle)) >= 0]


def all_bytes(data: bytes) -> list[bytes]:
    """Return a file and all that it contains, decompressed."""
    found = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                found += [name.encode(), *all_bytes(archive.read(name))]
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for thing in pdf.objects:
                found.append(repr(thing).encode())
                found += [bytes(text) for text in _strings(thing)]
                if isinstance(thing, pikepdf.Stream):
                    found.append(thing.read_raw_bytes())
                    if not any(kind in str(thing.get("/Filter")) for kind in ("DCT", "JPX", "JBIG2", "CCITT")):
                        found.append(thing.read_bytes(pikepdf.StreamDecodeLevel.specialized))
    if data.startswith(b"\x89PNG"):
        with Image.open(io.BytesIO(data)) as image:
            found += [repr(image.info).encode(), image.info.get("icc_profile", b"")]
    return found


def _strings(thing, depth=0):
    if isinstance(thing, pikepdf.String):
        yield thing
    elif depth < 6 and isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _strings(one, depth + 1)
    elif depth < 6 and isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for one in dict(thing.items()).values():
            yield from _strings(one, depth + 1)


def left(data: bytes) -> list[bytes]:
    """Return all marks that are left in a file."""
    return [trace for part in all_bytes(data) for trace in traces(part)]


def icc() -> bytes:
    """Return a colour profile that names the owner of a screen."""
    words = b"desc\0\0\0\0" + struct.pack(">I", 18) + b"PLANT-icc-screen\0\0" + bytes(78)
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 0x0233) + b"\0\0"
    tags = {b"desc": words, b"cprt": b"text\0\0\0\0PLANT-icc-copyright\0", b"dmnd": words, b"wtpt": white}
    tags |= {b"rXYZ": white, b"gXYZ": white, b"bXYZ": white, b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    table, body, start = b"", b"", 132 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = bytearray(128)
    header[0:4] = struct.pack(">I", start + len(body))
    header[8:12], header[12:24], header[36:40] = b"\x02\x10\0\0", b"mntrRGB XYZ ", b"acsp"
    header[68:80], header[80:84] = struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D), b"PLAN"
    return bytes(header) + struct.pack(">I", len(tags)) + table + body


def exif() -> bytes:
    """Return EXIF with a location, a name and a camera, for a picture that is stored sideways."""
    tags = Image.Exif()
    tags[0x0112], tags[0x013B], tags[0x010F], tags[0x8825] = 6, "PLANT-exif-artist", "PLANT-exif-camera", files.GPS
    return tags.tobytes()


def jpeg() -> bytes:
    """Return a JPEG with marks in each kind of segment, before and after the picture."""
    file = io.BytesIO()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>PLANT-jpeg-xmp</x:xmpmeta>"
    image = Image.effect_noise((40, 30), 90).convert("RGB")
    image.save(file, "JPEG", exif=exif(), icc_profile=icc(), comment=b"PLANT-jpeg-comment", progressive=True)
    data = file.getvalue()
    segments = [(0xE1, xmp), (0xED, b"Photoshop 3.0\08BIM\x04\x04PLANT-jpeg-iptc"), (0xEC, b"Ducky PLANT-jpeg-ducky"),
                (0xE0, b"JFXX\0PLANT-jpeg-thumbnail"), (0xE5, b"PLANT-jpeg-app5"), (0xEF, b"PLANT-jpeg-app15"),
                (0xE2, b"MPF\0PLANT-jpeg-mpf"), (0xFE, "PLANT-jpeg-wide".encode("utf-16"))]  # fmt: skip
    extra = b"".join(b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in segments)
    return data[:2] + extra + data[2:] + b"PLANT-jpeg-trailer" + data


def png() -> bytes:
    """Return a PNG with marks in each kind of text, EXIF, the profile, a private chunk and after its end."""
    file, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Author", "PLANT-png-text")
    words.add_text("Comment", "PLANT-png-packed" * 9, zip=True)
    words.add_itxt("XML:com.adobe.xmp", "PLANT-png-xmp")
    image = Image.effect_noise((40, 30), 90).convert("RGB")
    image.save(file, "PNG", pnginfo=words, exif=exif(), icc_profile=icc())
    data, body = file.getvalue(), b"prVtPLANT-png-private"
    private = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:33] + private + data[33:] + b"PLANT-png-trailer"


def gif() -> bytes:
    """Return a GIF of two frames with a comment."""
    file = io.BytesIO()
    frames = [Image.new("P", (9, 9), color) for color in (1, 2)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], comment=b"PLANT-gif-comment")
    return file.getvalue()


def tiff() -> bytes:
    """Return a TIFF that names its author and program."""
    file = io.BytesIO()
    tags = {315: "PLANT-tiff-artist", 305: "PLANT-tiff-software", 270: "PLANT-tiff-description"}
    Image.new("RGB", (9, 9), "navy").save(file, "TIFF", tiffinfo=tags)
    return file.getvalue()


def webp() -> bytes:
    """Return a WebP with EXIF and XMP."""
    file = io.BytesIO()
    Image.new("RGB", (9, 9), "navy").save(file, "WEBP", exif=exif(), xmp=b"PLANT-webp-xmp", icc_profile=icc())
    return file.getvalue()


def emf() -> bytes:
    """Return the beginning of an EMF, which names its program and its picture."""
    head = struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(64)
    return head + "PLANT-emf-title".encode("utf-16-le")
