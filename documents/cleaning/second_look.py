"""An independent check of a clean copy, by other code than made it. Anything left that should be gone is a fault."""

import io
import re
import zipfile
from typing import Any

import pikepdf
import pypdfium2

from ..errors import UnreadableError
from ..reading.text import decode_text
from .images.embedded import picture_kind

PDF_KEYS = {"/Metadata", "/PieceInfo", "/Author", "/Producer", "/Creator", "/EmbeddedFiles", "/EF", "/JS",
            "/JavaScript", "/AA", "/OpenAction", "/Thumb", "/LastModified", "/AcroForm", "/Popup", "/Collection",
            "/CreatorInfo", "/RichMediaContent", "/PTEX.FileName", "/Launch", "/NM", "/AF",
            "/UserProperties"}  # fmt: skip
FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
FONT_TABLES = {b"name", b"meta", b"DSIG", b"FFTM"}
FONT_WORDS = re.compile(
    rb"/(?:Notice|Copyright|FullName|FamilyName|version)\s*\(\s*[^\s)]|(?<!/)[Cc]opyright[ (]|[Aa]ll [Rr]ights"
)
# The type of a comment in JBIG2 (T.88, 7.4.15), and its first characters.
JBIG2_COMMENT = re.compile(rb"\x20\0\0(?:\0[\x20-\x7e]{4}|\x02(?:\0[\x20-\x7e]){2})")
LAYER_TEXT = re.compile(rb"/OC\s*/(\S+)\s+BDC((?:(?!\bEMC\b).)*)", re.DOTALL)
SHOW_TEXT = re.compile(rb"[)>\]]\s*T[jJ]\b")
PICTURE_MARKS = (b"Exif\0\0", b"http://ns.adobe.com/", b"Photoshop 3.0", b"<x:xmpmeta", b"eXIf", b"iTXt")
DOCX_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:document|styles|numbering|fontTable|settings|footnotes|endnotes|"
    r"header\d+|footer\d+|theme/theme\d+|theme/themeOverride\d+|charts/chart\d+|drawings/drawing\d+|diagrams/\w+)\.xml|word/media/image\d+\.\w+|"
    r"word/(?:\w+/)?_rels/\w+\.xml\.rels"
)
ODT_PARTS = re.compile(r"mimetype|(?:meta|content|settings|styles|META-INF/manifest)\.xml|Pictures/image\d+\.\w+")
# Text contains no "<" of its own, so what follows one is an element with its attributes.
DOCX_MARKS = re.compile(
    rb"\b(?:w:)?rsid\w*=|w:(?:author|initials|date)=|<w:(?:del|ins|moveFrom|moveTo|comment\w+|sdt|docVars|attachedTemplate)\b"
    rb"|<w:\w+Change\b|:gfxdata=|<!DOCTYPE|<!ENTITY|purl\.oclc\.org/ooxml"
    rb"|<\w+:(?:fldData|fldSimple|ffData|aliases|paperSrc|signatureline|externalData|printSettings|pivotSource|custClr|"
    rb"sampData|catLst|snd|compatSetting\s[^<>]*uri=\"(?!http://schemas\.microsoft\.com/office/word\"))\b"
    rb"|<[^<>]*\s(?:\w+:)?(?:tgtFrame|docLocation|equationxml|phldrT|invalidUrl|textlink|tplc|conformance|althref|"
    rb"ProcessContent)=|<[^<>]*\shidden=\"(?:1|true)\"|<\w+:\w+\s[^<>]*modelId=\"\{(?!0{8}-)"
    rb"|<\w+:bookmarkStart\s(?![^<>]*:name=\"_?b\d+\")|<c:f>(?!Sheet1!\$A\$\d+<)"
    rb"|<w:style\s[^<>]*:customStyle=[^<>]*>\s*<w:name\s(?!w:val=\"Style \d+\")"
    rb"|<w:style\s[^<>]*:styleId=\"[^\"]*[^\w\"]"
)
ODT_MARKS = re.compile(
    rb"<office:annotation|<text:(?:tracked-changes|change|creator|initial-creator|author-|sender-|printed-by|file-name|"
    rb"variable-|user-field|drop-down|text-input|placeholder|\w+(?:-\w+)?-mark(?<!reference-mark)(?:-start|-end)?[\s/>])"
    rb"|<dc:|<meta:|<office:scripts|rsid=|<draw:object|<!DOCTYPE|<!ENTITY"
    rb"|<[^<>]*\s(?:\w+:)?(?:protection-key|target-frame-name|string-value|description|base-cell-address)="
    rb"|<[^<>]*\stext:condition=|<[^<>]*\stable:formula=|<[^<>]*\stext:formula=\"(?!ooow:\w+\+1\")|<[^<>]*\snumber:title="
    rb"|<(?:text:(?:bookmark|reference-mark|section)[\w-]*|table:table|draw:frame)\s[^<>]*(?:text|table|draw):name=\"(?!n\d+\")"
    rb"|<[^<>]*\s\w+:href=\"(?!Pictures/image\d|https?:|mailto:|#)|<\w+:config-item\s[^<>]*>(?!\w{1,8}<|(?:high|low)-res)",
    re.IGNORECASE,
)


