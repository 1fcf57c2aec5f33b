"""Names and texts in a PDF: what the standard or most programs write stays, and what an author chose is replaced."""

from collections import Counter

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from documents.cleaning.new_names import NewNames
from documents.cleaning.pdf.character_maps import clean_character_map
from documents.cleaning.pdf.content import ContentNames, clean_content_stream
from documents.cleaning.pdf.values import Values


@pytest.fixture
def made():
    with pikepdf.new() as pdf:
        yield pdf


@pytest.fixture
def values():
    return Values(NewNames(Counter()), Dictionary(Mine=Name.Other, Other=Name.H2, Loop=Name.Loop))


@pytest.mark.parametrize(
    ("shape", "value", "expected"),
    [
        ("any", Name.DeviceRGB, Name.DeviceRGB),
        ("any", Name.PLANT, None),
        ("any", String("PLANT"), None),
        ("language", String("ar-EG"), String("ar-EG")),
        ("language", String("PLANT words"), None),
        ("language", Name.ar, None),
        ("text", String("SHOWN"), String("SHOWN")),
        ("text", Name.PLANT, None),
        ("font name", Name("/ABCDEF+LMRoman10-Bold"), Name("/ABCDEF+LMRoman10-Bold")),
        ("font name", Name("/ABCDEF+PLANTHand-BoldItalic"), Name("/AAAAAA+F1-BoldItalic")),
        ("font name", Name.PLANT, Name("/AAAAAA+F1")),
        ("font name", String("PLANT"), None),
        ("tag", Name.H1, Name.H1),
        ("tag", Name.Mine, Name.H2),
        ("tag", Name.Loop, Name.Span),
        ("tag", Name.PLANT, Name.Span),
        ("map name", Name.PLANT, Name.Map),
        ("collection", String("PLANT"), None),
    ],
)
def test_value_stays_is_replaced_or_goes(values, shape, value, expected):
    assert values.cleaned(value, shape) == expected


def test_collection_of_characters_is_a_known_one(values):
    found = values.cleaned(Dictionary(Registry=String("PLANT"), Ordering=String("Japan1"), Supplement=6), "collection")
    assert (str(found.Registry), str(found.Ordering), found.Supplement) == ("Adobe", "Japan1", 6)
    found = values.cleaned(Dictionary(Ordering=String("PLANT"), Supplement=String("PLANT")), "collection")
    assert (str(found.Ordering), found.Supplement) == ("Identity", 0)


def test_names_of_glyphs_that_draw_letters_stay(values):
    usual = ["/fi", "/ff", "/A", "/uni0041", "/g12", "/a.alt", "/f_i", "/onesuperior", "/.notdef"]
    font = Dictionary(Subtype=Name.Type1, Encoding=Dictionary(Differences=Array([27, *map(Name, usual)])))
    values.clean_glyphs(font)
    assert [str(one) for one in list(font.Encoding.Differences)[1:]] == usual


def test_name_of_a_glyph_stays_if_the_program_of_its_font_may_have_it(values, made):
    for key, program, expected in (("/FontFile3", b"..PLANT..", "/PLANT"), ("/FontFile3", b"none", "/.notdef"),
                                   ("/FontFile", b"encrypted", "/PLANT")):  # fmt: skip
        descriptor = Dictionary({key: made.make_stream(program)})
        font = Dictionary(Subtype=Name.Type1, FontDescriptor=descriptor,
                          Encoding=Dictionary(Differences=Array([65, Name.PLANT])))  # fmt: skip
        values.clean_glyphs(font)
        assert str(font.Encoding.Differences[1]) == expected


def test_shapes_of_a_font_are_renamed_with_the_codes_that_draw_them(values, made):
    shapes = Dictionary(PLANT=made.make_stream(b"1"), A=made.make_stream(b"2"))
    codes = Array([65, Name.PLANT, Name.A, Name.Gone, String("PLANT")])
    font = Dictionary(Subtype=Name.Type3, CharProcs=shapes, Encoding=Dictionary(Differences=codes))
    values.clean_glyphs(font)
    names = [str(one) for one in list(font.Encoding.Differences)[1:]]
    assert names == ["/gl1", "/A", "/.notdef", "/.notdef"]
    assert {key: one.read_bytes() for key, one in font.CharProcs.items()} == {"/gl1": b"1", "/A": b"2"}


