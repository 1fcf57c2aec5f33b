"""The numbers that a program counts are read as the file shows them, though its text does not hold them."""

import pytest

from documents.sandbox.client import make_clean_copy, read_pages
from tests import files
from tests.documents.summaries import Word

pytestmark = [pytest.mark.slow, pytest.mark.child_process]

LISTS = """<text:list-style style:name="L">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>"""


def item(*inside):
    return f"<text:list-item>{''.join(inside)}</text:list-item>"


def listed(*items, style="L"):
    return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'


def word_file():
    """Return a Word file with a list in two levels, an empty item and a list of bullets."""
    word = Word()
    word.document.add_paragraph("States should:")
    counted = word.list()
    word.item("ban fees", counted)
    word.item("publish", counted)
    word.item("rates", counted, 1)
    word.item("", counted)
    word.item("inspect", counted)
    word.document.add_paragraph("a bullet", "List Bullet")
    return word.content()


def odt_file():
    """Return an OpenDocument text with the same words."""
    paragraphs = {word: f"<text:p>{word}</text:p>" for word in ("States should:", "ban fees", "publish", "rates",
                                                                "inspect", "more", "a bullet")}  # fmt: skip
    inner = listed(item(paragraphs["rates"]))
    items = [item(paragraphs["ban fees"]), item(paragraphs["publish"], paragraphs["more"], inner), item("<text:p/>"),
             item(paragraphs["inspect"])]  # fmt: skip
    bullets = listed(item(paragraphs["a bullet"]), style="B")
    return files.open_document(paragraphs["States should:"] + listed(*items) + bullets, LISTS)


@pytest.mark.parametrize("is_clean", [False, True])
@pytest.mark.parametrize(
    ("made", "kind", "expected"),
    [
        (word_file, "docx", ["States should:", "1. ban fees", "2. publish", "(a) rates", "4. inspect", "a bullet"]),
        (odt_file, "odt",
         ["States should:", "1. ban fees", "2. publish", "more", "(a) rates", "4. inspect", "a bullet"]),
    ],
)  # fmt: skip
def test_automatic_numbers_are_read(made, kind, expected, is_clean):
    data = make_clean_copy(made(), kind).content if is_clean else made()
    [text] = read_pages(data, kind)
    assert [line for line in text.split("\n") if line] == expected
