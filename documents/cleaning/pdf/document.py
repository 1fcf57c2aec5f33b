"""Clean copies of PDF files: what a viewer draws, links and reads aloud stays, and all the rest is removed."""

import io
from collections import Counter
from typing import Any

import pikepdf

from ...errors import UnreadableError
from .hidden_content import HiddenContent
from .interactive import Destinations, clean_annotations, clean_bookmarks, drop_hidden_annotations, flatten_forms
from .layers import Layers
from .pruning import Pruner

MAX_PAGES = 20_000
# The pruner removes these without counting; they are counted here.
COUNTED_NAME_TREES = {"/JavaScript": "programs", "/EmbeddedFiles": "attachments"}
COUNTED_IN_CATALOG = {"/OpenAction": "programs", "/AA": "programs", "/Metadata": "properties",
                      "/PieceInfo": "properties", "/Collection": "attachments", "/AF": "attachments",
                      "/Threads": "properties", "/OutputIntents": "properties", "/DSS": "signatures",
                      "/Perms": "signatures", "/SpiderInfo": "properties"}  # fmt: skip


def clean_pdf(data: bytes, found: Counter[str]) -> bytes:
    """Return a PDF without hidden details about people, files and machines, and without a lock.

    `found` counts what was removed, by the values of `documents.models.Removed`. Raise UnreadableError, and whatever
    pikepdf raises for a damaged file.
    """
    start = data.find(b"%PDF-")
    if start < 0:
        raise UnreadableError("damaged")
    try:
        with pikepdf.open(io.BytesIO(data[start:])) as pdf:
            return _cleaned(pdf, data, found)
    except pikepdf.PasswordError as error:
        raise UnreadableError("locked") from error


def _cleaned(pdf: pikepdf.Pdf, data: bytes, found: Counter[str]) -> bytes:
    if len(pdf.pages) > MAX_PAGES:
        raise UnreadableError("too_many_pages")
    found["history"] += max(0, data.count(b"%%EOF") - 1 - pdf.is_linearized)
    found["lock"] += pdf.is_encrypted
    _count(pdf, found)
    destinations = Destinations(pdf)
    layers = Layers(pdf) if "/OCProperties" in pdf.Root else None
    if layers and layers.exist:
        drop_hidden_annotations(pdf, layers, found)
    flatten_forms(pdf, found)
    for page in pdf.pages:
        clean_annotations(page, destinations, found)
    clean_bookmarks(pdf, destinations, found)
    if layers and layers.exist:
        HiddenContent(pdf, layers, found).remove()
    Pruner(pdf, found).prune()
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size", "/Encrypt"}:
        del pdf.trailer[key]
    return _serialize(pdf)


def _count(pdf: pikepdf.Pdf, found: Counter[str]) -> None:
    info: Any = pdf.trailer.get("/Info", {})
    if isinstance(info, pikepdf.Dictionary):
        for entry in info:
            found["authors" if entry == "/Author" else "properties"] += 1
    for key, code in COUNTED_IN_CATALOG.items():
        found[code] += key in pdf.Root
    names: Any = pdf.Root.get("/Names", {})
    for key, code in COUNTED_NAME_TREES.items():
        found[code] += isinstance(names, pikepdf.Dictionary) and key in names


def _serialize(pdf: pikepdf.Pdf) -> bytes:
    """Write only what can be reached from the pages: no earlier revision, no lock and no random file identifier."""
    file = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        file,
        deterministic_id=True,
        encryption=False,
        compress_streams=True,
        recompress_flate=True,  # drops data hidden behind the end of a compressed stream
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
        preserve_pdfa=False,
    )
    return file.getvalue()
