"""The names that OpenDocument (ODF 1.3) and LibreOffice's extension of it define, and which free text stays."""

import re
from collections import Counter
from pathlib import Path

from ...xml_trees import Element, attributes, local_name
from ..new_names import NewNames
from ..standards import Standard, keep_known, new_font, with_known_prefixes
from .names import HREF, is_built_in

# Words of values that the schemas leave open: lines, colours, effects, shapes and their formulas.
WORDS = """
abs accent arc arrow atan atan2 auto background bang black block bold book bottom brace bracket callout can circle
color condensed corsivo cos cross cube cursief cursiva custom dark dash dashed diamond dot dotted double down drawing
ellipse fett figure flower followed fontwork frame gras grassetto groove hasfill hasstroke heart height hexagon hidden
hyperlink id if illustration inset isosceles italic italique kursiv left light lightning line logheight logwidth lum
max medium min mod moon mso narrow negrita non none normal oblique octagon off ooow ooxml outset page paper
parallelogram pentagon percent plain primitive puzzle quad rect rectangle ref regular ridge right ring roman round
semibold seq shade shape sin smiley solid spt sqrt square standard star sun symbol table tan text theme thick thin
tint top transparent trapezoid triangle up url vet wave width xstretch ystretch
"""
STANDARD = Standard.read(Path(__file__).with_name("known_names.txt"), WORDS)
FORMULAS = {"ooow": "http://openoffice.org/2004/writer"}  # the prefix of the formula that numbers a caption
FONT_NAMES = {"font-name", "font-name-asian", "font-name-complex"}
FONT_FAMILIES = {"font-family", "font-family-asian", "font-family-complex"}
# What readers see: bullets, texts before and after a number, and characters that fill a line.
SHOWN = {"bullet-char", "num-prefix", "num-suffix", "num-list-format", "leader-char", "leader-text", "prefix", "suffix",
         "grouping-separator", "decimal-replacement"}  # fmt: skip
LANGUAGES = {"language", "language-asian", "language-complex"}
LANGUAGE = re.compile("[a-z]{2,3}|none")
SCRIPT = re.compile("[A-Z][a-z]{3}")
TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-(?:valencia|\d{4}))?")
PATH = re.compile(r"[-+\d\s.,?f$mlhvcsqtazMLHVCSQTAZNFXYWUBGDEI]*")
PATHS = {"d", "enhanced-path"}


def keep_known_names(tree: Element, found: Counter[str]) -> None:
    """Remove from a tree, whose names are new already, what the standard does not know."""
    found["settings"] += bool(keep_known(tree, STANDARD, _passes))


def _passes(element: Element, name: str, value: str) -> bool:
    short = name.rpartition("}")[2]
    if name == HREF or short in SHOWN or short in FONT_NAMES | FONT_FAMILIES:
        return True
    if (local_name(element), short) in (("font-face", "name"), ("style", "class")):
        return True
    if short in LANGUAGES or short.startswith("rfc-language-tag"):
        return bool(LANGUAGE.fullmatch(value) or TAG.fullmatch(value))
    if short.startswith("script"):
        return bool(SCRIPT.fullmatch(value))
    if short in PATHS:
        return bool(PATH.fullmatch(value))
    return all(is_built_in(one) or STANDARD.is_technical(one) for one in value.split()) or is_built_in(value)


def rename_fonts(tree: Element, names: NewNames) -> None:
    """Give neutral names to fonts that nobody knows, where they are declared and where they are used."""
    for element in tree.iter("{*}*"):
        is_declaration = local_name(element) == "font-face"
        for name, short, value in attributes(element):
            if short in FONT_NAMES or (is_declaration and short == "name"):
                element.set(name, new_font(value, names))
            elif short in FONT_FAMILIES:
                element.set(name, ", ".join(_quoted(one, names) for one in value.split(",")) if value else value)


def _quoted(family: str, names: NewNames) -> str:
    plain = family.strip().strip("'\"")
    new = new_font(plain, names)
    return family.strip() if new == plain else f"'{new}'"


def finished(tree: Element) -> Element:
    """Return a tree with the usual prefixes."""
    has_formula = any(
        short == "formula" for element in tree.iter("{*}*") for _name, short, _value in attributes(element)
    )
    return with_known_prefixes(tree, STANDARD, FORMULAS if has_formula else {})
