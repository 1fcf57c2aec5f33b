"""Marks in every element and attribute that the formats know, and in those that they do not."""

import io
import re
import zipfile
from collections import Counter

import pytest
from lxml import etree

from documents.cleaning.new_names import NewNames
from documents.cleaning.odf import standard as odf
from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml import standard as ooxml
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.second_look import check_clean_copy
from documents.cleaning.standards import new_font
from documents.reading import docx as read_docx
from documents.reading import odt as read_odt

# Attributes that readers see or hear, by prefix, element and attribute.
SEEN_IN_WORD = {
    "w:lvlText w:val", "w:tblCaption w:val", "w:tblDescription w:val", "m:chr m:val", "m:begChr m:val",
    "m:endChr m:val", "m:sepChr m:val", "a:buChar char", "c:numFmt formatCode", "c15:numFmt formatCode",
    "c:pt formatCode", "v:textpath string",
}  # fmt: skip
DESCRIBED = {"descr", "title", "alt"}
SEEN_IN_ODF = {"bullet-char", "num-prefix", "num-suffix", "num-list-format", "leader-char", "leader-text", "prefix",
               "suffix", "grouping-separator", "decimal-replacement"}  # fmt: skip
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MARK = re.compile(r"PLANT\d+x?")


class Planted:
    """A tree with a mark in each attribute of each element that a standard knows, and what each mark stands for."""

    def __init__(self, standard, marked=""):
        self.standard, self.places, self.marked = standard, {}, marked

    def elements(self):
        """Return XML with all elements, each with all its attributes."""
        return "".join(self.element(tag) for tag in self.standard.elements)

    def element(self, tag, more=""):
        attributes = [f'{self.short(name)}="{self.mark(tag, name)}"' for name in self.standard.elements[tag]]
        return f"<{self.short(tag)} {' '.join(attributes)}{more}/>"

    def mark(self, tag, name):
        mark = f"PLANT{len(self.places)}x"
        self.places[mark] = f"{self.short(tag)} {self.short(name)}"
        return mark

    def short(self, name):
        namespace, brace, local = name.rpartition("}")
        prefixes = {**self.standard.prefixes, "http://www.w3.org/XML/1998/namespace": "xml"}
        return f"{prefixes[namespace[1:]]}:{local}" if brace else local

    def declarations(self, prefix=""):
        return " ".join(f'xmlns:{prefix}{one}="{space}"' for space, one in self.standard.prefixes.items())

    def left(self, data):
        """Return the places whose marks are in any part of a file."""
        text = "".join(parts(data).values())
        return {self.places[mark] for mark in MARK.findall(text)}


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def word(body, declarations):
    """Return a Word document with this body."""
    document = f"<w:document {declarations}><w:body>{body}<w:p><w:r><w:t>SHOWN</w:t></w:r></w:p></w:body></w:document>"
    relation = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{space}">{relation}</Relationships>',
        "word/document.xml": document,
    })  # fmt: skip


def text(body, declarations):
    """Return an OpenDocument text with this content."""
    content = f"<office:document-content {declarations}>{body}</office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_every_attribute_that_word_knows_keeps_only_what_is_seen():
    planted = Planted(ooxml.STANDARD)
    data = word(f"<w:p><w:r>{planted.elements()}</w:r></w:p>", planted.declarations())
    assert len(planted.places) > 2_500
    assert planted.left(data) == set(planted.places.values())
    content = clean_docx(data, Counter())
    left = {place for place in planted.left(content) if place.split()[1] not in DESCRIBED}
    assert left <= SEEN_IN_WORD
    check_clean_copy(content, "docx")
    assert "SHOWN" in "".join(read_docx.pages(content))


def test_every_attribute_that_open_documents_know_keeps_only_what_is_seen():
    planted = Planted(odf.STANDARD)
    elements = "".join(planted.element(tag) for tag in odf.STANDARD.elements)
    body = f"<office:body><office:text>{elements}<text:p>SHOWN</text:p></office:text></office:body>"
    data = text(body, planted.declarations())
    assert len(planted.places) > 2_000
    assert planted.left(data) == set(planted.places.values())
    content = clean_odt(data, Counter())
    assert {place.rpartition(":")[2] for place in planted.left(content)} <= SEEN_IN_ODF
    check_clean_copy(content, "odt")
    assert "SHOWN" in "".join(read_odt.pages(content))


UNKNOWN = [
    "<w:PLANT1>PLANT2</w:PLANT1>", '<w:r w:PLANT1="1"/>', '<w:r w:PLANT1="PLANT2" PLANT3="PLANT4"/>',
    '<w:r><a:PLANT1 PLANT2="x"/></w:r>', '<w:jc w:val="PLANT1"/>', '<w:sz w:val="PLANT1"/>',
    '<w:sz w:val="1234567890123456"/>',
    '<w:rPr><w:color w:val="PLANT1"/></w:rPr>', '<x:p xmlns:x="http://schemas.openxmlformats.org/PLANT1">PLANT2</x:p>',
    '<w:r><w:rPr><w:rFonts w:ascii="PLANT1" w:hAnsi="PLANT1" w:cs="PLANT2 Sans"/></w:rPr></w:r>',
    '<w:r><w:sym w:font="PLANT1" w:char="F04A"/></w:r>', '<w:r><w:rPr><w:lang w:val="en-PLANT1"/></w:rPr></w:r>',
    '<v:shape style="width:3pt;mso-comment:PLANT1" path="PLANT2"/>', '<v:shape o:spt="PLANT1" coordsize="PLANT2"/>',
    '<a:gd name="PLANT1" fmla="val 3"/>', '<w:t xml:space="PLANT1"/>', '<w:t xml:lang="PLANT1"/>',
]  # fmt: skip


