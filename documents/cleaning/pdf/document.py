"""Clean copies of PDF files: what a viewer draws, links and reads aloud stays, and everything else is removed.

Form fields, links and hidden layers come first. Then the pruner reduces all that can be reached to the keys listed in
`allowed_keys.py`, and a new file is written from what is left.
"""

import io
from collections import Counter
from collections.abc import Collection
from typing import Any

import pikepdf

from ...errors import UnreadableError
from ...reading.cut_off import require_whole
from ...reading.pdf import MAX_PAGES
from ..links import names_a_file
from .allowed_keys import NAMES, SHAPES
from .character_maps import clean_character_map
from .content import ContentNames, clean_content_stream
from .drawn_size import require_drawable
from .fonts import clean_font_programs
from .hidden_layers import HiddenContent, Layers
from .interactive import (
    Destinations,
    clean_annotations,
    clean_bookmarks,
    covering_pages,
    drop_hidden_annotations,
    with_covering_annotations,
)
from .pictured import picture_pages
from .samples import clean_function, clean_glyph_map, clean_palette, clean_samples, glyph_count
from .streams import clean_image_stream, clean_profile_stream, drop_keys
from .typed_text import flatten_typed_text
from .unseen.removal import UnseenText, require_uncovered
from .values import Values

MAX_OBJECTS = 500_000
# The pruner removes these without counting; they are counted here.
COUNTED_NAME_TREES = {"/JavaScript": "programs", "/EmbeddedFiles": "attachments"}
COUNTED_IN_CATALOG = {"/OpenAction": "programs", "/AA": "programs", "/Metadata": "properties",
                      "/PieceInfo": "properties", "/Collection": "attachments", "/AF": "attachments",
                      "/Threads": "properties", "/OutputIntents": "properties", "/DSS": "signatures",
                      "/Perms": "signatures", "/SpiderInfo": "properties"}  # fmt: skip
# Keys whose removal is counted; all others are removed without counting.
COUNTED_KEYS = {"/Metadata": "properties", "/PieceInfo": "properties", "/Alternates": "pictures",
           "/PTEX.FileName": "file_names", "/PTEX.InfoDict": "properties", "/OPI": "file_names",
           "/CreatorInfo": "authors", "/User": "authors", "/AF": "attachments", "/Ref": "links"}  # fmt: skip
CHARACTER_MAPS = {"cmap", "encoding"}
CONTENT_STREAMS = {"content", "form", "pattern"}


def clean_pdf(data: bytes, found: Counter[str], *, pictured: Collection[int] = ()) -> bytes:
    """Return a PDF without hidden details about people, files and machines, and without a lock.

    The pages with the numbers in `pictured` become pictures of what the copy would show. `found` counts what was
    removed, by the values of `documents.models.Removed`.

    Raise UnreadableError, with the numbers of the pages of which it is unclear whether a person sees all of their text,
    and whatever pikepdf raises for a damaged file.
    """
    start = data.find(b"%PDF-")
    if start < 0:
        raise UnreadableError("damaged")
    try:
        with pikepdf.open(io.BytesIO(data[start:])) as pdf:
            _require_few_parts(pdf)
            require_whole(data[start:])
            if covering := covering_pages(pdf):
                require_uncovered(with_covering_annotations(data[start:]), covering)
            content = _cleaned(pdf, data, found)
    except pikepdf.PasswordError as error:
        raise UnreadableError("locked") from error
    return _without_unseen_text(_with_pictures(content, pictured) if pictured else content, found)


class Pruner:
    """One traversal of a PDF from its catalog; `found` counts what it removes."""

    def __init__(self, pdf: pikepdf.Pdf, found: Counter[str]) -> None:
        self.pdf, self.found = pdf, found
        self.seen: set[tuple[tuple[int, int], str]] = set()
        self.reached: set[tuple[int, int]] = set()
        self.back_references: list[tuple[pikepdf.Object, str]] = []
        self.waiting: list[tuple[Any, str]] = []
        self.names = ContentNames.of(pdf)
        structure: Any = pdf.Root.get("/StructTreeRoot")
        roles = structure.get("/RoleMap") if isinstance(structure, pikepdf.Dictionary) else None
        self.values = Values(self.names.names, roles)

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
        if isinstance(value, pikepdf.Stream) and _is_dictionary(shape):
            value.write(b"")  # no reader asks for its data, which may say anything
        if isinstance(value, pikepdf.Array):
            self._visit_array(value, shape)
        elif shape.startswith("each "):
            self._visit_each(value, shape.removeprefix("each "))
        elif shape not in ("any", "glyphs"):
            self._visit_keys(value, _concrete_shape(value, shape))

    def _visit_array(self, array: pikepdf.Object, shape: str) -> None:
        items: list[Any] = list(array)
        if shape == "plain" and items and items[0] == pikepdf.Name.ICCBased and len(items) > 1:
            clean_profile_stream(items[1], self.found)
        if shape == "plain" and items and isinstance(items[0], pikepdf.Name):
            self.values.clean_colours(array)
            if items[0] == pikepdf.Name.Indexed:
                clean_palette(array)
        self.waiting += [(item, shape) for item in items]

    def _visit_each(self, named: pikepdf.Object, shape: str) -> None:
        for name, value in list(named.items()):
            if value is None:
                continue  # the same as no entry (7.3.7); it is not written
            if isinstance(value, pikepdf.String) or (shape == "xobject" and not _is_drawable(value)):
                del named[name]
            else:
                self.waiting.append((value, shape))

    def _visit_keys(self, holder: pikepdf.Object, shape: str) -> None:
        if shape == "descriptor":
            clean_font_programs(holder, self.found)
        if shape == "resources" and not self.names.are_usual:
            self.names.rename(holder)
        if shape == "font":
            self.values.clean_glyphs(holder)
        if shape == "font" and isinstance(holder.get("/CIDToGIDMap"), pikepdf.Stream):
            clean_glyph_map(holder["/CIDToGIDMap"], glyph_count(holder))
        keys = SHAPES[shape]
        for key, value in list(holder.items()):
            if value is None or (key == "/Length" and isinstance(holder, pikepdf.Stream)):
                continue
            value_shape = keys.get(key[1:])
            if value_shape is None or (isinstance(value, pikepdf.String) and value_shape in SHAPES):
                self.found[COUNTED_KEYS.get(key, "marks")] += key in COUNTED_KEYS
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
        elif self.values.has(shape):
            new = self.values.cleaned(value, shape)
            if new is None:
                del holder[key]
                return
            if new is not value and not (isinstance(new, pikepdf.Name) and new == value):
                holder[key] = new
            self.waiting.append((holder[key], "any"))
        elif shape == "words":
            if names_a_file(str(value)):
                self.found["file_names"] += 1
                del holder[key]
        elif shape == "plain" and isinstance(value, pikepdf.Name) and str(value) not in NAMES:
            del holder[key]
        else:
            self.waiting.append((value, shape))

    def _visit_stream(self, stream: pikepdf.Object, shape: str) -> None:
        if shape == "image":
            clean_image_stream(self.pdf, stream, self.found)
            clean_samples(stream)
        elif shape in CONTENT_STREAMS:
            clean_content_stream(self.pdf, stream, self.found, self.names)
        elif shape in CHARACTER_MAPS:
            clean_character_map(stream)
        elif shape == "plain":
            clean_function(stream)


