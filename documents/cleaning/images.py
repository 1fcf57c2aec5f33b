"""Pictures and colour profiles of a PDF: their details go, and their pixels are not touched."""

import struct
from collections import Counter

import pikepdf

from documents.cleaning import icc, jbig2, jpeg

CLEANERS = {"/DCTDecode": jpeg.clean, "/DCT": jpeg.clean, "/JPXDecode": jpeg.clean_2000,
            "/JBIG2Decode": jbig2.clean}  # fmt: skip


def clean_image(pdf: pikepdf.Pdf, image: pikepdf.Stream, found: Counter) -> None:
    """Take the details out of a picture that carries some; one that does not let itself be cleaned turns white."""
    filters, parms = _listed(image.get("/Filter")), _listed(image.get("/DecodeParms"))
    if not filters or str(filters[-1]) not in CLEANERS:
        return
    counted: Counter[str] = Counter()
    try:
        raw = image.read_raw_bytes()
        if len(filters) > 1:
            raw = _unpacked(pdf, raw, filters[:-1], parms[:-1])
        cleaned = CLEANERS[str(filters[-1])](raw, counted)
        _clean_shared(parms, counted)
    except Exception:  # whatever breaks its parser, the rest of the document is still good
        found["pictures"] += 1
        _blank(image)
        return
    found.update(counted)
    image.write(cleaned, filter=pikepdf.Name(str(filters[-1])), decode_parms=parms[-1] if parms else None)


def _clean_shared(parms: list, found: Counter) -> None:
    """Clean what a JBIG2 picture shares with others of its document, a stream that nothing else leads to."""
    shared = parms[-1].get("/JBIG2Globals") if parms and isinstance(parms[-1], pikepdf.Dictionary) else None
    if not isinstance(shared, pikepdf.Stream):
        return
    if not (cleaned := jbig2.clean(shared.read_bytes(), found)):
        del parms[-1]["/JBIG2Globals"]
        return
    shared.write(cleaned)
    for key in set(shared.keys()) - {"/Length"}:
        del shared[key]


def _listed(value) -> list:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _unpacked(pdf: pikepdf.Pdf, raw: bytes, filters: list, parms: list) -> bytes:
    packed = pdf.make_stream(raw)
    packed.Filter = pikepdf.Array(filters)
    if any(isinstance(one, pikepdf.Dictionary) for one in parms):
        packed.DecodeParms = pikepdf.Array(parms)
    return packed.read_bytes()


def _blank(image: pikepdf.Stream) -> None:
    for key in set(image.keys()) - {"/Type", "/Subtype", "/Length", "/StructParent"}:
        del image[key]
    image.Width = image.Height = 1
    image.BitsPerComponent = 8
    image.ColorSpace = pikepdf.Name.DeviceGray
    image.write(b"\xff")


def clean_profile(profile, found: Counter) -> None:
    """Take the words out of a colour profile; one that is broken gives way to what stands in for it."""
    if not isinstance(profile, pikepdf.Stream):
        return
    old = profile.read_bytes()
    try:
        new = icc.clean(old)
    except (ValueError, struct.error):
        new = b""
    found["properties"] += new != old
    profile.write(new)
