"""Which text of an OpenDocument text a person does not see: one look at a time, on both sides of each border."""

from collections import Counter

import pytest
from lxml import etree

from documents.cleaning.odf.content import clean_tree, is_inside
from documents.cleaning.odf.looks import Looks
from documents.cleaning.odf.unseen import remove_unseen, remove_unused_pages
from tests.planted_office import NAMES
from tests.planted_unseen_office import FO, NONE, PALE, cell, odf_style, odf_table, text

LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def content(body: str, automatic: str = "") -> etree._Element:
    return etree.fromstring(
        f"<office:document-content {NAMES} {FO} {LOEXT}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def common(pages: str = "", styles: str = "", automatic: str = "") -> etree._Element:
    return etree.fromstring(
        f"<office:document-styles {NAMES} {FO}><office:styles>{styles}</office:styles>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{pages}</office:master-styles></office:document-styles>"
    )


def shown(body: str, automatic: str = "", styles: etree._Element | None = None) -> str:
    """Return the words that stay."""
    tree, found = content(body, automatic), Counter()
    remove_unseen(tree, found, Looks.of(tree, styles))
    words = "".join(tree.itertext())
    assert bool(found["hidden_text"]) == ("PLANT" in body and "PLANT" not in words)
    return words


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (NONE, ""),
        ('text:display="true"', "PLANT"),
        (PALE, ""),
        ('fo:color="#F0F0F0"', ""),
        ('fo:color="#efefef"', "PLANT"),
        ('fo:color="white"', "PLANT"),
        (PALE + ' fo:background-color="#000000"', "PLANT"),
        (PALE + ' fo:background-color="#ffffff"', ""),
        (PALE + ' fo:background-color="transparent"', ""),
        (PALE + ' fo:background-color="unclear"', "PLANT"),
        (PALE + ' style:text-outline="true"', "PLANT"),
        (PALE + ' style:text-outline="false"', ""),
        (PALE + ' fo:text-shadow="1pt 1pt"', "PLANT"),
        (PALE + ' fo:text-shadow="none"', ""),
        (PALE + ' style:use-window-font-color="true"', "PLANT"),
        (PALE + ' style:use-window-font-color="false"', ""),
        ('fo:color="#000000" fo:background-color="#000000"', ""),
        ('fo:font-size="1pt"', ""),
        ('fo:font-size="1.1pt"', "PLANT"),
        ('fo:font-size="0.3mm"', ""),
        ('fo:font-size="0.4mm"', "PLANT"),
        ('fo:font-size="0.03cm"', ""),
        ('fo:font-size="0.04cm"', "PLANT"),
        ('fo:font-size="0.01in"', ""),
        ('fo:font-size="0.02in"', "PLANT"),
        ('fo:font-size="1.3px"', ""),
        ('fo:font-size="2px"', "PLANT"),
        ('fo:font-size="1%"', "PLANT"),
        ('loext:opacity="0%"', ""),
        ('loext:opacity="10%"', "PLANT"),
        ('loext:text-opacity="0%"', ""),
    ],
)
def test_look_of_a_paragraph_or_a_span(look, words):
    look = f"{look} {LOEXT}"
    assert shown(text("PLANT", "P"), odf_style("P", look)) == words
    assert shown(text(text("PLANT", "S", "span")), odf_style("S", look, "text")) == words


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ("", ""),
        ('fo:background-color="#000000"', "PLANT"),
        ('fo:background-color="#ffffff"', ""),
        ('draw:fill="none" fo:background-color="#000000"', ""),
        ('draw:fill="solid" draw:fill-color="#000000"', "PLANT"),
        ('draw:fill="solid" draw:fill-color="#ffffff"', ""),
        ('draw:fill="solid"', "PLANT"),
        ('draw:fill="bitmap"', "PLANT"),
    ],
)
def test_white_text_on_a_paragraph_a_cell_a_table_a_row_a_section_or_in_a_box(properties, words):
    white = odf_style("P", PALE)

    def style(family):
        kind = f"<style:{family}-properties {properties}/>"
        return white + odf_style("B", family=family, more=kind)

    used = 'table:style-name="B"'
    assert shown(text("PLANT", "P"), odf_style("P", PALE, more=f"<style:paragraph-properties {properties}/>")) == words
    assert shown(odf_table(cell(text("PLANT", "P"), used)), style("table-cell")) == words
    assert shown(odf_table(cell(text("PLANT", "P")), look=used), style("table")) == words
    rows = odf_table(cell(text("PLANT", "P"))).replace("<table:table-row>", f"<table:table-row {used}>")
    assert shown(rows, style("table-row")) == words
    section = f'<text:section text:style-name="B">{text("PLANT", "P")}</text:section>'
    assert shown(section, style("section")) == words
    frame = f'<draw:frame draw:style-name="B"><draw:text-box>{text("PLANT", "P")}</draw:text-box></draw:frame>'
    unknown = "PLANT" if not properties or "none" in properties else words
    assert shown(frame, style("graphic")) == unknown


