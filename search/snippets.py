"""Cut the passage of a record that a result shows: a snippet with the words of the query highlighted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .highlighting import Highlighter
from .passages import Passage, PassageTexts
from .spans import SNIPPET_WIDTH, Span, densest, score

MAX_TARGETS = 5  # words that a browser marks in the text
DISTINCT = 100  # characters; words of a shorter text, such as a name, can be on a page more often
ENCODED = {code: f"%{code:02X}" for code in range(128) if not chr(code).isalnum() and chr(code) not in "._~"}
CONTEXT = 20  # characters on each side, to the end of a word, by which a browser tells a word from others


@dataclass(frozen=True)
class Snippet:
    """A part of a passage as safe HTML with the query's words in `<mark>`, and the address of the passage, if any."""

    html: str
    url: str
    label: str | Promise
    words: tuple[str, ...] = ()  # of the query, that occur in the passage
    targets: str = ""  # the same words as directives of a text fragment, for browsers that mark them
    language: str = ""  # of the text that is shown, if it is known
    url_language: str = ""  # of the passage or heading to which the address leads

    @property
    def fragment(self) -> str:
        """What a script appends to the address, so that the browser marks the words there; empty without any."""
        return self.targets and f"{'' if '#' in self.url else '#'}:~:{self.targets}"


def best_snippet(texts: PassageTexts, headings: Iterable[Passage], highlighter: Highlighter) -> Snippet | None:
    """Return the snippet of the passage with most of the query's words; None without passages.

    If only a heading has any, the snippet is the beginning of the text, and leads to the heading. If none has any, it
    has no address.
    """
    headings = [heading for heading in headings if heading.text.strip()]
    if best := highlighter.find_best(texts):
        number, spans = best
        text, run = texts.parts[number], densest(spans)
        targets = _targets(text, run, [heading.text for heading in headings])
        language = texts.language(number)
        place = texts.address(number), texts.label(number)
        return Snippet(_highlight(text, run), *place, _words_in(spans), targets, language, language)
    in_headings = [(heading, spans) for heading in headings if (spans := highlighter.find_spans(heading.text))]
    heading, spans = max(in_headings, key=lambda found: score(found[1]), default=(None, []))
    url, url_language = (heading.url, heading.language) if heading else ("", "")
    if (opening := texts.opening_number) is not None:
        html, language = opening_of(texts.parts[opening]), texts.language(opening)
        return Snippet(html, url, "", language=language, url_language=url_language)
    if heading is None:
        return None
    html = _highlight(heading.text, densest(spans))
    return Snippet(html, url, "", _words_in(spans), language=url_language, url_language=url_language)


def _words_in(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word, _, _ in spans))


def opening_of(text: str) -> SafeString:
    """Return the first words of a text, escaped."""
    text = text.strip()
    stop = _word_boundary(text, min(len(text), SNIPPET_WIDTH), 1)
    return escape(text[:stop] + (" …" if stop < len(text) else ""))


def _targets(text: str, run: Sequence[Span], headings: Sequence[str]) -> str:
    """Return spans as directives of a text fragment: each with the words beside it, which distinguish its place.

    A browser goes to the first place that it finds, so what one of `headings`, above the text, says too is left out.
    """
    directives: list[str] = []
    if len(text) < DISTINCT:
        return ""
    for _, start, stop in run[:MAX_TARGETS]:
        first = _word_boundary(text, max(0, start - CONTEXT), -1)
        last = _word_boundary(text, min(len(text), stop + CONTEXT), 1)
        if any(text[first:last].strip() in heading for heading in headings):
            continue
        before, after = _encode(text[first:start]), _encode(text[stop:last])
        pieces = [before and f"{before}-", _encode(text[start:stop]), after and f"-{after}"]
        directives.append("text=" + ",".join(filter(None, pieces)))
    return "&".join(directives)


def _encode(text: str) -> str:
    """Return a text on one line, percent-encoded with the hyphens, which divide the pieces of a directive."""
    # Most texts are ASCII, which `translate` encodes many times as fast as `quote`.
    return quote(" ".join(text.split()).translate(ENCODED), safe="%")


def _highlight(text: str, run: Sequence[Span]) -> SafeString:
    """Return the part of a text around a run of spans: each piece escaped, the spans in `<mark>`."""
    margin = max(0, SNIPPET_WIDTH - (run[-1][2] - run[0][1])) // 2
    start = _word_boundary(text, max(0, run[0][1] - margin), -1)
    stop = _word_boundary(text, min(len(text), run[-1][2] + margin), 1)
    pieces, at = ["… " if start else ""], start
    for _, first, last in run:
        pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    pieces += [escape(text[at:stop]), " …" if stop < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped


def _word_boundary(text: str, at: int, step: int) -> int:
    """Return the nearest position from `at` on, in the direction of `step`, that does not cut a word."""
    for _ in range(30):
        if at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace():
            return at
        at += step
    return at
