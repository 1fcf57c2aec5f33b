import io
import zipfile
from collections import Counter

import pytest
from docx import Document as Docx
from lxml import etree

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.drawings import clean_drawings
from documents.cleaning.ooxml.names import WordNames
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.models import Removed
from tests import planted, planted_charts
from tests.documents.test_upload_checks import altered


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf8", "replace") for name in archive.namelist()}


@pytest.fixture(scope="module")
def copy():
    found = Counter()
    return clean_docx(planted_charts.docx(), found), +found


def test_charts_and_diagrams_keep_no_mark_and_all_they_show(copy):
    content, found = copy
    assert planted.left(content) == []
    check_clean_copy(content, "docx")
    inside = parts(content)
    assert inside["word/charts/chart1.xml"].count("SHOWN") == 3
    assert "SHOWN on the" in inside["word/drawings/drawing1.xml"]
    assert ":x>0.1</" in inside["word/drawings/drawing1.xml"]
    assert "SHOWN node" in inside["word/diagrams/data1.xml"]
    assert "SHOWN node" in inside["word/diagrams/drawing1.xml"]
    assert 'descr="SHOWN alt"' in inside["word/document.xml"]
    assert {"attachments", "objects", "hidden_text", "names", "file_names"} <= found.keys() <= set(Removed.values)


def test_random_ids_of_a_diagram_are_replaced_consistently(copy):
    inside = parts(copy[0])
    data, drawing = inside["word/diagrams/data1.xml"], inside["word/diagrams/drawing1.xml"]
    assert "5050504C414E" not in "".join(inside.values())
    assert 'modelId="{00000000-0000-0000-0000-000000000004}"' in data
    assert 'modelId="{00000000-0000-0000-0000-000000000004}"' in drawing
    assert 'presName="n1"' in data
    assert 'layoutNode name="n1"' in inside["word/diagrams/layout1.xml"]
    assert 'forName="n1"' in inside["word/diagrams/layout1.xml"]
    relation = data.partition('relId="')[2].partition('"')[0]
    line = inside["word/_rels/document.xml.rels"].partition(f'Id="{relation}"')[2]
    assert line.startswith(' Type="http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"')


def test_newer_chart_type_is_replaced_by_its_fallback(copy):
    content, _ = copy
    body = parts(content)["word/document.xml"]
    assert "AlternateContent" not in body
    assert "SHOWN instead of a new chart" in Docx(io.BytesIO(content)).paragraphs[-1].text


def test_clean_copy_with_charts_is_unchanged_by_cleaning(copy):
    found = Counter()
    assert clean_docx(copy[0], found) == copy[0]
    assert +found == Counter()


@pytest.mark.parametrize("replacement", [planted.png(), planted.emf(), b"VCLMTF PLANT-metafile"])
def test_chart_in_an_open_document_becomes_a_clean_picture_or_nothing(replacement):
    found = Counter()
    content = clean_odt(planted_charts.odt(replacement), found)
    assert planted.left(content) == []
    check_clean_copy(content, "odt")
    assert found["objects"]
    assert "Pictures/image1.png" in parts(content)


@pytest.mark.parametrize(("name", "clean", "unclean"), [
    ("word/charts/chart1.xml", "Sheet1!$A$2", "[PLANT.xlsx]a!$A$2"),
    ("word/charts/chart1.xml", "<c:userShapes", "<c:externalData/><c:userShapes"),
    ("word/diagrams/data1.xml", 'modelId="{00000000', 'modelId="{5050504C'),
    ("word/diagrams/layout1.xml", "<dgm:layoutNode", "<dgm:sampData/><dgm:layoutNode"),
])  # fmt: skip
def test_second_look_finds_details_in_charts_and_diagrams(copy, name, clean, unclean):
    text = parts(copy[0])[name]
    assert clean in text
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(altered(copy[0], **{name: text.replace(clean, unclean, 1).encode()}), "docx")


def test_custom_style_labels_of_a_diagram_are_renamed_and_those_of_office_stay():
    space = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    root = etree.fromstring(
        f'<dgm:styleDef {space}><dgm:styleLbl name="PLANT-look"/><dgm:styleLbl name="node1"/>'
        f'<dgm:prSet presStyleLbl="PLANT-look"/><dgm:layoutNode styleLbl="fgSibTrans2D1"/></dgm:styleDef>'
    )
    names = WordNames(Counter())
    clean_drawings(root, Counter(), names)
    told = [value for element in root for value in element.attrib.values()]
    assert told == ["look1", "node1", "look1", "fgSibTrans2D1"]


@pytest.mark.parametrize(
    ("layout", "name"),
    [("urn:microsoft.com/office/officeart/2005/8/layout/default", "PLANT"), ("urn:PLANT", "n1"), ("layout7", "n1")],
)
def test_names_in_a_layout_stay_only_if_office_looks_them_up(layout, name):
    space = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    root = etree.fromstring(f'<dgm:x {space}><dgm:prSet loTypeId="{layout}" presName="PLANT"/></dgm:x>')
    clean_drawings(root, Counter(), WordNames(Counter()))
    assert root[0].get("presName") == name
