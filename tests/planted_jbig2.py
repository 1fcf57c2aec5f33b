"""JBIG2 pictures with comments, as scanners write them; see `planted`."""

import io
import struct

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

from tests import files

SIZE = WIDTH, HEIGHT = 64, 32
PAGE, REGION, TABLES, COMMENT = 48, 38, 53, 62
PLAIN, WIDE = b"\x20\0\0\0", b"\x20\0\0\2"


def segment(kind: int, body: bytes, number: int = 1, size: int | None = None) -> bytes:
    """Return a segment that belongs to the first page and refers to no other segment."""
    return struct.pack(">IBBBI", number, kind, 0, 1, len(body) if size is None else size) + body


def referring(kind: int, body: bytes, number: int, others: list[int]) -> bytes:
    """Return a segment with the long form of its header: more than four references, and a page number of four bytes."""
    count = struct.pack(">I", 0xE0000000 | len(others)) + bytes((len(others) + 8) // 8)
    numbers = b"".join(struct.pack(">H" if number > 256 else ">B", other) for other in others)
    return struct.pack(">IB", number, kind | 0x40) + count + numbers + struct.pack(">II", 1, len(body)) + body


def page() -> bytes:
    """Return the segment with the size of the picture."""
    return segment(PAGE, struct.pack(">4IBH", *SIZE, 0, 0, 0, 0), 0)


def region_body() -> bytes:
    """Return a disc in the compression of fax machines (MMR)."""
    image, file = Image.new("1", SIZE, 0), io.BytesIO()
    ImageDraw.Draw(image).ellipse((8, 4, 50, 28), fill=1)
    image.save(file, "TIFF", compression="group4")
    with Image.open(io.BytesIO(file.getvalue())) as packed:
        (start,), (length,) = packed.tag_v2[273], packed.tag_v2[279]
    head = struct.pack(">4IB", *SIZE, 0, 0, 0) + b"\1"
    return head + file.getvalue()[start : start + length]


def comments() -> bytes:
    """Return comments of both types."""
    wide = "PLANT-wide".encode("utf-16-be") + b"\0\0" + "PLANT".encode("utf-16-be") + bytes(4)
    return segment(COMMENT, PLAIN + b"Author\0PLANT-comment\0\0") + referring(
        COMMENT, WIDE + wide, 300, [0, 1, 2, 3, 4]
    )


def picture() -> bytes:
    """Return a complete picture with comments before, between and after its segments."""
    return comments() + page() + comments() + segment(REGION, region_body(), 2) + comments() + b"\r\n"


def pdf(data: bytes, shared: bytes) -> bytes:
    """Return a PDF with a picture that shares segments with others."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf())) as made:
        image = made.make_stream(
            data, Type=Name.XObject, Subtype=Name.Image, Width=WIDTH, Height=HEIGHT, BitsPerComponent=1,
            ColorSpace=Name.DeviceGray, Filter=Name.JBIG2Decode,
            DecodeParms=Dictionary(JBIG2Globals=made.make_stream(shared, PLANTkey=String("PLANT-key"))),
        )  # fmt: skip
        made.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
        made.pages[0].obj.Resources.ProcSet = Array([Name.PDF])
        made.pages[0].contents_add(b"q 640 0 0 320 0 200 cm /Im0 Do Q")
        made.save(file, static_id=True)
    return file.getvalue()