def _is_dictionary(shape: str) -> bool:
    """Return whether objects of a shape are dictionaries that have no data of their own."""
    return shape.startswith("each ") or (shape in SHAPES and "Length" not in SHAPES[shape])


def _require_few_parts(pdf: pikepdf.Pdf) -> None:
    """Raise UnreadableError if a PDF has more pages or objects, or draws more, than can be cleaned in time."""
    if len(pdf.pages) > MAX_PAGES:
        raise UnreadableError("too_many_pages")
    if len(pdf.objects) > MAX_OBJECTS:
        raise UnreadableError("too_many_parts")
    require_drawable(pdf)


def _cleaned(pdf: pikepdf.Pdf, data: bytes, found: Counter[str]) -> bytes:
    found["history"] += max(0, data.count(b"%%EOF") - 1 - pdf.is_linearized)
    found["lock"] += pdf.is_encrypted
    _count(pdf, found)
    destinations = Destinations(pdf)
    layers = Layers(pdf) if "/OCProperties" in pdf.Root else None
    if layers and layers.exist:
        drop_hidden_annotations(pdf, layers, found)
    flatten_typed_text(pdf, found)
    for page in pdf.pages:
        clean_annotations(page, destinations, found)
    clean_bookmarks(pdf, destinations, found)
    if layers and layers.exist:
        HiddenContent(pdf, layers, found).remove()
    Pruner(pdf, found).prune()
    return _serialize(pdf)


def _with_pictures(content: bytes, numbers: Collection[int]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        picture_pages(pdf, content, numbers)
        return _serialize(pdf)


def _without_unseen_text(content: bytes, found: Counter[str]) -> bytes:
    unseen = UnseenText(content)
    if not unseen.find():
        return content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found["hidden_text"] += unseen.remove_from(pdf)
        cleaned = _serialize(pdf)
    unseen.require_removed(cleaned)
    return cleaned


def _count(pdf: pikepdf.Pdf, found: Counter[str]) -> None:
    info: Any = pdf.trailer.get("/Info", {})
    if isinstance(info, pikepdf.Dictionary):
        for entry in info:
            found["authors" if entry == "/Author" else "properties"] += 1
    for key, code in COUNTED_IN_CATALOG.items():
        found[code] += key in pdf.Root
    names: Any = pdf.Root.get("/Names", {})
    for key, code in COUNTED_NAME_TREES.items():
        found[code] += isinstance(names, pikepdf.Dictionary) and key in names


def _serialize(pdf: pikepdf.Pdf) -> bytes:
    """Write only what can be reached from the pages: no earlier revision, no lock and no random file identifier."""
    drop_keys(pdf.trailer, set(pdf.trailer.keys()) - {"/Root", "/Size", "/Encrypt"})
    pdf.trailer["/Size"] = len(pdf.objects)  # the writer only replaces it, and a file without it does not open
    file = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        file,
        deterministic_id=True,
        encryption=False,
        compress_streams=True,
        recompress_flate=True,  # drops data hidden behind the end of a compressed stream
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
        preserve_pdfa=False,
    )
    return file.getvalue()


def _concrete_shape(value: pikepdf.Object, shape: str) -> str:
    if shape == "pages or page":
        return "pages" if "/Kids" in value else "page"
    if shape == "xobject":
        return "image" if value.get("/Subtype") == pikepdf.Name.Image else "form"
    return shape


def _is_drawable(value: Any) -> bool:
    return isinstance(value, pikepdf.Stream) and value.get("/Subtype") in (pikepdf.Name.Image, pikepdf.Name.Form)
