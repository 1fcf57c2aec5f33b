"""The codes of Word's fields: written anew from the words that they may hold (ECMA-376, 17.16)."""

import re
from itertools import pairwise

from documents.cleaning.names import WordNames
from documents.cleaning.trees import is_open_link, tells_a_file

TOKEN = re.compile(r'\\\S|"[^"]*"|[^\s"\\]+')
FORMATS = {"mergeformat", "charformat", "arabic", "arabicdash", "roman", "alphabetic", "ordinal", "cardtext", "ordtext",
           "hex", "dollartext", "caps", "firstcap", "lower", "upper", "arabicalpha", "arabicabjad", "hebrew1",
           "hebrew2", "thaiarabic", "thailetter", "thaicardtext", "hindinumbers", "hindiarabic", "circlenum",
           "chinesenum1", "chinesenum2", "chinesenum3", "dbnum1", "dbnum2", "dbnum3", "ganada", "chosung",
           "zodiac1", "zodiac2", "zodiac3", "aiueo", "iroha", "gb1", "gb2", "gb3", "gb4", "kanjinum1",
           "kanjinum2", "kanjinum3", "sbchar", "dbchar"}  # fmt: skip
PICTURES = {"number": r"\d+(\.\d+)?", "levels": r"\d(-\d)?", "mark": r"[^\w\"\\]{0,5}",
            "figures": r"[#0x.,;:+\-%$€£ ]+",
            # Words in a date, as in many languages, stand in quotes and are shown.
            "moment": r"([dmyhsapDMYHSAP.,:;/\- 年月日時时分秒]|'[^']{0,12}')+",
            "list": r"(Number|Outline|Legal)Default",
            "font": r"[\w .\-]{1,40}"}  # fmt: skip
# For each field: what its first word is, and what may follow each of its switches ("" for nothing).
GRAMMAR = {
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
NEEDED = {"bookmark", "sequence", "style"}
SWITCHES = {"*": "format", "#": "figures", "@": "moment"}


def rewritten(text: str, names: WordNames) -> str | None:
    """Return a code of a field without what is not known in it and with new names; None if it cannot stay."""
    words = TOKEN.findall(re.sub("[“”„]", '"', text))
    name = words[0].upper() if words else ""
    if name == "EQ":
        return text  # it is drawn from its code, so all of that is shown
    if name == "HYPERLINK":
        return _link(words[1:], names)
    if name not in GRAMMAR:
        return None
    first, switches = GRAMMAR[name]
    kept, place = [name], 1
    if first:
        value = _argument(first, words[1] if len(words) > 1 else "", names)
        if not value and first in NEEDED:
            return None
        kept += [value] if value else []
        place = 2 if value else 1
    return f" {' '.join(kept + _switches(words[place:], switches | SWITCHES, names))} "


def _switches(words: list[str], switches: dict[str, str], names: WordNames) -> list[str]:
    kept = []
    for word, following in zip(words, [*words[1:], ""], strict=False):
        kind = switches.get(word[1:].lower()) if word.startswith("\\") else None
        if kind == "":
            kept.append(word)
        elif kind:
            argument = "" if following.startswith("\\") else _argument(kind, following, names)
            # Levels may be left out, and are all of them then.
            kept += [word, argument] if argument else [word] if kind == "levels" else []
    return kept


def _argument(kind: str, word: str, names: WordNames) -> str:
    """Return what a word of this kind becomes, or nothing."""
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
    return word if re.fullmatch(PICTURES[kind], value) else ""


def _levels_of_styles(value: str, names: WordNames) -> str:
    mark = ";" if ";" in value else ","
    words = value.split(mark)
    pairs = [(names.styles.get(style.strip().lower()), level) for style, level in pairwise(words)]
    kept = [f"{style}{mark}{level}" for style, level in pairs if style and level.strip().isdigit()]
    return f'"{mark.join(kept)}"' if kept else ""


def _link(words: list[str], names: WordNames) -> str | None:
    address, place, tip = "", "", ""
    for before, word in zip(["", *words], words, strict=False):
        value = word.strip('"')
        if before == "\\l":
            place = value
        elif before == "\\o" and not tells_a_file(value):
            tip = value
        elif not word.startswith("\\") and before not in ("\\o", "\\t"):
            address = address or value
    if address.startswith("#"):
        address, place = "", address[1:]
    if address and not is_open_link(address):
        return None
    if not address and not place:
        return None
    place = place if address else names.bookmark(place)
    words = [f'"{address}"'] * bool(address) + [f'\\l "{place}"'] * bool(place) + [f'\\o "{tip}"'] * bool(tip)
    return f" HYPERLINK {' '.join(words)} "
