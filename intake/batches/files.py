"""What all rows have in common that stand for a file."""

from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from intake.spreadsheets.columns import plain

from .words import LANGUAGES


def file_is_there(row, found):
    """Whether the file of a row came in and can be taken; else an error says why not."""
    if row.file is None:
        found.errors.setdefault(
            "file", _("No file of this name is left: none came in, or several, or another row has it.")
        )
    elif row.file.fault:
        found.errors.setdefault("file", row.file.fault)
    return "file" not in found.errors


def language(words, found):
    """The code of the language that a cell names, or None with an error."""
    code = LANGUAGES.get(plain(words["language"]))
    if not words["language"]:
        found.errors.setdefault("language", _("Say in which language it is."))
    elif code is None:
        found.errors.setdefault(
            "language", _("“%(words)s” is not one of en, fr, es, ar, ru, zh.") % {"words": words["language"][:40]}
        )
    return code


@contextmanager
def opened(row):
    """The stored file of a row as an upload. Raises FileNotFoundError where it is gone."""
    with row.file.file.open("rb") as stored:
        yield UploadedFile(stored, row.file.name, size=row.file.size)
