"""Runs of text with their emphasis and links, and the inline Markdown that they become."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

SPECIAL = re.compile(r"[\\*`]|\[(?=[^\]]*\]\()|(?<!\w)_|_(?!\w)")
OUTER_SPACE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True)
class TextRun:
    """Text in one format. `link` is a web address; `note` is the number of a note, in place of text."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: str = ""


def to_inline_markdown(runs: Iterable[TextRun]) -> str:
    """Return the Markdown of one line of text. A line that is bold throughout is marked as bold."""
    parts = []
    for (bold, italic, link, note), group in groupby(
        _with_space_formatted(runs), key=lambda run: (run.bold, run.italic, run.link, run.note)
    ):
        parts.append(_formatted("".join(run.text for run in group), bold=bold, italic=italic, link=link, note=note))
    return "".join(parts)


def to_plain_markdown(runs: Iterable[TextRun]) -> str:
    """Return the Markdown of one line without emphasis, as for a heading. Links and notes are kept."""
    return to_inline_markdown(TextRun(run.text, link=run.link, note=run.note) for run in runs)


def _with_space_formatted(runs: Iterable[TextRun]) -> Iterator[TextRun]:
    """Yield the runs; white space takes the format of the text before it, so that it does not interrupt emphasis."""
    before: TextRun | None = None
    for run in runs:
        if not run.note and before and not run.text.strip() and not run.link:
            run = TextRun(run.text, before.bold, before.italic)
        if run.text or run.note:
            yield run
            before = None if run.note else run


def _formatted(text: str, *, bold: bool, italic: bool, link: str, note: str) -> str:
    if note:
        return f"[^{note}]"
    before, words, after = OUTER_SPACE.fullmatch(text).groups()  # type: ignore[union-attr]  # it matches every text
    if not words:
        return text
    words = SPECIAL.sub(r"\\\g<0>", words)
    mark = "*" * (2 * bold + italic)
    words = f"{mark}{words}{mark}"
    return f"{before}[{words}]({link}){after}" if link else f"{before}{words}{after}"
