"""Everything that can be reached in a PDF, reduced to what may stay.

Dictionaries keep the keys of `allowed_keys.py`. Content streams lose comments, marks of a program's own, and inline
pictures with metadata.
"""

import re
from collections import Counter
from typing import Any

import pikepdf

from ..addresses import names_a_file
from ..images.jpeg import clean_jpeg
from .allowed_keys import SHAPES
from .fonts import clean_character_map, clean_font_programs
from .image_streams import clean_image_stream, clean_profile_stream

# Keys whose removal is counted; all others are removed without counting.
COUNTED = {"/Metadata": "properties", "/PieceInfo": "properties", "/Alternates": "pictures",
           "/PTEX.FileName": "file_names", "/PTEX.InfoDict": "properties", "/OPI": "file_names",
           "/CreatorInfo": "authors", "/User": "authors", "/AF": "attachments", "/Ref": "links"}  # fmt: skip
CHARACTER_MAPS = {"cmap", "encoding"}
CONTENT_STREAMS = {"content", "form", "pattern"}
# Properties of marked content that may stay (ISO 32000-2, 14.6).
MARK_PROPERTIES = {"/MCID", "/Lang", "/ActualText", "/E", "/Alt", "/Type", "/Subtype", "/Attached", "/BBox"}
MARK_POINTS = {"MP", "DP"}
# The usual marks of tagged PDFs, which hold only a number.
HARMLESS_MARK = re.compile(rb"<<\s*/MCID\s+\d+\s*>>\s*BDC")
SUSPECT = re.compile(rb"%|<<.*?(?:BDC|DP)|\b(?:MP|DP|BI)\b", re.DOTALL)


class Pruner:
    """One traversal of a PDF from its catalog; `found` counts what it removes."""

    def __init__(self, pdf: pikepdf.Pdf, found: Counter[str]) -> None:
        self.pdf, self.found = pdf, found
        self.seen: set[tuple[tuple[int, int], str]] = set()
        self.reached: set[tuple[int, int]] = set()
        self.back_references: list[tuple[pikepdf.Object, str]] = []
        self.waiting: list[tuple[Any, str]] = []

    def prune(self) -> None:
        """Reduce all that can be reached from the catalog, and drop references to what no longer can be."""
        for page in self.pdf.pages:
            if isinstance(page.obj.get("/Contents"), pikepdf.Array):
                page.contents_coalesce()
        self.waiting = [(self.pdf.Root, "catalog")]
        while self.waiting:
            self._visit(*self.waiting.pop())
        for holder, key in self.back_references:
            target = holder.get(key)
            if isinstance(target, pikepdf.Object) and target.objgen not in self.reached and key in holder:
                del holder[key]

    def _visit(self, value: Any, shape: str) -> None:
        if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            return
        if value.is_indirect:
            if (value.objgen, shape) in self.seen:
                return
            self.seen.add((value.objgen, shape))
            self.reached.add(value.objgen)
        if isinstance(value, pikepdf.Array):
            self._visit_array(value, shape)
        elif shape.startswith("each "):
            self._visit_each(value, shape.removeprefix("each "))
        elif shape != "any":
            self._visit_keys(value, _concrete_shape(value, shape))

    def _visit_array(self, array: pikepdf.Object, shape: str) -> None:
        items: list[Any] = list(array)
        if shape == "plain" and items and items[0] == pikepdf.Name.ICCBased and len(items) > 1:
            clean_profile_stream(items[1], self.found)
        self.waiting += [(item, shape) for item in items]

    def _visit_each(self, named: pikepdf.Object, shape: str) -> None:
        for name, value in list(named.items()):
            if isinstance(value, pikepdf.String) or (shape == "xobject" and not _is_drawable(value)):
                del named[name]
            else:
                self.waiting.append((value, shape))

    def _visit_keys(self, holder: pikepdf.Object, shape: str) -> None:
        if shape == "descriptor":
            clean_font_programs(holder, self.found)
        keys = SHAPES[shape]
        for key, value in list(holder.items()):
            value_shape = keys.get(key[1:])
            if value_shape is None or (isinstance(value, pikepdf.String) and value_shape in SHAPES):
                self.found[COUNTED.get(key, "marks")] += key in COUNTED
                del holder[key]
            else:
                self._visit_key(holder, key, value, value_shape)
        if isinstance(holder, pikepdf.Stream):
            self._visit_stream(holder, shape)

    def _visit_key(self, holder: pikepdf.Object, key: str, value: Any, shape: str) -> None:
        if shape == "back":
            self.back_references.append((holder, key))
        elif shape == "layer name":
            holder[key] = pikepdf.String("Layer")
        elif shape == "words":
            if names_a_file(str(value)):
                self.found["file_names"] += 1
                del holder[key]
        else:
            self.waiting.append((value, shape))

    def _visit_stream(self, stream: pikepdf.Object, shape: str) -> None:
        if shape == "image":
            clean_image_stream(self.pdf, stream, self.found)
        elif shape in CONTENT_STREAMS:
            _clean_content(stream, self.found)
        elif shape in CHARACTER_MAPS:
            clean_character_map(stream)


def _concrete_shape(value: pikepdf.Object, shape: str) -> str:
    if shape == "pages or page":
        return "pages" if "/Kids" in value else "page"
    if shape == "xobject":
        return "image" if value.get("/Subtype") == pikepdf.Name.Image else "form"
    return shape


def _is_drawable(value: Any) -> bool:
    return isinstance(value, pikepdf.Stream) and value.get("/Subtype") in (pikepdf.Name.Image, pikepdf.Name.Form)


def _clean_content(stream: pikepdf.Object, found: Counter[str]) -> None:
    """Rewrite a content stream that may contain comments, names in marks, or inline pictures."""
    data = stream.read_bytes()
    if not SUSPECT.search(HARMLESS_MARK.sub(b"", data)):
        return
    kept: list[Any] = []
    for instruction in pikepdf.parse_content_stream(stream):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            if _has_details(instruction.iimage):
                found["pictures"] += 1
                continue
        elif str(instruction.operator) in MARK_POINTS:
            continue
        elif str(instruction.operator) == "BDC":
            _clean_mark(instruction.operands[1])
        kept.append(instruction)
    stream.write(pikepdf.unparse_content_stream(kept))


def _clean_mark(properties: Any) -> None:
    if isinstance(properties, pikepdf.Dictionary):
        for key in set(properties.keys()) - MARK_PROPERTIES:
            del properties[key]


def _has_details(image: Any) -> bool:
    """Return whether an inline picture is a JPEG with metadata."""
    if not any(str(name).startswith("/DCT") for name in image.filters):
        return False
    counted: Counter[str] = Counter()
    try:
        clean_jpeg(image._data._inline_image_raw_bytes(), counted)
    except Exception:  # a broken picture is removed, not repaired
        return True
    return bool(+counted)
