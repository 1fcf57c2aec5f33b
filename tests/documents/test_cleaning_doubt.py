"""Text of which it is hard to tell whether a person sees it, and what the second look at a copy finds."""

import io
from collections import Counter
from types import SimpleNamespace

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from documents.cleaning import second_look
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.hidden_layers import _inherited_resources
from documents.cleaning.pdf.interactive import Destinations
from documents.cleaning.pdf.unseen import verdict
from documents.cleaning.pdf.unseen.drawing import MAX_PIXELS, DrawnPage, differs, inside
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.reading.pdf import pages
from tests import drawn, files, planted, planted_canvas
from tests.planted_canvas import box, line


def cleaned(*draw) -> tuple[bytes, Counter]:
    found = Counter()
    content = clean_pdf(planted_canvas.pdf(*draw), found)
    check_clean_copy(content, "pdf")
    return content, +found


def twice(canvas):
    line(canvas, "SHOWN twice")
    line(canvas, "SHOWN twice")


def thrice_under_a_box(canvas):
    for _ in range(3):
        line(canvas, "PLANT thrice", top=500)
    box(canvas, bottom=490)
    twice(canvas)


def test_text_in_one_place_stays_once():
    content, _ = cleaned(twice)
    assert drawn.pictures(content) == drawn.pictures(planted_canvas.pdf(twice))
    assert "SHOWN twice" in next(iter(pages(content)))


def test_covered_text_in_one_place_goes_whole():
    content, _ = cleaned(thrice_under_a_box)
    assert planted.left(content) == []
    assert drawn.pictures(content) == drawn.pictures(planted_canvas.pdf(thrice_under_a_box))
    assert "SHOWN twice" in next(iter(pages(content)))


class Page:
    """A page whose pieces of text are black boxes; those of `nothing` are painted in no colour."""

    def __init__(self, *boxes, nothing=(), size=9):
        self.pieces = [SimpleNamespace(box=one, size=size) for one in boxes]
        self.nothing = nothing

    def draw_without(self, hidden):
        picture, left_out = np.full((9, 9, 4), 255, dtype=np.uint8), {id(piece) for piece in hidden}
        for index, piece in enumerate(self.pieces):
            if id(piece) not in left_out and index not in self.nothing:
                inside(piece.box, picture)[...] = 0
        return picture

    def kept(self, *removed):
        return verdict._seen_together(self, list(removed), self.draw_without([]))


HERE, THERE = (0, 0, 2, 2), (5, 5, 7, 7)


def test_of_pieces_in_one_place_the_uppermost_stays():
    assert Page(HERE, HERE, HERE).kept(0, 1, 2) == {2}
    assert Page(HERE, HERE, THERE, THERE).kept(0, 1, 2, 3) == {1, 3}
    assert Page(HERE, HERE, HERE).kept(0, 1) == set()
    assert Page(HERE, HERE, THERE, nothing=(2,)).kept(0, 1, 2) == {1}
    assert Page(HERE).kept() == set()
    assert Page(HERE, HERE, size=1).kept(0, 1) == set()  # specks


def test_page_with_too_much_text_in_one_place_is_uncertain(monkeypatch):
    monkeypatch.setattr(verdict, "MAX_DRAWINGS", 2)
    assert Page(HERE, HERE, THERE, nothing=(2,)).kept(0, 1, 2) == {1}
    with pytest.raises(verdict.UncertainError):
        Page(HERE, HERE, HERE).kept(0, 1, 2)
    monkeypatch.setattr(verdict, "MAX_GROUPS", 2)
    assert verdict._apart(Page(HERE, HERE, THERE), [0, 1, 2], (9, 9)) == [[0, 2], [1]]
    with pytest.raises(verdict.UncertainError):
        verdict._apart(Page(HERE, HERE, HERE), [0, 1, 2], (9, 9))


def test_pieces_outside_the_picture_are_in_no_group_and_neighbours_are_not_in_one():
    boxes = ((20, 20, 22, 22), (0, 0, 2, 2), (3, 0, 5, 2), (6, 0, 8, 2))
    assert verdict._apart(Page(*boxes), [0, 1, 2, 3], (9, 9)) == [[1, 3], [2]]


def test_page_whose_glyphs_cannot_be_told_apart_is_uncertain():
    with pytest.raises(verdict.UncertainError):
        verdict.judge(type("Drawn", (), {"pieces": [None]})(), [])


def test_only_visible_differences_of_colours_count():
    one = np.zeros((1, 3, 4), dtype=np.uint8)
    other = one.copy()
    other[0, 1, 2], other[0, 2, 2] = 8, 9
    assert differs(one, other).tolist() == [[False, False, True]]
    assert differs(other, one).tolist() == [[False, False, True]]
    assert differs(one, other, 9).tolist() == [[False, False, False]]


@pytest.mark.parametrize(
    ("place", "margin", "shape"),
    [((1, 1, 3, 2), 0, (1, 2)), ((1, 1, 3, 2), 1, (3, 4)), ((-5, -5, 2, 2), 0, (2, 2)), ((3, 3, 9, 9), 0, (2, 2)),
     ((9, 9, 12, 12), 0, (0, 0)), ((-5, -5, -2, -2), 0, (0, 0)), ((-5, -5, -2, -2), 1, (0, 0))],
)  # fmt: skip
def test_box_is_cut_at_the_borders_of_the_picture(place, margin, shape):
    assert inside(place, np.zeros((5, 5)), margin).shape == shape