@pytest.mark.parametrize("piece", UNKNOWN)
def test_word_documents_keep_nothing_unknown(piece):
    planted = Planted(ooxml.STANDARD)
    data = word(f"<w:p>{piece}</w:p>", planted.declarations())
    content = clean_docx(data, Counter())
    assert "PLANT" not in "".join(parts(content).values())
    assert "1234567890123456" not in parts(content)["word/document.xml"]
    assert "".join(read_docx.pages(content)).strip() == "SHOWN"


@pytest.mark.parametrize(
    "piece",
    ["<text:PLANT1>PLANT2</text:PLANT1>", '<text:p text:PLANT1="x"/>', '<text:p PLANT1="x"/>',
     '<text:p fo:color="PLANT1"/>', '<text:list text:style-name="a" text:continue-numbering="PLANT1"/>',
     '<loext:PLANT1>PLANT2</loext:PLANT1>', '<draw:frame svg:width="PLANT1"/>', '<draw:path svg:d="PLANT1"/>',
     '<style:style style:name="a"><style:text-properties style:font-name="PLANT1" fo:language="PLANT2"/></style:style>',
     '<style:font-face style:name="PLANT1" svg:font-family="PLANT2, \'PLANT3 Sans\'"/>',
     '<style:style style:name="a"><style:paragraph-properties fo:border="1pt PLANT1 #000000"/></style:style>'],
)  # fmt: skip
def test_open_documents_keep_nothing_unknown(piece):
    planted = Planted(odf.STANDARD)
    body = f"<office:body><office:text>{piece}<text:p>SHOWN</text:p></office:text></office:body>"
    content = clean_odt(text(body, planted.declarations()), Counter())
    assert "PLANT" not in "".join(parts(content).values())
    assert "".join(read_odt.pages(content)).strip() == "SHOWN"


@pytest.mark.parametrize(("make", "clean", "standard"), [(word, clean_docx, ooxml), (text, clean_odt, odf)])
def test_prefixes_are_the_usual_ones(make, clean, standard):
    planted = Planted(standard.STANDARD)
    files = parts(make("", "DECLARED"))
    name = "content.xml" if make is text else "word/document.xml"
    if make is text:
        files[name] = files[name].replace(
            "DECLARED>", "DECLARED><office:body><office:text><text:p>SHOWN</text:p></office:text></office:body>"
        )
    files[name] = re.sub(r"(</?| )(w|text|office):", r"\1PLANT1\2:", files[name]).replace(
        "DECLARED", planted.declarations("PLANT1")
    )
    content = clean(zipped(files), Counter())
    assert "PLANT" not in "".join(parts(content).values())
    assert "SHOWN" in parts(content)[name]


def test_alternative_that_needs_something_unknown_gives_way_to_the_other():
    planted = Planted(ooxml.STANDARD)
    ink = 'xmlns:ink="http://schemas.microsoft.com/office/2099/ink"'
    other = "<mc:Fallback><w:t>second</w:t></mc:Fallback>"
    unknown = f'<mc:AlternateContent {ink}><mc:Choice Requires="ink"><ink:a/></mc:Choice>{other}</mc:AlternateContent>'
    known = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:t>first</w:t></mc:Choice>{other}</mc:AlternateContent>'
    for piece, seen in ((unknown, "second"), (known, "first")):
        content = clean_docx(word(f"<w:p><w:r>{piece}</w:r></w:p>", planted.declarations()), Counter())
        assert "".join(read_docx.pages(content)).split() == [seen, "SHOWN"]


@pytest.mark.parametrize(
    "font", ["Times New Roman", "Noto Sans CJK SC", "Wingdings 2", "ＭＳ 明朝", "Arial1", "@SimSun", "+mn-lt", ""]
)
def test_font_in_use_keeps_its_name(font):
    found = Counter()
    assert new_font(font, NewNames(found)) == font
    assert +found == {}


def test_font_that_nobody_knows_gets_one_neutral_name():
    names = NewNames(Counter())
    assert [new_font(font, names) for font in ("Perpetua Quine", "Maria", "Perpetua Quine", "Arial 436601234567")] == [
        "Font 1", "Font 2", "Font 1", "Font 3"
    ]  # fmt: skip
    assert names.found["names"] == 3


def test_technical_values_stay():
    planted = Planted(ooxml.STANDARD)
    style = "position:absolute;margin-left:-5.4pt;width:3.5in;z-index:2;mso-position-horizontal-relative:page"
    shape = f'<w:r><w:pict><v:rect style="{style}" fillcolor="#fff [3201]" strokeweight=".5pt"/></w:pict></w:r>'
    sized = '<w:r><w:rPr><w:sz w:val="24"/><w:lang w:val="es-ES_tradnl"/><w:color w:val="auto"/></w:rPr></w:r>'
    part = parts(clean_docx(word(f"<w:p>{shape}{sized}</w:p>", planted.declarations()), Counter()))["word/document.xml"]
    root = etree.fromstring(part.encode())
    values = {value for element in root.iter() for value in element.attrib.values()}
    assert {style, "#fff [3201]", ".5pt", "24", "es-ES_tradnl", "auto"} <= values
