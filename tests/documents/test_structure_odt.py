import io

from odf.opendocument import OpenDocumentText
from odf.text import (
    H,
    List,
    ListItem,
    ListLevelStyleBullet,
    ListLevelStyleNumber,
    ListStyle,
    Note,
    NoteBody,
    NoteCitation,
    P,
)

from documents.sandbox.client import make_clean_copy, read_markdown


class Odt:
    """An OpenDocument text with lists that are counted by themselves."""

    def __init__(self):
        self.document = OpenDocumentText()
        style = ListStyle(name="Counted")
        style.addElement(ListLevelStyleNumber(level=1, numformat="1", numsuffix="."))
        style.addElement(ListLevelStyleNumber(level=2, numformat="a", numprefix="(", numsuffix=")"))
        style.addElement(ListLevelStyleNumber(level=3, numformat="1", displaylevels=3))
        self.document.automaticstyles.addElement(style)
        points = ListStyle(name="Points")
        points.addElement(ListLevelStyleBullet(level=1, bulletchar="•"))
        self.document.automaticstyles.addElement(points)

    def add(self, element):
        self.document.text.addElement(element)
        return element

    def list(self, *texts, style="Counted", **options):
        """A list of these items; one that is a list itself stands within the item before it."""
        made = List(stylename=style, **options)
        for text in texts:
            if not isinstance(text, str):
                made.childNodes[-1].addElement(text)
            else:
                made.addElement(ListItem())
                made.childNodes[-1].addElement(P(text=text))
        return made

    def read(self):
        file = io.BytesIO()
        self.document.write(file)
        return read_markdown(make_clean_copy(file.getvalue(), "odt").content, "odt").split("\n\n")


def test_numbers_go_on_begin_anew_and_show_their_levels():
    odt = Odt()
    odt.add(H(outlinelevel=1, text="Part"))
    odt.add(odt.list("One", odt.list("first", odt.list("deep")), "Two"))
    odt.add(P(text="Between."))
    odt.add(odt.list("Three", continuenumbering="true"))
    odt.add(odt.list("a point", "another", style="Points"))
    assert odt.read() == [
        "## Part", "1. One", "    - (a) first\n        - 1.a.1 deep", "2. Two", "    Between.", "3. Three",
        "    - a point\n    - another",
    ]  # fmt: skip


def test_a_list_that_does_not_go_on_counts_from_its_start():
    odt = Odt()
    odt.add(odt.list("One"))
    again = odt.add(odt.list("Seven"))
    again.childNodes[0].setAttribute("startvalue", "7")
    assert odt.read() == ["1. One", "7. Seven"]


def test_a_note_stands_below_the_paragraph_that_refers_to_it():
    odt = Odt()
    paragraph = odt.add(P(text="12. Twelve"))
    note = Note(noteclass="footnote")
    note.addElement(NoteCitation(text="1"))
    note.addElement(NoteBody())
    note.childNodes[1].addElement(P(text="Its words."))
    paragraph.addElement(note)
    assert odt.read() == ["12. Twelve[^1]", "    [^1]: Its words."]
