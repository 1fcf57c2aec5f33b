"""The names that WordprocessingML, DrawingML and VML define (ISO/IEC 29500), and which free text stays."""

import re
from collections import Counter
from pathlib import Path

from ...xml_trees import COMPATIBILITY, Element, attributes, local_name, parent_of, remove_element, unwrap_element
from ..links import is_public_link
from ..standards import Standard, keep_known, new_font, used_namespaces, with_known_prefixes
from .drawings import EXTENSION, LAYOUTS
from .elements import NAMED_DRAWINGS, R
from .names import STYLE_OF, WordNames

# Words of VML's styles, of formulas of shapes, and of the layouts of diagrams, which the schemas leave open.
WORDS = """
abs absolute acc accent adj align allow alt altn anchor and ang antialias aqua area around arrow aspect atan atan2
auto background baseline bg black blue bold both bottom buttonface buttonshadow callout canvas cat cat2 cd center char
child circ circle circular colors column com comp compatibility con conn connector connsite container content cos
cycle darken decoration desc descendant diagram differentiate direction distance do drawingml dummy each edge edited
ellipse empty enable end eqn family features fg fill first fit flip flow follow font for foreground from fuchsia gear
general grav gray green grey group half hc hd header headers height hidden hier highlight horizontal horz http
hyphenation ideographic if image img indents index infobackground inherit inside iso italic justification justify
kerning lang last layout left letter level lighten lime lin line linear list ln look lr main margin maroon matrix max
maxadj microsoft mid middle min mirror mod mode mso multirow name navy next node nodes none not office officeart ofs
olive open openxmlformats orange org outside overflow override padding page par parent percent pic picture pictures
pin place placeholder point position process prod purple pyramid quickstyle radial rang ratio rect red relative rid
right rl root rotate rotation row same scale schemas shade shape shapes shapetype shp sib silver simple sin size space
spacer spacing sqrt square ss static step stpos stretch style styles sub sum table tan tb teal text textbox this three
threeddarkshadow threedshadow through tight tint title top track trans trim tx underline urn use utf val vc vert
vertical visibility visible wd wedge weight white width window windows windowtext word wordml wordprocessing wrap
yellow z
"""
IGNORABLE = {"w14", "w15", "w16se", "wp14"}  # extensions that older programs must be told to ignore
FONTS = {"rFonts": {"ascii", "hAnsi", "cs", "eastAsia"}, "font": {"name", "typeface"}, "altName": {"val"},
         "sym": {"font", "typeface"}, "mathFont": {"val"}, "latin": {"typeface"}, "ea": {"typeface"},
         "cs": {"typeface"}, "buFont": {"typeface"}, "symEx": {"font"}}  # fmt: skip
# What readers see: numbers of lists, bullets, operators, formats of numbers, words drawn as a picture.
SHOWN = {("lvlText", "val"), ("buChar", "char"), ("chr", "val"), ("begChr", "val"), ("endChr", "val"),
         ("sepChr", "val"), ("numFmt", "formatCode"), ("pt", "formatCode"), ("textpath", "string"),
         ("tblCaption", "val"), ("tblDescription", "val")}  # fmt: skip
DESCRIPTIONS = {"descr", "title"}  # of drawings, read aloud
SHAPES = {"shape", "rect", "roundrect", "oval", "line", "polyline", "curve", "arc", "group", "image"}
LATENT = {"lsdException"}  # built-in styles; others are removed with the names
LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:[-_](?:tradnl|valencia|\d{4}))?|x-none|[0-9A-Fa-f]{4}"
)
LANGUAGES = {"lang", "altLang", "bidi", "eastAsia"}
PATH = re.compile(r"(?:[mlcxetrv\s\d,.@#-]|n[fs]|a[eltr]|w[ar]|q[xyb]|h[a-i])*")
SCRIPT = re.compile("[A-Z][a-z]{3}")
STANDARD = Standard.read(Path(__file__).with_name("known_names.txt"), WORDS)


