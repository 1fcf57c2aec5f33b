"""Blocks of properties in Markdown: in YAML, in TOML, of MultiMarkdown and of Pandoc."""

import re
from collections import Counter

KEY = re.compile(r"[\w][\w .-]{0,60}:(?:\s|\Z)")
CONTINUED = re.compile(r"[ \t#-]|\Z")
TOML = re.compile(r"[\w.\"'-]{1,60}[ \t]*=|\[|#|[ \t]|\]|\Z")
JSON = re.compile(r"[ \t]*(?:\"[\w .-]{1,60}\"[ \t]*:|[\[\]{}\"]|[\d.]|true|false|null|\Z)")
JSON_ENDS = {"{": "}", ";;;": ";;;"}
# Properties that MultiMarkdown knows; of some, texts of their own have lines too.
CERTAIN = {"author", "authors", "email", "affiliation", "copyright", "keywords", "base header level", "css", "format",
           "html header", "xhtml header", "latex mode", "latex header", "quotes language", "bibliostyle", "revision",
           "web", "generator"}  # fmt: skip
POSSIBLE = CERTAIN | {"title", "subtitle", "date", "language", "lang", "subject", "version", "abstract", "address",
                      "phone", "comment"}  # fmt: skip
OPENING, CLOSING = "---", {"---", "..."}


def without_front_matter(text: str, found: Counter[str]) -> str:
    """Return Markdown without its blocks of properties, which `found` counts."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    end = _end_of_first_block(lines, start, found)
    kept = lines[end:]
    return "\n".join(_without_later_blocks(kept, found))


def _end_of_first_block(lines: list[str], start: int, found: Counter[str]) -> int:
    """Return the number of the line after the properties at the start of a text; 0 if it has none."""
    first = lines[start].strip() if start < len(lines) else ""
    if first == "+++":
        end = next((number for number in range(start + 1, len(lines)) if lines[number].strip() == "+++"), 0)
        inside = lines[start + 1 : end]
        if end and all(TOML.match(line) for line in inside):
            found["properties"] += sum("=" in line for line in inside)
            return end + 1
        return 0
    if first in JSON_ENDS:
        end = next((number for number in range(start + 1, len(lines)) if lines[number].strip() == JSON_ENDS[first]), 0)
        inside = lines[start + 1 : end]
        if end and inside and all(JSON.match(line) for line in inside):
            found["properties"] += sum(":" in line for line in inside)
            return end + 1
        return 0
    if first.startswith("% "):
        end = next((number for number in range(start, len(lines)) if not lines[number].startswith("%")), len(lines))
        found["properties"] += end - start
        return end
    return _end_of_keys(lines, start, found)


def _end_of_keys(lines: list[str], start: int, found: Counter[str]) -> int:
    """Return where the keys of MultiMarkdown end, which are the first paragraph of a text."""
    end = next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))
    keys = {line.partition(":")[0].strip().lower() for line in lines[start:end] if not line.startswith((" ", "\t"))}
    has_values = all(KEY.match(line) or line.startswith((" ", "\t")) for line in lines[start:end])
    if not has_values or not keys or not keys <= POSSIBLE or not keys & CERTAIN:
        return 0
    found["properties"] += len(keys)
    return end + 1


def _without_later_blocks(lines: list[str], found: Counter[str]) -> list[str]:
    """Return lines without blocks in YAML: they begin a block, lie between dashes, and start with a key."""
    kept: list[str] = []
    number, fence = 0, ""
    while number < len(lines):
        line = lines[number]
        mark = line.strip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        end = 0
        if not fence and line.rstrip() == OPENING and not (kept and kept[-1].strip() and kept[-1][0] != "#"):
            end = _end_of_yaml(lines, number + 1)
        if end:
            found["properties"] += sum(bool(KEY.match(one)) for one in lines[number + 1 : end])
            number = end + 1
            continue
        kept.append(line)
        number += 1
    return kept


def _end_of_yaml(lines: list[str], start: int) -> int:
    """Return the number of the line that closes a block in YAML, or 0 if this is none."""
    if start >= len(lines) or not KEY.match(lines[start]):
        return 0
    for number in range(start, len(lines)):
        if lines[number].rstrip() in CLOSING:
            return number
        if not KEY.match(lines[number]) and not CONTINUED.match(lines[number]):
            return 0
    return 0
