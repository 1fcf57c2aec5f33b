"""Streams of a PDF and their dictionaries without hidden details: pictures and colour profiles."""

import struct
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pikepdf

from ..images.jbig2 import clean_jbig2
from ..images.jpeg import clean_icc, clean_jpeg, clean_jpeg2000

NO_CONTENT = b"\n"  # an empty stream would be written compressed at one time and uncompressed at another
PICTURE_FILTERS = {
    "/DCTDecode": clean_jpeg,
    "/DCT": clean_jpeg,
    "/JPXDecode": clean_jpeg2000,
    "/JBIG2Decode": clean_jbig2,
}


def drop_keys(holder: pikepdf.Object, keys: Iterable[str]) -> None:
    """Remove entries; one whose value is null, or that refers to nothing, is the same as none (ISO 32000-2, 7.3.7)."""
    for key in keys:
        if key in holder:
            del holder[key]


def clean_image_stream(pdf: pikepdf.Pdf, image: pikepdf.Object, found: Counter[str]) -> None:
    """Remove the metadata of a picture in a format that can carry some; one that cannot be cleaned turns white."""
    filters, parms = _listed(image.get("/Filter")), _listed(image.get("/DecodeParms"))
    if not filters or str(filters[-1]) not in PICTURE_FILTERS:
        return
    counted: Counter[str] = Counter()
    try:
        raw = image.read_raw_bytes()
        if len(filters) > 1:
            raw = _decoded(pdf, raw, filters[:-1], parms[:-1])
        cleaned = PICTURE_FILTERS[str(filters[-1])](raw, counted)
        _clean_globals(parms, counted)
    except Exception:  # whatever the parser raises, the rest of the document is still usable
        found["pictures"] += 1
        _blank(image)
        return
    found.update(counted)
    image.write(cleaned, filter=pikepdf.Name(str(filters[-1])), decode_parms=parms[-1] if parms else None)


def _clean_globals(parms: list[Any], found: Counter[str]) -> None:
    """Clean the segments that a JBIG2 picture shares with others (JBIG2Globals), a stream of their own."""
    shared = parms[-1].get("/JBIG2Globals") if parms and isinstance(parms[-1], pikepdf.Dictionary) else None
    if not isinstance(shared, pikepdf.Stream):
        return
    if not (cleaned := clean_jbig2(shared.read_bytes(), found)):
        del parms[-1]["/JBIG2Globals"]
        return
    shared.write(cleaned)
    drop_keys(shared, set(shared.keys()) - {"/Length"})


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _decoded(pdf: pikepdf.Pdf, raw: bytes, filters: list[Any], parms: list[Any]) -> bytes:
    packed = pdf.make_stream(raw)
    packed["/Filter"] = pikepdf.Array(filters)
    if any(isinstance(one, pikepdf.Dictionary) for one in parms):
        packed["/DecodeParms"] = pikepdf.Array(parms)
    return packed.read_bytes()


def _blank(image: pikepdf.Object) -> None:
    drop_keys(image, set(image.keys()) - {"/Type", "/Subtype", "/Length", "/StructParent"})
    image["/Width"] = image["/Height"] = 1
    image["/BitsPerComponent"] = 8
    image["/ColorSpace"] = pikepdf.Name.DeviceGray
    image.write(b"\xff")


def clean_profile_stream(profile: Any, found: Counter[str]) -> None:
    """Remove the words of a colour profile; a broken one is emptied, and its alternate colour space takes over."""
    if not isinstance(profile, pikepdf.Stream):
        return
    old = profile.read_bytes()
    try:
        new = clean_icc(old)
    except (ValueError, struct.error):
        new = b""
    found["properties"] += new != old
    profile.write(new)
