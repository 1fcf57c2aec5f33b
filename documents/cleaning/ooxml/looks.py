"""How the runs of a Word document look: whether a person sees their text, by formatting of their own and by styles."""

import re
from collections.abc import Iterator

from ...xml_trees import Element, all_text, local_name
from .elements import W

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
OFF = {"0", "false", "off"}
MAX_DEPTH = 20  # styles that are based on one another
USUAL_SIZE = 20  # half points, where a document says nothing
SMALLEST = 2  # half points: a letter of one point is a speck
LOWEST = 40  # twentieths of a point: a line of this height shows nothing of its letters
THINNEST = 5  # per cent of the width of letters
FARTHEST = 24_000  # twentieths of a point: no page is wider or longer
CLOSE = 16  # of 255: colours that differ less look the same
TRANSPARENT = 97_000  # thousandths of a per cent
COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
HIGHLIGHTS = {"black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
              "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080",
              "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
              "darkGray": "808080", "lightGray": "C0C0C0"}  # fmt: skip
WHITE_IN_THEME = {"background1", "light1", "bg1", "lt1"}
EFFECTS = (W + "outline", W + "shadow", W + "emboss", W + "imprint", W14 + "textOutline", W14 + "glow", W14 + "shadow")
UNKNOWN = "unknown"


