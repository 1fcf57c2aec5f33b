"""A walk through all that is reached in a PDF, which leaves there only what the shapes (`shapes.py`) list."""

from collections import Counter

import pikepdf

from documents.cleaning.content import clean_content
from documents.cleaning.fonts import clean_character_map, clean_programs
from documents.cleaning.images import clean_image, clean_profile
from documents.cleaning.shapes import SHAPES
from documents.cleaning.trees import tells_a_file

# Keys that say more than that a program left a trace.
COUNTED = {"/Metadata": "properties", "/PieceInfo": "properties", "/Alternates": "pictures",
           "/PTEX.FileName": "file_names", "/PTEX.InfoDict": "properties", "/OPI": "file_names",
           "/CreatorInfo": "authors", "/User": "authors", "/AF": "attachments", "/Ref": "links"}  # fmt: skip
MAPS = {"cmap", "encoding"}
DRAWN = {"content", "form", "pattern"}


class Walk:
    """The walk through one PDF; `found` counts what it takes out."""

    def __init__(self, pdf: pikepdf.Pdf, found: Counter):
        self.pdf, self.found = pdf, found
        self.pages = {page.obj.objgen for page in pdf.pages}
        self.seen: set[tuple] = set()
        self.reached: set[tuple[int, int]] = set()
        self.back: list[tuple[pikepdf.Object, str]] = []
        self.waiting: list[tuple[pikepdf.Object, str]] = []

    def run(self) -> None:
        """Walk from the catalogue; afterwards nothing else can be reached from it."""
        for page in self.pdf.pages:
            if isinstance(page.obj.get("/Contents"), pikepdf.Array):
                page.contents_coalesce()
        self.waiting = [(self.pdf.Root, "catalog")]
        while self.waiting:
            self._visit(*self.waiting.pop())
        for holder, key in self.back:
            target = holder.get(key)
            if isinstance(target, pikepdf.Object) and target.objgen not in self.reached and key in holder:
                del holder[key]

    def _visit(self, thing, shape: str) -> None:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            return
        if thing.is_indirect:
            if (thing.objgen, shape) in self.seen:
                return
            self.seen.add((thing.objgen, shape))
            self.reached.add(thing.objgen)
        if isinstance(thing, pikepdf.Array):
            self._visit_array(thing, shape)
        elif shape.startswith("each "):
            self._visit_each(thing, shape.removeprefix("each "))
        elif shape != "any":
            self._visit_keys(thing, _shape_of(thing, shape))

    def _visit_array(self, array: pikepdf.Array, shape: str) -> None:
        things = list(array)
        if shape == "plain" and things and things[0] == pikepdf.Name.ICCBased and len(things) > 1:
            clean_profile(things[1], self.found)
        self.waiting += [(thing, shape) for thing in things]

    def _visit_each(self, names: pikepdf.Dictionary, shape: str) -> None:
        for name, thing in list(names.items()):
            if isinstance(thing, pikepdf.String) or (shape == "xobject" and not _is_drawn(thing)):
                del names[name]
            else:
                self.waiting.append((thing, shape))

    def _visit_keys(self, thing, shape: str) -> None:
        if shape == "descriptor":
            clean_programs(thing, self.found)
        keys = SHAPES[shape]
        for key, value in list(thing.items()):
            of_key = keys.get(key[1:])
            if of_key is None or (isinstance(value, pikepdf.String) and of_key in SHAPES):
                self.found[COUNTED.get(key, "marks")] += key in COUNTED
                del thing[key]
            else:
                self._visit_key(thing, key, value, of_key)
        if isinstance(thing, pikepdf.Stream):
            self._visit_stream(thing, shape)

    def _visit_key(self, thing, key: str, value, of_key: str) -> None:
        if of_key == "back":
            self.back.append((thing, key))
        elif of_key == "layer name":
            thing[key] = pikepdf.String("Layer")
        elif of_key == "words":
            if tells_a_file(str(value)):
                self.found["file_names"] += 1
                del thing[key]
        else:
            self.waiting.append((value, of_key))

    def _visit_stream(self, stream: pikepdf.Stream, shape: str) -> None:
        if shape == "image":
            clean_image(self.pdf, stream, self.found)
        elif shape in DRAWN:
            clean_content(stream, self.found)
        elif shape in MAPS:
            clean_character_map(stream)


def _shape_of(thing, shape: str) -> str:
    if shape == "pages or page":
        return "pages" if "/Kids" in thing else "page"
    if shape == "xobject":
        return "image" if thing.get("/Subtype") == pikepdf.Name.Image else "form"
    return shape


def _is_drawn(thing) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") in (pikepdf.Name.Image, pikepdf.Name.Form)
