"""The fonts of cards: Debian's Noto, found below FONT_DIRS. What is not there is not set; a system check says so."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import ImageFont, features

PACKAGES = {"latin": "fonts-noto-core", "arabic": "fonts-noto-core", "cjk": "fonts-noto-cjk"}
# The file of each weight and script, and which font of a collection: the third is the simplified Chinese one.
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
FIRST = {"ar": ["arabic", "latin", "cjk"], "zh": ["cjk", "latin", "arabic"]}
OTHERS = ["latin", "cjk", "arabic"]
INVISIBLE = {" ", "\u00a0", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad", "\ufeff"}


def has_shaping():
    """Whether letters can be joined and turned as Arabic needs it: Raqm, which wants FriBiDi of the system."""
    return features.check("raqm")


@lru_cache
def path_of(weight, script):
    """Where the file of a weight and script lies; None where it is not installed."""
    name, _ = FILES[weight][script]
    if script == "arabic" and not has_shaping():
        return None
    found = (path for folder in settings.FONT_DIRS for path in Path(folder).rglob(name))
    return next(found, None)


@lru_cache
def letters_of(weight, script):
    """The code points that a font has."""
    path = path_of(weight, script)
    if path is None:
        return frozenset()
    with TTFont(path, fontNumber=FILES[weight][script][1], lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=8192)
def script_for(character, weight, language):
    """The script whose font sets a character in a text of that language; None where no font has it."""
    order = FIRST.get(language, OTHERS)
    return next((script for script in order if ord(character) in letters_of(weight, script)), None)


def can_set(text, weight, language):
    """Whether fonts are there for all of a text: a card shows no empty boxes, it leaves the words out."""
    return all(script_for(character, weight, language) for character in set(text) - INVISIBLE)


@lru_cache(maxsize=256)
def font(weight, script, size):
    """A font to draw with, `size` in pixels."""
    engine = ImageFont.Layout.RAQM if has_shaping() else ImageFont.Layout.BASIC
    return ImageFont.truetype(path_of(weight, script), size, index=FILES[weight][script][1], layout_engine=engine)


def missing():
    """The Debian packages without which cards of some languages stay without words."""
    lacking = {
        PACKAGES[script]
        for weight, scripts in FILES.items()
        for script in scripts
        if path_of(weight, script) is None and (script != "arabic" or has_shaping())
    }
    return sorted(lacking | (set() if has_shaping() else {"libfribidi0"}))
