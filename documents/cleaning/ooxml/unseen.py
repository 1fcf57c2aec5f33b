"""Text of a Word document that a person does not see: hidden, in the colour of its background, merged or not in use."""

from collections import Counter
from collections.abc import Iterator

from ...xml_trees import COMPATIBILITY, Element, all_text, find_outside, local_name, parent_of, remove_element
from .elements import R, W
from .looks import OFF, Looks, is_flat, is_on

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MARKS_IN_RUNS = {W + "rPr", M + "rPr", W + "fldChar", W + "instrText"}
WORDS = (W + "t", M + "t")
# Elements that refer to a part of the package. If that part is not kept, the other alternative is needed.
FRAGILE = {"chart", "relIds"}
NOTES = {"footnotes": W + "footnoteReference", "endnotes": W + "endnoteReference"}


def remove_unseen(root: Element, found: Counter[str], looks: Looks) -> None:
    """Remove text that a part does not show; `found` counts it as "hidden_text"."""
    _choose_alternatives(root, found)
    _remove_hidden_rows(root, found)
    for table in root.iter(W + "tbl"):
        _empty_merged_cells(table, found)
    for run in list(root.iter(W + "r", M + "r")):
        if looks.hides(run):
            _empty(run, found)
    for phantom in root.iter(M + "phant"):
        shown = phantom.find(f"{M}phantPr/{M}show")
        if shown is not None and (shown.get(M + "val") or "1").lower() in OFF:
            for run in phantom.iter(M + "r"):
                _empty(run, found)


def _remove_hidden_rows(root: Element, found: Counter[str]) -> None:
    for properties in list(root.iterfind(f".//{W}tr/{W}trPr")):
        row = parent_of(properties)
        is_hidden = any(is_on(switch) for switch in properties.iterfind(W + "hidden")) or (
            any(is_flat(height) for height in properties.iterfind(W + "trHeight")) and all_text(row).strip()
        )
        if is_hidden and row.getparent() is not None:
            found["hidden_text"] += 1
            remove_element(row)


def remove_unused_references(document: Element, *, even: bool) -> None:
    """Remove the references to headers and footers that no page shows.

    A first page has its own only where its section says so, and even pages only if the settings say so (`even`). A
    section without a reference uses that of the section before it.
    """
    sections = list(document.iter(W + "sectPr"))
    for index, section in enumerate(sections):
        for reference in list(section):
            kind = reference.get(W + "type")
            if local_name(reference) not in ("headerReference", "footerReference") or kind == "default":
                continue
            heirs = [section, *_heirs(sections[index + 1 :], reference)]
            if not (even if kind == "even" else any(_has_title_page(one) for one in heirs)):
                remove_element(reference)


def references(root: Element) -> set[str]:
    """Return the ids of the headers and footers that a document refers to."""
    return {one.get(R + "id") or "" for one in root.iter(W + "headerReference", W + "footerReference")}


def references_to_notes(document: Element) -> dict[str, set[str | None]]:
    """Return the ids of the notes that a document refers to, by the kind of their part."""
    return {kind: {one.get(W + "id") for one in document.iter(name)} for kind, name in NOTES.items()}


def remove_unused_notes(root: Element, used: set[str | None], found: Counter[str]) -> None:
    """Remove the notes that nothing refers to; those with a type are separators."""
    for note in list(root):
        if note.get(W + "type") in (None, "normal") and note.get(W + "id") not in used:
            found["hidden_text"] += bool(all_text(note).strip())
            remove_element(note)


def _empty(run: Element, found: Counter[str]) -> None:
    children = [child for child in run if child.tag not in MARKS_IN_RUNS]
    found["hidden_text"] += bool(children)
    for child in children:
        remove_element(child)


def _choose_alternatives(root: Element, found: Counter[str]) -> None:
    """Keep the first choice of each alternative, and the fallback if it says nothing else."""
    for alternatives in list(root.iter(COMPATIBILITY + "AlternateContent")):
        choices = alternatives.findall(COMPATIBILITY + "Choice")
        if not choices or any(local_name(one) in FRAGILE for one in choices[0].iter("{*}*")):
            continue
        shown = _words(choices[0])
        for other in [*choices[1:], *alternatives.findall(COMPATIBILITY + "Fallback")]:
            if local_name(other) == "Choice" or not _words(other) <= shown:
                found["hidden_text"] += not _words(other) <= shown
                remove_element(other)


def _words(element: Element) -> set[str]:
    return {word for text in element.iter(*WORDS) for word in (text.text or "").split()}


def _empty_merged_cells(table: Element, found: Counter[str]) -> None:
    """Empty the cells that continue the cell above or before them, which covers them."""
    above: set[int] = set()
    for row in find_outside(table, W + "tr", W + "tc"):
        merged: set[int] = set()
        before = False
        for column, cell in _columns(row):
            down, across = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
            continues = (down is not None and down.get(W + "val") != "restart" and column in above) or (
                across is not None and across.get(W + "val") != "restart" and before
            )
            if continues:
                _empty_cell(cell, found)
            elif down is not None:
                down.set(W + "val", "restart")  # what continues nothing is shown
            merged |= {column} if down is not None else set()
            before = across is not None
        above = merged


def _columns(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield each cell of a row with the column that it begins in."""
    column = _whole(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in find_outside(row, W + "tc", W + "tc"):
        yield column, cell
        column += _whole(cell.find(f"{W}tcPr/{W}gridSpan"), 1)


def _empty_cell(cell: Element, found: Counter[str]) -> None:
    paragraph = cell.find(W + "p")
    contents = [child for child in cell if child.tag != W + "tcPr"]
    found["hidden_text"] += any(all_text(child).strip() for child in contents)
    for child in contents:
        if child is not paragraph:
            remove_element(child)
    for child in [] if paragraph is None else list(paragraph):
        if child.tag != W + "pPr":
            remove_element(child)


def _whole(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(W + "val") or ""
    return int(value) if value.isdecimal() else default


def _heirs(later: list[Element], reference: Element) -> Iterator[Element]:
    """Yield the sections that use the reference of a section before them, as they have none of this kind."""
    for section in later:
        own = {one.get(W + "type") for one in section if one.tag == reference.tag}
        if reference.get(W + "type") in own:
            return
        yield section


def _has_title_page(section: Element) -> bool:
    switch = section.find(W + "titlePg")
    return switch is not None and is_on(switch)
