"""One XML part of a Word document, reduced to what the document shows."""

import re
from collections import Counter

from ...xml_trees import (
    Element,
    attributes,
    drop_foreign_vocabularies,
    local_name,
    parent_of,
    remove_element,
    unwrap_element,
)
from ..links import ACCOUNT, names_a_file
from .drawings import clean_drawings
from .elements import (
    ACCEPTED_CHANGES,
    COMMENT_ELEMENTS,
    IDENTIFYING_ATTRIBUTES,
    KEPT_SETTINGS,
    NAMED_DRAWINGS,
    NAMESPACES,
    OBJECT_ELEMENTS,
    PERSON_ATTRIBUTES,
    PERSONAL_PROPERTIES,
    REFUSED_SETTING_VALUES,
    REMOVED_CHANGES,
    TEXT_ELEMENTS,
    UNCOUNTED_ELEMENTS,
    WRAPPER_ELEMENTS,
    W,
)
from .fields import clean_fields
from .looks import Looks
from .names import WordNames, rename_in_part
from .standard import choose_alternatives, keep_known_names
from .unseen import remove_unseen

VML_HIDDEN = re.compile(r"visibility:\s*hidden", re.IGNORECASE)
COMPATIBILITY_VALUE = re.compile(r"(\d{1,3}|true|false|on|off)")
COMPATIBILITY_NAMES = {"compatibilityMode", "overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures",
                       "doNotFlipMirrorIndents", "differentiateMultirowTableHeaders",
                       "useWord2013TrackBottomHyphenation", "allowHyphenationAtTrackBottom",
                       "allowSpaceOfSameStyleInTable"}  # fmt: skip
# What a link says to a pointer that rests on it, or to a browser.
LINKS = {"hyperlink", "hlinkClick", "hlinkHover", "shape", "rect", "roundrect", "oval", "line", "group", "image"}
UNSEEN_OF_LINKS = {"tgtFrame", "docLocation", "tooltip", "target"}
VML = "{urn:schemas-microsoft-com:vml}"


def clean_part(root: Element, kind: str, found: Counter[str], looks: Looks, names: WordNames) -> None:
    """Reduce the tree of a part of this kind (a value of KEPT_PARTS, or "document")."""
    choose_alternatives(root)
    drop_foreign_vocabularies(root, NAMESPACES)
    if kind == "settings":
        _clean_settings(root, found)
    _accept_changes(root, found)
    _remove_elements(root, found)
    _unwrap_controls(root, found)
    remove_unseen(root, found, looks)
    clean_fields(root, found, names)
    clean_drawings(root, found, names)
    for element in root.iter():
        _clean_attributes(element, found)
    rename_in_part(root, names)
    keep_known_names(root, found, names)
    _remove_stray_text(root)


def _clean_settings(root: Element, found: Counter[str]) -> None:
    codes = {"trackRevisions": "changes", "rsids": "marks", "attachedTemplate": "links", "mailMerge": "links"}
    for child in list(root):
        name = local_name(child)
        if name not in KEPT_SETTINGS:
            found[codes.get(name, "settings")] += 1
            remove_element(child)
        elif name in REFUSED_SETTING_VALUES and re.search(REFUSED_SETTING_VALUES[name], child.get(W + "val") or ""):
            remove_element(child)
    for setting in list(root.iter(W + "compatSetting")):
        name, value = setting.get(W + "name") or "", setting.get(W + "val") or ""
        if name not in COMPATIBILITY_NAMES or not COMPATIBILITY_VALUE.fullmatch(value):
            remove_element(setting)
        else:
            setting.set(W + "uri", "http://schemas.microsoft.com/office/word")


def _accept_changes(root: Element, found: Counter[str]) -> None:
    """Accept all tracked changes."""
    for row in [parent_of(parent_of(mark)) for mark in root.iterfind(f".//{W}trPr/{W}del")]:
        found["changes"] += 1
        remove_element(row)
    for cell in [parent_of(parent_of(mark)) for mark in root.iterfind(f".//{W}tcPr/{W}cellDel")]:
        found["changes"] += 1
        remove_element(cell)
    for gone in ("del", "moveFrom"):
        # From the last to the first, so that what several of them hold is moved once.
        for mark in reversed(list(root.iterfind(f".//{W}pPr/{W}rPr/{W}{gone}"))):
            _join_with_next(parent_of(parent_of(parent_of(mark))))
    for element in list(root.iter("{*}*")):
        name = local_name(element)
        if name in REMOVED_CHANGES and element.getparent() is not None:
            found["changes"] += 1
            remove_element(element)
        elif name in ACCEPTED_CHANGES and str(element.tag).startswith("{http") and element.getparent() is not None:
            found["changes"] += 1
            unwrap_element(element)


