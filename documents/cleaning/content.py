"""What is drawn on a page: its marks and remarks, which no reader sees, are taken out."""

import re
from collections import Counter

import pikepdf

from documents.cleaning import jpeg

KEPT = {"/MCID", "/Lang", "/ActualText", "/E", "/Alt", "/Type", "/Subtype", "/Attached", "/BBox"}
# The usual marks of tagged PDFs, which tell nothing.
HARMLESS = re.compile(rb"<<\s*/MCID\s+\d+\s*>>\s*BDC")
SUSPECT = re.compile(rb"%|<<.*?(?:BDC|DP)|\b(?:MP|DP|BI)\b", re.DOTALL)
POINTS = {"MP", "DP"}


def clean_content(stream: pikepdf.Stream, found: Counter) -> None:
    """Rewrite a content stream that may hold remarks, names in marks, or pictures of its own."""
    data = stream.read_bytes()
    if not SUSPECT.search(HARMLESS.sub(b"", data)):
        return
    kept = []
    for instruction in pikepdf.parse_content_stream(stream):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            if _has_details(instruction.iimage):
                found["pictures"] += 1
                continue
        elif str(instruction.operator) in POINTS:
            continue
        elif str(instruction.operator) == "BDC":
            _clean_mark(instruction.operands[1])
        kept.append(instruction)
    stream.write(pikepdf.unparse_content_stream(kept))


def _clean_mark(properties) -> None:
    if isinstance(properties, pikepdf.Dictionary):
        for key in set(properties.keys()) - KEPT:
            del properties[key]


def _has_details(image) -> bool:
    """Tell whether a picture in the midst of drawing is a JPEG that holds more than pixels."""
    if not any(str(name).startswith("/DCT") for name in image.filters):
        return False
    counted: Counter[str] = Counter()
    try:
        jpeg.clean(image._data._inline_image_raw_bytes(), counted)
    except Exception:  # not ours to repair
        return True
    return bool(+counted)
