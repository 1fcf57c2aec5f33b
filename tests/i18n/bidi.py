"""Lines of an Arabic page in which one Latin word draws what follows it to its own side."""

import re
from html.parser import HTMLParser

from .scripts import SILENT, VOID

INLINE = {"a", "abbr", "b", "bdi", "br", "em", "i", "mark", "small", "span", "strong", "time"}
SET_APART = {"bdi", "time"}
PLACEHOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"  # what is set apart counts as one neutral sign
# After a Latin word, an Arabic comma and a number or another word that is not Arabic run on from left to right.
DRAWN = re.compile(
    r"[A-Za-z\u00c0-\u024f\u0400-\u04ff\u3400-\u9fff]\)?، ?[\dA-Za-z\u00c0-\u024f\u0400-\u04ff\u3400-\u9fff][^،]*"
)


class Lines(HTMLParser):
    """Collects the lines of a page that run from right to left, without what is set apart in them."""

    def __init__(self):
        super().__init__()
        self.open = []  # (tag, whether it has a line of its own, whether that runs from the left)
        self.lines = [""]
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        given = dict(attrs)
        apart = tag in SET_APART or "dir" in given or "tag" in (given.get("class") or "").split()
        in_meta = bool(self.open) and tag == "span" and self.open[-1][3]
        own = apart or in_meta or tag not in INLINE
        from_left = given.get("dir") == "ltr" or (bool(self.open) and self.open[-1][2] and given.get("dir") != "rtl")
        if own:
            self.lines[-1] += PLACEHOLDER
            self.lines.append("")
        self.open.append((tag, own, from_left, "meta" in (given.get("class") or "").split()))

    def handle_endtag(self, tag):
        while self.open:
            closed, own, from_left, _meta = self.open.pop()
            if own:
                line = " ".join(self.lines.pop().split())
                if not from_left:
                    self.found.append(line)
            if closed == tag:
                break

    def handle_data(self, data):
        if not SILENT & {tag for tag, *_rest in self.open}:
            self.lines[-1] += data


def drawn_together(html):
    """Return what runs from the left in lines that run from the right: "PDF، 2,6" parts a number from its unit."""
    reader = Lines()
    reader.feed(html)
    return [found[0] for line in reader.found for found in DRAWN.finditer(line)]
