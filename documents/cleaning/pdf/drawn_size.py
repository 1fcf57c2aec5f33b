"""How much the pages of a PDF draw: what a content stream holds, and what the forms hold that it draws, each time.

A few small forms that draw each other are drawn a million times, which would take hours and all memory. This is found
by reading each stream once, before anything is drawn.
"""

import re
from dataclasses import dataclass
from typing import Any

import pikepdf

from ...errors import UnreadableError

MAX_SIZE = 32_000_000  # bytes of content that all pages draw
MAX_SHAPES = 300_000  # lines, areas and pictures that all pages draw; each costs a tenth of a millisecond
MAX_DEPTH = 100  # of forms in forms
DRAWN = re.compile(rb"/([^\s\0/<>\[\](){}%]++)[\s\0]++Do(?![^\s\0/<>\[\](){}%])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PAINTING = re.compile(rb"(?<=[\s\0\d])(?:[SsFfBb]|[fBb]\*|sh|Do|EI)(?=[\s\0]|\Z)")


@dataclass(frozen=True)
class _Size:
    content: int = 0
    shapes: int = 0

    def __add__(self, other: "_Size") -> "_Size":
        return _Size(self.content + other.content, self.shapes + other.shapes)

    @property
    def is_too_large(self) -> bool:
        return self.content > MAX_SIZE or self.shapes > MAX_SHAPES


def require_drawable(pdf: pikepdf.Pdf) -> None:
    """Raise UnreadableError("too_many_parts"), with the page, if the pages of a PDF draw more than can be drawn."""
    sizes = _Sizes()
    drawn = _Size()
    for number, page in enumerate(pdf.pages, 1):
        drawn += sizes.of_page(page)
        if drawn.is_too_large:
            raise UnreadableError("too_many_parts", pages=[number])


class _Sizes:
    """The sizes of streams of one PDF; that of a form is computed once, however often it is drawn."""

    def __init__(self) -> None:
        self.forms: dict[tuple[int, int], _Size] = {}

    def of_page(self, page: pikepdf.Page) -> _Size:
        contents: Any = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        content = b"\n".join(one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))
        return self._of(content, page.obj.get("/Resources"))

    def _of(self, content: bytes, resources: Any, depth: int = 0) -> _Size:
        size = _Size(len(content), len(PAINTING.findall(content)))
        forms: Any = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(forms, pikepdf.Dictionary):
            return size
        for name in DRAWN.findall(content):
            form = forms.get("/" + ESCAPED.sub(_unescaped, name).decode("latin-1"))
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == pikepdf.Name.Form:
                size += self._of_form(form, resources, depth + 1)
            if size.is_too_large:
                break
        return size

    def _of_form(self, form: Any, resources: Any, depth: int) -> _Size:
        if depth > MAX_DEPTH:
            raise UnreadableError("too_many_parts")
        if form.objgen not in self.forms:
            self.forms[form.objgen] = _Size()  # a form that draws itself is not drawn again
            self.forms[form.objgen] = self._of(form.read_bytes(), form.get("/Resources") or resources, depth)
        return self.forms[form.objgen]


def _unescaped(code: re.Match[bytes]) -> bytes:
    return bytes([int(code[1], 16)])
