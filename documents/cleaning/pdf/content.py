"""Content streams of a PDF (ISO 32000-2, 7.8.2) without anything that their operators do not use.

Comments, unknown operators, surplus operands, and names that programs and people gave to resources are removed.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, String

from ..new_names import NewNames
from .allowed_keys import LANGUAGE
from .inline_pictures import clean_inline_picture
from .streams import NO_CONTENT, drop_keys

# Properties of marked content that may stay (14.6).
MARK_PROPERTIES = {"/MCID", "/Lang", "/ActualText", "/E", "/Alt", "/Type", "/Subtype", "/Attached", "/BBox"}
# How many numbers each operator takes at most (annex A).
NUMBERS = {"w": 1, "J": 1, "j": 1, "M": 1, "i": 1, "q": 0, "Q": 0, "cm": 6, "m": 2, "l": 2, "c": 6, "v": 4, "y": 4,
           "h": 0, "re": 4, "S": 0, "s": 0, "f": 0, "F": 0, "f*": 0, "B": 0, "B*": 0, "b": 0, "b*": 0, "n": 0, "W": 0,
           "W*": 0, "BT": 0, "ET": 0, "Tc": 1, "Tw": 1, "Tz": 1, "TL": 1, "Tr": 1, "Ts": 1, "Td": 2, "TD": 2, "Tm": 6,
           "T*": 0, "G": 1, "g": 1, "RG": 3, "rg": 3, "K": 4, "k": 4, "SC": 32, "sc": 32, "d0": 2, "d1": 6, "EMC": 0,
           "BX": 0, "EX": 0}  # fmt: skip
SHOWING = {"Tj", "'", '"', "TJ"}
# The kinds of resources that operators name with their last operand.
RESOURCES = {"gs": "/ExtGState", "Do": "/XObject", "cs": "/ColorSpace", "CS": "/ColorSpace", "sh": "/Shading",
             "scn": "/Pattern", "SCN": "/Pattern"}  # fmt: skip
RESOURCE_KINDS = {"/Font", "/Properties", *RESOURCES.values()}
USUAL_NAME = re.compile(
    r"/(?:[A-Za-z]{1,3}[\d_+.-]{0,9}|[A-Za-z]{1,2}\d{1,4}[A-Za-z]?\d{0,4}|FXX\d+|Font\d+|Image\d+|Form\d+|Pat\d+|"
    r"FormXob\.[0-9a-f]{32}|Default(?:Gray|RGB|CMYK)|Device(?:Gray|RGB|CMYK)|Pattern|RelativeColorimetric|"
    r"AbsoluteColorimetric|Saturation|Perceptual)"
)
# Tags of marked content and of elements of the structure (14.8.4); others say nothing to a reader.
STANDARD_TAG = re.compile(
    r"/(?:Document(?:Fragment)?|Part|Art|Sect|Div|BlockQuote|Caption|TOCI?|Index|NonStruct|Private|Aside|Title|Sub|"
    r"P|H\d{0,2}|L|LI|Lbl|LBody|Table|TR|TH|TD|THead|TBody|TFoot|Span|Quote|Note|FENote|Reference|BibEntry|Code|Link|"
    r"Annot|Ruby|RB|RT|RP|Warichu|WT|WP|Em|Strong|Figure|Formula|Form|Artifact|OC|Tx|ReversedChars|Clip|[A-Z]{1,2}\d*)"
)
NUMBER = rb"[+-]?(?:\d++\.?\d*+|\.\d++)[\s\0]*+"
TEXT = rb"(?:\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)|<[0-9A-Fa-f\s]*+>)[\s\0]*+"
NAME = rb"/(?:[A-Za-z]{1,3}[\d_+.-]{0,9})[\s\0]++"
TAG = rb"/(?:" + STANDARD_TAG.pattern.removeprefix("/(?:").encode() + rb"[\s\0]*+"
OPERATORS = b"|".join(re.escape(one).encode() for one in sorted(NUMBERS, reverse=True))
# What almost all streams consist of: known operators with operands of their kinds.
PLAIN = re.compile(
    rb"[\s\0]*+(?:(?:"
    rb"(?:%(number)b)*+(?:%(operators)b|%(name)b(?:scn|SCN))|(?:%(number)b)++(?:scn|SCN)"
    rb"|%(name)b(?:%(number)bTf|gs|Do|sh|cs|CS|ri)|%(text)b(?:Tj|')"
    rb"|\[[\s\0]*+(?:%(text)b|%(number)b)*+\][\s\0]*+TJ|\[[\s\0]*+(?:%(number)b)*+\][\s\0]*+%(number)bd"
    rb"|%(tag)b(?:BMC|<<\s*+/MCID\s++\d++\s*+>>\s*+BDC|%(name)bBDC)"
    rb")(?![^\s\0()<>\[\]{}/%%])[\s\0]*+)*+"
    % {b"number": NUMBER, b"text": TEXT, b"name": NAME, b"tag": TAG, b"operators": OPERATORS},
    re.DOTALL,
)


@dataclass
class ContentNames:
    """The new names of resources of one PDF; those that programs usually give stay."""

    names: NewNames = field(default_factory=lambda: NewNames(Counter()))
    are_usual: bool = True

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> "ContentNames":
        """Return the names for a PDF: `are_usual` says that none of its resources gets another."""
        found = cls()
        for thing in pdf.objects:
            if isinstance(thing, Dictionary | pikepdf.Stream):
                found._look_into(thing)
        return found

    def _look_into(self, holder: Object) -> None:
        holders: list[Any] = [holder, holder.get("/Resources")]
        for one in holders:
            for kind in RESOURCE_KINDS & set(one.keys()) if isinstance(one, Dictionary) else ():
                named = one[kind]
                if isinstance(named, Dictionary) and not all(map(USUAL_NAME.fullmatch, named.keys())):
                    self.are_usual = False

    def new(self, kind: str, old: Any) -> Any:
        """Return the name that replaces one of a kind of resource."""
        if not isinstance(old, Name) or USUAL_NAME.fullmatch(str(old)):
            return old
        return Name("/N" + self.names.new(kind, str(old), "{number}"))

    def rename(self, resources: Object) -> None:
        """Rename the resources that a dictionary lists."""
        for kind in RESOURCE_KINDS & set(resources.keys()):
            named = resources[kind]
            if isinstance(named, Dictionary) and not all(map(USUAL_NAME.fullmatch, named.keys())):
                resources[kind] = Dictionary({
                    str(self.new(kind, Name(key))): value for key, value in named.items() if value is not None
                })  # fmt: skip


def standard_tag(tag: Any) -> Any:
    """Return a tag if it is a standard one, and otherwise one that says nothing."""
    return tag if isinstance(tag, Name) and STANDARD_TAG.fullmatch(str(tag)) else Name.Span


def clean_content_stream(pdf: pikepdf.Pdf, stream: Object, found: Counter[str], names: ContentNames) -> None:
    """Rewrite a content stream with known operators and what these use; `found` counts pictures that are left out."""
    if names.are_usual and PLAIN.fullmatch(stream.read_bytes()):
        return
    kept: list[Any] = []
    for instruction in pikepdf.parse_content_stream(stream):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            picture = clean_inline_picture(pdf, instruction.iimage, found)
            kept += [] if picture is None else [picture]
            continue
        operator = str(instruction.operator)
        operands = _used(operator, list(instruction.operands), names)
        if operands is not None:
            kept.append((operands, Operator(operator)))
    stream.write(pikepdf.unparse_content_stream(kept) or NO_CONTENT)


def _used(operator: str, operands: list[Any], names: ContentNames) -> list[Any] | None:
    """Return the operands that an operator uses; None if the instruction does not stay."""
    if operator in NUMBERS:
        return _numbers(operands)[-NUMBERS[operator] or len(operands) :] if NUMBERS[operator] else []
    if operator in SHOWING:
        return _shown(operator, operands)
    if operator in RESOURCES:
        last = operands[-1:] if operands and isinstance(operands[-1], Name) else []
        numbers = _numbers(operands) if operator in ("scn", "SCN") else []
        return [*numbers, *(names.new(RESOURCES[operator], one) for one in last)]
    if operator == "Tf" and len(operands) > 1:
        return [names.new("/Font", operands[-2]), *_numbers(operands[-1:])]
    if operator == "ri":
        return [one for one in operands[-1:] if isinstance(one, Name) and USUAL_NAME.fullmatch(str(one))] or None
    if operator == "d" and len(operands) > 1 and isinstance(operands[-2], Array):
        return [Array(_numbers(list(operands[-2]))), *_numbers(operands[-1:])]
    if operator == "BMC":
        return [standard_tag(operands[-1] if operands else None)]
    return _mark(operands, names) if operator == "BDC" and len(operands) > 1 else None


def _shown(operator: str, operands: list[Any]) -> list[Any] | None:
    if operator == '"':
        return [*_numbers(operands[:-1])[-2:], *operands[-1:]]
    if operator == "TJ" and operands and isinstance(operands[-1], Array):
        return [Array([one for one in operands[-1] if isinstance(one, String | int | float | Decimal)])]
    return [operands[-1]] if operands and isinstance(operands[-1], String) else None


def _mark(operands: list[Any], names: ContentNames) -> list[Any]:
    tag, properties = operands[-2:]
    if isinstance(properties, Dictionary):
        drop_keys(properties, set(properties.keys()) - MARK_PROPERTIES)
        if "/Lang" in properties and not LANGUAGE.fullmatch(str(properties["/Lang"])):
            drop_keys(properties, ["/Lang"])
        return [standard_tag(tag), properties]
    return [standard_tag(tag), names.new("/Properties", properties)]


def _numbers(operands: list[Any]) -> list[Any]:
    return [one for one in operands if isinstance(one, int | float | Decimal)]
