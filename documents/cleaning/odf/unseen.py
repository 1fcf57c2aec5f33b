"""Text of an OpenDocument text that a person does not see: hidden, in the colour of its background, or not in use."""

import re
from collections import Counter
from collections.abc import Iterator

from ...xml_trees import Element, all_text, attributes, local_name, namespace, remove_element
from .looks import DRAW, OFFICE, STYLE, TABLE, TEXT, Looks

PARAGRAPHS = (TEXT + "p", TEXT + "h")
INLINE = {TEXT + name for name in ("span", "a", "meta", "meta-field", "ruby", "ruby-base")}
# These elements look different from the text around them. They stay in text that is only hard to see.
SEPARATE = {TEXT + "note", TEXT + "bookmark", TEXT + "bookmark-start", TEXT + "bookmark-end", DRAW + "frame"}
ALWAYS = re.compile(r"(?:\w+:)?(?:1|true|TRUE|1==1)")  # conditions that are met whatever the text says
HEADERS = {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"}
DEFAULT_PAGE = "Standard"


def remove_unseen(tree: Element, found: Counter[str], looks: Looks) -> None:
    """Remove text that a tree does not show; `found` counts it as "hidden_text"."""
    for field in list(tree.iter(TEXT + "hidden-paragraph")):
        paragraph = next(field.iterancestors(*PARAGRAPHS), None)
        if paragraph is not None and _is_met(field):
            found["hidden_text"] += 1
            remove_element(paragraph)
    for cell in tree.iter(TABLE + "covered-table-cell"):
        found["hidden_text"] += bool(all_text(cell).strip())
        for child in list(cell):
            remove_element(child)
    for header in list(tree.iter("{*}*")):
        if local_name(header) in HEADERS and header.get(STYLE + "display") == "false":
            _empty(header, found)
    for paragraph in list(tree.iter(*PARAGRAPHS)):
        chain = looks.chain("paragraph", paragraph.get(TEXT + "style-name"))
        before = found["hidden_text"]
        _remove_from(paragraph, paragraph, chain, looks, found)
        if found["hidden_text"] > before and looks.is_hidden(chain) and not _shows(paragraph):
            remove_element(paragraph)


def remove_unused_pages(content: Element, styles: Element, found: Counter[str]) -> None:
    """Empty the headers and footers of page styles that no page has."""
    pages = list(styles.iter(STYLE + "master-page"))
    by_name = {page.get(STYLE + "name"): page for page in pages}
    used = {DEFAULT_PAGE, *(page.get(STYLE + "name") for page in pages[:1]), *_page_names(content, styles)}
    for _ in pages:
        following = {by_name[name].get(STYLE + "next-style-name") for name in used if name in by_name}
        if following <= used:
            break
        used |= following
    for page in pages:
        if page.get(STYLE + "name") not in used:
            for header in list(page):
                if local_name(header) in HEADERS:
                    _empty(header, found)


def is_hidden_section(section: Element) -> bool:
    """Return whether a section is not shown: never, or because its condition is met."""
    display = section.get(TEXT + "display")
    return display == "none" or (display == "condition" and _is_met(section))


def _is_met(element: Element) -> bool:
    """Return whether the condition on which something is hidden is met, as far as the file tells."""
    state = element.get(TEXT + "is-hidden")
    return state == "true" or (state is None and bool(ALWAYS.fullmatch(element.get(TEXT + "condition") or "")))


def _empty(header: Element, found: Counter[str]) -> None:
    found["hidden_text"] += bool(all_text(header).strip())
    header.text = None
    for child in list(header):
        remove_element(child)


def _remove_from(element: Element, paragraph: Element, chain: list[Element], looks: Looks, found: Counter[str]) -> None:
    """Remove what is not seen from a paragraph, or from a span of it; `chain` are its styles from the innermost."""
    hides, is_hidden = looks.hides(chain, paragraph), looks.is_hidden(chain)
    gone = False
    if hides and (element.text or "").strip():
        element.text, gone = None, True
    for child in list(element):
        if hides and (child.tail or "").strip():
            child.tail, gone = None, True
        if child.tag in INLINE:
            own = looks.chain("text", child.get(TEXT + "style-name"))
            # The default of a family comes after the styles around it.
            default = [one for one in own if local_name(one) == "default-style"]
            _remove_from(child, paragraph, [one for one in own if one not in default] + chain, looks, found)
            if is_hidden and not _shows(child):
                remove_element(child)
        elif hides and (is_hidden or (child.tag not in SEPARATE and namespace(child) == TEXT)):
            gone = gone or bool(all_text(child).strip())
            remove_element(child)
    found["hidden_text"] += gone


def _shows(element: Element) -> bool:
    return bool(all_text(element).strip()) or any(one.tag not in INLINE for one in element)


def _page_names(content: Element, styles: Element) -> Iterator[str | None]:
    """Yield the names of the page styles that styles in use begin, and those that notes have."""
    by_name: dict[str | None, list[Element]] = {}
    for tree in (content, styles):
        for style in tree.iter(STYLE + "style"):
            by_name.setdefault(style.get(STYLE + "name"), []).append(style)
        for one in tree.iter(TEXT + "notes-configuration"):
            yield one.get(TEXT + "master-page-name")
    body = content.find(OFFICE + "body")
    names = {value for one in (() if body is None else body.iter("{*}*")) for name, _short, value in attributes(one)
             if name.endswith("}style-name")}  # fmt: skip
    seen: set[str | None] = set()
    while names:
        name = names.pop()
        if name in seen:
            continue
        seen.add(name)
        for style in by_name.get(name, []):
            yield style.get(STYLE + "master-page-name")
            names |= {parent for parent in [style.get(STYLE + "parent-style-name")] if parent}
