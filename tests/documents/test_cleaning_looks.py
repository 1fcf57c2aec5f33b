"""Which runs of a Word document a person does not see: one look at a time, on both sides of each border."""

import pytest
from lxml import etree

from documents.cleaning.ooxml.elements import W
from documents.cleaning.ooxml.looks import Looks, page_colour
from tests.planted_unseen_office import MATH, MC, W14, WHITE, WPS, A, paragraph, row, run, solid, style, table
from tests.planted_unseen_office import R as REFERENCES
from tests.planted_unseen_office import W as WORD

SPACES = f'{WORD} {REFERENCES} {MATH} {MC} {WPS} {W14} {A} xmlns:v="urn:schemas-microsoft-com:vml"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'


def document(body: str) -> etree._Element:
    return etree.fromstring(f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")


def is_hidden(body: str, styles: str = "", page: str = "FFFFFF") -> bool:
    """Return whether a person does not see the first run with a text."""
    looks = Looks(etree.fromstring(f"<w:styles {SPACES}>{styles}</w:styles>"), page)
    first = next(one for one in document(body).iter(W + "r") if one.find(W + "t") is not None)
    return looks.hides(first)


def fill(inside: str) -> str:
    return f"<w14:textFill>{inside}</w14:textFill>"


def srgb(colour: str, alpha: str = "") -> str:
    change = f'<w14:alpha w14:val="{alpha}"/>' if alpha else ""
    return f'<w14:solidFill><w14:srgbClr w14:val="{colour}">{change}</w14:srgbClr></w14:solidFill>'


def scheme(name: str, change: str = "") -> str:
    return f'<w14:solidFill><w14:schemeClr w14:val="{name}">{change}</w14:schemeClr></w14:solidFill>'


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        (fill(srgb("FFFFFF")), True),
        (fill(srgb("000000")), False),
        (fill(scheme("bg1")), True),
        (fill(scheme("tx1")), False),
        (fill(scheme("bg1", '<w14:lumMod w14:val="50000"/>')), False),
        (fill("<w14:gradFill/>"), False),
        (fill(srgb("")), False),
        (fill(srgb("000000", "97000")), True),
        (fill(srgb("000000", "96999")), False),
        (fill(srgb("000000", "")), False),
        (fill("<w14:noFill/>"), True),
        (fill("<w14:noFill/>") + "<w14:textOutline/>", False),
        (fill("<w14:noFill/>") + "<w14:textOutline><w14:noFill/></w14:textOutline>", True),
        (WHITE + "<w:shadow/>", False),
        (WHITE + '<w:shadow w:val="0"/>', True),
        (WHITE + "<w:emboss/>", False),
        (WHITE + "<w:imprint/>", False),
        ('<w:color w:val="F0F0F0"/>', True),
        ('<w:color w:val="EFF0F0"/>', False),
        ('<w:color w:val="auto" w:themeColor="background1"/>', True),
        ('<w:color w:val="auto" w:themeColor="text1"/>', False),
        ('<w:color w:val="auto"/>', False),
        ('<w:sz w:val="2"/>', True),
        ('<w:sz w:val="0"/>', True),
        ('<w:sz w:val="3"/>', False),
        ('<w:sz w:val="x"/>', False),
        ('<w:sz w:val="-1"/>', False),
        ("<w:sz/>", False),
        ('<w:highlight w:val="black"/>', True),
        ('<w:highlight w:val="yellow"/>', False),
        ('<w:highlight w:val="white"/>' + WHITE, True),
        ('<w:highlight w:val="PLANT"/>' + WHITE, True),
        ('<w:highlight w:val="darkBlue"/><w:color w:val="000080"/>', True),
        ('<w:highlight w:val="darkBlue"/>' + WHITE, False),
        ("<w:vanish/>", True),
        ('<w:vanish w:val="FALSE"/>', False),
        ('<w:specVanish w:val="off"/>', False),
    ],
)
def test_look_of_a_run(look, hidden):
    assert is_hidden(paragraph(run("words", look))) is hidden


@pytest.mark.parametrize("look", [WHITE, '<w:sz w:val="2"/>', '<w:highlight w:val="black"/>'])
def test_white_space_is_not_hidden_by_its_look(look):
    assert not is_hidden(paragraph(run(" ", look)))
    assert is_hidden(paragraph(run(" ", "<w:vanish/>")))


def shade(keys: str) -> str:
    return f"<w:shd {keys}/>"