class Looks:
    """The styles of one document, and the colour of its pages."""

    def __init__(self, styles: Element | None, page: str = "FFFFFF") -> None:
        found = [] if styles is None else list(styles.iter(W + "style"))
        self.page = page
        self.behind: tuple[Element | None, bool] = (None, False)
        self.looked_up: dict[tuple[Element, str], Element | None] = {}
        self.of_styles: dict[tuple[str | None, str, str, str], Element | None] = {}
        self.by_id = {style.get(W + "styleId"): style for style in found}
        self.defaults = {style.get(W + "type"): style for style in found
                         if style.get(W + "default", "0").lower() not in OFF}  # fmt: skip
        self.document = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault")

    def hides(self, run: Element) -> bool:
        """Return whether a person does not see the text of a run."""
        paragraph = next(run.iterancestors(W + "p"), run)
        return self._vanishes(run, paragraph) or (
            bool(all_text(run).strip())
            and (
                self._is_tiny(run, paragraph)
                or self._is_displaced(run, paragraph)
                or self._is_transparent(run, paragraph)
                or self._merges(run, paragraph)
            )
        )

    def _vanishes(self, run: Element, paragraph: Element) -> bool:
        """Return whether a run is hidden text. Each kind of style turns what the others say around (17.7.3)."""
        own = run.find(W + "rPr")
        for name in ("vanish", "specVanish"):
            if own is not None and (switch := own.find(W + name)) is not None:
                return is_on(switch)
        if self.document is not None and (switch := self.document.find(f"{W}rPr/{W}vanish")) is not None:
            return is_on(switch)
        found = [self._of_style(*style, "vanish") for style in self._styles_of(run, paragraph)]
        return sum(switch is not None and is_on(switch) for switch in found) % 2 == 1

    def _is_tiny(self, run: Element, paragraph: Element) -> bool:
        size = self._size(run, paragraph)
        spacing = self._in(paragraph, "pPr", "spacing")
        return (spacing is not None and is_flat(spacing)) or 0 <= size <= SMALLEST

    def _size(self, run: Element, paragraph: Element) -> float:
        """Return the size of letters in half points; -1 if it is not known. Arabic and other scripts have their own."""
        switches = [self._effective(run, paragraph, name) for name in ("rtl", "cs")]
        is_complex = any(switch is not None and is_on(switch) for switch in switches)
        return _value(self._effective(run, paragraph, "szCs" if is_complex else "sz"))

    def _is_displaced(self, run: Element, paragraph: Element) -> bool:
        """Return whether letters are squeezed to nothing, printed over one another, or off the page."""
        width, apart, raised = (
            _value(self._effective(run, paragraph, name), missing=100) for name in ("w", "spacing", "position")
        )
        size = max(self._size(run, paragraph), USUAL_SIZE)
        return (
            0 < width <= THINNEST
            or apart <= -10 * size  # a letter is at most as wide as it is high
            or abs(raised) >= FARTHEST / 10
            or any(self._is_off_the_page(one) for one in self._with_styles(paragraph))
        )

    def _with_styles(self, paragraph: Element) -> list[Element]:
        return [paragraph, *self._chain(self._in(paragraph, "pPr", "pStyle"), "paragraph")]

    def _is_off_the_page(self, holder: Element) -> bool:
        """Return whether a paragraph or its style puts text off the page, by an indent or a frame."""
        indent, frame = (self._in(holder, "pPr", name) for name in ("ind", "framePr"))
        places = [] if indent is None else [_number(indent.get(W + name), 0) for name in ("left", "start")]
        if frame is not None:
            across, down = (_number(frame.get(W + name), 0) for name in ("x", "y"))
            places += [across, down]
            if min(across + max(_number(frame.get(W + "w"), 0), 0), down) <= -LOWEST and _is_on_page(frame):
                return True
        return max(places, default=0) >= FARTHEST

    def _is_transparent(self, run: Element, paragraph: Element) -> bool:
        fill = self._effective(run, paragraph, "textFill", W14)
        if fill is None or self._has_effect(run, paragraph):
            return False
        alphas = [_number(one.get(W14 + "val")) for one in fill.iter(W14 + "alpha")]
        return fill.find(W14 + "noFill") is not None or any(alpha >= TRANSPARENT for alpha in alphas)

    def _merges(self, run: Element, paragraph: Element) -> bool:
        """Return whether text has the colour of its background."""
        colour = self._colour(run, paragraph)
        if colour is None:  # automatic, which is chosen to be seen, but a black highlighter is meant to hide
            highlight = self._effective(run, paragraph, "highlight")
            return highlight is not None and highlight.get(W + "val") == "black"
        return _are_close(colour, self._background(run, paragraph)) and not self._has_effect(run, paragraph)

    def _has_effect(self, run: Element, paragraph: Element) -> bool:
        found = [self._effective(run, paragraph, name.rpartition("}")[2], name.rpartition("}")[0] + "}")
                 for name in EFFECTS]  # fmt: skip
        return any(one is not None and is_on(one) and one.find(W14 + "noFill") is None for one in found)

    def _colour(self, run: Element, paragraph: Element) -> str | None:
        """Return the colour of text; None if it is chosen automatically."""
        fill = self._effective(run, paragraph, "textFill", W14)
        if fill is not None:
            solid = fill.find(f"{W14}solidFill/{W14}srgbClr")
            scheme = fill.find(f"{W14}solidFill/{W14}schemeClr")
            if scheme is not None and scheme.get(W14 + "val") in WHITE_IN_THEME and not len(scheme):
                return "FFFFFF"
            return (solid.get(W14 + "val") or UNKNOWN) if solid is not None else UNKNOWN
        colour = self._effective(run, paragraph, "color")
        if colour is None:
            return None
        value = colour.get(W + "val") or "auto"
        if COLOUR.fullmatch(value):
            return value
        return "FFFFFF" if colour.get(W + "themeColor") in WHITE_IN_THEME else None

    def _background(self, run: Element, paragraph: Element) -> str:
        """Return the colour behind a run, or UNKNOWN."""
        highlight = self._effective(run, paragraph, "highlight")
        if highlight is not None and highlight.get(W + "val") in HIGHLIGHTS:
            return HIGHLIGHTS[highlight.get(W + "val") or ""]
        shades = [self._effective(run, paragraph, "shd")]
        shades += [self._in(one, "pPr", "shd") for one in self._with_styles(paragraph)]
        for shade in shades:
            if (fill := _fill(shade)) is not None:
                return fill
        return self._background_of(paragraph)

    def _background_of(self, paragraph: Element) -> str:
        for above in paragraph.iterancestors():
            kind = local_name(above)
            if kind == "tc" and (fill := _fill(self._in(above, "tcPr", "shd"))) is not None:
                return fill
            if kind == "tbl":
                if (fill := _fill(self._in(above, "tblPr", "shd"))) is not None:
                    return fill
                styles = self._chain(self._in(above, "tblPr", "tblStyle"), "table")
                shades = [shade for style in styles for shade in style.iter(W + "shd")]
                if any(_fill(shade) is not None for shade in shades) or self._has_shaded_rows(above):
                    return UNKNOWN  # it depends on the row and the column
            elif kind in ("wsp", "shape", "rect", "roundrect", "oval"):
                solid = above.find(f"*/{A}solidFill/{A}srgbClr") if kind == "wsp" else None
                return (solid.get("val") or UNKNOWN) if solid is not None and not len(solid) else UNKNOWN
        root = paragraph.getroottree().getroot()
        if self.behind[0] is not root:
            self.behind = root, _has_picture_behind(root)
        return UNKNOWN if self.behind[1] else self.page

    def _in(self, holder: Element, properties: str, name: str, space: str = W) -> Element | None:
        """Return one of the properties of a run, paragraph, cell or table, which may have very many children."""
        key = holder, properties
        if key not in self.looked_up:
            self.looked_up[key] = holder.find(W + properties)
        found = self.looked_up[key]
        return None if found is None else found.find(space + name)

    def _has_shaded_rows(self, table: Element) -> bool:
        key = table, "shaded"
        if key not in self.looked_up:
            shades = table.iterfind(f"{W}tr/{W}tblPrEx/{W}shd")
            self.looked_up[key] = next((shade for shade in shades if _fill(shade) is not None), None)
        return self.looked_up[key] is not None

    def _effective(self, run: Element, paragraph: Element, name: str, space: str = W) -> Element | None:
        """Return a property of a run: its own, or that of a style, or the default of the document."""
        own = self._in(run, "rPr", name, space)
        if own is not None:
            return own
        for style in self._styles_of(run, paragraph):
            if (found := self._of_style(*style, name, space)) is not None:
                return found
        return None if self.document is None else self.document.find(f"{W}rPr/{space}{name}")

    def _of_style(self, reference: Element | None, kind: str, name: str, space: str = W) -> Element | None:
        """Return a property of a style or of those it is based on, which is looked up once for all runs."""
        key = None if reference is None else reference.get(W + "val"), kind, name, space
        if key not in self.of_styles:
            found = (style.find(f"{W}rPr/{space}{name}") for style in self._chain(reference, kind))
            self.of_styles[key] = next((one for one in found if one is not None), None)
        return self.of_styles[key]

    def _styles_of(self, run: Element, paragraph: Element) -> Iterator[tuple[Element | None, str]]:
        """Yield what names the styles of a run, of its paragraph and of its table, each with its kind."""
        yield self._in(run, "rPr", "rStyle"), "character"
        yield self._in(paragraph, "pPr", "pStyle"), "paragraph"
        table = next(paragraph.iterancestors(W + "tbl"), None)
        if table is not None:
            yield self._in(table, "tblPr", "tblStyle"), "table"

    def _chain(self, reference: Element | None, kind: str) -> list[Element]:
        style = self.by_id.get(reference.get(W + "val")) if reference is not None else None
        style = self.defaults.get(kind) if style is None else style
        chain: list[Element] = []
        while style is not None and len(chain) < MAX_DEPTH:
            chain.append(style)
            base = style.find(W + "basedOn")
            style = None if base is None else self.by_id.get(base.get(W + "val"))
        return chain


