"""Values in a PDF that people can write into: texts, names and numbers that are not what the standard expects there."""

import re
from collections.abc import Callable
from typing import Any

from fontTools.agl import LEGACY_AGL2UV
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from ..new_names import NewNames
from .allowed_keys import LANGUAGE, NAMES
from .content import STANDARD_TAG, standard_tag

MAX_DEPTH = 6  # of arrays and dictionaries in a value
COLLECTION = re.compile(r"Identity|GB1|CNS1|Japan[12]|Korea1|KR|UCS|Manga1")
PROCESS_COLOURS = re.compile(r"/(?:All|None|Cyan|Magenta|Yellow|Black|Red|Green|Blue|Gray|Spot\d+)")
SUBSET = re.compile(r"/(?:[A-Z]{6}\+)?")
# Fonts that many programs bring along or that viewers know; the rest of a name tells the style.
COMMON_FONT = re.compile(
    r"(?:Times|Arial|Helvetica|Courier|Symbol|ZapfDingbats|Verdana|Georgia|Tahoma|Trebuchet|Calibri|Cambria|Candara|"
    r"Consolas|Constantia|Corbel|Segoe|Aptos|Garamond|Palatino|Bookman|Century|NewCenturySchlbk|AvantGarde|Roboto|"
    r"OpenSans|Lato|Noto|DejaVu|Liberation|Carlito|Caladea|Linux|Nimbus|URW|FreeSans|FreeSerif|FreeMono|Wingdings|"
    r"Webdings|Gill|Futura|Optima|Lucida|Comic|Impact|Franklin|Book|Baskerville|Bodoni|Rockwell|Perpetua|Univers|"
    r"Frutiger|Myriad|Minion|LM|CM|SF[A-Z]{2}|EU[A-Z]|MSAM|MSBM|Latin|STIX|MS|SimSun|SimHei|SimKai|NSimSun|FangSong|"
    r"KaiTi|STSong|STHeiti|STKaiti|STFangsong|MSung|MHei|PMingLiU|MingLiU|Microsoft|Heisei|Kozuka|KozMin|KozGo|"
    r"HYSMyeongJo|HYGoThic|Malgun|Batang|Gulim|Dotum|Meiryo|Yu|Hiragino|Traditional|Simplified|Amiri|Scheherazade|"
    r"Geeza|AlBayan|Droid|Ubuntu|Cantarell|Source|Fira|PT|Vera|Bitstream|F\d)[\w ,.\-+]{0,40}"
)
STYLE = re.compile(r"Bold|Black|Heavy|Semi|Demi|Light|Thin|Medium|Italic|Oblique|Condensed|Narrow|Mono|Serif|Sans")
GLYPH = re.compile(
    r"\.notdef|\.null|nonmarkingreturn|(?:uni|u)[0-9A-Fa-f]{4,6}|[A-Za-z]{1,3}\d{1,5}|[A-Za-z]{0,2}[0-9A-Fa-f]{2,4}|"
    r"(?:glyph|index|cid|gid|char|g|a|c)[_.-]?[0-9A-Fa-f]{1,6}|[A-Za-z]"
)