BLACK, PALE = shade('w:fill="000000"'), shade('w:fill="FFFFFF"')


@pytest.mark.parametrize(
    ("keys", "hidden"),
    [
        ("", True),
        ('w:val="clear" w:fill="auto"', True),
        ('w:val="nil" w:fill="FFFFFF"', True),
        ('w:val="clear" w:fill="000000"', False),
        ('w:fill="000000"', False),
        ('w:val="clear" w:fill="PLANT"', False),
        ('w:val="clear" w:fill="auto" w:themeFill="text1"', False),
        ('w:val="solid" w:fill="FFFFFF"', False),
        ('w:val="solid" w:color="000000" w:fill="FFFFFF"', False),
        ('w:val="solid" w:color="FFFFFF" w:fill="000000"', True),
        ('w:val="pct50" w:fill="FFFFFF"', False),
    ],
)
def test_white_text_is_seen_on_any_shade_that_may_be_dark(keys, hidden):
    white, on = paragraph(run("words", WHITE)), shade(keys)
    assert is_hidden(paragraph(run("words", WHITE + on))) is hidden
    assert is_hidden(paragraph(run("words", WHITE), on)) is hidden
    assert is_hidden(table(row((on, white)))) is hidden
    assert is_hidden(table(row(("", white)), look=on)) is hidden


def test_shade_of_a_cell_comes_before_that_of_its_table():
    white = paragraph(run("words", WHITE))
    assert is_hidden(table(row((PALE, white)), look=BLACK))
    assert not is_hidden(table(row((BLACK, white)), look=PALE))


def test_table_whose_rows_or_styles_have_shades_may_be_dark():
    white = f"<w:tc><w:tcPr/>{paragraph(run('words', WHITE))}</w:tc>"
    own = f"<w:tr><w:tblPrEx>{BLACK}</w:tblPrEx>{white}</w:tr>"
    assert not is_hidden(table(own))
    styled = table(f"<w:tr>{white}</w:tr>", look='<w:tblStyle w:val="T"/>')
    assert is_hidden(styled, style("table", "T"))
    for shaded, hidden in (("", True), (BLACK, False)):
        look = style("table", "T").replace("<w:rPr>", f"<w:tblPr>{shaded}</w:tblPr><w:rPr>")
        assert is_hidden(styled, look) is hidden


@pytest.mark.parametrize(
    ("keys", "hidden"),
    [
        ('w:line="40" w:lineRule="exact"', True),
        ('w:line="0" w:lineRule="exact"', True),
        ('w:line="41" w:lineRule="exact"', False),
        ('w:line="40" w:lineRule="atLeast"', False),
        ('w:line="40"', False),
        ('w:lineRule="exact"', False),
    ],
)
def test_height_of_a_line(keys, hidden):
    assert is_hidden(paragraph(run("words"), f"<w:spacing {keys}/>")) is hidden


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        ('<w:w w:val="5"/>', True),
        ('<w:w w:val="6"/>', False),
        ('<w:spacing w:val="-200"/>', True),
        ('<w:spacing w:val="-199"/>', False),
        ('<w:sz w:val="40"/><w:spacing w:val="-399"/>', False),
        ('<w:position w:val="2400"/>', True),
        ('<w:position w:val="-2400"/>', True),
        ('<w:position w:val="2399"/>', False),
        ('<w:rtl/><w:sz w:val="22"/><w:szCs w:val="2"/>', True),
        ('<w:rtl/><w:sz w:val="2"/><w:szCs w:val="22"/>', False),
        ('<w:cs/><w:szCs w:val="2"/>', True),
        ('<w:rtl w:val="0"/><w:szCs w:val="2"/>', False),
    ],
)
def test_letters_out_of_shape_or_place(look, hidden):
    assert is_hidden(paragraph(run("words", look))) is hidden


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        ('<w:ind w:left="24000"/>', True),
        ('<w:ind w:start="24000"/>', True),
        ('<w:ind w:left="23999"/>', False),
        ('<w:framePr w:x="24000" w:hAnchor="page"/>', True),
        ('<w:framePr w:w="2000" w:x="-2040" w:hAnchor="page"/>', True),
        ('<w:framePr w:w="2000" w:x="-2039" w:hAnchor="page"/>', False),
        ('<w:framePr w:w="2000" w:x="-2040" w:hAnchor="margin"/>', False),
        ('<w:framePr w:w="2000" w:y="-300" w:vAnchor="page"/>', True),
        ("<w:framePr/>", False),
    ],
)
def test_paragraph_off_the_page(look, hidden):
    assert is_hidden(paragraph(run("words"), look)) is hidden
    styled = style("paragraph", "S").replace("<w:rPr>", f"<w:pPr>{look}</w:pPr><w:rPr>")
    assert is_hidden(paragraph(run("words"), '<w:pStyle w:val="S"/>'), styled) is hidden


