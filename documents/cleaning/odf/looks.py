"""How the text of an OpenDocument text looks: whether a person sees it, by the styles of its spans and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...xml_trees import Element, local_name, namespace

SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, STYLE, DRAW, TABLE, FO = (
    SPACE % name for name in ("office", "text", "style", "drawing", "table", "xsl-fo-compatible")
)
PROPERTIES = STYLE + "text-properties"
MAX_DEPTH = 20  # styles that are based on one another
CLOSE = 16  # of 255: colours that differ less look the same
COLOUR = re.compile(r"#([0-9A-Fa-f]{6})")
SIZE = re.compile(r"(-?[\d.]+)(pt|mm|cm|in|px)")
PERCENT = re.compile(r"(-?[\d.]+)%")
POINTS = {"pt": 1.0, "mm": 2.835, "cm": 28.35, "in": 72.0, "px": 0.75}
SMALLEST = 1.0  # points: a letter of this size is a speck
USUAL_SIZE = 10.0  # points, where a document says nothing
LOWEST = 2.0  # points: a line of this height shows nothing of its letters
THINNEST = 5  # per cent of the width of letters
HIGHEST = 1_000  # per cent of the size of letters by which they are raised
FARTHEST = 1_200  # points: no page is wider or longer
UNKNOWN = "unknown"
# The families of the styles of what can be behind text, by element, and the names of their properties.
BEHIND = {"table-cell": "table-cell", "covered-table-cell": "table-cell", "table-row": "table-row", "table": "table",
          "section": "section"}  # fmt: skip
SHAPES = {"frame", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "caption"}


@dataclass
class Looks:
    """The styles that one tree of a document uses, by family and name."""

    styles: dict[tuple[str, str], Element] = field(default_factory=dict)
    page: str = "ffffff"

    @classmethod
    def of(cls, tree: Element, common: Element | None) -> "Looks":
        """Return the looks of a tree; `common` is the tree of the styles part, if the document has one."""
        looks = cls()
        for root in [tree] if common is None else [common, tree]:
            for style in root.iter(STYLE + "style", STYLE + "default-style"):
                if root is tree or not _is_automatic(style):
                    family = style.get(STYLE + "family") or ""
                    looks.styles[family, style.get(STYLE + "name") or ""] = style
        layouts = [] if common is None else list(common.iter(STYLE + "page-layout-properties"))
        if any(_paint(one) not in (None, "ffffff") for one in layouts) or _has_background_shapes(tree, looks):
            looks.page = UNKNOWN
        return looks

    def chain(self, family: str, name: str | None) -> list[Element]:
        """Return a style and those it is based on, with the default of its family at the end."""
        chain: list[Element] = []
        while name and (style := self.styles.get((family, name))) is not None and len(chain) < MAX_DEPTH:
            chain.append(style)
            name = style.get(STYLE + "parent-style-name")
        default = self.styles.get((family, ""))
        return chain if default is None else [*chain, default]

    def is_hidden(self, chain: list[Element]) -> bool:
        """Return whether text in these styles, from the innermost to the outermost, is hidden text."""
        return self._property(chain, TEXT + "display") == "none"

    def hides(self, chain: list[Element], paragraph: Element) -> bool:
        """Return whether a person does not see text of a paragraph in these styles."""
        if self.is_hidden(chain):
            return True
        size = _points(self._property(chain, FO + "font-size"), USUAL_SIZE)
        if size <= SMALLEST or self._is_displaced(chain, size) or self._is_off_the_page(chain):
            return True
        if any(self._loose(chain, name) == "0%" for name in ("opacity", "text-opacity")):
            return True
        return self._merges(chain, paragraph)

    def _is_displaced(self, chain: list[Element], size: float) -> bool:
        """Return whether letters are squeezed to nothing, printed over one another, or raised off the page."""
        width = _percent(self._property(chain, STYLE + "text-scale"), 100)
        raised, _, height = (self._property(chain, STYLE + "text-position") or "").partition(" ")
        return (
            0 < width <= THINNEST
            or _points(self._property(chain, FO + "letter-spacing"), 0) <= -size
            or abs(_percent(raised, 0)) >= HIGHEST
            or size * _percent(height, 100) / 100 <= SMALLEST
        )

    def _is_off_the_page(self, chain: list[Element]) -> bool:
        """Return whether a paragraph has its text off the page, or its lines one over another."""
        names = (FO + "margin-left", FO + "text-indent", FO + "line-height")
        left, indent, line = (self._property(chain, name, STYLE + "paragraph-properties") for name in names)
        places = [abs(_points(one, 0)) for one in (left, indent)]
        return max(places) >= FARTHEST or 0 <= _points(line, FARTHEST) <= LOWEST

    def _merges(self, chain: list[Element], paragraph: Element) -> bool:
        colour = COLOUR.fullmatch(self._property(chain, FO + "color") or "")
        has_effect = (self._property(chain, STYLE + "text-outline") or "false") != "false" or (
            self._property(chain, FO + "text-shadow") or "none"
        ) != "none"
        if not colour or has_effect or self._property(chain, STYLE + "use-window-font-color") == "true":
            return False
        behind = _painted(self._property(chain, FO + "background-color"))
        behind = self._background(paragraph) if behind is None else behind
        return behind != UNKNOWN and _are_close(colour[1], behind)

    def _background(self, paragraph: Element) -> str:
        """Return the colour behind a paragraph, or UNKNOWN."""
        for style in self.chain("paragraph", paragraph.get(TEXT + "style-name")):
            if (paint := _first_paint(style, "paragraph-properties")) is not None:
                return paint
        for above in paragraph.iterancestors():
            kind = local_name(above)
            if kind in BEHIND:
                name = above.get((TEXT if kind == "section" else TABLE) + "style-name")
                for style in self.chain(BEHIND[kind], name):
                    if (paint := _first_paint(style, f"{BEHIND[kind]}-properties")) is not None:
                        return paint
            elif kind in SHAPES and namespace(above) == DRAW:
                styles = self.chain("graphic", above.get(DRAW + "style-name"))
                paints = (_first_paint(style, "graphic-properties") for style in styles)
                return next((paint for paint in paints if paint is not None), UNKNOWN)
        return self.page

    def _property(self, chain: list[Element], name: str, kind: str = PROPERTIES) -> str | None:
        found = (words.get(name) for style in chain for words in style.iterfind(kind))
        return next((value for value in found if value is not None), None)

    def _loose(self, chain: list[Element], short: str) -> str | None:
        """Return a property whose namespace is that of a program."""
        found = (str(value) for style in chain for words in style.iterfind(PROPERTIES)
                 for name, value in words.attrib.items() if str(name).rpartition("}")[2] == short)  # fmt: skip
        return next(found, None)


def _is_automatic(style: Element) -> bool:
    return any(local_name(one) == "automatic-styles" for one in style.iterancestors())


def _first_paint(style: Element, name: str) -> str | None:
    properties = style.find(STYLE + name)
    return None if properties is None else _paint(properties)


def _paint(properties: Element) -> str | None:
    """Return the colour that a paragraph, cell, shape or page is filled with, None for none, or UNKNOWN."""
    fill = properties.get(DRAW + "fill")
    if fill == "solid":
        return _painted(properties.get(DRAW + "fill-color")) or UNKNOWN
    image = properties.find(STYLE + "background-image")
    if fill not in (None, "none") or (image is not None and len(image.attrib)):
        return UNKNOWN
    return _painted(properties.get(FO + "background-color")) if fill != "none" else None


def _points(value: str | None, missing: float) -> float:
    size = SIZE.fullmatch(value or "")
    return float(size[1]) * POINTS[size[2]] if size else missing


def _percent(value: str | None, missing: float) -> float:
    percent = PERCENT.fullmatch(value or "")
    return float(percent[1]) if percent else missing


def _painted(value: str | None) -> str | None:
    if value in (None, "", "transparent"):
        return None
    colour = COLOUR.fullmatch(value or "")
    return colour[1].lower() if colour else UNKNOWN


def _are_close(one: str, other: str) -> bool:
    return all(abs(a - b) < CLOSE for a, b in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))


def _has_background_shapes(tree: Element, looks: Looks) -> bool:
    """Return whether pictures or shapes lie behind the text of a tree, on which light text may stand."""
    return any(
        properties.get(STYLE + "run-through") == "background"
        for shape in _shapes(tree)
        for style in looks.chain("graphic", shape.get(DRAW + "style-name"))
        for properties in style.iterfind(STYLE + "graphic-properties")
    )


def _shapes(tree: Element) -> Iterator[Element]:
    return (one for one in tree.iter("{*}*") if namespace(one) == DRAW and local_name(one) in SHAPES)
