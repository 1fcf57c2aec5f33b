"""Cells, rows and headers of Word documents that no page shows."""

from collections import Counter

import pytest
from lxml import etree

from documents.cleaning.ooxml.elements import R, W
from documents.cleaning.ooxml.looks import Looks
from documents.cleaning.ooxml.names import WordNames
from documents.cleaning.ooxml.part import clean_part
from documents.cleaning.ooxml.standard import STANDARD
from documents.cleaning.ooxml.unseen import remove_unseen, remove_unused_references
from tests.planted_unseen_office import R as REFERENCES
from tests.planted_unseen_office import W as WORD
from tests.planted_unseen_office import paragraph, row, run, table


def document(body: str) -> etree._Element:
    return etree.fromstring(f"<w:document {WORD} {REFERENCES}><w:body>{body}</w:body></w:document>")


def unseen(body: str) -> tuple[str, Counter]:
    root, found = document(body), Counter()
    remove_unseen(root, found, Looks(None))
    return " ".join(text.text for text in root.iter(W + "t")), found


def test_cell_that_is_covered_keeps_one_empty_paragraph():
    covered = ("<w:vMerge/>", paragraph(run("PLANT"), "<w:jc/>") + paragraph(run("PLANT")) + table(row(("", "<w:p/>"))))
    root, found = (
        document(table(row(('<w:vMerge w:val="restart"/>', paragraph(run("SHOWN")))), row(covered))),
        Counter(),
    )
    remove_unseen(root, found, Looks(None))
    cell = list(root.iter(W + "tc"))[1]
    assert [child.tag for child in cell] == [W + "tcPr", W + "p"]
    assert [child.tag for child in cell[1]] == [W + "pPr"]
    assert found["hidden_text"] == 1


def test_cell_is_covered_only_by_one_in_its_own_column():
    restart, down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

    def cell(words, look=""):
        return look, paragraph(run(words))

    wide = '<w:gridSpan w:val="2"/>'
    assert unseen(table(row(cell("a", wide), cell("b", restart)), row(cell("c"), cell("d"), cell("PLANT", down)))) == (
        "a b c d", Counter(hidden_text=1),
    )  # fmt: skip
    assert unseen(table(row(cell("a"), cell("b", restart)), row(cell("c", down), cell("d"))))[0] == "a b c d"
    moved = row(cell("b", down)).replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>')
    assert unseen(table(row(cell("a"), cell("x", restart)), moved))[0] == "a x"
    assert unseen(table(row(cell("a", restart)), row(cell("b")), row(cell("c", down))))[0] == "a b c"
    inner = table(row(cell("b", down)))
    assert unseen(table(row(cell("a", restart)), row(("", inner + paragraph(run("c"))))))[0] == "a b c"


def test_covered_cell_without_words_is_not_counted():
    assert (
        unseen(table(row(('<w:hMerge w:val="restart"/>', paragraph(run("a")))), row(("<w:hMerge/>", "<w:p/>"))))[1]
        == {}
    )


@pytest.mark.parametrize(("value", "shown"), [("", ""), ('w:val="0"', "words"), ('w:val="true"', "")])
def test_hidden_row(value, shown):
    hidden = f"<w:tr><w:trPr><w:hidden {value}/></w:trPr><w:tc>{paragraph(run('words'))}</w:tc></w:tr>"
    words, found = unseen(table(hidden))
    assert words == shown
    assert found["hidden_text"] == (not shown)


def references(*sections: str, even: bool = False) -> list[str]:
    root = document("".join(f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr></w:p>" for section in sections))
    remove_unused_references(root, even=even)
    return [one.get(R + "id") for one in root.iter(W + "headerReference", W + "footerReference")]


def header(kind: str, name: str, place: str = "header") -> str:
    return f'<w:{place}Reference w:type="{kind}" r:id="{name}"/>'


TITLE = "<w:titlePg/>"


@pytest.mark.parametrize(
    ("sections", "kept"),
    [
        ([header("first", "a")], []),
        ([header("first", "a") + TITLE], ["a"]),
        ([header("first", "a") + '<w:titlePg w:val="0"/>'], []),
        ([header("first", "a"), TITLE], ["a"]),
        ([header("first", "a"), header("first", "b") + TITLE], ["b"]),
        ([header("first", "a"), header("first", "b"), TITLE], ["b"]),
        ([header("first", "a"), header("first", "b", "footer") + TITLE], ["a", "b"]),
        ([header("first", "a"), header("default", "b") + TITLE], ["a", "b"]),
        ([TITLE, header("first", "a")], []),
        ([header("default", "a") + header("even", "b")], ["a"]),
    ],
)
def test_header_stays_if_a_page_shows_it(sections, kept):
    assert references(*sections) == kept


def test_header_of_even_pages_stays_if_the_settings_say_so():
    assert references(header("even", "a"), even=True) == ["a"]
    assert references(header("first", "a"), even=True) == []


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("OLEObject embedRegular embedBold embedItalic embedBoldItalic contentPart objectEmbed movie", "objects"),
        ("altChunk externalData", "attachments"),
        ("subDoc attachedTemplate objectLink", "links"),
        ("control", "programs"),
    ],
)
def test_embedded_things_are_removed_and_counted_by_their_kind(names, code):
    for name in names.split():
        root, found = document(f"<w:p><w:r><w:{name}/></w:r></w:p>"), Counter()
        clean_part(root, "document", found, Looks(None), WordNames(found))
        assert +found == {code: 1}
        assert root.find(f".//{W}{name}") is None


@pytest.mark.parametrize(
    "name",
    ["w:t", "c:v", "c:f", "wp:posOffset", "wp:align", "wp14:pctWidth", "wp14:pctHeight",
     "wp14:pctPosHOffset", "wp14:pctPosVOffset", "c:formatCode", "c:separator", "a:tableStyleId", "cdr:x", "cdr:y"],
)  # fmt: skip
def test_text_stays_only_in_elements_that_have_some(name):
    prefix, _, name = name.rpartition(":")
    namespace = next(space for space, one in STANDARD.prefixes.items() if one == prefix)
    root = document(f'<w:p>PLANT<w:r>PLANT<z:{name} xmlns:z="{namespace}">words</z:{name}>PLANT</w:r></w:p>')
    clean_part(root, "document", Counter(), Looks(None), WordNames(Counter()))
    kept = "".join(root.itertext())
    assert kept == ("Sheet1!$A$1" if name == "f" else "words")