def test_resources_are_those_of_the_nearest_page_above():
    own, above = Dictionary(A=1), Dictionary(B=1)
    assert _inherited_resources(Dictionary(Resources=own, Parent=Dictionary(Resources=above))).A == 1
    assert _inherited_resources(Dictionary(Parent=Dictionary(Parent=Dictionary(Resources=above)))).B == 1
    assert _inherited_resources(Dictionary(Parent=Dictionary())).keys() == set()


def test_names_of_places_in_a_tree_that_leads_to_itself_are_read_once():
    with pikepdf.open(io.BytesIO(files.pdf())) as made:
        node = made.make_indirect(Dictionary())
        node.Kids = Array([node, String("x")])
        node.Names = Array([String("a"), Array([made.pages[0].obj, Name.Fit]), Name.b, 1])
        made.Root.Names = Dictionary(Dests=node)
        assert list(Destinations(made).named) == [b"a"]


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_copy_that_does_not_open_is_unclean(kind):
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(b"PLANT", kind)


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_copy_of_a_text_has_no_mark_of_its_byte_order(kind):
    check_clean_copy("中文".encode(), kind)
    for data in ("中文".encode("utf-16"), b"\xfe\xff\x4e\x2d", b"\xff\xff"):
        with pytest.raises(UnreadableError, match="unclean"):
            check_clean_copy(data, kind)


def test_lack_of_memory_is_not_taken_for_an_unclean_copy(monkeypatch):
    def fails(content):
        raise MemoryError

    monkeypatch.setitem(second_look.CHECKS, "docx", fails)
    with pytest.raises(MemoryError):
        check_clean_copy(files.docx(), "docx")


def base(change) -> bytes:
    """Return a clean copy with a change."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(clean_pdf(files.pdf(["SHOWN"]), Counter()))) as made:
        change(made)
        made.save(file, deterministic_id=True)
    return file.getvalue()


def test_changed_copy_is_clean_if_nothing_hidden_was_added():
    check_clean_copy(base(lambda made: None), "pdf")


def layered(made, **keys):
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(**({"OFF": Array([layer])} | keys)))
    made.pages[0].obj.Resources.XObject = Dictionary(
        F=made.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), OC=layer)
    )


@pytest.mark.parametrize(
    ("keys", "clean"),
    [({}, False), ({"OFF": Array([])}, True), ({"OFF": Array([]), "BaseState": Name.OFF}, False)],
)
def test_copy_with_a_drawing_in_a_hidden_layer_is_unclean(keys, clean):
    content = base(lambda made: layered(made, **keys))
    if clean:
        check_clean_copy(content, "pdf")
    else:
        with pytest.raises(UnreadableError, match="unclean"):
            check_clean_copy(content, "pdf")


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.Root.__setitem__("/Metadata", made.make_stream(b"")),
        lambda made: made.Root.__setitem__("/AcroForm", Dictionary()),
        lambda made: made.pages[0].obj.__setitem__("/Thumb", made.make_stream(b"")),
        lambda made: made.pages[0].obj.__setitem__("/AA", Dictionary()),
        lambda made: made.pages[0].obj.__setitem__(
            "/Annots", Array([made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text))])
        ),
        lambda made: made.docinfo.__setitem__("/Author", "PLANT"),
        lambda made: made.pages[0].obj.Resources.__setitem__("/XObject", Dictionary(I=made.make_stream(
            b"Photoshop 3.0 PLANT", Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, Width=1, Height=1))),
    ],
    ids=["metadata", "form", "thumbnail", "action", "annotation", "author", "picture"],
)  # fmt: skip
def test_copy_with_a_hidden_detail_is_unclean(change):
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(base(change), "pdf")


def test_large_page_is_drawn_smaller():
    small, large = (
        DrawnPage(pypdfium2.PdfDocument(planted_canvas.pdf(draw)), 0)
        for draw in (twice, lambda canvas: canvas.setPageSize((9000, 3000)))
    )
    assert small.scale == 2
    rows, columns, _ = large.draw().shape
    assert 0.9 * MAX_PIXELS < rows * columns < 1.01 * MAX_PIXELS


def test_rest_of_a_string_stays_in_place_in_a_font_that_a_state_sets():
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as made:
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
        made.pages[0].obj.Resources.ExtGState = Dictionary(G=Dictionary(Font=Array([font, 20])))
        # Each letter is 12 points wide; the box covers the five of PLANT.
        made.pages[0].contents_add(b"BT /G gs 72 500 Td (ab PLANT cd) Tj ET 0 g 107 494 62 22 re f")
        file = io.BytesIO()
        made.save(file)
    content = clean_pdf(file.getvalue(), Counter())
    assert planted.left(content) == []
    assert drawn.pictures(content) == drawn.pictures(file.getvalue())


@pytest.mark.parametrize(
    ("program", "clean"),
    [
        (b"OTTO\0\1" + bytes(22) + b"drawn", True),
        (b"OTTO\0\1" + bytes(22) + b"Copyright (c) PLANT", False),
        (b"OTTO\0\1" + bytes(6) + b"name" + bytes(12), False),
        (b"\0\1\0\0\0\1" + bytes(6) + b"name" + bytes(12), False),
        (b"\0\1\0\0\0\1" + bytes(6) + b"glyf" + bytes(12) + b"Copyright (", True),
        (b"true\0\2" + bytes(6) + b"glyf" + bytes(12) + b"meta" + bytes(12), False),
        (b"true\0\1" + bytes(6) + b"glyf" + bytes(12) + b"meta" + bytes(12), True),
        (b"%!PS /Notice (    ) eexec Copyright (", True),
        (b"%!PS /Notice (PLANT) eexec", False),
        (b"%!PS %%Creator eexec x", False),
        (b"%!PS %%Creator", True),
    ],
)
def test_second_look_knows_the_words_of_fonts(program, clean):
    assert second_look._is_clean_font(program) is clean
