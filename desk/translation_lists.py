"""Lists of texts with a column for each language: exported for translators, and imported again."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from intake.columns import Columns
from intake.list_files import ListRow, read_list, strip_formula_guard
from publishing.spreadsheets import MAX_CELL_LENGTH, safe_value
from publishing.translation_forms import LANGUAGES
from publishing.workflow import locked

from .kinds import find, kind_of
from .translations import TRANSLATED, Text, texts_of

RECORD, FIELD, TITLE, ORIGINAL, STATE = "record", "field", "title", "original language", "state"
LONGEST_SHOWN = 80  # characters of a stored text in an error


def table(records: Iterable[Any]) -> Iterator[list[str]]:
    """Yield the headings, and then a row for each text of the records.

    `state` stands for the texts of the row as they are. It tells an import which of them were changed since.
    """
    yield [RECORD, FIELD, TITLE, ORIGINAL, *LANGUAGES, STATE]
    for record in records:
        for text in texts_of(record):
            texts = [text.written_in(language) for language in LANGUAGES]
            yield [text.key, text.field, str(record), text.original.language, *texts, state_of(text)]


def state_of(text: Text) -> str:
    """Return a short digest of a text in all its languages."""
    texts = [text.original.language, *(text.written_in(language) for language in LANGUAGES)]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:12]


@dataclass
class Import:
    """The records that a list changes, the errors that prevent it, and remarks on how the list was read."""

    records: dict[str, Any] = field(default_factory=dict)
    changed: int = 0  # texts
    errors: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@transaction.atomic
def load(upload: UploadedFile, user: Any) -> Import:
    """Read a list that `table` made, and save what it changes unless there are errors.

    An empty cell changes nothing. Raise ValidationError if it is not such a list.
    """
    columns = Columns(dict.fromkeys((RECORD, FIELD, TITLE, ORIGINAL, *LANGUAGES, STATE), ()))
    content = read_list(upload, columns)
    found = Import(remarks=content.remarks)
    for row in content.rows:
        try:
            _read_row(row, user, found)
        except ValidationError as error:
            found.errors += [_("Row %(number)d: %(error)s") % {"number": row.number, "error": one} for one in error]
    for key, record in found.records.items():
        try:
            record.clean()
        except ValidationError as error:
            found.errors += [f"{key}: {one}" for one in error.messages]
    if not found.errors:
        for record in found.records.values():
            record.save(update_fields=["translations"])
    return found


def _read_row(row: ListRow, user: Any, found: Import) -> None:
    """Write the cells of a row into its record. Raise ValidationError with a sentence for each cell that is wrong."""
    key, name = row.values.get(RECORD, ""), row.values.get(FIELD, "")
    record = found.records.get(key) or _record(key, user)
    if name not in record.translated_fields:
        raise ValidationError(_("There is no text “%(field)s” here.") % {"field": name})
    text = Text(record, name)
    is_current = row.values.get(STATE) == state_of(text)
    errors, new = [], {}
    for language in LANGUAGES:
        cell, stored = strip_formula_guard(row.values.get(language, "")), text.written_in(language)
        if not cell or _is_same(cell, stored):
            continue
        shown = {"language": language, "stored": stored[:LONGEST_SHOWN]}
        if language == text.original.language:
            errors.append(_("column %(language)s: the original is now “%(stored)s”. Export the list again.") % shown)
        elif not is_current and stored:
            errors.append(
                _("column %(language)s: this text was changed after the export. It is now “%(stored)s”.") % shown
            )
        else:
            new[language] = cell
            errors += _faults(record, name, language, cell)
    if errors:
        raise ValidationError(errors)
    for language, cell in new.items():
        record.translations.setdefault(language, {})[name] = cell
    if new:
        found.records[key] = record
        found.changed += len(new)


def _record(key: str, user: Any) -> Any:
    """Return the record of a key if `user` may change it; raise ValidationError otherwise."""
    try:
        record = find(key, user, "change")
    except (Http404, PermissionDenied) as error:
        raise ValidationError(_("There is no record “%(key)s” that you may change.") % {"key": key}) from error
    kind = kind_of(record)
    if kind is None or kind.name not in TRANSLATED:
        raise ValidationError(_("There is no record “%(key)s” that you may change.") % {"key": key})
    return locked(record)


def _is_same(cell: str, stored: str) -> bool:
    """Return whether a cell has a stored text, as far as an export could write it and an import reads it."""
    written = strip_formula_guard(str(safe_value(stored))[:MAX_CELL_LENGTH].strip())
    return cell.replace("\r\n", "\n") == written.replace("\r\n", "\n")


def _faults(record: Any, name: str, language: str, cell: str) -> list[str]:
    """Return what is wrong with a translation, by the rules of its field."""
    try:
        record.text_field(name).clean(cell, record)
    except ValidationError as error:
        return [_("column %(language)s: %(error)s") % {"language": language, "error": one} for one in error.messages]
    return []
