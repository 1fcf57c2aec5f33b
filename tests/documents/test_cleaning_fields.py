"""Fields, tracked changes and attributes of Word documents, one by one."""

from collections import Counter

import pytest
from lxml import etree

from documents.cleaning.ooxml.elements import W
from documents.cleaning.ooxml.fields import clean_fields, rewrite_code
from documents.cleaning.ooxml.looks import Looks
from documents.cleaning.ooxml.names import WordNames
from documents.cleaning.ooxml.part import clean_part
from tests.planted_unseen_office import R, paragraph, row, run, table
from tests.planted_unseen_office import W as WORD


def part(body: str) -> etree._Element:
    return etree.fromstring(f"<w:document {WORD} {R}><w:body>{body}</w:body></w:document>")


def cleaned(body: str) -> tuple[etree._Element, Counter]:
    found, root = Counter(), part(body)
    clean_part(root, "document", found, Looks(None), WordNames(found))
    return root, +found


def words(root: etree._Element) -> str:
    return "".join(text.text or "" for text in root.iter(W + "t"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (" EQ \\f(1,2) ", " EQ \\f(1,2) "),
        ("page", " PAGE "),
        ("PAGE \\* roman", " PAGE \\* roman "),
        ("PAGE \\* PLANT", " PAGE "),
        ("PAGE \\* MERGEFORMAT \\# 0.0", " PAGE \\* MERGEFORMAT \\# 0.0 "),
        ("PAGE \\p PLANT", " PAGE "),
        ('DATE \\@ "d. MMMM yyyy"', ' DATE \\@ "d. MMMM yyyy" '),
        ('DATE \\@ "PLANT"', " DATE "),
        ("PLANT", None),
        ("", None),
        ("REF", None),
        ("REF Mark \\h \\x", " REF b1 \\h "),
        ("REF “Mark” \\h", ' REF "b1" \\h '),
        ("REF _Mark", " REF _b1 "),
        ("SEQ Figure \\r 3", " SEQ s1 \\r 3 "),
        ("SEQ Figure \\r PLANT", " SEQ s1 "),
        ("SEQ Figure \\s 2 \\h", " SEQ s1 \\s 2 \\h "),
        ("STYLEREF 1", ' STYLEREF "1" '),
        ("STYLEREF PLANT", None),
        ('STYLEREF "Own style"', ' STYLEREF "Style 1" '),
        ("TOC \\o 1-3 \\n", " TOC \\o 1-3 \\n "),
        ('TOC \\t "Own style;2;PLANT;3"', ' TOC \\t "Style 1;2" '),
        ('TOC \\t "Own style,PLANT"', " TOC "),
        ('TOC \\d "-"', ' TOC \\d "-" '),
        ('TOC \\d "PLANT"', " TOC "),
        ("LISTNUM NumberDefault \\l 2", " LISTNUM NumberDefault \\l 2 "),
        ("LISTNUM PLANT \\l 2", " LISTNUM \\l 2 "),
        ('SYMBOL 65 \\f "Wingdings 2"', ' SYMBOL 65 \\f "Wingdings 2" '),
        ("ADVANCE \\d 4", " ADVANCE \\d 4 "),
    ],
)
def test_code_of_a_field_keeps_only_what_is_known(code, expected):
    names = WordNames(Counter())
    names.add_style("own", "Own style", [])
    assert rewrite_code(code, names) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('HYPERLINK "https://example.org/"', ' HYPERLINK "https://example.org/" '),
        ('HYPERLINK "https://example.org/" \\o "a tip"', ' HYPERLINK "https://example.org/" '),
        ('HYPERLINK "https://example.org/" \\o "C:\\PLANT\\a.doc"', ' HYPERLINK "https://example.org/" '),
        ('HYPERLINK "https://example.org/" \\t "PLANT"', ' HYPERLINK "https://example.org/" '),
        ('HYPERLINK "https://example.org/" \\l "part"', ' HYPERLINK "https://example.org/" \\l "part" '),
        ('HYPERLINK \\l "Mark" \\o "a tip"', ' HYPERLINK \\l "b1" '),
        ('HYPERLINK "#Mark"', ' HYPERLINK \\l "b1" '),
        ('HYPERLINK "https://example.org/" "PLANT"', ' HYPERLINK "https://example.org/" '),
        ('HYPERLINK "file:///C:/PLANT.doc"', None),
        ("HYPERLINK", None),
        ('HYPERLINK \\o "a tip"', None),
    ],
)
def test_link_keeps_its_public_address_and_its_place(code, expected):
    assert rewrite_code(code, WordNames(Counter())) == expected


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, shown: str, *, end: str = "end") -> str:
    begin = f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}"
    return begin + shown + (mark(end) if end else "")


def test_field_in_the_result_of_another_goes_with_it():
    root, found = part(paragraph(field(" AUTHOR ", f"{run('PLANT')}{field(' PAGE ', run('PLANT'))}"))), Counter()
    clean_fields(root, found, WordNames(found))
    assert words(root) == ""
    assert not list(root.iter(W + "fldChar", W + "instrText"))


def test_field_in_the_result_of_one_that_is_not_known_stays():
    root, found = part(paragraph(field(" ADDIN ", f"{run('SHOWN')}{field(' PAGE ', run('7'))}"))), Counter()
    clean_fields(root, found, WordNames(found))
    assert words(root) == "SHOWN7"
    assert [one.text for one in root.iter(W + "instrText")] == [" PAGE "]
    assert [one.get(W + "fldCharType") for one in root.iter(W + "fldChar")] == ["begin", "separate", "end"]
    assert found["fields"] == 1


