"""Charts, diagrams and other drawings in Word documents: what their parts hold besides what is shown."""

import re
from collections import Counter

from ...xml_trees import Element, attributes, local_name, namespace, parent_of, remove_element
from .names import WordNames

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
SHAPES = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
CHART_SHAPES = "{http://schemas.openxmlformats.org/drawingml/2006/chartDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Removed elements: print settings, the origin of figures, samples, sounds, and colours that no shape uses.
REMOVED = {CHART: {"printSettings", "protection", "pivotSource", "pivotFmts"},
           DIAGRAM: {"title", "desc", "catLst", "sampData", "styleData", "clrData"},
           A: {"snd", "audioFile", "videoFile", "wavAudioFile", "quickTimeFile", "audioCd", "custClrLst"}}  # fmt: skip
REMOVED_ATTRIBUTES = {"textlink", "macro", "invalidUrl", "tgtFrame", "action", "phldrT", "loCatId", "qsCatId",
                      "csCatId", "uniqueID"}  # fmt: skip
# Extensions that show something or describe it for accessibility, by the element that they contain.
EXTENSIONS = {"dataModelExt", "cNvPr", "decorative"}
EXTENSION = re.compile(r"\{[0-9A-Fa-f-]{36}\}|http://schemas\.microsoft\.com/office/drawing/2008/diagram")
# Attributes of diagrams whose values are random numbers, the same in all copies of a diagram.
GUIDS = {"modelId", "srcId", "destId", "parTransId", "sibTransId", "presAssocID", "cxnId"}
GUID = "{{00000000-0000-0000-0000-{number:012d}}}"
# Attributes that name a layout, and those that refer to names in one; Office looks its own up by name, so these stay.
LAYOUTS = {"uniqueId", "loTypeId", "qsTypeId", "csTypeId", "presId"}
LAYOUT_NAMES = {"presName", "forName", "refForName", "moveWith", "ref", "name"}
OFFICE_LAYOUT = re.compile(r"urn:(microsoft\.com/office/officeart/|diagrams\.loki3\.com/)[\w./+-]*|none|layout\d+")
# Attributes that name the look of a shape; names other than those of Office are an author's own.
LOOKS = {"styleLbl", "presStyleLbl"}
OFFICE_LOOK = re.compile(
    r"(?:node|lnNode|vennNode|alignNode|asst|alignImgPlace|bgImgPlace|fgImgPlace|callout|parChTrans[12]D|"
    r"(?:fgS|bgS|s)ibTrans[12]D|conFgAcc|alignAcc|trAlignAcc|bgAcc|solidFgAcc|solidAlignAcc|solidBgAcc|fgAccFollowNode|"
    r"alignAccFollowNode|bgAccFollowNode|fgAcc|bgShp|dkBgShp|trBgShp|fgShp|revTx)\d?|look\d+|"
)
SCHEMES = {"theme", "clrScheme", "fontScheme", "fmtScheme"}


def clean_drawings(root: Element, found: Counter[str], names: WordNames) -> None:
    """Remove from a tree what its charts, diagrams and other drawings hold besides what they show."""
    for element in list(root.iter("{*}*")):
        kind = local_name(element)
        if kind in REMOVED.get(namespace(element), ()):
            remove_element(element)
        elif kind == "extLst":
            _clean_extensions(element)
        elif kind in ("docPr", "cNvPr") and element.get("hidden") in ("1", "true"):
            _drop_hidden_shape(element, found)
        elif kind in SCHEMES and element.get("name"):
            element.set("name", "Office")
    _renumber_formulas(root)
    own_layout = _has_own_layout(root)
    for element in root.iter("{*}*"):
        _clean_attributes(element, names, own_layout)


def _clean_extensions(extensions: Element) -> None:
    for one in list(extensions):
        is_known = EXTENSION.fullmatch(one.get("uri") or "") and {local_name(child) for child in one} <= EXTENSIONS
        if not is_known or not len(one):
            remove_element(one)
    if not len(extensions):
        remove_element(extensions)


def _drop_hidden_shape(element: Element, found: Counter[str]) -> None:
    if local_name(element) == "docPr":
        shape = next((one for one in element.iterancestors() if local_name(one) == "drawing"), None)
    else:
        parent = parent_of(element)
        shape = parent if local_name(parent).startswith("wsp") else parent.getparent()
    if shape is not None:
        found["hidden_text"] += 1
        remove_element(shape)


def _renumber_formulas(root: Element) -> None:
    """Replace the cell references of a chart's figures, which name a sheet and a file, and keep the figures."""
    for number, formula in enumerate(root.iter(CHART + "f"), 1):
        formula.text = f"Sheet1!$A${number}"


def _has_own_layout(root: Element) -> bool:
    """Return whether a diagram is laid out by rules of its author's own."""
    ids = [root.get("uniqueId") or ""] if root.tag == DIAGRAM + "layoutDef" else []
    ids += [one.get("loTypeId") or "none" for one in root.iter(DIAGRAM + "prSet") if one.get("loTypeId")]
    return any(not OFFICE_LAYOUT.match(one) or one.startswith("layout") for one in ids)


def _clean_attributes(element: Element, names: WordNames, own_layout: bool) -> None:
    space = namespace(element)
    for name, short, value in attributes(element):
        if space == DIAGRAM and short in LAYOUTS and not OFFICE_LAYOUT.fullmatch(value):
            element.set(name, names.new("layout", value))
        elif _is_look(element, space, short) and not OFFICE_LOOK.fullmatch(value):
            element.set(name, names.new("look", value))
        elif _is_random(element, space, short, value):
            element.set(name, names.new("guid", value, GUID))
        elif own_layout and space == DIAGRAM and short in LAYOUT_NAMES and local_name(element) not in ("ext", "cNvPr"):
            element.set(name, names.new("n", value))
        elif short in REMOVED_ATTRIBUTES and space in (A, CHART, CHART_SHAPES, DIAGRAM):
            del element.attrib[name]


def _is_look(element: Element, space: str, short: str) -> bool:
    return space == DIAGRAM and (short in LOOKS or (short == "name" and local_name(element) == "styleLbl"))


def _is_random(element: Element, space: str, short: str, value: str) -> bool:
    if short in GUIDS and space in (DIAGRAM, SHAPES):
        return value not in ("", "0")
    return short == "id" and local_name(element) == "fld" and space == A


def drop_unshown_text(data: Element, drawing: Element, found: Counter[str]) -> None:
    """Empty the text of a diagram's data that its drawing, which Word made from the data, does not show."""
    shown = {_words(text) for text in drawing.iter(A + "p")} - {""}
    if not shown:
        return  # some programs leave the drawing to the reader
    for text in list(data.iter(A + "p")):
        if _words(text) and _words(text) not in shown:
            found["hidden_text"] += 1
            for run in text.iter(A + "t"):
                run.text = None


def _words(paragraph: Element) -> str:
    return " ".join("".join(text.text or "" for text in paragraph.iter(A + "t")).split())
