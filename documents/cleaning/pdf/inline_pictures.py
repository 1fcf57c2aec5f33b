"""Pictures inside content streams of a PDF (ISO 32000-2, 8.9.7), rewritten from their samples."""

import zlib
from collections import Counter
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object

from ..images.jpeg import clean_jpeg
from .samples import FAX, PACKED, clean_palette, clean_samples, filters_of

SHORT = {"/BPC": "/BitsPerComponent", "/CS": "/ColorSpace", "/D": "/Decode", "/DP": "/DecodeParms", "/F": "/Filter",
         "/H": "/Height", "/IM": "/ImageMask", "/I": "/Interpolate", "/W": "/Width"}  # fmt: skip
KEPT = ("/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/ImageMask", "/Decode", "/Interpolate")
PARAMETERS = {"/K", "/Columns", "/Rows", "/BlackIs1", "/EncodedByteAlign", "/EndOfLine", "/EndOfBlock"}
JPEG = {"/DCTDecode", "/DCT"}


def clean_inline_picture(pdf: pikepdf.Pdf, picture: Any, found: Counter[str]) -> Any:
    """Return an instruction that draws the same samples; None, which `found` counts, if it is not sure to be clean."""
    try:
        rewritten = _rewritten(pdf, picture)
    except (pikepdf.PdfError, ValueError, TypeError):
        rewritten = None
    found["pictures"] += rewritten is None
    return rewritten


def _rewritten(pdf: pikepdf.Pdf, picture: Any) -> Any:
    image = pdf.make_stream(picture._data._inline_image_raw_bytes())
    for short, value in dict(picture.obj.items()).items():
        if (key := SHORT.get(short, short)) in (*KEPT, "/Filter", "/DecodeParms"):
            image[key] = value
    last = (filters_of(image) or [""])[-1]
    if last in JPEG:
        data, kept = _bare_jpeg(image), ["/DCT"]
    elif last in FAX:
        clean_samples(image)
        data, kept = image.read_raw_bytes(), ["/CCF"]
    elif set(filters_of(image)) <= PACKED:
        clean_samples(image)
        data, kept = zlib.compress(image.read_bytes(pikepdf.StreamDecodeLevel.specialized)), ["/Fl"]
    else:
        return None
    return None if data is None else _instruction(pdf, image, data, kept[0])


def _bare_jpeg(image: Object) -> bytes | None:
    """Return a JPEG without what follows it, or None if it has metadata."""
    counted: Counter[str] = Counter()
    cleaned = clean_jpeg(image.read_raw_bytes(), counted) if len(filters_of(image)) == 1 else None
    return None if +counted else cleaned


def _instruction(pdf: pikepdf.Pdf, image: Object, data: bytes, kind: str) -> Any:
    """Return the instruction of an inline picture; its data is hexadecimal, so that its end is certain."""
    if isinstance(image.get("/ColorSpace"), Array):
        clean_palette(image["/ColorSpace"])
    words = [f"{key} ".encode() + pikepdf.unparse_content_stream([([image[key]], pikepdf.Operator("x"))])[:-1]
             for key in KEPT if key in image]  # fmt: skip
    words.append(f"/F [/AHx {kind}]".encode())
    parameters = image.get("/DecodeParms")
    if kind == "/CCF" and isinstance(parameters, Dictionary):
        pairs = [f"{key} {str(value).lower()}" for key, value in parameters.items()
                 if key in PARAMETERS and isinstance(value, (bool, int))]  # fmt: skip
        words.append(f"/DP [null << {' '.join(pairs)} >>]".encode())
    content = b"BI " + b" ".join(words) + b" ID " + data.hex().encode() + b">\nEI"
    return next(iter(pikepdf.parse_content_stream(pdf.make_stream(content))))
