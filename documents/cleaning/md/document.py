"""Markdown without what its reader does not see: comments, elements that are not shown, addresses of files."""

import base64
import binascii
import re
from collections import Counter

from ..images.embedded import BLANK_PNG, clean_picture
from ..links import ACCOUNT, PATH
from .front_matter import without_front_matter
from .tags import REMOVED_TAGS, Tag

# The title of a link, in one of three kinds of marks, within a paragraph.
IN_TITLE = r"[^%s\\\n]|\\.|\n(?![ \t]*\n)"
TITLE = "(?:{}|{}|{})".format(
    *(
        rf"{first}(?:{IN_TITLE % marks})*+{last}"
        for first, marks, last in (('"', '"', '"'), ("'", "'", "'"), (r"\(", "()", r"\)"))
    )
)
# Places that may begin something: a fence, code in a line, a comment, an instruction, a tag, attributes, the address of
# a link with a title or in angle brackets, a definition.
PLACE = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)|(?P<code>`++)|(?P<comment><!--)|(?P<instruction><\?|<!\[CDATA\[|<!(?=[A-Za-z]))"
    r"|(?P<tag><(?=[a-zA-Z]))|(?P<attributes>(?<![ \t])[ \t]*+\{(?=[#.:])[^{}\n]{1,300}+\}[ \t]*+$)"
    # ](address "title"
    rf"|(?P<titled>\]\(\s{{0,9}}+(?P<to><[^<>\n]*+>|(?:[^\s<>\]]|\](?!\())++)\s{{1,9}}+{TITLE}\s{{0,9}}+\))"
    r"|(?P<address>\]\(<[^<>\n]*+>[^()\n]*+\))"
    r"|^[ ]{0,3}\[(?P<label>[^\[\]\n]{1,300}+)\]:[ \t]*+(?P<target>[^\n]*+)\n?+",
    re.MULTILINE,
)
# The title after the address of a definition, or alone on the next line.
END_TITLE = re.compile(rf"(?P<to>[^\s<>]++|<[^<>\n]*+>)[ \t]++{TITLE}[ \t]*+$")
MAX_LINK_TEXT = 1000  # characters before the address of a link
LINE_TITLE = re.compile(rf"[ \t]*+{TITLE}[ \t]*+(?:\n|\Z)")
NO_TARGET = re.compile(r"(?:#|<#?>)[ \t]*+[\"'(]")  # a title without an address: the usual way to write a comment
ENDS = {"<?": "?>", "<![CDATA[": "]]>", "<!": ">"}  # of instructions to programs, which are not shown
LANGUAGE = re.compile(r"[ \t]*+[\w+#.-]{0,30}+(?=[ \t]|$)")  # the first word after a fence
TARGET = re.compile(r"#([^\s\"'<>()]{1,200}+)")
LABEL = re.compile(r"\[([^\[\]]{1,300}+)\]")
LINK = re.compile(r"!?\[([^\[\]\n]*+)\]\(([^()\n]*+)\)")
DATA = re.compile(r"data:[\w.+-]{1,60}/[\w.+-]{1,60}(?:;[\w=.+-]{1,60}){0,5};base64,([A-Za-z0-9+/=]++)")
OTHER_DATA = re.compile(r"data:[^\s()\"'<>]++")
HIDDEN_ATTRIBUTES = ("on", "data-")
# What a pointer that rests on an element shows, or a program that reads aloud says.
UNSEEN_WORDS = {"title", "summary", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"}
ADDRESSES = {"href", "src", "srcset", "poster", "cite", "action"}


def clean(text: str, found: Counter[str]) -> str:
    """Return Markdown with only what its reader sees; `found` counts what was removed."""
    return _Cleaner(without_front_matter(text, found), found).cleaned()


class _Cleaner:
    """Cleans a text in one pass, from one place to the next."""

    def __init__(self, text: str, found: Counter[str]) -> None:
        self.text, self.found = text, found
        self.kept: list[str] = []
        self.targets: set[str] = set()
        self.labels: Counter[str] = Counter()
        self.unclosed: dict[str, int] = {}  # marks that do not occur before a place, so that none is searched for twice

    def cleaned(self) -> str:
        at = 0
        while (place := PLACE.search(self.text, at)) is not None:
            self.kept.append(self._shown(self.text[at : place.start()]))
            at = self._after(place)
        self.kept.append(self._shown(self.text[at:]))
        return "".join(self.kept)

    def _after(self, place: re.Match[str]) -> int:
        """Keep or leave out what begins at a place, and return where it ends."""
        if place["fence"]:
            return self._fence(place)
        if place["attributes"]:
            self.found["names"] += 1
            return place.end()
        if place["code"]:
            end = self._find(place["code"], place.end(), self._end_of_paragraph(place.end()))
            return self._keep(place.start(), end or place.end())
        if place["comment"]:
            self.found["comments"] += 1
            return self._find("-->", place.end()) or self._end_of_open_comment(place.start())
        if place["instruction"]:
            end = self._find(ENDS[place["instruction"]], place.end())
            self.found["comments"] += bool(end)
            return end or self._keep(place.start(), place.end())
        if place["titled"] and "[" not in self.text[max(0, place.start() - MAX_LINK_TEXT) : place.start()]:
            return self._keep(place.start(), place.start() + 1)
        if place["titled"]:
            self.found["hidden_text"] += 1
            is_file = bool(PATH.search(place["to"]) or ACCOUNT.search(place["to"]))
            self.found["links"] += is_file
            self.kept.append("]" if is_file else f"]({self._clean_data(place['to'])})")
            return place.end()
        if place["address"]:
            is_file = bool(PATH.search(place["address"]) or ACCOUNT.search(place["address"]))
            self.found["links"] += is_file
            self.kept.append("]" if is_file else self._clean_data(place["address"]))
            return place.end()
        return self._after_definition(place) if place["label"] else self._after_tag(place.start())

    def _keep(self, start: int, end: int) -> int:
        self.kept.append(self.text[start:end])
        return end

    def _find(self, mark: str, start: int, limit: int | None = None) -> int:
        """Return where the next mark ends, before a limit, or 0. A mark of backticks is neither longer nor shorter."""
        limit = len(self.text) if limit is None else limit
        if start < self.unclosed.get(mark, 0):
            return 0
        at = self.text.find(mark, start, limit)
        while at >= 0 and mark[0] == "`" and not self._is_alone(at, mark):
            at = self.text.find(mark, at + len(mark), limit)
        if at < 0:
            self.unclosed[mark] = limit
            return 0
        return at + len(mark)

    def _is_alone(self, at: int, mark: str) -> bool:
        return self.text[at - 1 : at] != "`" and self.text[at + len(mark) : at + len(mark) + 1] != "`"

    def _end_of_paragraph(self, start: int) -> int:
        end = self.unclosed.get("paragraph", 0)
        if start >= end:
            found = self.text.find("\n\n", start)
            end = self.unclosed["paragraph"] = len(self.text) if found < 0 else found
        return end

    def _fence(self, place: re.Match[str]) -> int:
        """Keep a block of code with the name of its language, without what else its first line tells programs."""
        end, line = self._end_of_fence(place), self.text.find("\n", place.end())
        line = min(end, len(self.text) if line < 0 else line)
        language = LANGUAGE.match(self.text, place.end(), line)
        named = language.end() if language else place.end()
        if place["fence"][0] == "`" and "`" in self.text[place.end() : line]:
            named = line  # no block of code, so all of the line is shown
        self.found["properties"] += bool(self.text[named:line].strip())
        self._keep(place.start(), named)
        return self._keep(line, end)

    def _end_of_fence(self, place: re.Match[str]) -> int:
        mark = place["fence"]
        closing = re.compile(rf"^[ ]{{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE).search(
            self.text, place.end()
        )
        return closing.end() if closing else len(self.text)

    def _end_of_open_comment(self, start: int) -> int:
        """Return where a comment without an end ends: with its paragraph or, if that begins with it, with the text."""
        line = self.text.rfind("\n", 0, start) + 1
        return self._end_of_paragraph(start) if self.text[line:start].strip() else len(self.text)

    def _after_definition(self, place: re.Match[str]) -> int:
        target, end = place["target"], place.end()
        if PATH.search(target) or ACCOUNT.search(target):
            self.found["links"] += 1
        elif NO_TARGET.match(target) or place["label"] in ("//", "comment") or not self._is_used(place["label"]):
            self.found["comments"] += 1
        else:
            target, end = self._without_title(place)
            self.kept.append(self._shown(target))
        return end

    def _without_title(self, place: re.Match[str]) -> tuple[str, int]:
        """Return a definition without its title, which only a pointer on its links shows, and where it ends."""
        if place["label"].startswith("^"):
            return place[0], place.end()
        named = END_TITLE.match(place["target"])
        if named:
            self.found["hidden_text"] += 1
            start, at = place.start(), place.start("target")
            return self.text[start:at] + named["to"] + self.text[at + named.end() : place.end()], place.end()
        line = None if " " in place["target"].strip() else LINE_TITLE.match(self.text, place.end())
        self.found["hidden_text"] += bool(line)
        return place[0], line.end() if line else place.end()

    def _targets(self) -> set[str]:
        """Return the names to which links in the text lead."""
        if not self.targets:
            self.targets = {"", *TARGET.findall(self.text)}
        return self.targets

    def _is_used(self, label: str) -> bool:
        """Return whether a link or note uses a definition; a note is shown by some programs even if none does."""
        if not self.labels:
            self.labels.update(" ".join(one.casefold().split()) for one in LABEL.findall(self.text))
        return label.startswith("^") or self.labels[" ".join(label.casefold().split())] > 1

    def _after_tag(self, start: int) -> int:
        tag = Tag(self.text, start)
        if not tag.end:
            return self._keep(start, start + 1)
        if tag.name in REMOVED_TAGS:
            self.found["properties"] += 1
            return tag.end
        if not tag.is_shown:
            self.found["hidden_text"] += 1
            return tag.end if tag.is_empty else self._end_of_element(tag)
        self.kept.append(self._shown_tag(tag, start))
        return tag.end

    def _end_of_element(self, tag: Tag) -> int:
        depth = 1
        for mark in re.compile(rf"<(/?){tag.name}(?=[\s/>])[^>]*+>?", re.IGNORECASE).finditer(self.text, tag.end):
            depth += -1 if mark[1] else 1
            if not depth:
                return mark.end()
        return len(self.text)

    def _shown_tag(self, tag: Tag, start: int) -> str:
        """Return a start tag without addresses of files and attributes for programs."""
        kept: list[str] = []
        for name, value in tag.attributes:
            if name.lower().startswith(HIDDEN_ATTRIBUTES):
                self.found["properties"] += 1
            elif name.lower() in UNSEEN_WORDS:
                self.found["hidden_text"] += bool(value)
            elif name.lower() in ADDRESSES and (PATH.search(value or "") or ACCOUNT.search(value or "")):
                self.found["links"] += 1
            elif name.lower() == "class" or (name.lower() in ("id", "name") and value not in self._targets()):
                self.found["names"] += 1
            else:
                quote = "'" if '"' in (value or "") else '"'
                kept.append(name if value is None else f"{name}={quote}{self._clean_data(value)}{quote}")
        if len(kept) == len(tag.attributes) and not any("data:" in (value or "") for _, value in tag.attributes):
            return self.text[start : tag.end]
        return f"<{' '.join([tag.name, *kept])}>"

    def _shown(self, text: str) -> str:
        """Return text outside code and tags without links to files, and with clean pictures."""
        return LINK.sub(self._shown_link, text)

    def _shown_link(self, link: re.Match[str]) -> str:
        target = link[2].strip().strip("<>")
        if PATH.search(target) or ACCOUNT.match(target):
            self.found["links"] += 1
            return link[1]
        return self._clean_data(link[0]) if "data:" in target else link[0]

    def _clean_data(self, text: str) -> str:
        return OTHER_DATA.sub(self._other_data, DATA.sub(self._clean_picture, text)) if "data:" in text else text

    def _clean_picture(self, data: re.Match[str]) -> str:
        try:
            content, extension = clean_picture(base64.b64decode(data[1], validate=True), self.found)
        except binascii.Error:
            self.found["pictures"] += 1
            content, extension = BLANK_PNG, "png"
        return f"data:image/{'jpeg' if extension == 'jpg' else extension};base64,{base64.b64encode(content).decode()}"

    def _other_data(self, data: re.Match[str]) -> str:
        if DATA.fullmatch(data[0]):
            return data[0]
        self.found["pictures"] += 1
        return ""