def test_picture_behind_a_cell_may_be_dark():
    table = odf_table(cell(text("PLANT", "P"), 'table:style-name="B"'))
    for picture, words in (('<style:background-image xlink:href="a"/>', "PLANT"), ("<style:background-image/>", "")):
        properties = f"<style:table-cell-properties>{picture}</style:table-cell-properties>"
        assert shown(table, odf_style("P", PALE) + odf_style("B", family="table-cell", more=properties)) == words


@pytest.mark.parametrize(
    ("layout", "words"),
    [("", ""), ('fo:background-color="#000000"', "PLANT"), ('fo:background-color="#FFFFFF"', ""),
     ('draw:fill="solid" draw:fill-color="#000000"', "PLANT")],
)  # fmt: skip
def test_white_text_on_a_page(layout, words):
    pages = f"<style:page-layout><style:page-layout-properties {layout}/></style:page-layout>"
    assert shown(text("PLANT", "P"), odf_style("P", PALE), common(automatic=pages)) == words


def test_shape_behind_the_text_may_be_dark():
    style = odf_style("P", PALE) + odf_style(
        "B", family="graphic", more='<style:graphic-properties style:run-through="{}"/>'
    )
    body = text("PLANT", "P") + text('<draw:rect draw:style-name="B"/>')
    assert shown(body, style.format("background")) == "PLANT"
    assert shown(body, style.format("foreground")) == ""


def test_styles_of_the_document_come_after_those_of_the_text_and_its_automatic_ones_are_others():
    own = odf_style("P", 'fo:color="#000000"')
    assert shown(text("PLANT", "P"), own, common(styles=odf_style("P", PALE))) == "PLANT"
    assert shown(text("PLANT", "P"), "", common(styles=odf_style("P", PALE))) == ""
    assert shown(text("PLANT", "P"), "", common(automatic=odf_style("P", PALE))) == "PLANT"


def test_default_of_a_family_comes_last():
    default = f'<style:default-style style:family="paragraph"><style:text-properties {PALE}/></style:default-style>'
    assert shown(text("PLANT"), default) == ""
    assert shown(text("PLANT", "P"), default + odf_style("P", 'fo:color="#000000"')) == "PLANT"


def test_default_of_spans_does_not_come_before_the_look_of_their_paragraph():
    default = f'<style:default-style style:family="text"><style:text-properties {PALE}/></style:default-style>'
    body = text(text("PLANT", "S", "span"), "P")
    assert shown(body, default + odf_style("S", family="text") + odf_style("P", 'fo:color="#000000"')) == "PLANT"


def test_styles_that_are_based_on_each_other_in_a_circle_end():
    assert shown(text("SHOWN", "P"), odf_style("P", parent="Q") + odf_style("Q", parent="P")) == "SHOWN"


def test_hidden_paragraph_loses_all_in_it_and_a_pale_one_keeps_what_has_a_look_of_its_own():
    note = "<text:note><text:note-body><text:p>SHOWN</text:p></text:note-body></text:note>"
    body = text(f"PLANT{note}PLANT<text:page-number>PLANT</text:page-number>", "P")
    assert shown(body, odf_style("P", PALE)) == "SHOWN"
    assert shown(body.replace("SHOWN", "PLANT"), odf_style("P", NONE)) == ""


def test_shown_span_in_a_hidden_paragraph_stays_alone():
    body = text(f"PLANT{text('SHOWN', 'S', 'span')}PLANT{text('PLANT', 'T', 'span')}", "P")
    styles = odf_style("P", NONE) + odf_style("S", 'text:display="true"', "text") + odf_style("T", family="text")
    tree, found = content(body, styles), Counter()
    remove_unseen(tree, found, Looks.of(tree, None))
    assert "".join(tree.itertext()) == "SHOWN"
    assert len(list(tree.iter("{*}span"))) == 1
    assert found["hidden_text"] == 2


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('text:is-hidden="true"', ""),
        ('text:is-hidden="false" text:condition="1"', "PLANT"),
        ('text:condition="ooow:1"', ""),
        ('text:condition="true"', ""),
        ('text:condition="ooow:1==1"', ""),
        ('text:condition="ooow:x==1"', "PLANT"),
        ("", "PLANT"),
    ],
)
def test_paragraph_with_a_condition(condition, words):
    assert shown(text(f"PLANT<text:hidden-paragraph {condition}/>")) == words


