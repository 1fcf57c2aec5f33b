"""PDF: all that a reader draws, links and reads aloud stays; all else is taken out, and the file is written anew."""

import io
from collections import Counter

import pikepdf

from documents.apart.faults import Unreadable
from documents.cleaning.annotations import clean_annotations, drop_unseen, flatten_forms
from documents.cleaning.hidden import Hidden
from documents.cleaning.layers import Layers
from documents.cleaning.places import Places, clean_bookmarks
from documents.cleaning.walk import Walk

MAX_PAGES = 20_000
# Where these stand, something is counted that the walk takes out without a word.
TELLING = {"/JavaScript": "programs", "/EmbeddedFiles": "attachments"}
IN_CATALOG = {"/OpenAction": "programs", "/AA": "programs", "/Metadata": "properties", "/PieceInfo": "properties",
              "/Collection": "attachments", "/AF": "attachments", "/Threads": "properties",
              "/OutputIntents": "properties", "/DSS": "signatures", "/Perms": "signatures",
              "/SpiderInfo": "properties"}  # fmt: skip


def clean(data: bytes, found: Counter, kind: str = "pdf") -> bytes:
    """Return a PDF without what it tells of people, files and machines, and without a lock.

    Raises Unreadable, and whatever pikepdf raises for a damaged file.
    """
    start = data.find(b"%PDF-")
    if start < 0:
        raise Unreadable("damaged")
    try:
        with pikepdf.open(io.BytesIO(data[start:])) as pdf:
            return _cleaned(pdf, data, found)
    except pikepdf.PasswordError as error:
        raise Unreadable("locked") from error


def _cleaned(pdf: pikepdf.Pdf, data: bytes, found: Counter) -> bytes:
    if len(pdf.pages) > MAX_PAGES:
        raise Unreadable("too_many_pages")
    found["history"] += max(0, data.count(b"%%EOF") - 1 - pdf.is_linearized)
    found["lock"] += pdf.is_encrypted
    _count(pdf, found)
    places = Places(pdf)
    layers = Layers(pdf)
    if layers.exist:
        drop_unseen(pdf, layers, found)
    flatten_forms(pdf, found)
    for page in pdf.pages:
        clean_annotations(page, places, found)
    clean_bookmarks(pdf, places, found)
    if layers.exist:
        Hidden(pdf, layers, found).run()
    Walk(pdf, found).run()
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size", "/Encrypt"}:
        del pdf.trailer[key]
    return _written(pdf)


def _count(pdf: pikepdf.Pdf, found: Counter) -> None:
    info = pdf.trailer.get("/Info", {})
    if isinstance(info, pikepdf.Dictionary):
        for key in info:
            found["authors" if key == "/Author" else "properties"] += 1
    for key, code in IN_CATALOG.items():
        found[code] += key in pdf.Root
    names = pdf.Root.get("/Names", {})
    for key, code in TELLING.items():
        found[code] += isinstance(names, pikepdf.Dictionary) and key in names


def _written(pdf: pikepdf.Pdf) -> bytes:
    """Write only what is reached from the pages: no old revision, no lock, no mark that tells one file from another."""
    file = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        file,
        deterministic_id=True,
        encryption=False,
        compress_streams=True,
        recompress_flate=True,  # what hides behind the end of a packed stream is not packed again
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
        preserve_pdfa=False,
    )
    return file.getvalue()