class Values:
    """The new names of one PDF for fonts, colours and tags."""

    def __init__(self, names: NewNames, roles: Any) -> None:
        self.names = names
        self.roles = dict(roles.items()) if isinstance(roles, Dictionary) else {}
        self.kinds: dict[str, Callable[[Any], Any]] = {
            "any": self._plain, "text": self._text, "language": self._language, "font name": self._font,
            "map name": lambda value: Name.Map, "tag": self._tag, "collection": self._collection,
        }  # fmt: skip

    def has(self, shape: str) -> bool:
        """Return whether values of a shape are cleaned here."""
        return shape in self.kinds

    def cleaned(self, value: Any, shape: str) -> Any:
        """Return what replaces a value; None if nothing does."""
        return self.kinds[shape](value)

    def clean_colours(self, space: Object) -> None:
        """Give the colours of a printer names that say nothing, and leave text only in a palette."""
        kind = str(space[0]) if len(space) else ""
        if kind == "/Separation" and len(space) > 1:
            space[1] = self._colour(space[1])
        elif kind == "/DeviceN" and len(space) > 1 and isinstance(space[1], Array):
            space[1] = Array([self._colour(one) for one in space[1]])
        for index, one in enumerate(space):
            if isinstance(one, String) and not (kind == "/Indexed" and index == 3):
                space[index] = 0
        while len(space) > (4 if kind in ("/Separation", "/Indexed", "/DeviceN") else 2) and kind in NAMES:
            del space[len(space) - 1]

    def clean_glyphs(self, font: Object) -> None:
        """Replace names of glyphs that an author of a font chose for shapes that are drawn by the PDF itself."""
        encoding: Any = font.get("/Encoding")
        shapes: Any = font.get("/CharProcs")
        differences = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
        if not isinstance(differences, Array):
            return
        known = set(shapes.keys()) if isinstance(shapes, Dictionary) else set()
        for index, one in enumerate(differences):
            if isinstance(one, Name) and not _is_usual_glyph(str(one)):
                if str(one) in known:
                    differences[index] = Name(self._shape(str(one)))
                elif font.get("/Subtype") == Name.Type3 or not _has_glyph(font, str(one)[1:]):
                    differences[index] = Name("/.notdef")
            elif not isinstance(one, int | Name):
                differences[index] = Name("/.notdef")
        if known and not all(map(_is_usual_glyph, known)):
            font["/CharProcs"] = Dictionary({self._shape(key): one for key, one in shapes.items() if one is not None})

    def _shape(self, name: str) -> str:
        return name if _is_usual_glyph(name) else "/" + self.names.new("glyph", name, "gl{number}")

    def _plain(self, value: Any, depth: int = 0) -> Any:
        if isinstance(value, String) or (isinstance(value, Name) and str(value) not in NAMES):
            return None
        if depth < MAX_DEPTH and isinstance(value, Array):
            for index, one in enumerate(value):
                new = self._plain(one, depth + 1)
                if new is None and one is not None:
                    value[index] = None
        elif depth < MAX_DEPTH and isinstance(value, Dictionary) and not value.is_indirect:
            for key, one in list(value.items()):
                if one is not None and self._plain(one, depth + 1) is None:
                    del value[key]
        return value

    def _text(self, value: Any) -> Any:
        return value if isinstance(value, String) else None

    def _language(self, value: Any) -> Any:
        return value if isinstance(value, String) and LANGUAGE.fullmatch(str(value)) else None

    def _font(self, value: Any) -> Any:
        if not isinstance(value, Name):
            return None
        prefix = SUBSET.match(str(value))
        name = str(value)[prefix.end() :] if prefix else str(value)
        if COMMON_FONT.fullmatch(name):
            return value
        style = "".join(STYLE.findall(name))
        return Name(f"/AAAAAA+{self.names.new('font', name, 'F{number}')}{'-' * bool(style)}{style}")

    def _tag(self, value: Any) -> Any:
        for _ in range(MAX_DEPTH):
            if not isinstance(value, Name) or STANDARD_TAG.fullmatch(str(value)):
                break
            value = self.roles.get(str(value))
        return standard_tag(value)

    def _collection(self, value: Any) -> Any:
        if not isinstance(value, Dictionary):
            return None
        ordering = str(value.get("/Ordering", ""))
        number = value.get("/Supplement", 0)
        return Dictionary(
            Registry=String("Adobe"),
            Ordering=String(ordering if COLLECTION.fullmatch(ordering) else "Identity"),
            Supplement=number if isinstance(number, int) else 0,
        )

    def _colour(self, value: Any) -> Any:
        if not isinstance(value, Name) or PROCESS_COLOURS.fullmatch(str(value)):
            return value
        return Name("/" + self.names.new("colour", str(value), "Spot{number}"))


def _is_usual_glyph(name: str) -> bool:
    base = name[1:].partition(".")[0] if not name.startswith("/.") else name[1:]
    return base in LEGACY_AGL2UV or bool(GLYPH.fullmatch(base)) or all(one in LEGACY_AGL2UV for one in base.split("_"))


def _has_glyph(font: Object, name: str) -> bool:
    """Return whether the program of a font may have a glyph of this name; that of Type 1 is encrypted."""
    descriptor = font.get("/FontDescriptor")
    if not isinstance(descriptor, Dictionary):
        return False
    programs = [descriptor.get(key) for key in ("/FontFile2", "/FontFile3")]
    is_encrypted = isinstance(descriptor.get("/FontFile"), Stream)
    return is_encrypted or any(name.encode() in one.read_bytes() for one in programs if isinstance(one, Stream))