@pytest.mark.parametrize(
    ("display", "words"), [('text:display="none"', ""), ('text:display="condition" text:condition="ooow:1"', ""),
                           ('text:display="condition" text:condition="ooow:x"', "SHOWN"), ("", "SHOWN")],
)  # fmt: skip
def test_section_with_a_condition(display, words):
    tree, found = content(f"<text:section {display}>{text('SHOWN')}</text:section>"), Counter()
    clean_tree(tree, found, Looks.of(tree, None))
    assert "".join(tree.itertext()) == words
    assert found["hidden_text"] == (not words)
    assert not [name for one in tree.iter("{*}section") for name in one.attrib if "display" in name]


def page(name: str, words: str, following: str = "") -> str:
    after = f'style:next-style-name="{following}"' if following else ""
    return (
        f'<style:master-page style:name="{name}" {after}><style:header>{text(words)}</style:header></style:master-page>'
    )


TWO = page("Standard", "a") + page("B", "b")
LEADS_TO_B = odf_style("P", page="B")


@pytest.mark.parametrize(
    ("pages", "styles", "body", "kept"),
    [
        (TWO, "", text("x"), "a"),
        (page("B", "b") + page("C", "c"), "", text("x"), "b"),
        (page("Standard", "a", "B") + page("B", "b", "C") + page("C", "c"), "", text("x"), "abc"),
        (TWO, LEADS_TO_B, text("x", "P"), "ab"),
        (TWO, LEADS_TO_B, text("x"), "a"),
        (TWO, LEADS_TO_B + odf_style("Q", parent="P"), text("x", "Q"), "ab"),
        (TWO, odf_style("P", parent="Q") + odf_style("Q", parent="P"), text("x", "Q"), "a"),
        (TWO, '<text:notes-configuration text:master-page-name="B"/>', text("x"), "ab"),
    ],
)
def test_headers_stay_on_pages_in_use(pages, styles, body, kept):
    root, found = common(pages, styles), Counter()
    remove_unused_pages(content(body), root, found)
    assert "".join(root.itertext()) == kept
    assert found["hidden_text"] == pages.count("<text:p") - len(kept)


def test_header_that_is_turned_off_is_emptied():
    root, found = (
        common(page("Standard", "PLANT").replace("<style:header>", '<style:header style:display="false">')),
        Counter(),
    )
    remove_unseen(root, found, Looks.of(root, root))
    assert "".join(root.itertext()) == ""
    assert found["hidden_text"] == 1


def test_file_names_in_attributes_go_and_are_counted():
    tree, found = content(text('<draw:frame draw:name="C:\\PLANT\\a.png" draw:caption="PLANT.docx"/>')), Counter()
    clean_tree(tree, found, Looks.of(tree, None))
    (frame,) = tree.iter("{*}frame")
    assert [name.rpartition("}")[2] for name in frame.attrib] == ["name"]  # which is replaced later
    assert found["file_names"] == 2


@pytest.mark.parametrize(
    ("address", "inside"),
    [("Pictures/a.png", True), ("./Object 1", True), ("", False), ("#Place", False), ("../a.odt", False),
     ("/home/a", False), ("https://example.org", False)],
)  # fmt: skip
def test_address_in_the_package(address, inside):
    assert is_inside(address) is inside


PERSONAL = (
    "author-name author-initials creator initial-creator printed-by file-name template-name description editing-cycles "
    "editing-duration sender-firstname sender-lastname sender-initials sender-title sender-position sender-email "
    "sender-phone-private sender-phone-work sender-fax sender-company sender-street sender-city sender-postal-code "
    "sender-country sender-state-or-province"
)


@pytest.mark.parametrize("name", PERSONAL.split())
def test_field_that_names_a_person_or_a_file_is_removed(name):
    tree, found = content(text(f"SHOWN<text:{name}>PLANT</text:{name}> too")), Counter()
    clean_tree(tree, found, Looks.of(tree, None))
    assert "".join(tree.itertext()) == "SHOWN too"
    assert found["fields"] == 1


@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_notice_that_a_note_goes_on_stays(direction):
    tree = content(f"<text:note-continuation-notice-{direction}>SHOWN</text:note-continuation-notice-{direction}>PLANT")
    clean_tree(tree, Counter(), Looks.of(tree, None))
    assert "".join(tree.itertext()) == "SHOWN"