def keep_known_names(root: Element, found: Counter[str], names: WordNames) -> None:
    """Remove from a tree what the standard does not know, and give neutral names to fonts that nobody knows."""
    known = set(names.ids.values()) | set(names.titles.values())

    def passes(element: Element, name: str, value: str) -> bool:
        kind, short = local_name(element), name.rpartition("}")[2]
        if kind in STYLE_OF or kind == "style" or (kind == "name" and short == "val"):
            return value in known
        return name.startswith(R) or _is_shown(kind, short, value) or _is_open(element, kind, short, value)

    for element in root.iter("{*}*"):
        for short in FONTS.get(local_name(element), ()):
            for name, its_short, value in attributes(element):
                if its_short == short:
                    element.set(name, new_font(value, names))
    found["settings"] += bool(keep_known(root, STANDARD, passes))


def _is_shown(kind: str, short: str, value: str) -> bool:
    if (kind, short) in SHOWN or short in FONTS.get(kind, ()):
        return True
    if (kind in NAMED_DRAWINGS and short in DESCRIPTIONS) or (kind in SHAPES and short == "alt"):
        return True
    return short == "href" and is_public_link(value)


def _is_open(element: Element, kind: str, short: str, value: str) -> bool:
    """Return whether a value is of a kind that the schemas describe in words only."""
    if short in LANGUAGES or kind in ("lang", "lid"):
        return bool(LANGUAGE.fullmatch(value))
    if kind == "font" and short == "script":
        return bool(SCRIPT.fullmatch(value))
    if kind == "hyperlink" and short == "anchor":  # a bookmark with its new name, or the end of a public address
        return True
    if kind == "ext" and short == "uri":
        return bool(EXTENSION.fullmatch(value))
    if short in LAYOUTS or (short == "relId" and local_name(parent_of(element)) == "ext"):
        return True
    if (kind, short) == ("Choice", "Requires"):
        return set(value.split()) <= set(STANDARD.prefixes.values())
    if (kind, short) == ("graphicData", "uri"):
        return value in STANDARD.prefixes
    return kind in LATENT or (short in ("path", "v") and bool(PATH.fullmatch(value)))


def choose_alternatives(root: Element) -> None:
    """Replace what needs something unknown by the alternative that a file offers; rewrite what the others need."""
    for element in root.iter("{*}*"):
        for name, _short, _value in attributes(element):
            if name.startswith(COMPATIBILITY):
                del element.attrib[name]  # `finished` writes it again
    for alternatives in list(root.iter(COMPATIBILITY + "AlternateContent")):
        for choice in alternatives.findall(COMPATIBILITY + "Choice"):
            spaces = [choice.nsmap.get(prefix) for prefix in (choice.get("Requires") or "").split()]
            needed = [STANDARD.prefixes.get(space or "") for space in spaces]
            if all(needed):
                choice.set("Requires", " ".join(filter(None, needed)))
            else:
                remove_element(choice)
        if alternatives.find(COMPATIBILITY + "Choice") is None:
            fallback = alternatives.find(COMPATIBILITY + "Fallback")
            if fallback is not None:
                unwrap_element(fallback)
            unwrap_element(alternatives)


def finished(root: Element) -> Element:
    """Return a tree with the usual prefixes, and tell older programs which of them to ignore."""
    namespaces = {prefix: namespace for namespace, prefix in STANDARD.prefixes.items()}
    choices = root.iter(COMPATIBILITY + "Choice")
    needed = {prefix for choice in choices for prefix in (choice.get("Requires") or "").split()}
    ignorable = sorted(IGNORABLE & {STANDARD.prefixes[space] for space in used_namespaces(root)})
    needed |= {"mc"} if ignorable else set()
    new = with_known_prefixes(root, STANDARD, {prefix: namespaces[prefix] for prefix in needed})
    if ignorable:
        new.set(COMPATIBILITY + "Ignorable", " ".join(ignorable))
    return new
