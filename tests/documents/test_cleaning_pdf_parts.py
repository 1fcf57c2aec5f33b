"""Parts of PDFs one by one: content streams, pictures in streams, links, and the strings of fonts."""

import io
import zlib
from collections import Counter

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from documents.cleaning.pdf.content import ContentNames, clean_content_stream
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.interactive import Destinations, clean_destination
from documents.cleaning.pdf.streams import clean_image_stream, clean_profile_stream
from documents.cleaning.pdf.unseen.glyph_codes import is_vertical, splitter_of
from documents.cleaning.pdf.unseen.glyphs import Glyph, GlyphStreams
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.reading.pdf import pages
from tests import files, planted


@pytest.fixture
def made():
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as pdf:
        yield pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def jpeg(**options) -> bytes:
    file = io.BytesIO()
    Image.new("L", (4, 4)).save(file, "JPEG", **options)
    return file.getvalue()


def inline(data: bytes, kind: bytes = b"/DCT") -> bytes:
    return b"q BI /W 4 /H 4 /BPC 8 /CS /G /F " + kind + b" ID " + data + b" EI Q"


@pytest.mark.parametrize(
    ("content", "kept", "count"),
    [
        (b"1 g % PLANT\n2 g", "1 g 2 g", 0),
        (b"/A MP 1 g", "1 g", 0),
        (b"/A << /B (PLANT) >> DP 1 g", "1 g", 0),
        (b"/A << /MCID 1 /B (PLANT) >> BDC EMC", "/A << /MCID 1 >> BDC EMC", 0),
        (b"/A << /MCID 1 >> BDC  EMC", "/A << /MCID 1 >> BDC  EMC", 0),
        (b"/A /B BDC % PLANT\nEMC", "/A /B BDC EMC", 0),
        (b"/A << /ActualText (a) /Lang (ar) /PLANT 1 >> BDC EMC", "/A << /ActualText (a) /Lang (ar) >> BDC EMC", 0),
    ],
)
def test_content_stream_keeps_no_comments_and_marks_of_programs(made, content, kept, count):
    stream, found = made.make_stream(content), Counter()
    clean_content_stream(made, stream, found, ContentNames())
    assert stream.read_bytes().decode().replace("\n", " ").strip() == kept
    assert found["pictures"] == count


def test_inline_picture_with_details_is_removed(made):
    for data, count in ((jpeg(), 0), (jpeg(comment=b"PLANT"), 1), (b"PLANT", 1)):
        stream, found = made.make_stream(inline(data)), Counter()
        clean_content_stream(made, stream, found, ContentNames())
        assert b"PLANT" not in stream.read_bytes()
        assert (b"BI" in stream.read_bytes()) is not bool(count)
        assert found == Counter({"pictures": 1} if count else {})
    stream = made.make_stream(inline(bytes(16), b"/A85").replace(b" /F /A85", b""))
    clean_content_stream(made, stream, found := Counter(), ContentNames())
    assert b"BI" in stream.read_bytes()
    assert +found == {}


@pytest.mark.parametrize("parms", [None, Array([None, None]), Array([Dictionary(Predictor=1), None])])
def test_picture_in_two_packings_is_cleaned(made, parms):
    packed = zlib.compress(jpeg(comment=b"PLANT"))
    image, found = made.make_stream(packed, Subtype=Name.Image), Counter()
    image.Filter = Array([Name.FlateDecode, Name.DCTDecode])
    if parms is not None:
        image.DecodeParms = parms
    clean_image_stream(made, image, found)
    assert image.read_raw_bytes() == jpeg()
    assert str(image.Filter) == "/DCTDecode"
    assert found["picture_details"] == 1


def test_picture_that_is_no_picture_turns_white(made):
    image, found = made.make_stream(b"PLANT", Subtype=Name.Image, Filter=Name.DCTDecode, Width=9, Height=9), Counter()
    image.PLANT, image.StructParent = String("PLANT"), 3
    clean_image_stream(made, image, found)
    assert found == Counter(pictures=1)
    assert (image.Width, image.Height, image.BitsPerComponent, image.StructParent) == (1, 1, 8, 3)
    assert (image.ColorSpace, image.read_bytes()) == (Name.DeviceGray, b"\xff")
    assert not {"/PLANT", "/Filter"} & set(image.keys())


@pytest.mark.parametrize(("profile", "count"), [(planted.icc(), 1), (b"PLANT", 1)])
def test_colour_profile_loses_its_words(made, profile, count):
    stream, found = made.make_stream(profile), Counter()
    clean_profile_stream(stream, found)
    assert planted.traces(stream.read_bytes()) == []
    assert found["properties"] == count
    clean_profile_stream(stream, again := Counter())
    clean_profile_stream(None, again)
    assert again["properties"] == 0


