"""Lists in one line of text, with the commas of their script: "a, b", "أ، ب", "一、二"."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .localized import SCRIPTS, content_language

MARKS = {
    ",": {"ar": "، ", "zh": "、"},
    ";": {"ar": "؛ ", "zh": "；"},
}


def joined(parts: Iterable[object], mark: str = ",") -> str:
    """Return texts in one line, without those that are empty. Each is followed by the mark of its script.

    A text without letters, such as a number, is followed by the mark of the language of the page.
    """
    texts = [str(part) for part in parts if part]
    return "".join(text + mark_after(text, mark) for text in texts[:-1]) + "".join(texts[-1:])


def joined_html(parts: Iterable[object], mark: str = ",") -> SafeString:
    """Return the same as HTML, with each text isolated, and marked with its language if it knows it.

    Without isolation, two Arabic texts in a left-to-right line would reorder the mark between them.
    """
    some = [part for part in parts if part]
    pairs = [(part, mark_after(str(part), mark)) for part in some[:-1]] + [(part, "") for part in some[-1:]]
    return format_html_join("", "<bdi>{}</bdi>{}", pairs)


def mark_after(text: str, mark: str = ",") -> str:
    """Return the comma or semicolon that separates a text from the next one, with its space."""
    last = next((letter for letter in reversed(text) if letter.isalpha()), "")
    if last:
        language = next((code for code, script in SCRIPTS.items() if script.match(last)), "")
    else:
        language = content_language()
    return MARKS[mark].get(language, f"{mark} ")


def comma() -> str:
    """Return the comma between items of a list in the language of the page, with its space."""
    return MARKS[","].get(content_language(), ", ")


def detail_comma() -> str:
    """Return the comma between a name and a detail of it, with its space. In Chinese, lists have another."""
    return {"ar": "، ", "zh": "，"}.get(content_language(), ", ")


def colon() -> str:
    """Return the colon of the language of the page, with its spaces."""
    return {"fr": "\N{NO-BREAK SPACE}: ", "zh": "："}.get(content_language(), ": ")


def full_stop() -> str:
    """Return the full stop of the language of the page, with its space."""
    return {"zh": "。"}.get(content_language(), ". ")


def between_sentences() -> str:
    """Return what separates two sentences in the language of the page. In Chinese that is the full stop alone."""
    return "" if content_language() == "zh" else " "


def space_before(text: object) -> str:
    """Return what separates a number from the text after it: a space, but not before Chinese."""
    return "" if SCRIPTS["zh"].match(str(text)) else " "


def in_brackets(content: object) -> str:
    """Return a text in the brackets of the language of the page, which set it apart from the text before it."""
    return f"（{content}）" if content_language() == "zh" else f" ({content})"


def brackets(content: str) -> SafeString:
    """Return the same as HTML."""
    return format_html(in_brackets("{}"), content)
