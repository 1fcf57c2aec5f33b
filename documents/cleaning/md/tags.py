"""HTML tags in Markdown: which elements are not shown, and which attributes a reader does not see."""

import re

ATTRIBUTE = re.compile(
    r"""[\s/]++([^\s"'<>/=]{1,200}+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+"""
)  # fmt: skip
END = re.compile(r"[\s/]*+>")
NAME = re.compile(r"<([a-zA-Z][\w-]{0,40}+)")
NOT_SHOWN = {"script", "style", "template", "head", "title", "iframe", "object", "noembed", "noframes", "noscript",
             "datalist", "metadata", "desc"}  # fmt: skip
REMOVED_TAGS = {"meta", "link", "base", "embed", "param"}
VOID = {"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"}
NOT_DRAWN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0*(?:\.0*)?%?(?:;|$)"
    r"|font-size:(?:0+(?:\.0+)?(?:em|rem|%)?|(?:0+(?:\.\d+)?|1)(?:px|pt))(?:;|$)"
    r"|(?:left|right|top|text-indent|margin-left):-\d{3,}|clip:rect\(0|clip-path:inset\((?:50|100)%"
)
PALE = r"(?:#f{3}|#f{6}|white|rgba?\(255,255,255(?:,[\d.]+)?\)|transparent)"
PALE_TEXT = re.compile(rf"(?:^|;)color:{PALE}(?:;|$)")


class Tag:
    """A start tag, read from its place in a text; `end` is where it ends, or 0 if this is not a tag."""

    def __init__(self, text: str, start: int) -> None:
        name = NAME.match(text, start)
        self.name = name[1].lower() if name else ""
        self.attributes: list[tuple[str, str | None]] = []
        at = name.end() if name else start
        while (one := ATTRIBUTE.match(text, at)) is not None:
            self.attributes.append((one[1], next((value for value in one.groups()[1:] if value is not None), None)))
            at = one.end()
        rest = END.match(text, at)
        self.end = rest.end() if rest and name else 0

    @property
    def is_shown(self) -> bool:
        """Whether a reader sees the content of the element."""
        values = {name.lower(): value or "" for name, value in self.attributes}
        style = "".join(values.get("style", "").lower().split())
        pale = PALE_TEXT.search(style) or (self.name == "font" and re.fullmatch(PALE, values.get("color", "").lower()))
        return not (
            self.name in NOT_SHOWN
            or "hidden" in values
            or (self.name == "dialog" and "open" not in values)
            or (self.name == "input" and values.get("type", "").lower() == "hidden")
            or NOT_DRAWN.search(style.replace("!important", ""))
            or (pale and "background" not in style)
        )

    @property
    def is_empty(self) -> bool:
        """Whether the element has no content and no end tag."""
        return self.name in VOID | REMOVED_TAGS