def test_code_that_is_computed_by_another_field_goes_and_its_result_stays():
    inner = field(" PAGE ", run("PLANT"))
    code = f"{mark('begin')}<w:r><w:instrText> REF x</w:instrText></w:r>{inner}{mark('separate')}"
    root, found = part(paragraph(code + run("SHOWN") + mark("end"))), Counter()
    clean_fields(root, found, WordNames(found))
    assert words(root) == "SHOWN"
    assert not list(root.iter(W + "instrText"))


def test_field_without_an_end_loses_its_code():
    root, found = part(paragraph(field(" PAGE ", run("SHOWN"), end=""))), Counter()
    clean_fields(root, found, WordNames(found))
    assert words(root) == "SHOWN"
    assert not list(root.iter(W + "fldChar", W + "instrText"))


@pytest.mark.parametrize(
    ("code", "kind"),
    [("HYPERLINK file:///PLANT", "links"), ("INCLUDEPICTURE PLANT", "links"), ("LINK PLANT", "links"), ("", "fields")],
)
def test_removed_field_is_counted_by_its_kind(code, kind):
    root, found = part(paragraph(field(code, run("SHOWN")))), Counter()
    clean_fields(root, found, WordNames(found))
    assert found[kind] == 1


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("DOCPROPERTY  Last Saved By ", ""),
        ("INFO Company", ""),
        ("username", ""),
        ("DOCPROPERTY Pages", "SHOWN"),
        ("NUMWORDS", "SHOWN"),
    ],
)
def test_result_goes_only_if_it_names_a_person_or_a_file(code, shown):
    root, found = part(paragraph(field(code, run("SHOWN")))), Counter()
    clean_fields(root, found, WordNames(found))
    assert words(root) == shown


def test_deleted_cell_goes_and_is_counted():
    body = table(
        row(('<w:cellDel w:id="1" w:author="PLANT"/>', paragraph(run("PLANT"))), ("", paragraph(run("SHOWN"))))
    )
    root, found = cleaned(body)
    assert words(root) == "SHOWN"
    assert found["changes"] == 1
    assert cleaned(body * 3)[1]["changes"] == 3


def test_deleted_end_of_the_last_paragraph_leaves_its_words():
    body = paragraph(run("SHOWN"), '<w:rPr><w:del w:id="1" w:author="PLANT"/></w:rPr>')
    assert words(cleaned(body + table(row(("", paragraph(run(" cell"))))))[0]) == "SHOWN cell"
    assert words(cleaned(body)[0]) == "SHOWN"


def test_joined_paragraph_keeps_the_order_of_its_words_and_the_look_of_the_next():
    gone = '<w:rPr><w:del w:id="1" w:author="PLANT"/></w:rPr>'
    root, _ = cleaned(paragraph(run("one ") + run("two "), gone) + paragraph(run("three"), '<w:jc w:val="center"/>'))
    assert words(root) == "one two three"
    (only,) = root.iter(W + "p")
    assert [child.tag for child in only] == [W + name for name in ("pPr", "r", "r", "r")]
    assert only.find(f"{W}pPr/{W}jc") is not None


def test_names_of_editors_go_wherever_they_are():
    root, found = cleaned('<w:p w:author="PLANT" w:date="PLANT" w:initials="PLANT"><w:r/></w:p>')
    assert b"PLANT" not in etree.tostring(root)
    assert found["authors"] == 1


def test_place_of_the_last_change_goes_and_other_bookmarks_get_new_names():
    marks = "".join(f'<w:bookmarkStart w:id="{name}" w:name="{name}"/>' for name in ("_GoBack", "Mark", "_Own"))
    root, _ = cleaned(f"<w:p>{marks}</w:p>")
    assert [one.get(W + "name") for one in root.iter(W + "bookmarkStart")] == ["b1", "_b2"]


@pytest.mark.parametrize(
    "name",
    ["Author", "LastSavedBy", "Last Modified By", "creator", "Company", "MANAGER", "FileName", "Template", "Comments",
     "Description"],
)  # fmt: skip
def test_property_that_names_a_person_or_a_file_is_not_displayed(name):
    root, found = part(paragraph(field(f"DOCPROPERTY {name}", run("PLANT")))), Counter()
    clean_fields(root, found, WordNames(found))
    assert words(root) == ""


@pytest.mark.parametrize(
    "name",
    ["AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE", "COMMENTS", "XE", "TC",
     "TA", "RD", "PRIVATE"],
)  # fmt: skip
def test_field_that_names_a_person_or_a_file_is_not_displayed(name):
    root, found = part(paragraph(field(f"{name} x", run("PLANT")))), Counter()
    clean_fields(root, found, WordNames(found))
    assert words(root) == ""


FORMATS = (
    "MERGEFORMAT CHARFORMAT Arabic ArabicDash roman ALPHABETIC Ordinal CardText OrdText Hex DollarText Caps FirstCap "
    "Lower Upper ArabicAlpha ArabicAbjad Hebrew1 Hebrew2 ThaiArabic ThaiLetter ThaiCardText HindiNumbers HindiArabic "
    "CircleNum ChineseNum1 ChineseNum2 ChineseNum3 DBNum1 DBNum2 DBNum3 Ganada Chosung Zodiac1 Zodiac2 Zodiac3 Aiueo "
    "Iroha GB1 GB2 GB3 GB4 KanjiNum1 KanjiNum2 KanjiNum3 SBChar DBChar"
)


def test_formats_of_word_stay():
    code = " PAGE " + " ".join(f"\\* {one}" for one in FORMATS.split()) + " "
    assert rewrite_code(code, WordNames(Counter())) == code
