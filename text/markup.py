"""Markdown as the portal takes it: raw HTML shows as text, links go to http, https and mailto only."""

import contextlib
import re
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree

import markdown
import nh3
from django.utils.html import escape, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from markdown.extensions.tables import TableExtension

from .markdown_limits import CostLimit, TooMuchWorkError

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "ul": {"class"},
    "p": {"class"},
    "td": {"align"},
    "th": {"align"},
}
LABEL = re.compile(r"\(?\w{1,5}[).]\s|\d+(?:\.\d+)+\.?\s")
NOTE_MARK = re.compile(r"\[\^(\w{1,8})\]")
NOTE_LINE = re.compile(r"^(\s*)(\[\^\w{1,8}\]):\s+", re.MULTILINE)
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
COLUMN = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
LEANS = re.compile(r'(<t[dh]) align="(left|right|center)"')
# By the side where a line begins or ends, which is the other one in Arabic.
LEANS_TO = {"left": "", "right": ' class="at-end"', "center": ' class="at-centre"'}
ABSOLUTE = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def build(headings_below):
    """A converter; `headings_below` is how far its headings sink, so that a page keeps one outline."""
    converter = markdown.Markdown(
        extensions=["sane_lists", TableExtension(use_align_attribute=True), ShowHtml(), Notes(), CostLimit()],
        output_format="html",
    )
    converter.treeprocessors.register(SinkHeadings(converter, headings_below), "sink-headings", 0)
    converter.treeprocessors.register(LabelledLists(converter), "labelled-lists", 0)
    converter.treeprocessors.register(NoteParagraphs(converter), "note-paragraphs", 0)
    return converter


class ShowHtml(markdown.extensions.Extension):
    """Raw HTML and pictures are not read as such: what was typed is seen."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("image_link")
        md.inlinePatterns.deregister("image_reference")


class Notes(markdown.extensions.Extension):
    """Footnotes: `[^1]` is a small raised number, and `[^1]: ` the same before the note's words, where they stand."""

    def extendMarkdown(self, md):  # noqa: N802 - the library's name
        # Before the library takes a note of one word for the address of a link.
        md.preprocessors.register(NoteLines(md), "note-lines", 20)
        md.inlinePatterns.register(NoteMark(NOTE_MARK.pattern, md), "note-mark", 175)


class NoteLines(markdown.preprocessors.Preprocessor):
    """Takes the colon off, by which the library would know an address."""

    def run(self, lines):
        return [NOTE_LINE.sub(r"\1\2 ", line) for line in lines]


class NoteMark(markdown.inlinepatterns.InlineProcessor):
    """A raised number, or whatever else the note is called."""

    def handleMatch(self, m, data):  # noqa: N802 - the library's name
        mark = ElementTree.Element("sup")
        mark.text = m[1]
        return mark, m.start(0), m.end(0)


class SinkHeadings(markdown.treeprocessors.Treeprocessor):
    """Moves each heading some levels down."""

    def __init__(self, md, by):
        super().__init__(md)
        self.by = by

    def run(self, root):
        for element in root.iter():
            if match := re.fullmatch(r"h([1-6])", element.tag if isinstance(element.tag, str) else ""):
                element.tag = f"h{min(6, int(match[1]) + self.by)}"


class LabelledLists(markdown.treeprocessors.Treeprocessor):
    """A list whose items bring their own letters, `(a)`, is told from one with bullets."""

    def run(self, root):
        for element in root.iter("ul"):
            if all(LABEL.match("".join(item.itertext()).strip()) for item in element):
                element.set("class", "labelled")


class NoteParagraphs(markdown.treeprocessors.Treeprocessor):
    """A note, which its own mark begins, is told from the paragraph that it belongs to."""

    def run(self, root):
        for element in root.iter("p"):
            if not (element.text or "").strip() and len(element) and element[0].tag == "sup":
                element.set("class", "note")


def only_absolute(tag, attribute, value):
    """Drop links that do not name their scheme: a browser would read `javascript\\x3A` as one of its own."""
    if tag == "a" and attribute == "href" and not ABSOLUTE.match(value):
        return None
    return value


REMEMBERED = 500  # texts without their marks, for what was found is often found again
# What may mean more than itself: marks, and what begins lists and underlines. A text without any is its own words.
MARKS = re.compile(r"[*_`#\[\]<>&~|\\]")
BLANK_LINES = re.compile(r"\n\s*\n\s*")
LINE_MARKS = re.compile(r"^[ \t]*(?:[-+]\s|-+\s*$|=+\s*$|\d{1,3}\.\s)", re.MULTILINE)


def convert(text, headings_below):
    """HTML of a Markdown text, not yet cleaned; a text that would choke the converter stays as it was typed."""
    with contextlib.suppress(TooMuchWorkError, RecursionError):  # the second: lists within lists within lists
        return build(headings_below).convert(text)
    return f"<p>{escape(text)}</p>"


def render(text, headings_below=2):
    """Safe HTML of a Markdown text; its `# heading` becomes an `<h3>` unless `headings_below` says otherwise."""
    html = nh3.clean(
        convert(text, headings_below),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=only_absolute,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(TABLE.sub(in_a_region, html))  # noqa: S308 - cleaned in the same breath


def in_a_region(table):
    """A table in a place of its own that keyboards reach and that scrolls, named after its columns."""
    columns = [" ".join(re.sub("<[^>]*>", "", column).split()) for column in COLUMN.findall(table[0])]
    # What is left of the columns' words is clean HTML, in which quotes may stand as they are.
    words = ", ".join(filter(None, columns)).replace('"', "&quot;")
    name = gettext("Table: %s") % words if words else gettext("Table")
    html = LEANS.sub(lambda cell: f"{cell[1]}{LEANS_TO[cell[2]]}", table[0])
    return f'<div class="table-region" role="region" tabindex="0" aria-label="{name}">{html}</div>'


@lru_cache(REMEMBERED)
def strip_markdown(text):
    """The words of a Markdown text, one blank line between blocks; for the index, feeds and short descriptions."""
    text = NOTE_MARK.sub("", NOTE_LINE.sub(r"\1", text))  # a number glued to a word would hide it from searches
    # Few texts have any marks, and a conversion takes longer than all else that a search does.
    if MARKS.search(text) or LINE_MARKS.search(text):
        text = unescape(strip_tags(re.sub(r"</(p|li|h\d|td|th|pre|blockquote)>", "\n\n", convert(text, 0))))
    return BLANK_LINES.sub("\n\n", text).strip()