def test_colours_of_a_printer_get_names_that_say_nothing(values):
    space = Array([Name.Separation, Name.PLANT, Name.DeviceCMYK, Dictionary(), String("PLANT")])
    values.clean_colours(space)
    assert [str(one) for one in list(space)[:3]] == ["/Separation", "/Spot1", "/DeviceCMYK"]
    assert len(space) == 4
    mixed = Array([Name.DeviceN, Array([Name.Cyan, Name.PLANT]), Name.DeviceCMYK, Dictionary()])
    values.clean_colours(mixed)
    assert [str(one) for one in mixed[1]] == ["/Cyan", "/Spot1"]


MAP = b"""%% PLANT
/CMapName /PLANT def %b begincmap (PLANT) pop
2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange
1 beginbfrange <0041> <0043> [<0041> <00420043> <0043>] endbfrange
2 beginbfchar <01> <0644 0627>
<02> <0041> endbfchar 1 begincidrange <20> <7e> 1 endcidrange endcmap"""


def test_character_map_keeps_codes_and_their_meanings(made):
    stream = made.make_stream(MAP % b"/WMode 1 def /UniGB-UCS2-H usecmap")
    clean_character_map(stream)
    new = b" ".join(stream.read_bytes().split())
    assert b"PLANT" not in new
    for part in (b"2 begincodespacerange <00> <80> <8140> <9FFC> end", b"<0041> <0043> [ <0041> <00420043> <0043> ]",
                 b"2 beginbfchar <01> <06440627> <02> <0041>", b"1 begincidrange <20> <7e> 1 end", b"/WMode 1 def",
                 b"/UniGB-UCS2-H usecmap"):  # fmt: skip
        assert part in new
    clean_character_map(stream)
    assert b" ".join(stream.read_bytes().split()) == new


def test_character_map_uses_no_map_of_an_author(made):
    stream = made.make_stream(MAP % b"/PLANT usecmap")
    clean_character_map(stream)
    assert b"usecmap" not in stream.read_bytes()


def test_usual_names_of_resources_stay_and_others_are_renamed_everywhere(made):
    page = made.add_blank_page()
    page.obj.Resources = Dictionary(Font=Dictionary(F1=Dictionary(), PLANT=Dictionary()))
    assert ContentNames.of(made).are_usual is False
    names = ContentNames.of(made)
    names.rename(page.obj.Resources)
    assert set(page.obj.Resources.Font.keys()) == {"/F1", "/N1"}
    stream = made.make_stream(b"BT /F1 9 Tf (a) Tj /PLANT 9 Tf (b) Tj ET")
    clean_content_stream(made, stream, Counter(), names)
    assert b" ".join(stream.read_bytes().split()) == b"BT /F1 9 Tf (a) Tj /N1 9 Tf (b) Tj ET"
    page.obj.Resources = Dictionary(Font=Dictionary(F1=Dictionary()))
    assert ContentNames.of(made).are_usual is True


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"(PLANT) 1 w", b"1 w"),
        (b"(PLANT) PLANT 1 w", b"1 w"),
        (b"[(a) 3 /PLANT (b)] TJ", b"[ (a) 3 (b) ] TJ"),
        (b'(PLANT) 1 2 (a) "', b'1 2 (a) "'),
        (b"/PLANT BMC EMC", b"/Span BMC EMC"),
        (b"/Artifact BMC EMC % PLANT", b"/Artifact BMC EMC"),
        (b"/PLANT ri 1 w", b"1 w"),
        (b"[3 (PLANT)] 0 d", b"[ 3 ] 0 d"),
        (b"/Pattern cs 1 0 /P1 scn", b"/Pattern cs 1 0 /P1 scn"),
        (b"/P << /Lang (PLANT!) /MCID 0 >> BDC EMC", b"/P << /MCID 0 >> BDC EMC"),
        (b"(a \\) b (c)) Tj <41> Tj % PLANT", b"(a \\) b \\(c\\)) Tj (A) Tj"),
    ],
)
def test_operators_keep_what_they_use(made, content, expected):
    stream = made.make_stream(content)
    clean_content_stream(made, stream, Counter(), ContentNames())
    assert b" ".join(stream.read_bytes().split()) == expected


@pytest.mark.parametrize(
    "content",
    [b"q 1 0 0 1 72 720 cm BT /F1 12 Tf 14.4 TL (Hello \\(a\\) (b)) Tj T* ET Q", b"[(a)-20<41>(b)] TJ\n0.5 .5 -.5 rg\n",
     b"/P <</MCID 3>> BDC /Im0 Do EMC /GS0 gs /Cs1 cs 1 scn [] 0 d [3 2] 1 d f* W n", b"", b" \n"],
)  # fmt: skip
def test_plain_content_is_left_as_it_is(made, content):
    stream = made.make_stream(content)
    clean_content_stream(made, stream, Counter(), ContentNames())
    assert stream.read_bytes() == content
