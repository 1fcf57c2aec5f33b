"""Builders of real files."""

import io
import zipfile
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Docx
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

ODF_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
GPS = {1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 23.0)}


def pdf(pages: list[str] | tuple[str, ...] = ("Hello",), *, lock: StandardEncryption | None = None) -> bytes:
    """Return a PDF with one page per text and one line per line of the text; an empty text makes an empty page."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=lock, invariant=1)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(72, 770 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def encrypted_pdf(pages=("Secret",)) -> bytes:
    """Return a PDF that opens only with a password."""
    return pdf(pages, lock=StandardEncryption("open sesame", ownerPassword="owner", strength=128))


def owner_locked_pdf(pages=("For all to read",)) -> bytes:
    """Return a PDF that anyone can open but not print or change: it is encrypted with an empty password."""
    return pdf(pages, lock=StandardEncryption("", ownerPassword="owner", canPrint=0, canModify=0, strength=128))


def docx(paragraphs: list[str] | tuple[str, ...] = ("Hello",)) -> bytes:
    """Return a Word document with these paragraphs."""
    file, document = io.BytesIO(), Docx()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def odt(paragraphs: list[str] | tuple[str, ...] = ("Hello",)) -> bytes:
    """Return an OpenDocument text with these paragraphs."""
    return open_document("".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in paragraphs))


def open_document(body: str, automatic_styles: str = "") -> bytes:
    """Return an OpenDocument text with this XML in its body and its automatic styles."""
    names = {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "svg": "svg-compatible",
    }
    spaces = " ".join(f'xmlns:{short}="{ODF_SPACE}:{name}:1.0"' for short, name in names.items())
    parts = {
        "mimetype": ODT_TYPE,
        "content.xml": f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'office:version="1.3"><office:automatic-styles>{automatic_styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f'<office:document-styles {spaces} office:version="1.3"/>',
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF_SPACE}:manifest:1.0" '
        'manifest:version="1.3">'
        + "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
            for path, kind in (("/", ODT_TYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
        )
        + "</manifest:manifest>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # The type comes first and is not compressed, so that other programs can tell it (ODF 1.3, part 2, 3.3).
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def picture(format: str, size=(400, 300), *, orientation: int = 0, gps: bool = False, color="navy") -> bytes:  # noqa: A002
    """Return a one-coloured picture (PNG, JPEG, WEBP or GIF), `size` in pixels, with EXIF where it is asked for."""
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if gps:
        exif[0x8825] = GPS
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, format, **({"exif": exif.tobytes()} if exif else {}))
    return file.getvalue()


def png(size=(400, 300), **options) -> bytes:
    """Return a PNG; see `picture`."""
    return picture("PNG", size, **options)


def jpeg(size=(400, 300), **options) -> bytes:
    """Return a JPEG; see `picture`."""
    return picture("JPEG", size, **options)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file as a form receives it."""
    return SimpleUploadedFile(name, content)


def bomb() -> bytes:
    """Return a Word document that is small and unpacks to hundreds of megabytes."""
    file = io.BytesIO(docx())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/blank.bin", bytes(300 * 1024 * 1024))
    return file.getvalue()
