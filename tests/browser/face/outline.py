"""The accessibility tree of a page as an outline: roles, levels of headings and names of landmarks, but no other words.

Items of one shape are listed once. So an outline changes with the structure of a page, not with its content.
"""

import re

LANDMARKS = {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}
CONTROLS = {"button", "checkbox", "combobox", "link", "radio", "searchbox", "textbox"}
KEPT = LANDMARKS | CONTROLS | {
    "alert", "article", "blockquote", "caption", "cell", "columnheader", "definition", "figure", "group", "heading",
    "img", "list", "listitem", "row", "rowgroup", "rowheader", "separator", "status", "table", "term",
}  # fmt: skip
LINE = re.compile(r"""(?P<indent> *)- '?(?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<rest>.*)""")


def outline(snapshot):
    """Return the outline of a snapshot that Playwright took of an accessibility tree."""
    root = []
    path = [(-1, root)]
    for line in snapshot.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        depth = len(found["indent"])
        while path[-1][0] >= depth:
            path.pop()
        above = path[-1][1]
        if found["role"] in KEPT:
            children = []
            above.append((label(found), children))
            above = children
        path.append((depth, above))
    return "\n".join(lines(root)) + "\n"


def label(found):
    """Return the line of one element."""
    role, name = found["role"], found["name"] or ""
    if role == "heading":
        return "heading " + re.search(r"level=(\d)", found["rest"])[1]
    if role in LANDMARKS:
        return f"{role} “{name}”" if name else role
    has_words = name or re.match(r"[^:]*: .", found["rest"])
    return role if role not in CONTROLS or has_words else f"{role} without a name"


def lines(nodes, depth=0):
    """Yield the lines of these nodes, without those that repeat one before them."""
    seen = set()
    for name, children in nodes:
        block = ["  " * depth + name, *lines(children, depth + 1)]
        if tuple(block) not in seen or name.startswith("heading"):
            seen.add(tuple(block))
            yield from block