def is_flat(height: Element) -> bool:
    """Return whether lines of this spacing, or a row of this height, show nothing of their letters."""
    rule, most = ("lineRule", "line") if local_name(height) == "spacing" else ("hRule", "val")
    return height.get(W + rule) == "exact" and 0 <= _number(height.get(W + most)) <= LOWEST


def page_colour(document: Element) -> str:
    """Return the colour of the pages of a document, as far as it is known."""
    background = document.find(W + "background")
    if background is None:
        return "FFFFFF"
    colour = background.get(W + "color") or ""
    return colour if COLOUR.fullmatch(colour) and not len(background) else UNKNOWN


def is_on(switch: Element) -> bool:
    """Return whether an element that turns something on or off turns it on, as one without a value does."""
    return switch.get(W + "val", "1").lower() not in OFF


def _number(value: str | None, missing: float = -1) -> float:
    try:
        return float(value or "")
    except ValueError:
        return missing


def _value(one: Element | None, missing: float = -1) -> float:
    return missing if one is None else _number(one.get(W + "val"), missing)


def _is_on_page(frame: Element) -> bool:
    """Return whether the place of a frame counts from the corner of the page, where less than nothing is outside."""
    return any(frame.get(W + name) == "page" for name in ("hAnchor", "vAnchor"))


def _fill(shade: Element | None) -> str | None:
    """Return the colour of a shading, None if there is none, or UNKNOWN."""
    if shade is None:
        return None
    pattern, fill = shade.get(W + "val") or "clear", shade.get(W + "fill") or "auto"
    if pattern == "solid":
        colour = shade.get(W + "color") or "auto"
        return colour if COLOUR.fullmatch(colour) else "000000"
    if pattern not in ("clear", "nil"):
        return UNKNOWN
    if fill == "auto":
        return UNKNOWN if shade.get(W + "themeFill") else None
    return fill if COLOUR.fullmatch(fill) else UNKNOWN


def _are_close(one: str, other: str) -> bool:
    if not COLOUR.fullmatch(one) or not COLOUR.fullmatch(other):
        return False
    return all(abs(a - b) < CLOSE for a, b in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))


def _has_picture_behind(root: Element) -> bool:
    """Return whether a part has a picture or a shape behind its text, on which light text may stand."""
    return any(
        (local_name(one) == "anchor" and one.get("behindDoc") in ("1", "true"))
        or ("z-index:-" in (one.get("style") or "").replace(" ", "") and local_name(one) in ("shape", "rect"))
        for one in root.iter("{*}anchor", "{*}shape", "{*}rect")
    )
