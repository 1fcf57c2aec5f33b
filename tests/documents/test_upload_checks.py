import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Kind
from documents.upload_checks import MAX_SIZE, check_document
from tests import files

TAKEN = "send a PDF, DOCX, ODT, TXT or MD file."
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def zipped(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def altered(package: bytes, **changes: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return zipped(**({name: archive.read(name) for name in archive.namelist()} | changes))


def content_types(main: str) -> dict[str, bytes]:
    return {"[Content_Types].xml": f'<Types><Override ContentType="{main}"/></Types>'.encode()}


def refusal(name: str, content: bytes) -> tuple[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        check_document(files.upload(name, content))
    return caught.value.code, caught.value.messages


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", files.pdf(), Kind.PDF),
        ("a.txt", files.pdf(), Kind.PDF),
        ("junk-first.pdf", b"\r\n" * 100 + files.pdf(), Kind.PDF),
        ("print-forbidden.pdf", files.owner_locked_pdf(), Kind.PDF),
        ("a.docx", files.docx(), Kind.DOCX),
        ("a.pdf", files.docx(), Kind.DOCX),
        ("a.odt", files.odt(), Kind.ODT),
        ("a.zip", files.odt(), Kind.ODT),
        ("a.txt", "Bonjour à tous".encode(), Kind.TEXT),
        ("a", "مرحبا".encode(), Kind.TEXT),
        ("a.txt", b"\xef\xbb\xbfmarked", Kind.TEXT),
        ("a.txt", "中文".encode("utf-16"), Kind.TEXT),
        ("a.md", b"# Title", Kind.MARKDOWN),
        ("A.MARKDOWN", b"# Title", Kind.MARKDOWN),
        ("a.md", b"<!-- a note -->\n# Title", Kind.MARKDOWN),
        ("a.md", files.pdf(), Kind.PDF),
    ],
)
def test_content_decides_the_kind_and_the_name_only_for_text(name, content, kind):
    upload = files.upload(name, content)
    assert check_document(upload) == kind
    assert upload.tell() == 0


def test_empty_file_is_rejected():
    assert refusal("a.pdf", b"") == ("empty", ["This file is empty: choose another one."])


def test_size_limit_is_exact():
    assert check_document(SimpleUploadedFile("a.txt", b"a" * MAX_SIZE)) == Kind.TEXT
    assert refusal("a.txt", b"a" * (MAX_SIZE + 1)) == (
        "too_large",
        ["This file is larger than 20 MB: send a smaller version or several parts."],
    )


LOCKED = ("locked", ["This file is protected by a password: save it without one and send the new file."])


def test_files_with_a_password_are_rejected():
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    assert refusal("a.pdf", files.encrypted_pdf()) == LOCKED
    assert refusal("a.docx", OLE2 + "EncryptedPackage".encode("utf-16-le")) == LOCKED
    assert refusal("a.odt", altered(files.odt(), **{"META-INF/manifest.xml": manifest})) == LOCKED


def test_old_word_file_is_rejected_with_advice():
    assert refusal("a.doc", OLE2 + "WordDocument".encode("utf-16-le")) == (
        "legacy",
        ["This is an old Word file (.doc): save it as PDF or DOCX and send that."],
    )


def test_macros_are_rejected():
    macros = (
        "macros",
        ["This file contains macros: save it as a plain DOCX or PDF and send that."],
    )
    docm = content_types("application/vnd.ms-word.document.macroEnabled.main+xml")
    assert refusal("a.docm", altered(files.docx(), **docm)) == macros
    assert refusal("a.docx", altered(files.docx(), **{"word/vbaProject.bin": b"x"})) == macros


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        *((f"a.{kind}", files.picture(kind), "picture") for kind in ("GIF", "JPEG", "PNG", "TIFF", "WEBP", "AVIF")),
        ("a.pdf", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture"),
        ("a.txt", b"RIFF\x24\0\0\0WAVEfmt ", "Waveform Audio File Format"),
        ("a.zip", zipped(**{"a.txt": b"text"}), "ZIP archive"),
        ("a.docx", zipped(mimetype=b"application/vnd.oasis.opendocument.presentation"), "presentation"),
        ("a.docx", zipped(mimetype=b"application/vnd.oasis.opendocument.text-template"), "document template"),
        (
            "a.docx",
            zipped(**content_types("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")),
            "spreadsheet",
        ),
        ("a.doc", OLE2, "old Microsoft Office file"),
        ("a.txt", b"{\\rtf1 words}", "RTF"),
        ("a.md", b"\n<!DOCTYPE html><script>alert(1)</script>", "HTML"),
        ("a.txt", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    ],
)
def test_other_types_are_rejected_and_named(name, content, found):
    sentence = f"This type of file is not accepted ({found}): {TAKEN}"
    assert refusal(name, content) == ("unsupported", [sentence])


def test_unknown_type_is_rejected_without_a_guess():
    sentence = f"This type of file is not accepted: {TAKEN}"
    assert refusal("a.bin", bytes(range(200, 256)) * 10) == ("unsupported", [sentence])
    assert refusal("a.txt", b"text\0with a NUL") == ("unsupported", [sentence])


def test_text_in_another_encoding_is_distinguished_from_other_files():
    assert refusal("a.txt", "Déjà vu".encode("cp1252")) == (
        "encoding",
        ["This text is not in UTF-8: save it as UTF-8 (Unicode) and send that."],
    )


def test_broken_zip_is_damaged():
    sentence = "This file is damaged: save it again in the program that made it and send the new file."
    assert refusal("a.docx", files.docx()[:2000]) == ("damaged", [sentence])


def test_zip_with_too_many_entries_is_not_opened():
    crowd = b"PK\x03\x04" + b"PK\x01\x02" * 5001
    assert refusal("a.docx", crowd) == (
        "unsupported",
        [f"This type of file is not accepted (ZIP archive): {TAKEN}"],
    )
