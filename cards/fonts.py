"""The fonts of cards: Debian's Noto fonts, searched for in FONT_DIRS.

Text without an installed font is left out of cards. A system check names the missing packages.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import ImageFont, features

PACKAGES = {"latin": "fonts-noto-core", "arabic": "fonts-noto-core", "cjk": "fonts-noto-cjk"}
# By weight and script: the file, and the index of the font in it. Index 2 of the CJK files is simplified Chinese.
FILES = {
    "serif": {
        "latin": ("NotoSerif-Regular.ttf", 0),
        "arabic": ("NotoNaskhArabic-Regular.ttf", 0),
        "cjk": ("NotoSerifCJK-Regular.ttc", 2),
    },
    "serif-bold": {
        "latin": ("NotoSerif-Bold.ttf", 0),
        "arabic": ("NotoNaskhArabic-Bold.ttf", 0),
        "cjk": ("NotoSerifCJK-Bold.ttc", 2),
    },
    "sans": {
        "latin": ("NotoSans-Regular.ttf", 0),
        "arabic": ("NotoSansArabic-Regular.ttf", 0),
        "cjk": ("NotoSansCJK-Regular.ttc", 2),
    },
    "sans-bold": {
        "latin": ("NotoSans-Bold.ttf", 0),
        "arabic": ("NotoSansArabic-Bold.ttf", 0),
        "cjk": ("NotoSansCJK-Bold.ttc", 2),
    },
}
# The order in which fonts are tried for a character, by the language of the text.
SCRIPT_ORDER = {"ar": ["arabic", "latin", "cjk"], "zh": ["cjk", "latin", "arabic"]}
DEFAULT_SCRIPT_ORDER = ["latin", "cjk", "arabic"]
INVISIBLE = {" ", "\u00a0", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad", "\ufeff"}


def has_shaping() -> bool:
    """Return whether Pillow can shape Arabic text. It needs Raqm, which loads FriBiDi from the system."""
    return bool(features.check("raqm"))


@lru_cache
def font_path(weight: str, script: str) -> Path | None:
    """Return the file of a font, or None if it is not installed or text in its script cannot be shaped."""
    name, _index = FILES[weight][script]
    if script == "arabic" and not has_shaping():
        return None
    found = (path for folder in settings.FONT_DIRS for path in Path(folder).rglob(name))
    return next(found, None)


@lru_cache
def code_points(weight: str, script: str) -> frozenset[int]:
    """Return the code points that a font has glyphs for."""
    path = font_path(weight, script)
    if path is None:
        return frozenset()
    with TTFont(path, fontNumber=FILES[weight][script][1], lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=8192)
def script_for(character: str, weight: str, language: str) -> str | None:
    """Return the script whose font draws a character in a text of that language, or None if no font has it."""
    order = SCRIPT_ORDER.get(language, DEFAULT_SCRIPT_ORDER)
    return next((script for script in order if ord(character) in code_points(weight, script)), None)


def can_render(text: str, weight: str, language: str) -> bool:
    """Return whether the fonts have every character of a text. Cards leave out text rather than show empty boxes."""
    return all(script_for(character, weight, language) for character in set(text) - INVISIBLE)


@lru_cache(maxsize=256)
def load_font(weight: str, script: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font to draw with; `size` is in pixels. Raises FileNotFoundError if the font is not installed."""
    path = font_path(weight, script)
    if path is None:
        raise FileNotFoundError(FILES[weight][script][0])
    engine = ImageFont.Layout.RAQM if has_shaping() else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, index=FILES[weight][script][1], layout_engine=engine)


@lru_cache  # every page with a card asks for it
def missing_packages() -> tuple[str, ...]:
    """Return the Debian packages that are not installed and without which some cards lack text, in order."""
    missing = {
        PACKAGES[script]
        for weight, scripts in FILES.items()
        for script in scripts
        if font_path(weight, script) is None and (script != "arabic" or has_shaping())
    }
    return tuple(sorted(missing | (set() if has_shaping() else {"libfribidi0"})))
