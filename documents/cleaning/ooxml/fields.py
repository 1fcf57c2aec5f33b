"""Fields of Word (ECMA-376, part 1, 17.16): codes that print something, with the result that was printed last."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from ...errors import UnreadableError
from ...xml_trees import Element, remove_element
from ..links import is_public_link
from .elements import PERSONAL_FIELDS, PERSONAL_PROPERTIES, PROPERTY_FIELDS, W
from .names import WordNames

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TOKEN = re.compile(r'\\\S|"[^"]*"|[^\s"\\]+')  # a switch, a quoted argument or a word
FORMATS = {"mergeformat", "charformat", "arabic", "arabicdash", "roman", "alphabetic", "ordinal", "cardtext", "ordtext",
           "hex", "dollartext", "caps", "firstcap", "lower", "upper", "arabicalpha", "arabicabjad", "hebrew1",
           "hebrew2", "thaiarabic", "thailetter", "thaicardtext", "hindinumbers", "hindiarabic", "circlenum",
           "chinesenum1", "chinesenum2", "chinesenum3", "dbnum1", "dbnum2", "dbnum3", "ganada", "chosung", "zodiac1",
           "zodiac2", "zodiac3", "aiueo", "iroha", "gb1", "gb2", "gb3", "gb4", "kanjinum1", "kanjinum2", "kanjinum3",
           "sbchar", "dbchar"}  # fmt: skip
ARGUMENTS = {"number": r"\d+(\.\d+)?", "levels": r"\d(-\d)?", "mark": r"[^\w\"\\]{0,5}",
            "figures": r"[#0x.,;:+\-%$€£ ]+",
            # Literal words in a date, as many languages need them, are quoted and shown.
            "moment": r"([dmyhsapDMYHSAP.,:;/\- 年月日時时分秒]|'[^']{0,12}')+",
            "list": r"(Number|Outline|Legal)Default",
            "font": r"[\w .\-]{1,40}"}  # fmt: skip
# For each field that may stay: the kind of its first argument, and the kind of argument of each switch ("" for none).
GRAMMAR: dict[str, tuple[str, dict[str, str]]] = {
    "PAGE": ("", {}), "NUMPAGES": ("", {}), "SECTION": ("", {}), "SECTIONPAGES": ("", {}),
    "PAGEREF": ("bookmark", {"h": "", "p": ""}),
    "NOTEREF": ("bookmark", {"f": "", "h": "", "p": ""}),
    "REF": ("bookmark", dict.fromkeys("fhnprtw", "")),
    "SEQ": ("sequence", {"c": "", "h": "", "n": "", "r": "number", "s": "number"}),
    "STYLEREF": ("style", dict.fromkeys("lnprtw", "")),
    "TOC": ("", dict.fromkeys("huwxz", "") | dict.fromkeys("lno", "levels") | dict.fromkeys("acs", "sequence")
            | dict.fromkeys("dp", "mark") | {"b": "bookmark", "t": "levels_of_styles"}),
    "SYMBOL": ("number", dict.fromkeys("ahju", "") | {"f": "font", "s": "number"}),
    "LISTNUM": ("list", {"l": "number", "s": "number"}),
    "AUTONUM": ("", {"s": "mark"}), "ADVANCE": ("", dict.fromkeys("dlruxy", "number")),
    "DATE": ("", dict.fromkeys("lhs", "")), "TIME": ("", {}),
}  # fmt: skip
REQUIRED = {"bookmark", "sequence", "style"}
MAX_NESTED = 100  # fields in fields
COMMON_SWITCHES = {"*": "format", "#": "figures", "@": "moment"}


@dataclass
class Field:
    """One field: the text of its code, and the elements that make its marks, its code and its displayed result."""

    code: list[Element] = field(default_factory=list)
    marks: list[Element] = field(default_factory=list)
    shown: list[Element] = field(default_factory=list)
    in_code: bool = True
    text: str = ""


def clean_fields(root: Element, found: Counter[str], names: WordNames) -> None:
    """Remove fields that print names of people or files, and what is not known from the codes of others."""
    for simple in list(root.iter(W + "fldSimple")):
        _expand(simple)
    kept = {code for one in _fields(root) for code in [_decide(one, found, names)] if code is not None}
    for code in list(root.iter(W + "instrText")):
        if code not in kept:
            remove_element(code)


def _fields(root: Element) -> list[Field]:
    fields: list[Field] = []
    open_ones: list[Field] = []
    for element in root.iter(W + "r"):
        for child in element:
            if child.tag == W + "fldChar":
                _follow_mark(child, fields, open_ones)
            elif child.tag != W + "rPr":
                for one in open_ones:
                    (one.code if one.in_code else one.shown).append(child)
                if open_ones and child.tag == W + "instrText" and open_ones[-1].in_code:
                    open_ones[-1].text += child.text or ""
    return fields


def _follow_mark(mark: Element, fields: list[Field], open_ones: list[Field]) -> None:
    """Open a field, go from its code to its result, or close it; a nested field also belongs to the outer ones."""
    kind = mark.get(W + "fldCharType")
    for one in open_ones if kind == "begin" else open_ones[:-1]:
        (one.code if one.in_code else one.shown).append(mark)
    if kind == "begin":
        if len(open_ones) == MAX_NESTED:
            raise UnreadableError("too_many_parts")
        open_ones.append(Field())
        fields.append(open_ones[-1])
    if open_ones:
        open_ones[-1].marks.append(mark)
        open_ones[-1].in_code = open_ones[-1].in_code and kind != "separate"
        if kind == "end":
            open_ones.pop()


def _is_personal(text: str) -> bool:
    """Return whether a field with this code displays the name of a person or a file."""
    words = text.split()
    name = words[0].upper() if words else ""
    if name in PROPERTY_FIELDS:
        return any(one in text.lower().replace(" ", "") for one in PERSONAL_PROPERTIES)
    return name in PERSONAL_FIELDS


def _decide(one: Field, found: Counter[str], names: WordNames) -> Element | None:
    """Keep or remove a field; return the element with its code if it stays."""
    code = [element for element in one.code if element.tag == W + "instrText"]
    # A code that is computed from other fields is unknown.
    is_whole = one.marks[-1].get(W + "fldCharType") == "end" and len(code) == len(one.code)
    text = rewrite_code(one.text, names) if code and is_whole else None
    if text is not None:
        code[0].text = text
        code[0].set(SPACE, "preserve")
        return code[0]
    _count(one.text, found)
    for element in one.marks + one.code + (one.shown if _is_personal(one.text) else []):
        remove_element(element)
    return None


def _expand(simple: Element) -> None:
    """Replace a simple field by the runs of a complex one, as Word mostly writes: not every reader handles both."""
    children = [child for child in simple if child.tag != W + "fldData"]
    code = _code(simple.get(W + "instr") or "")
    for child in [_mark("begin"), code, _mark("separate"), *children, _mark("end")]:
        simple.addprevious(child)
    remove_element(simple)


def _mark(kind: str) -> Element:
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "fldChar").set(W + "fldCharType", kind)
    return run


def _code(text: str) -> Element:
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "instrText").text = text
    return run


def _count(text: str, found: Counter[str]) -> None:
    found["links" if text.split()[:1] in (["HYPERLINK"], ["LINK"], ["INCLUDEPICTURE"]) else "fields"] += 1


def rewrite_code(text: str, names: WordNames) -> str | None:
    """Return the code of a field with new names and only what is known; None if it cannot stay."""
    words = TOKEN.findall(re.sub("[“”„]", '"', text))
    name = words[0].upper() if words else ""
    if name == "EQ":
        return text  # an equation is drawn from its code, so all of it is shown
    if name == "HYPERLINK":
        return _link(words[1:], names)
    if name not in GRAMMAR:
        return None
    first, switches = GRAMMAR[name]
    kept, start = [name], 1
    if first:
        value = _argument(first, words[1] if len(words) > 1 else "", names)
        if not value and first in REQUIRED:
            return None
        kept += [value] if value else []
        start = 2 if value else 1
    return f" {' '.join(kept + _switches(words[start:], switches | COMMON_SWITCHES, names))} "


def _switches(words: list[str], switches: dict[str, str], names: WordNames) -> list[str]:
    kept: list[str] = []
    for word, following in zip(words, [*words[1:], ""], strict=False):
        kind = switches.get(word[1:].lower()) if word.startswith("\\") else None
        if kind == "":
            kept.append(word)
        elif kind:
            argument = "" if following.startswith("\\") else _argument(kind, following, names)
            # Levels may be left out, which means all of them.
            kept += [word, argument] if argument else [word] if kind == "levels" else []
    return kept


def _argument(kind: str, word: str, names: WordNames) -> str:
    """Return the new value of an argument of this kind, or "" if it cannot stay."""
    quoted = word.startswith('"')
    value = word.strip('"').strip() if kind != "mark" else word.strip('"')
    if kind == "style":
        new = value if re.fullmatch("[1-9]", value) else names.styles.get(value.lower(), "")
        return f'"{new}"' if new else ""
    if kind == "levels_of_styles":
        return _levels_of_styles(value, names)
    if kind in ("bookmark", "sequence"):
        new = value and (names.bookmark(value) if kind == "bookmark" else names.new("s", value.lower()))
        return f'"{new}"' if quoted and new else new
    if kind == "format":
        return word if value.lower() in FORMATS else ""
    return word if re.fullmatch(ARGUMENTS[kind], value) else ""


def _levels_of_styles(value: str, names: WordNames) -> str:
    separator = ";" if ";" in value else ","
    words = value.split(separator)
    pairs = [(names.styles.get(style.strip().lower()), level) for style, level in pairwise(words)]
    kept = [f"{style}{separator}{level}" for style, level in pairs if style and level.strip().isdigit()]
    return f'"{separator.join(kept)}"' if kept else ""


def _link(words: list[str], names: WordNames) -> str | None:
    address, anchor = "", ""
    for before, word in zip(["", *words], words, strict=False):
        value = word.strip('"')
        if before == "\\l":
            anchor = value
        elif not word.startswith("\\") and before not in ("\\o", "\\t"):
            address = address or value
    if address.startswith("#"):
        address, anchor = "", address[1:]
    if address and not is_public_link(address):
        return None
    if not address and not anchor:
        return None
    anchor = anchor if address else names.bookmark(anchor)
    words = [f'"{address}"'] * bool(address) + [f'\\l "{anchor}"'] * bool(anchor)
    return f" HYPERLINK {' '.join(words)} "
