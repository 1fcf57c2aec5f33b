"""Batches as staff create them."""

import io
import zipfile

from intake import workflow
from intake.batches.batch_table import Table
from intake.batches.incoming_files import receive
from intake.models import Batch
from tests import files

from . import list_builders as lists

PDF = files.pdf(["One"])
GOOD = {"file": "a.pdf", "organization": "Open Door", "title": "What we saw", "language": "en", "consent": "yes"}
HEADINGS = ["File", "Organisation", "Title", "Language", "Consent"]


def paper(number):
    """Return the name and the bytes of one of many PDFs."""
    return f"Paper {number:02}.pdf", files.pdf([f"Account number {number}"])


def papers(count):
    """Return many PDFs as a form receives them."""
    return [files.upload(*paper(number)) for number in range(1, count + 1)]


def rows(count):
    """Return the rows of a list of these files, headings included."""
    return [HEADINGS, *([f"Paper {n:02}.pdf", f"Vereinigung für {n}", f"Account {n}", "English", "yes"]
                        for n in range(1, count + 1))]  # fmt: skip


def archive(contents, packing=zipfile.ZIP_DEFLATED):
    """Return a ZIP of a dict of bytes by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as made:
        for name, content in contents.items():
            made.writestr(name, content)
    return file.getvalue()


def batch(by, uploads=(), listed=None, **fields):
    """Return a batch of these uploads and the rows of a list."""
    made = Batch(made_by=by, **fields)
    receive(made, list(uploads), lists.upload(lists.xlsx(listed), "list.xlsx") if listed else None)
    return made


def first_row(batch, by):
    """Return the first row of a batch as the table shows it."""
    return Table(batch, by).rows[0]


def import_ready(batch, by):
    """Import the rows that are ready, and return how many."""
    return workflow.confirm(batch, Table(batch, by).ready(), by=by)