def target(made, **keys) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, **keys)


def test_names_of_places_are_replaced_by_the_places(made):
    page = made.pages[0].obj
    place = Array([page, Name.XYZ, 10, None, 2])
    made.Root.Dests = Dictionary(Old=place, Wrapped=Dictionary(D=place))
    deep = Dictionary(Kids=Array([made.make_indirect(Dictionary(Names=Array([String("new"), place])))]))
    made.Root.Names = Dictionary(Dests=deep)
    found = Destinations(made)
    for name in (Name.Old, Name.Wrapped, String("new"), String("Old"), place, Dictionary(D=place)):
        resolved = found.resolve(name)
        assert resolved[0].objgen == page.objgen
        assert [resolved[1], *list(resolved)[2:]] == [Name.XYZ, 10, None, 2]
    for name in (Name.None_, String("none"), Array([]), Array([0]), Array([Dictionary()]), None):
        assert found.resolve(name) is None
    assert list(found.resolve(Array([page])))[1:] == [Name.Fit]
    assert list(found.resolve(Array([page, Name.PLANT, String("PLANT")])))[1:] == [Name.Fit, None]


@pytest.mark.parametrize(
    ("action", "stays", "count"),
    [
        (Dictionary(S=Name.URI, URI=String("https://example.org/")), True, {}),
        (Dictionary(S=Name.URI, URI=String("file:///PLANT")), False, {"links": 1}),
        (Dictionary(S=Name.GoToR, F=String("PLANT")), False, {"links": 1}),
        (Dictionary(S=Name.Launch, F=String("PLANT")), False, {"links": 1}),
        (Dictionary(S=Name.JavaScript, JS=String("PLANT")), False, {"programs": 1}),
        (Dictionary(S=Name.GoTo, D=String("PLANT")), False, {}),
    ],
)
def test_link_stays_only_if_it_leads_to_the_web_or_its_own_file(made, action, stays, count):
    link, found = target(made, A=action), Counter()
    assert clean_destination(link, Destinations(made), found) is stays
    assert ("/A" in link) is stays
    assert +found == count


def test_link_without_a_target_does_not_stay(made):
    assert not clean_destination(target(made), Destinations(made), Counter())
    own = target(made, Dest=Array([made.pages[0].obj, Name.Fit]))
    assert clean_destination(own, Destinations(made), Counter())
    assert own.Dest[0].objgen == made.pages[0].obj.objgen


def test_text_fields_are_drawn_although_their_program_left_that_to_the_reader(made):
    field = made.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("SHOWN field"),
        Rect=Array([72, 600, 300, 630]), DA=String("/F1 12 Tf 0 g"), P=made.pages[0].obj,
    ))  # fmt: skip
    made.pages[0].obj.Annots = Array([field])
    made.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DA=String("/F1 12 Tf 0 g"), DR=made.pages[0].obj.Resources
    )
    content = clean_pdf(saved(made), found := Counter())
    check_clean_copy(content, "pdf")
    assert "SHOWN field" in next(iter(pages(content)))
    assert found["forms"] == 1


def test_signature_of_which_the_field_above_tells_the_kind_is_removed(made):
    parent = made.make_indirect(Dictionary(FT=Name.Sig, T=String("PLANT")))
    look = made.make_stream(b"BT (PLANT) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 20]))
    child = made.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, Parent=parent, Rect=Array([72, 600, 300, 630]), AP=Dictionary(N=look)
    ))  # fmt: skip
    parent.Kids, made.pages[0].obj.Annots = Array([child]), Array([child])
    made.Root.AcroForm = Dictionary(Fields=Array([parent]))
    content = clean_pdf(saved(made), found := Counter())
    assert planted.left(content) == []
    assert found["signatures"] == 1


@pytest.mark.parametrize(
    ("ranges", "pieces"),
    [
        (b"<00> <ff>", [b"a", b"b", b"c", b"d"]),
        (b"<0000> <ffff>", [b"ab", b"cd"]),
        (b"<00 00> <ff ff>", [b"ab", b"cd"]),
        (b"<00> <7f> <8000> <ffff>", [b"abcd"]),
        (b"", [b"abcd"]),
    ],
)
def test_strings_are_split_by_the_code_space_of_their_font(made, ranges, pieces):
    encoding = made.make_stream(b"1 begincodespacerange " + ranges + b" endcodespacerange")
    assert splitter_of(Dictionary(Subtype=Name.Type0, Encoding=encoding))(b"abcd") == pieces
    assert splitter_of(Dictionary(Subtype=Name.Type1, Encoding=encoding))(b"ab") == [b"a", b"b"]
    assert splitter_of(None)(b"abcd") == [b"abcd"]


