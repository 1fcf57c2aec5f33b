"""Match the files of a batch with its rows."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from django.db.models import Q
from django.utils.translation import gettext as _

from ..list_files import strip_formula_guard
from ..models import Batch, BatchFile, BatchRow

MAX_NAMES = 10  # file names in a remark


def match_files(batch: Batch, *, has_list: bool) -> list[str]:
    """Give each row the file that it names, and add rows for the other files; return remarks on these."""
    free = list(batch.files.filter(row=None))
    for row in batch.rows.not_done().filter(file=None):
        file = _find_file(strip_formula_guard(row.values.get("file", "")), free)
        if file is not None:
            free.remove(file)
            row.file = file
            row.save(update_fields=["file"])
    last = batch.rows.order_by("number").last()
    start = (last.number if last else 1) + 1
    for number, file in enumerate(free, start):
        BatchRow.objects.create(batch=batch, number=number, file=file, values=values_from_file_name(file.name))
    if not (free and has_list):
        return []
    names = ", ".join(f"“{file.name}”" for file in free[:MAX_NAMES]) + (" …" if len(free) > MAX_NAMES else "")
    return [_("Not in any row of the list, and added below it: %(names)s.") % {"names": names}]


def rematch_files(batch: Batch, pks: Iterable[int]) -> None:
    """Match files again for rows that now name another file. Files left without a row get a new one.

    A row that was added for a file, and that nobody has edited, gives the file up to a row that names it.
    """
    for row in batch.rows.filter(pk__in=pks):
        open_files = batch.files.filter(Q(row=None) | Q(row__state=BatchRow.State.OPEN)).select_related("row")
        free = [file for file in open_files if _is_free(file) or file.row == row]
        row.file = _find_file(strip_formula_guard(row.values.get("file", "")), free)
        if row.file is not None:
            batch.rows.filter(file=row.file).exclude(pk=row.pk).delete()
        row.save(update_fields=["file"])
    match_files(batch, has_list=False)


def _is_free(file: BatchFile) -> bool:
    """Return whether a file has no row, or only one that was added for it and not edited."""
    return not hasattr(file, "row") or file.row.values == values_from_file_name(file.name)


def _find_file(name: str, files: Sequence[BatchFile]) -> BatchFile | None:
    """Return the file with this name, with or without its extension; None if none or several match."""
    wanted = _file_key(name)
    for key in (lambda file: _file_key(file.name), lambda file: _file_key(PurePosixPath(file.name).stem)):
        found = [file for file in files if wanted and key(file) == wanted]
        if len(found) == 1:
            return found[0]
    return None


def _file_key(name: str) -> str:
    """Return a file name without folders, case and differences in Unicode form, for comparison."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return unicodedata.normalize("NFC", last).casefold().strip()


def values_from_file_name(name: str) -> dict[str, str]:
    """Return what a file name such as “Open Door - What we saw.pdf” says about its row, by column."""
    stem = PurePosixPath(name).stem.replace("_", " ")
    before, _dash, after = re.sub(r"\s[-–—]\s", "\0", stem, count=1).partition("\0")
    organization, title = (before.strip(), after.strip()) if after else ("", before.strip())
    return {key: value for key, value in {"file": name, "organization": organization, "title": title}.items() if value}
