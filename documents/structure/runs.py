"""Words with their emphasis and links, written as Markdown."""

import re
from dataclasses import dataclass
from itertools import groupby

MEANS_MORE = re.compile(r"[\\*`]|\[(?=[^\]]*\]\()|(?<!\w)_|_(?!\w)")
OUTER = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """Words that look alike; `link` is an address on the web, `note` the number of a footnote instead of words."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: str = ""


def inline(runs: list[Run]) -> str:
    """Return the Markdown of a line of words; a line that is bold throughout says so."""
    parts = []
    for look, group in groupby(_blanks_joined(runs), key=lambda run: (run.bold, run.italic, run.link, run.note)):
        parts.append(_marked("".join(run.text for run in group), *look))
    return "".join(parts)


def plain(runs: list[Run]) -> str:
    """Return the words without emphasis, as a heading has them."""
    return inline([Run(run.text, link=run.link, note=run.note) for run in runs])


def _blanks_joined(runs):
    """Blanks look like what stands before them, so that they part no emphasis."""
    before = None
    for run in runs:
        if not run.note and before and not run.text.strip() and not run.link:
            run = Run(run.text, before.bold, before.italic)
        if run.text or run.note:
            yield run
            before = None if run.note else run


def _marked(text, bold, italic, link, note):
    if note:
        return f"[^{note}]"
    before, words, after = OUTER.fullmatch(text).groups()
    if not words:
        return text
    words = MEANS_MORE.sub(r"\\\g<0>", words)
    mark = "*" * (2 * bold + italic)
    words = f"{mark}{words}{mark}"
    return f"{before}[{words}]({link}){after}" if link else f"{before}{words}{after}"