def test_encoding_that_cannot_be_read_splits_nothing(made):
    encoding = made.make_stream(b"PLANT", Filter=Name.FlateDecode)
    assert splitter_of(Dictionary(Subtype=Name.Type0, Encoding=encoding))(b"abcd") == [b"abcd"]


def test_vertical_fonts_are_known_by_their_encoding(made):
    for mode, vertical in ((1, True), (0, False)):
        assert is_vertical(Dictionary(Subtype=Name.Type0, Encoding=made.make_stream(b"", WMode=mode))) is vertical
    assert is_vertical(Dictionary(Subtype=Name.Type0, Encoding=Name("/Identity-V")))
    assert not is_vertical(Dictionary(Subtype=Name.Type0, Encoding=Name("/Identity-H")))
    assert not is_vertical(Dictionary(Subtype=Name.Type1, Encoding=Name("/Own-V")))
    assert not is_vertical(None)


@pytest.mark.parametrize("data", [b"", b"PLANT", b"%PDX-1.7"])
def test_data_without_a_pdf_is_damaged(data):
    with pytest.raises(UnreadableError, match="damaged"):
        clean_pdf(data, Counter())


def test_words_before_a_pdf_are_left_out():
    content = clean_pdf(b"PLANT\n" + files.pdf(["SHOWN"]), Counter())
    assert planted.left(content) == []
    assert list(pages(content)) == ["SHOWN"]


def test_file_with_too_many_pages_is_not_cleaned(monkeypatch):
    monkeypatch.setattr("documents.cleaning.pdf.document.MAX_PAGES", 2)
    assert clean_pdf(files.pdf(["a", "b"]), Counter())
    with pytest.raises(UnreadableError, match="too_many_pages"):
        clean_pdf(files.pdf(["a", "b", "c"]), Counter())


@pytest.mark.parametrize(
    "content",
    [b"/F1 Tf", b"Tf", b"Q", b"EMC", b"/A BDC", b"/A BMC EMC EMC", b"gs", b"/None gs", b"Do", b"/None Do", b"Tj", b"TJ",
     b"/A /None BDC (a) Tj EMC", b"1 2 '"],
)  # fmt: skip
def test_instructions_without_their_operands_are_no_damage(made, content):
    page = made.pages[0]
    page.obj.Contents = made.make_stream(b"BT /F1 9 Tf (SHOWN) Tj " + content + b" (AB) Tj ET")
    streams = GlyphStreams(made, page)
    assert len(streams.take_apart()) >= 7
    assert page.obj.Contents.read_bytes().count(b"Tj") >= 7


@pytest.mark.parametrize(
    ("shown", "apart"),
    [
        (b"(ab) Tj", b"(a) Tj (b) Tj"),
        (b"[(ab) -20 (c)] TJ", b"(a) Tj (b) Tj [ -20 ] TJ (c) Tj"),
        (b"(ab) '", b"T* (a) Tj (b) Tj"),
        (b'1 2 (ab) "', b"1 Tw 2 Tc T* (a) Tj (b) Tj"),
        (b"() Tj", b""),
    ],
)
def test_strings_are_taken_apart_and_put_together_again(made, shown, apart):
    page = made.pages[0]

    def content():
        return b" ".join(page.obj.Contents.read_bytes().split())

    page.obj.Contents = made.make_stream(b"BT /F1 9 Tf " + shown + b" ET")
    glyphs = GlyphStreams(made, page).take_apart()
    assert content() == b" ".join(b"BT /F1 9 Tf %s ET".replace(b"%s", apart).split())
    assert [(glyph.word, glyph.is_whole) for glyph in glyphs] == [(1, False), (1, False), (2, False)][: len(glyphs)]
    page.obj.Contents = made.make_stream(b"BT /F1 9 Tf " + shown + b" ET")
    for number, glyph in enumerate(glyphs):
        glyph.place = (1, 0, 0, 1, 5 * number, 0)
        glyph.is_removed = number == 0
    GlyphStreams(made, page).remove(glyphs)
    assert b"a" not in content()
    if glyphs:
        assert b"[ -555.556 (b)" in content()


def test_words_that_describe_what_stays_are_not_removed_with_what_goes(made):
    page = made.pages[0]
    pairs = ((b"seen", b"a"), (b"gone", b"b"))
    marks = b"".join(b"/Span << /ActualText (%s) >> BDC (%s) Tj EMC " % pair for pair in pairs)
    page.obj.Contents = made.make_stream(b"BT /F1 9 Tf " + marks + b" ET")
    glyphs = [Glyph(1, is_whole=False), Glyph(2, is_whole=False, is_removed=True)]
    GlyphStreams(made, page).remove(glyphs)
    assert b"seen" in page.obj.Contents.read_bytes()
    assert b"gone" not in page.obj.Contents.read_bytes()
