"""Samples in a PDF (of pictures, palettes, functions, maps of glyphs), cut to the bytes that something reads."""

import re
import struct
from decimal import Decimal
from math import prod
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

COMPONENTS = {"/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/DeviceRGB": 3, "/RGB": 3, "/CalRGB": 3, "/Lab": 3,
              "/DeviceCMYK": 4, "/CMYK": 4, "/Indexed": 1, "/I": 1, "/Separation": 1}  # fmt: skip
PACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx",
          "/RunLengthDecode", "/RL"}  # fmt: skip
FAX = {"/CCITTFaxDecode", "/CCF"}
END_OF_FAX = b"\x00\x10\x01"  # two ends of a line, which no picture contains (T.6, 2.4.1.1)
CALCULATION = re.compile(rb"%[^\r\n]*|[{}]|[-+]?[\d.]+|[a-z]+")
CALCULATIONS = set(
    b"abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate and bitshift "
    b"eq false ge gt le lt ne not or true xor if ifelse copy dup exch index pop roll".split()
)
MAX_GLYPHS = 65_536


def components(space: Any) -> int:
    """Return how many numbers make a colour in a colour space; 0 if that is not known."""
    if isinstance(space, Name):
        return COMPONENTS.get(str(space), 0)
    if not isinstance(space, Array) or not len(space):
        return 0
    kind = str(space[0])
    if kind == "/ICCBased" and len(space) > 1 and isinstance(space[1], Stream):
        return _whole(space[1].get("/N"))
    if kind == "/DeviceN" and len(space) > 1 and isinstance(space[1], Array):
        return len(space[1])
    return COMPONENTS.get(kind, 0)


def picture_size(image: Object) -> int:
    """Return how many bytes the samples of a picture take, by its dictionary; 0 if that is not known."""
    is_mask = bool(image.get("/ImageMask", False))
    count = 1 if is_mask else components(image.get("/ColorSpace"))
    bits = 1 if is_mask else _whole(image.get("/BitsPerComponent"))
    return (_whole(image.get("/Width")) * count * bits + 7) // 8 * _whole(image.get("/Height"))


def clean_samples(image: Object) -> None:
    """Cut what follows the samples of a picture, unless its filter is a picture format other than fax."""
    names = filters_of(image)
    if names and names[-1] in FAX:
        _clean_fax(image)
    elif set(names) <= PACKED:
        cut(image, picture_size(image))


def cut(stream: Object, size: int) -> None:
    """Cut a stream to its first bytes. A size of 0 means that it is not known."""
    try:
        data = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized) if size else b""
    except pikepdf.PdfError:
        return  # nothing reads a stream that is broken
    if len(data) > size > 0:
        stream.write(data[:size])


def clean_palette(space: Object) -> None:
    """Cut the palette of an indexed colour space to its colours."""
    if len(space) < 4 or not (count := components(space[1])):
        return
    size = (_whole(space[2]) + 1) * count
    if isinstance(space[3], Stream):
        cut(space[3], size)
    elif isinstance(space[3], pikepdf.String) and len(bytes(space[3])) > size:
        space[3] = pikepdf.String(bytes(space[3])[:size])


def clean_function(function: Object) -> None:
    """Cut the samples of a function, or reduce its program to numbers and operators."""
    if function.get("/FunctionType") == 0:
        outputs, size = function.get("/Range"), function.get("/Size")
        if isinstance(outputs, Array) and isinstance(size, Array):
            bits = prod(map(_whole, size)) * _whole(function.get("/BitsPerSample")) * (len(outputs) // 2)
            cut(function, (bits + 7) // 8)
    elif function.get("/FunctionType") == 4:
        old = function.read_bytes()
        words = [word for word in CALCULATION.findall(old) if not word[:1].isalpha() or word in CALCULATIONS]
        new = b" ".join(word for word in words if not word.startswith(b"%"))
        if new != old:
            function.write(new)


def clean_glyph_map(glyphs: Object, count: int) -> None:
    """Empty the entries of a map from characters to glyphs that name no glyph of the font, which has `count`."""
    old = glyphs.read_bytes()
    length = min(len(old) // 2, MAX_GLYPHS)
    numbers = struct.unpack(f">{length}H", old[: length * 2])
    new = struct.pack(f">{length}H", *(number if number < count else 0 for number in numbers))
    if new != old:
        glyphs.write(new)


def glyph_count(font: Object) -> int:
    """Return how many glyphs the TrueType program of a font has, or the most that a font can have."""
    descriptor = font.get("/FontDescriptor")
    program = descriptor.get("/FontFile2") if isinstance(descriptor, Dictionary) else None
    data = program.read_bytes() if isinstance(program, Stream) else b""
    tables = (data[at : at + 16] for at in range(12, 12 + 16 * int.from_bytes(data[4:6], "big"), 16))
    start = next((int.from_bytes(one[8:12], "big") for one in tables if one[:4] == b"maxp"), 0)
    return int.from_bytes(data[start + 4 : start + 6], "big") or MAX_GLYPHS


def filters_of(image: Object) -> list[str]:
    """Return the names of the filters of a stream, from the first that is undone."""
    filters = image.get("/Filter")
    return [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)] if filters else []


def _clean_fax(image: Object) -> None:
    """Cut a picture of Group 4 behind its end; one in another scheme, or without an end, stays as it is."""
    parms = image.get("/DecodeParms")
    parms = parms[-1] if isinstance(parms, Array) and len(parms) else parms
    if len(filters_of(image)) > 1 or not isinstance(parms, Dictionary) or not _whole(parms.get("/K")) < 0:
        return
    old = image.read_raw_bytes()
    new = _until_end_of_fax(old)
    if new != old:
        image.write(new, filter=Name.CCITTFaxDecode, decode_parms=parms)


def _until_end_of_fax(data: bytes) -> bytes:
    """Return a fax up to its end, which can begin at any bit."""
    bits = int.from_bytes(data, "big")
    ends = []
    for shift in range(8):
        at = (bits << shift).to_bytes(len(data) + 1, "big").find(END_OF_FAX)
        if at >= 0:
            ends.append(8 * (at - 1) + shift + 24)
    if not ends:
        return data
    end, rest = min(ends), -min(ends) % 8
    kept = int.from_bytes(data[: (end + 7) // 8], "big") >> rest << rest
    return kept.to_bytes((end + 7) // 8, "big")


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else 0
