"""The accessibility tree of each type of public page is the one that was looked at and kept.

After a change that is meant, `OUTLINES=new` keeps the trees as they are now. Read the difference before you commit it.
"""

import os
from pathlib import Path

import pytest

from bench.page_types import page_types

from .outline import outline

KEPT = Path(__file__).parent / "outlines"


@pytest.mark.usefixtures("sample")
def test_each_type_of_page_has_the_tree_that_was_kept(open_page):
    page, found = open_page(), {}
    for name, address in page_types().items():
        page.goto(address)
        if not found:
            found["frame"] = outline(page.locator("body").aria_snapshot())
        found[name] = outline(page.locator("main").aria_snapshot())
    if os.environ.get("OUTLINES") == "new":
        for name, text in found.items():
            KEPT.mkdir(exist_ok=True)
            (KEPT / f"{name}.txt").write_text(text, "utf8")
    kept = {path.stem: path.read_text("utf8") for path in KEPT.glob("*.txt")}
    assert found == kept


def test_an_outline_has_roles_levels_and_landmarks_but_no_other_words():
    snapshot = """\
- main:
  - navigation "You are here":
    - list:
      - listitem:
        - link "Home":
          - /url: /
      - listitem: Quotes
  - heading "A title: and more" [level=1]
  - paragraph:
    - text: Some words with a
    - link "Three"
  - list:
    - listitem:
      - link "One"
    - listitem:
      - link "Two"
  - 'button "Say: yes"'
  - button
"""
    assert outline(snapshot).splitlines() == [
        "main",
        "  navigation “You are here”",
        "    list",
        "      listitem",
        "        link",
        "      listitem",
        "  heading 1",
        "  link",
        "  list",
        "    listitem",
        "      link",
        "  button",
        "  button without a name",
    ]
