"""Text and control borders have enough contrast in both colour schemes: WCAG 2.2 AA, 1.4.3 and 1.4.11."""

import re
from pathlib import Path

import pytest
from django.conf import settings

WORDS, CONTROLS = 4.5, 3.0
ON_PAGES = ["paper", "raised", "sunk", "warn-paper", "voice-paper"]
INKS = ["ink", "ink-soft", "accent", "accent-strong", "voice", "error"]
PAIRS = [
    *((ink, ground, WORDS) for ink in INKS for ground in ON_PAGES),
    ("on-accent", "accent", WORDS),
    ("on-accent", "accent-strong", WORDS),
    ("on-band", "band", WORDS),
    ("on-band-soft", "band", WORDS),
    ("ink", "mark", WORDS),
    *((edge, ground, CONTROLS) for edge in ("line-strong", "accent", "voice", "error") for ground in ON_PAGES[:3]),
    ("warn-line", "paper", CONTROLS),
    ("on-band", "band", CONTROLS),
]  # fmt: skip


def tokens():
    """Return {name: (light colour, dark colour)} for the tokens of the stylesheet."""
    text = (Path(settings.BASE_DIR) / "static" / "portal.css").read_text("utf8")
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", text)
    single = re.findall(r"--([\w-]+): (#\w+);", text)
    return {name: (light, dark) for name, light, dark in pairs} | {name: (one, one) for name, one in single}


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_matches_known_ratios():
    assert contrast("#000", "#fff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_controls_have_enough_contrast(scheme):
    known = tokens()
    weak = {
        (ink, ground): round(contrast(known[ink][scheme], known[ground][scheme]), 2)
        for ink, ground, least in PAIRS
        if contrast(known[ink][scheme], known[ground][scheme]) < least
    }
    assert weak == {}


def test_nothing_but_colours_differs_between_the_schemes():
    """`light-dark()` can choose nothing else, and no page asks in another way which scheme it is shown in."""
    files = [file for folder in ("static", "templates") for file in (Path(settings.BASE_DIR) / folder).rglob("*.*")]
    texts = {file.name: file.read_text("utf8") for file in files if file.suffix in {".css", ".html", ".js", ".svg"}}
    assert "light-dark(" in texts["portal.css"]
    assert [name for name, text in texts.items() if "prefers-color-scheme" in text] == []
