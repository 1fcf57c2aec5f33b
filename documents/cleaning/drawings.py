"""Charts, diagrams and other drawings in Word documents: what their parts tell that the picture does not show."""

import re
from collections import Counter

from documents.cleaning.names import WordNames
from documents.cleaning.trees import attributes, local, remove

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
SHAPES = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
CHART_SHAPES = "{http://schemas.openxmlformats.org/drawingml/2006/chartDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Gone from drawings: what they print with, where figures came from, samples, sounds, and colours that no shape has.
AIDS = {CHART: {"printSettings", "protection", "pivotSource", "pivotFmts"},
        DIAGRAM: {"title", "desc", "catLst", "sampData", "styleData", "clrData"},
        A: {"snd", "audioFile", "videoFile", "wavAudioFile", "quickTimeFile", "audioCd", "custClrLst"}}  # fmt: skip
ATTRIBUTES = {"textlink", "macro", "invalidUrl", "tgtFrame", "action", "phldrT", "loCatId", "qsCatId", "csCatId",
              "uniqueID"}  # fmt: skip
# Extensions that show something or describe it to those who do not see it, by the element in them.
EXTENSIONS = {"dataModelExt", "cNvPr", "decorative"}
EXTENSION = re.compile(r"\{[0-9A-Fa-f-]{36}\}|http://schemas\.microsoft\.com/office/drawing/2008/diagram")
# Ids in diagrams: random numbers that are the same in all copies of one.
GUIDS = {"modelId", "srcId", "destId", "parTransId", "sibTransId", "presAssocID", "cxnId"}
GUID = "{{00000000-0000-0000-0000-{number:012d}}}"
# Names of layouts, and what refers to them; those of Microsoft's own are looked up by their names and stay.
LAYOUTS = {"uniqueId", "loTypeId", "qsTypeId", "csTypeId", "presId"}
LAYOUT_NAMES = {"presName", "forName", "refForName", "moveWith", "ref", "name"}
OWN = re.compile(r"urn:(microsoft\.com/office/officeart/|diagrams\.loki3\.com/)[\w./+-]*|none|layout\d+")
# Looks of shapes that Office has by name; others are an author's.
LOOKS = {"styleLbl", "presStyleLbl"}
OWN_LOOK = re.compile(
    r"(?:node|lnNode|vennNode|alignNode|asst|alignImgPlace|bgImgPlace|fgImgPlace|callout|parChTrans[12]D|"
    r"(?:fgS|bgS|s)ibTrans[12]D|conFgAcc|alignAcc|trAlignAcc|bgAcc|solidFgAcc|solidAlignAcc|solidBgAcc|fgAccFollowNode|"
    r"alignAccFollowNode|bgAccFollowNode|fgAcc|bgShp|dkBgShp|trBgShp|fgShp|revTx)\d?|look\d+|"
)
SCHEMES = {"theme", "clrScheme", "fontScheme", "fmtScheme"}


def clean_drawings(root, found: Counter, names: WordNames) -> None:
    """Cut what belongs to charts, diagrams and other drawings out of a tree."""
    for element in list(root.iter("{*}*")):
        kind, space = local(element), element.tag.rpartition("}")[0] + "}"
        if kind in AIDS.get(space, ()):
            remove(element)
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


def _clean_extensions(extensions) -> None:
    for one in list(extensions):
        is_known = EXTENSION.fullmatch(one.get("uri") or "") and {local(child) for child in one} <= EXTENSIONS
        if not is_known or not len(one):
            remove(one)
    if not len(extensions):
        remove(extensions)


def _drop_hidden_shape(element, found: Counter) -> None:
    if local(element) == "docPr":
        shape = next((one for one in element.iterancestors() if local(one) == "drawing"), None)
    else:
        shape = element.getparent() if local(element.getparent()).startswith("wsp") else element.getparent().getparent()
    if shape is not None:
        found["hidden_text"] += 1
        remove(shape)


def _renumber_formulas(root) -> None:
    """A chart's figures stand beside the cells that they came from, and those name a sheet and a file."""
    for number, formula in enumerate(root.iter(CHART + "f"), 1):
        formula.text = f"Sheet1!$A${number}"


def _has_own_layout(root) -> bool:
    """Tell whether a diagram is laid out by rules that its author made."""
    ids = [root.get("uniqueId") or ""] if root.tag == DIAGRAM + "layoutDef" else []
    ids += [one.get("loTypeId") or "none" for one in root.iter(DIAGRAM + "prSet") if one.get("loTypeId")]
    return any(not OWN.match(one) or one.startswith("layout") for one in ids)


def _clean_attributes(element, names: WordNames, own_layout: bool) -> None:
    space = element.tag.rpartition("}")[0] + "}"
    for name, short, value in attributes(element):
        if space == DIAGRAM and short in LAYOUTS and not OWN.fullmatch(value):
            element.set(name, names.new("layout", value))
        elif _is_look(element, space, short) and not OWN_LOOK.fullmatch(value):
            element.set(name, names.new("look", value))
        elif _is_random(element, space, short, value):
            element.set(name, names.new("guid", value, GUID))
        elif own_layout and space == DIAGRAM and short in LAYOUT_NAMES and local(element) not in ("ext", "cNvPr"):
            element.set(name, names.new("n", value))
        elif short in ATTRIBUTES and space in (A, CHART, CHART_SHAPES, DIAGRAM):
            del element.attrib[name]


def _is_look(element, space: str, short: str) -> bool:
    return space == DIAGRAM and (short in LOOKS or (short == "name" and local(element) == "styleLbl"))


def _is_random(element, space: str, short: str, value: str) -> bool:
    if short in GUIDS and space in (DIAGRAM, SHAPES):
        return value not in ("", "0")
    return short == "id" and local(element) == "fld" and space == A


def hide_unshown(data, drawing, found: Counter) -> None:
    """Empty the words of a diagram that its drawing, made of them by Word, does not show."""
    shown = {_words(text) for text in drawing.iter(A + "p")} - {""}
    if not shown:
        return  # some programs leave the drawing to their readers
    for text in list(data.iter(A + "p")):
        if _words(text) and _words(text) not in shown:
            found["hidden_text"] += 1
            for run in text.iter(A + "t"):
                run.text = None


def _words(paragraph) -> str:
    return " ".join("".join(text.text or "" for text in paragraph.iter(A + "t")).split())