def check_clean_copy(content: bytes, kind: str) -> None:
    """Raise UnreadableError("unclean") if hidden details are left in a clean copy, or if it does not open."""
    try:
        is_clean = CHECKS[kind](content)
    except MemoryError:
        raise
    except Exception as error:
        raise UnreadableError("unclean") from error
    if not is_clean:
        raise UnreadableError("unclean")


def _is_clean_text(content: bytes) -> bool:
    decode_text(content)
    return not content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _is_clean_pdf(content: bytes) -> bool:
    pages = len(pypdfium2.PdfDocument(content))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        hidden = _hidden_layers(pdf)
        return (
            pages == len(pdf.pages)
            and content.count(b"startxref") == 1
            and not pdf.is_encrypted
            and not {"/Info", "/Encrypt", "/Prev"} & set(pdf.trailer.keys())
            and all(_is_clean_object(thing, hidden) for thing in pdf.objects)
            and not (hidden and any(_shows_layer(page, hidden) for page in pdf.pages))
        )


def _hidden_layers(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    properties: Any = pdf.Root.get("/OCProperties", {})
    default: Any = properties.get("/D", {})
    off: list[Any] = list(default.get("/OFF", []))
    if default.get("/BaseState") == pikepdf.Name.OFF:
        on = {group.objgen for group in default.get("/ON", [])}
        off = [*off, *(group for group in properties.get("/OCGs", []) if group.objgen not in on)]
    return {group.objgen for group in off if "/Intent" not in group}


def _shows_layer(page: pikepdf.Page, hidden: set[tuple[int, int]]) -> bool:
    properties: Any = page.resources.get("/Properties", {})
    names = {name[1:].encode() for name, group in properties.items() if group.objgen in hidden}
    return any(
        match[1] in names and SHOW_TEXT.search(match[2])
        for match in LAYER_TEXT.finditer(page.obj["/Contents"].read_bytes() if names and "/Contents" in page else b"")
    )


def _is_clean_object(thing: Any, hidden: set[tuple[int, int]]) -> bool:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return True
    if set(thing.keys()) & PDF_KEYS - {"/Creator"} or (
        thing.get("/Type") == pikepdf.Name.Annot and thing.get("/Subtype") != pikepdf.Name.Link
    ):
        return False
    if "/OC" in thing and thing["/OC"].objgen in hidden:
        return False
    if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Image and "/Filter" in thing:
        return _is_clean_picture(thing)
    return all(_is_clean_font(thing[key].read_bytes()) for key in FONT_FILES & set(thing.keys()))


def _is_clean_picture(image: pikepdf.Object) -> bool:
    kind = str(image["/Filter"])
    raw = image.read_raw_bytes() if any(one in kind for one in ("DCT", "JPX", "JBIG2")) else b""
    return not any(mark in raw[:65536] for mark in PICTURE_MARKS[1:]) and not (
        "JBIG2" in kind and JBIG2_COMMENT.search(raw)
    )


def _is_clean_font(program: bytes) -> bool:
    if program.startswith((b"\0\1\0\0", b"true", b"OTTO")):
        count = int.from_bytes(program[4:6], "big")
        if FONT_TABLES & {program[at : at + 4] for at in range(12, 12 + 16 * count, 16)}:
            return False
        return not program.startswith(b"OTTO") or not FONT_WORDS.search(program)
    clear, _, encrypted = program.partition(b"eexec")
    return not FONT_WORDS.search(clear) and not (encrypted and b"%%" in clear)


def _is_clean_docx(content: bytes) -> bool:
    return _is_clean_zip(content, DOCX_PARTS, DOCX_MARKS)


def _is_clean_odt(content: bytes) -> bool:
    return _is_clean_zip(content, ODT_PARTS, ODT_MARKS)


def _is_clean_zip(content: bytes, names: re.Pattern[str], marks: re.Pattern[bytes]) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.comment or archive.testzip():
            return False
        return all(
            names.fullmatch(one.filename) and not one.extra and not one.comment and _is_clean_part(archive, one, marks)
            for one in archive.infolist()
        )


def _is_clean_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, marks: re.Pattern[bytes]) -> bool:
    part = archive.read(entry)
    if not entry.filename.endswith((".xml", ".rels")):
        return entry.filename == "mimetype" or (
            bool(picture_kind(part)) and not any(mark in part[:65536] for mark in PICTURE_MARKS[1:])
        )
    return not marks.search(part)


CHECKS = {
    "pdf": _is_clean_pdf,
    "docx": _is_clean_docx,
    "odt": _is_clean_odt,
    "txt": _is_clean_text,
    "md": _is_clean_text,
}
