"""Markdown as safe HTML, and as plain text.

Raw HTML and images show as they were typed. Links lead to http, https and mailto only. A text that would take too long
to convert shows as it was typed.

HTML is kept under a digest of all that it is made of, so that it is never outdated; and for no more than a day, because
its text may be deleted.
"""

import re
import sys
import zlib
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from html import unescape
from importlib.metadata import version
from pathlib import Path
from pickle import UnpicklingError

import nh3
from django.core.cache import caches
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from . import markdown_converter
from .lists import joined
from .markdown_converter import NOTE_LINE, NOTE_MARK, convert

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "ul": {"class"},
    "p": {"class"},
    "td": {"align"},
    "th": {"align"},
}
URL_SCHEME = re.compile(r"(https?://|mailto:)", re.IGNORECASE)

TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
COLUMN = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
ALIGNED_CELL = re.compile(r'(<t[dh]) align="(left|right|center)"')
# Classes for the start and the end of a line, which change sides in Arabic.
ALIGNMENT_CLASS = {"left": "", "right": ' class="at-end"', "center": ' class="at-centre"'}

STRIPPED_TEXTS_KEPT = 100  # in memory: those that are shown, or indexed, at the moment
# Anything that may be Markdown. A text without it is plain text already. Brackets are a link only with an address.
MARKS = "*_`#<>&~|\\"  # that may be markup wherever they are
LINK_OR_NOTE = re.compile(r"\][(:]|\[\^")
# Search for this in a text with a line break before it: a line break is found faster than `^`.
LINE_MARKUP = re.compile(r"\n[ \t]*(?:[-+]\s|-+\s*$|=+\s*$|\d{1,3}\.\s)", re.MULTILINE)
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
NARROW_SPACES = str.maketrans(dict.fromkeys([NO_BREAK_SPACE, "\N{NARROW NO-BREAK SPACE}"], " "))  # before ":" in French
OPENING_MARKS = tuple("“‘«„(\"'")
BLANK_LINES = re.compile(r"\n\s*\n\s*")

SWEPT = "swept"
# All that the HTML of a text depends on besides the text: what is here, and the packages that it uses.
RENDERER = sha256(
    repr(
        [
            sys.version_info,
            *(version(package) for package in ("django", "markdown", "nh3")),
            *(Path(module).read_bytes() for module in (__file__, markdown_converter.__file__)),
        ]
    ).encode()
).hexdigest()


def render(text: str | None, headings_below: int = 2) -> SafeString:
    """Return a Markdown text as safe HTML. `headings_below` is added to the level of each heading: "# A" is an `h3`."""
    text = text or ""
    if is_plain_paragraph(text):  # in a fiftieth of the time, and most texts are such
        paragraph = text.replace(NO_BREAK_SPACE, "&nbsp;")
        return mark_safe(f"<p>{paragraph}</p>")  # noqa: S308 - it has no markup
    key = sha256(f"{RENDERER} {headings_below} {text}".encode()).hexdigest()
    html = _read_kept(key)
    if html is None:
        html = _convert_and_clean(text, headings_below)
        with suppress(OSError):  # such as a full disk; the page is right all the same
            caches["markdown"].set(key, html)
    return mark_safe(TABLE.sub(_in_region, html))  # noqa: S308 - cleaned above


def _read_kept(key: str) -> str | None:
    """Return the HTML that is kept under a key, or None if there is none that can be read."""
    try:
        html: str | None = caches["markdown"].get(key)
    except (OSError, EOFError, UnpicklingError, zlib.error):
        return None
    return html


def _convert_and_clean(text: str, headings_below: int) -> str:
    return nh3.clean(
        convert(text, headings_below),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_drop_relative_links,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def forget_kept() -> None:
    """Delete all HTML that is kept, because a text was deleted. All else is made again when it is next shown."""
    caches["markdown"].clear()


def forget_daily() -> bool:
    """Delete all HTML that is kept if that was not done for a day, and return whether it was done now."""
    is_due = bool(caches["markdown"].add(SWEPT, True))  # expires after a day, as all that is kept
    if is_due:
        forget_kept()
        caches["markdown"].set(SWEPT, True)
    return is_due


@lru_cache(STRIPPED_TEXTS_KEPT)
def strip_markdown(text: str | None) -> str:
    """Return a Markdown text as plain text, kept in memory."""
    return plain_text(text)


def strip_heading(text: str) -> str:
    """Return the text of a heading as plain text. It keeps its number, which at the start of a text makes a list."""
    line = " ".join(text.split())
    return strip_markdown(f"# {line}") if may_have_markup(line) else line


def plain_text(text: str | None) -> str:
    """Return a Markdown text as plain text with one blank line between blocks, for the index and for descriptions."""
    text = text or ""
    if "[^" in text:  # a number attached to a word would hide it from searches
        text = NOTE_MARK.sub("", NOTE_LINE.sub(r"\1", text))
    # Few texts have any Markdown, and a conversion would be the slowest part of a search.
    if may_have_markup(text):
        text = unescape(strip_tags(re.sub(r"</(p|li|h\d|td|th|pre|blockquote)>", "\n\n", convert(text, 0))))
    return (BLANK_LINES.sub("\n\n", text) if "\n" in text else text).strip()


def may_have_markup(text: str) -> bool:
    """Return whether a text has anything that Markdown or HTML could read as markup."""
    return _has_inline_markup(text) or LINE_MARKUP.search(f"\n{text}") is not None


def _has_inline_markup(text: str) -> bool:
    # Looking for one mark after another takes a tenth of the time of a pattern for all of them.
    return any(mark in text for mark in MARKS) or ("[" in text and LINK_OR_NOTE.search(text) is not None)


def is_plain_paragraph(text: str) -> bool:
    """Return whether a text is one paragraph, with nothing in it that Markdown or HTML would read as markup."""
    return not _has_inline_markup(text) and all(map(_is_plain_line, text.split("\n")))


def _is_plain_line(line: str) -> bool:
    starts = line[:1].isalpha() or line[:1] in OPENING_MARKS
    return starts and not line[-1].isspace() and line.translate(NARROW_SPACES).isprintable()


def _drop_relative_links(tag: str, attribute: str, value: str) -> str | None:
    """Drop addresses without a scheme: a browser would read `javascript\\x3A` as a relative one."""
    if tag == "a" and attribute == "href" and not URL_SCHEME.match(value):
        return None
    return value


def _in_region(table: re.Match[str]) -> str:
    """Return a table inside a region that scrolls, can be reached by keyboard, and is named after the columns."""
    columns = [" ".join(re.sub("<[^>]*>", "", column).split()) for column in COLUMN.findall(table[0])]
    # Without its tags, the text of the columns is clean HTML except for quotation marks.
    names = joined(columns).replace('"', "&quot;")
    label = gettext("Table: %s") % names if names else gettext("Table")
    html = ALIGNED_CELL.sub(lambda cell: f"{cell[1]}{ALIGNMENT_CLASS[cell[2]]}", table[0])
    return f'<div class="table-region" role="region" tabindex="0" aria-label="{label}">{html}</div>'
