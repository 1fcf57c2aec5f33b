"""The text of an OpenDocument text (ODF 1.3, part 3)."""

from collections.abc import Iterator

from ..xml_trees import Element
from .list_numbers import ListNumber, numbered
from .odf_package import DRAW, OFFICE, STYLE, SVG, TABLE, TEXT, OpenDocumentPackage
from .odt_lists import Lists, has_paragraph
from .text import each_once

# Comments and what tracked changes deleted are not part of what an author published. Phonetic guides repeat its words.
LEFT_OUT = {OFFICE + "annotation", TEXT + "tracked-changes", TEXT + "ruby-text"}
MARGINS = {f"{STYLE}{kind}{page}" for kind in ("header", "footer") for page in ("", "-left", "-first")}
INSTEAD = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
# Elements that programs show or read aloud apart from the paragraph that contains them.
ALTERNATIVES = {SVG + "title", SVG + "desc", TABLE + "title", TABLE + "desc"}
APART = {TEXT + "note", DRAW + "text-box", *ALTERNATIVES}
MIXED = PARAGRAPHS | {TEXT + name for name in ("span", "a", "meta", "meta-field", "ruby-base")}
MAX_SPACES = 100


def pages(data: bytes) -> Iterator[str]:
    """Yield the whole text: body, notes and automatic numbers of lists, then headers and footers.

    Comments and tracked deletions are left out.
    Raise the errors of `OpenDocumentPackage`.
    """
    package = OpenDocumentPackage(data)
    lists = Lists(package)
    margins = () if package.styles is None else package.styles.iter(*MARGINS)
    yield "".join([*_blocks(package.body, lists), *each_once("".join(_blocks(one, lists)) for one in margins)])


def _blocks(
    holder: Element, lists: Lists, style: str = "", depth: int = -1, number: ListNumber | None = None
) -> Iterator[str]:
    """Yield the text of the paragraphs below an element; `style` and `depth` are those of the list around it."""
    for child in holder:
        if child.tag in LEFT_OUT:
            continue
        if child.tag in PARAGRAPHS:
            yield numbered("".join(text_of(child)), number)
            number = None  # only the first paragraph of an item has the number
        elif child.tag in ALTERNATIVES:
            yield _text_apart(child)
        elif child.tag == TEXT + "list":
            yield from _blocks(child, lists, lists.begin(child, style, depth + 1), depth + 1)
        elif child.tag in (TEXT + "list-item", TEXT + "list-header"):
            is_counted = child.tag == TEXT + "list-item" and has_paragraph(child)
            yield from _blocks(child, lists, style, depth, lists.next(child, style, depth) if is_counted else None)
        else:
            yield from _blocks(child, lists)


def text_of(element: Element, after: list[str] | None = None) -> Iterator[str]:
    """Yield the text of an element and of all that it holds, piece by piece.

    The notes and text boxes of a paragraph follow it, so that they divide no sentence: they are put into `after`.
    """
    if element.tag in LEFT_OUT:
        return
    if after is not None and element.tag in APART:
        after.append(_text_apart(element))
        return
    is_paragraph = element.tag in PARAGRAPHS
    own_after: list[str] | None = [] if is_paragraph else after
    if element.tag == TEXT + "s":
        yield " " * min(int(element.get(TEXT + "c") or 1), MAX_SPACES)
    yield INSTEAD.get(element.tag, "")
    yield _own_text(element, element.text)
    for child in element:
        yield from text_of(child, own_after)
        yield _own_text(element, child.tail)
    if is_paragraph:
        yield "\n\n"
        yield from own_after or ()


def _text_apart(element: Element) -> str:
    """Return the text of a note, which begins with its number, or that of a text box or a picture."""
    number = element.findtext(TEXT + "note-citation", "")
    parts = ("".join(text_of(child)) for child in element if child.tag != TEXT + "note-citation")
    words = f"{element.text or ''}{''.join(parts)}".strip()
    return f"{number} {words}".strip() + "\n\n"


def _own_text(element: Element, text: str | None) -> str:
    """Return text that an element holds itself; between the elements of a list or a table, white space is layout."""
    return text if text and (element.tag in MIXED or text.strip()) else ""