def wsp(words: str, look: str) -> str:
    return f"<w:r><wps:wsp><wps:spPr>{look}</wps:spPr><wps:txbx>{words}</wps:txbx></wps:wsp></w:r>"


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        (solid("FFFFFF"), True),
        (solid("000000"), False),
        ("", False),
        ('<a:solidFill><a:srgbClr val="FFFFFF"><a:lumMod val="1"/></a:srgbClr></a:solidFill>', False),
        ("<a:solidFill><a:srgbClr/></a:solidFill>", False),
    ],
)
def test_white_text_in_a_box(look, hidden):
    white = paragraph(run("words", WHITE))
    assert is_hidden(paragraph(wsp(white, look))) is hidden
    assert not is_hidden(paragraph(f"<w:r><w:pict><v:rect>{white}</v:rect></w:pict></w:r>"))


@pytest.mark.parametrize(
    ("behind", "hidden"),
    [
        (f'<wp:anchor {WP} behindDoc="1"/>', False),
        (f'<wp:anchor {WP} behindDoc="0"/>', True),
        (f'<wp:anchor {WP} behindDoc="true"/>', False),
        ('<v:shape style="position:absolute; z-index: -2"/>', False),
        ('<v:rect style="z-index:-2"/>', False),
        ('<v:rect style="z-index:2"/>', True),
        ("<v:rect/>", True),
    ],
)
def test_white_text_before_a_picture_behind_the_text(behind, hidden):
    assert is_hidden(paragraph(run("words", WHITE)) + paragraph(f"<w:r>{behind}</w:r>")) is hidden


@pytest.mark.parametrize(
    ("background", "colour"),
    [
        ("", "FFFFFF"),
        ('<w:background w:color="1F3864"/>', "1F3864"),
        ('<w:background w:color="auto"/>', "unknown"),
        ("<w:background/>", "unknown"),
        ('<w:background w:color="FFFFFF"><v:background/></w:background>', "unknown"),
    ],
)
def test_colour_of_the_pages(background, colour):
    assert page_colour(etree.fromstring(f"<w:document {SPACES}>{background}<w:body/></w:document>")) == colour


def test_own_look_comes_before_those_of_styles_and_these_before_the_default_of_the_document():
    default = f"<w:docDefaults><w:rPrDefault><w:rPr>{WHITE}</w:rPr></w:rPrDefault></w:docDefaults>"
    dark = '<w:color w:val="000000"/>'
    assert is_hidden(paragraph(run("words")), default)
    assert not is_hidden(paragraph(run("words", dark)), default)
    assert not is_hidden(paragraph(run("words"), '<w:pStyle w:val="P"/>'), default + style("paragraph", "P", dark))
    assert not is_hidden(
        paragraph(run("words", '<w:rStyle w:val="C"/>'), '<w:pStyle w:val="P"/>'),
        style("character", "C", dark) + style("paragraph", "P", WHITE),
    )
    assert is_hidden(
        table(row(("", paragraph(run("words")))), look='<w:tblStyle w:val="T"/>'), style("table", "T", WHITE)
    )


def test_hidden_text_of_the_document_is_not_turned_by_a_style():
    default = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    assert is_hidden(paragraph(run("words"), '<w:pStyle w:val="P"/>'), default + style("paragraph", "P", "<w:vanish/>"))


def test_styles_that_are_based_on_each_other_in_a_circle_end():
    circle = style("paragraph", "P", base="Q") + style("paragraph", "Q", base="P")
    assert not is_hidden(paragraph(run("words"), '<w:pStyle w:val="P"/>'), circle)


def test_default_style_is_the_one_that_says_so():
    assert is_hidden(paragraph(run("words")), style("paragraph", "P", WHITE, more='w:default="1"'))
    assert not is_hidden(paragraph(run("words")), style("paragraph", "P", WHITE, more='w:default="0"'))
    assert not is_hidden(paragraph(run("words")), style("paragraph", "P", WHITE))
