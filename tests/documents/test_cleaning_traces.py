"""Words that describe hidden content of a PDF, for people who have it read aloud."""

import io
from collections import Counter

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.hidden_layers import HiddenContent, Layers
from documents.cleaning.pdf.hidden_traces import TextAlternatives
from tests import files
from tests.documents.test_cleaning_layers import layers, without_layers


@pytest.fixture
def made():
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as pdf:
        yield pdf


def test_text_alternatives_are_found_in_a_tree_of_numbers(made):
    root = made.Root.StructTreeRoot = Dictionary()
    parent = made.make_indirect(Dictionary(Alt=String("PLANT"), K=Array([0])))
    elements = [made.make_indirect(Dictionary(Alt=String("PLANT"), P=parent)) for _ in range(3)]
    nums = Array([7, elements[0], 8, Array([elements[1], elements[2]]), String("x"), elements[0]])
    root.ParentTree = Dictionary(Kids=Array([Dictionary(Kids=Array([Dictionary(Nums=nums)]))]))
    found = TextAlternatives(made)
    assert set(found.elements) == {7, 8}
    found.silence(8, 5)
    found.silence(9)
    found.silence(None)
    assert all("/Alt" in one for one in [*elements, parent])
    found.silence(8, 1)
    assert ["/Alt" in one for one in elements] == [True, True, False]
    assert "/Alt" not in parent
    parent.Alt, parent.K = String("SHOWN"), Array([0, 1])
    found.silence(7)
    assert ["/Alt" in one for one in elements] == [False, True, False]
    assert "/Alt" in parent


def test_words_that_describe_a_hidden_picture_are_removed(made):
    root = made.Root.StructTreeRoot = Dictionary()
    figures = [made.make_indirect(Dictionary(S=Name.Figure, Alt=String("words"))) for _ in range(3)]
    root.ParentTree = Dictionary(Nums=Array([0, figures[0], 1, figures[1], 2, figures[2]]))
    pictures = [
        made.make_stream(b"x", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, StructParent=number)
        for number in range(3)
    ]
    objects = Dictionary(Seen=pictures[0], Hidden=pictures[1], Off=pictures[2])
    _, _, pictures[2].OC = layers(made)
    without_layers(made, b"/Seen Do /Off Do /OC /Off BDC /Hidden Do EMC", XObject=objects)
    assert ["/Alt" in one for one in figures] == [True, False, True]
    pictures[2].OC = made.pages[0].obj.Resources.Properties.Off
    HiddenContent(made, Layers(made), Counter()).remove()
    assert ["/Alt" in one for one in figures] == [True, False, False]


@pytest.mark.parametrize("place", ["page", "form"])
def test_words_that_describe_a_hidden_mark_are_removed(made, place):
    content = b"/P << /MCID 0 >> BDC (a) Tj EMC /OC /Off BDC /P << /MCID 1 >> BDC (b) Tj EMC EMC"
    root = made.Root.StructTreeRoot = Dictionary()
    elements = [made.make_indirect(Dictionary(S=Name.P, Alt=String("words"))) for _ in range(2)]
    root.ParentTree = Dictionary(Nums=Array([4, Array(elements)]))
    form = made.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    (form if place == "form" else made.pages[0].obj)["/StructParents"] = 4
    without_layers(made, content if place == "page" else b"/F Do", XObject=Dictionary(F=form))
    assert ["/Alt" in one for one in elements] == [True, False]


@pytest.mark.parametrize("operator", [b"scn", b"SCN"])
def test_pattern_stays_if_something_visible_is_painted_with_it(made, operator):
    def pattern():
        return made.make_stream(b"0 0 9 9 re f", PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 9, 9]))

    named = Dictionary(Seen=pattern(), Hidden=pattern())
    content = b"/Seen %s 0 0 9 9 re B /OC /Off BDC /Hidden %s 0 0 9 9 re B EMC".replace(b"%s", operator)
    without_layers(made, content, Pattern=named)
    assert (named.Seen.read_bytes(), named.Hidden.read_bytes()) == (b"0 0 9 9 re f", b"\n")


@pytest.mark.parametrize(
    "painting", [b"/X Do", b"/X sh", b"(a) Tj", b"[(a)] TJ", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"]
)
def test_instruction_that_paints_goes_from_a_hidden_layer(made, painting):
    content, found = without_layers(made, b"/OC /Off BDC 1 g " + painting + b" EMC")
    assert content == "/OC /Off BDC 1 g EMC"
    assert found["hidden_text"] == 1


def test_keys_that_reading_aloud_and_searching_need_stay(made):
    page = made.pages[0].obj
    encoding = made.make_stream(b"begincmap endcmap", CMapName=Name.Own, WMode=1, UseCMap=Name("/Identity-V"))
    below = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Own))
    page.Resources.Font.F9 = made.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Own, Encoding=encoding, DescendantFonts=Array([below])
    ))  # fmt: skip
    page.Resources.XObject = Dictionary(X=made.make_stream(
        b"BT /F9 9 Tf () Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), StructParents=3
    ))  # fmt: skip
    made.pages[0].contents_add(b"BT /F9 9 Tf () Tj ET /X Do")
    page.StructParents, page.Tabs = 2, Name.S
    file = io.BytesIO()
    made.save(file)
    with pikepdf.open(io.BytesIO(clean_pdf(file.getvalue(), Counter()))) as opened:
        page = opened.pages[0].obj
        assert (page.StructParents, page.Tabs, page.Resources.XObject.X.StructParents) == (2, Name.S, 3)
        kept = page.Resources.Font.F9.Encoding
        assert (kept.CMapName, kept.WMode, kept.UseCMap) == (Name.Map, 1, Name("/Identity-V"))
