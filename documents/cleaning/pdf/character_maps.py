"""Character maps (CMap) of a PDF, rewritten: which codes there are, and what each of them means."""

import re

import pikepdf

SECTION = re.compile(
    rb"begin(codespacerange|bfchar|bfrange|cidchar|cidrange|notdefchar|notdefrange)\b((?:(?!begin[a-z]).)*?)\bend\1\b",
    re.DOTALL,
)
STRINGS = re.compile(rb"%[^\r\n]*|\((?:[^()\\]++|\\.)*+\)", re.DOTALL)
PART = re.compile(rb"<[0-9A-Fa-f\s]*>|[\[\]]|(?<![\w/])\d+(?!\w)")
OTHER_MAP = re.compile(rb"/([A-Za-z0-9-]{1,40})\s+usecmap\b")
PREDEFINED_MAP = re.compile(
    rb"(?:(?:Identity|GB|GBpc|GBK|GBK2K|GBKp|GBT|UniGB|B5pc|HKscs|ETen|ETenms|CNS[12]?|UniCNS|83pv|90ms|90msp|90pv|Add|"
    rb"EUC|Ext|UniJIS\w*|UniHojo|KSC|KSCms|KSCpc|UniKS|Hankaku|Hiragana|Katakana|Roman|WP)(?:-\w{1,9}){0,3}-)?[HV]"
    rb"|Adobe-(?:GB1|CNS1|Japan1|Korea1|KR|Identity)-(?:UCS2|\d)"
)
VERTICAL = re.compile(rb"/WMode\s+1\b")
MAX_ENTRIES = 100  # entries of a section
HEAD = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"
TAIL = b"endcmap CMapName currentdict /CMap defineresource pop end end"


def clean_character_map(stream: pikepdf.Object) -> None:
    """Reduce a character map to its ranges of codes and their meanings; one without any stays without words."""
    old = stream.read_bytes()
    bare = STRINGS.sub(b" ", old)
    sections = [(kind, _entries(kind, body)) for kind, body in SECTION.findall(bare)]
    other = OTHER_MAP.search(bare)
    head = HEAD + (b" /WMode 1 def" if VERTICAL.search(bare) else b"")
    if other and PREDEFINED_MAP.fullmatch(other[1]):
        head += b" /" + other[1] + b" usecmap"
    blocks = [
        b"%d begin%b\n%b\nend%b" % (len(some), kind, b"\n".join(some), kind)
        for kind, entries in sections
        for some in (entries[at : at + MAX_ENTRIES] for at in range(0, len(entries), MAX_ENTRIES))
    ]
    new = b"\n".join([head, b"/CMapName /Map def", *blocks, TAIL])
    if new != old:
        stream.write(new)


def _entries(kind: bytes, body: bytes) -> list[bytes]:
    """Return the entries of a section: pairs, or for most ranges three parts, of which the last can be a list."""
    parts = [b"".join(part.split()) for part in PART.findall(body)]
    length = 3 if kind.endswith(b"range") and kind != b"codespacerange" else 2
    entries: list[bytes] = []
    entry: list[bytes] = []
    is_list = False
    for part in parts:
        entry.append(part)
        is_list = part == b"[" or (is_list and part != b"]")
        if not is_list and (len(entry) >= length):
            entries.append(b" ".join(entry))
            entry = []
    return entries