def _join_with_next(paragraph: Element) -> None:
    """Move the content of a paragraph to the start of the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != W + "p":
        return
    properties = following.find(W + "pPr")
    for child in [child for child in reversed(paragraph) if child.tag != W + "pPr"]:
        if properties is None:
            following.insert(0, child)
        else:
            properties.addnext(child)
    remove_element(paragraph)


def _remove_elements(root: Element, found: Counter[str]) -> None:
    for element in list(root.iter("{*}*")):
        name = local_name(element)
        if element.getparent() is None:
            continue
        if name in COMMENT_ELEMENTS:
            found["comments"] += name == "commentReference"
            remove_element(element)
        elif name in UNCOUNTED_ELEMENTS:
            remove_element(element)
        elif name in OBJECT_ELEMENTS:
            found[OBJECT_ELEMENTS[name]] += 1
            remove_element(element)
        elif name == "bookmarkStart" and element.get(W + "name") == "_GoBack":
            remove_element(element)
        elif name in WRAPPER_ELEMENTS and element.tag.startswith(W):
            unwrap_element(element)
        else:
            _remove_unshown(element, name, found)


def _remove_unshown(element: Element, name: str, found: Counter[str]) -> None:
    if name == "name" and local_name(parent_of(element)) in ("abstractNum", "lvl"):
        remove_element(element)
    elif name in ("tblCaption", "tblDescription") and names_a_file(element.get(W + "val") or ""):
        found["file_names"] += 1
        remove_element(element)
    elif element.tag.startswith(VML) and VML_HIDDEN.search(element.get("style") or ""):
        found["hidden_text"] += 1
        remove_element(element)


def _unwrap_controls(root: Element, found: Counter[str]) -> None:
    """Replace content controls by what they show; empty those that are bound to the name of a person."""
    for control in list(root.iter(W + "sdt")):
        binding, content = control.find(f"{W}sdtPr/{W}dataBinding"), control.find(W + "sdtContent")
        bound = "" if binding is None else (binding.get(W + "xpath") or "").lower()
        if any(one in bound for one in PERSONAL_PROPERTIES):
            found["fields"] += 1
            for text in control.iter(W + "t"):
                text.text = None
        for child in list(control):
            if child is not content:
                remove_element(child)
        if content is not None:
            unwrap_element(content)
        unwrap_element(control)


def _clean_attributes(element: Element, found: Counter[str]) -> None:
    kind = local_name(element)
    for name, short, value in attributes(element):
        if short.startswith("rsid") or short in IDENTIFYING_ATTRIBUTES:
            found["marks"] += short == "userId"
            del element.attrib[name]
        elif short in PERSON_ATTRIBUTES and name.startswith(W):
            found["authors"] += short == "author"
            del element.attrib[name]
        elif (kind == "tc" and short == "id") or (kind in LINKS and short in UNSEEN_OF_LINKS):
            del element.attrib[name]
        elif short == "href" and ACCOUNT.match(value):
            found["links"] += 1
            del element.attrib[name]
        elif kind in NAMED_DRAWINGS and short == "name":
            found["file_names"] += names_a_file(value)
            element.set(name, "Picture")
        elif (
            short in ("descr", "title", "alt", "tooltip", "href", "src", "hint")
            and (names_a_file(value) or (kind == "imagedata" and short in ("title", "href", "src")))
        ) or (names_a_file(value) and short not in ("val", "uri", "id", "embed", "link")):
            found["file_names"] += 1
            del element.attrib[name]


def _remove_stray_text(root: Element) -> None:
    """Remove text where WordprocessingML and DrawingML have none."""
    for element in root.iter("{*}*"):
        element.tail = None
        if local_name(element) not in TEXT_ELEMENTS:
            element.text = None
