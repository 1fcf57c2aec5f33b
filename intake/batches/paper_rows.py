"""Rows of papers of a dialogue: each is a file, such as a programme or a presentation. Papers start as drafts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from dialogues.models import Dialogue, Paper
from documents import workflow as documents
from documents.models import Document, State
from publishing.models import Verb
from publishing.workflow import locked, log

from .. import headings
from ..cell_values import is_language, labels_of
from ..columns import Columns, normalize
from ..existing_records import NameRegister
from ..models import BatchRow
from .cells import ParsedRow, find_dialogue, has_usable_file, is_file_name, open_file, read_cells, read_language
from .repeated_rows import note_deleted, note_existing, repeat
from .row_progress import lock_if_waiting, mark_done
from .translated_cells import columns_of, joined_translations, labels_of_translations, read_translations

LABELS = {
    "file": gettext_lazy("File"), "kind": gettext_lazy("Kind"), "title": gettext_lazy("Title"),
    "language": gettext_lazy("Language"), "dialogue": gettext_lazy("Dialogue"),
    **labels_of_translations("title", gettext_lazy("Title")),
}  # fmt: skip
COLUMNS = Columns(
    {
        "file": headings.FILE,
        "kind": headings.KIND,
        "title": (*headings.TITLE, "=name"),
        "language": headings.LANGUAGE,
        "dialogue": (*headings.DIALOGUE, "=event"),
        **columns_of("title", headings.TITLE_WORDS),
    },
    required=("file",),
    by_content={"file": is_file_name, "language": is_language},
    labels=LABELS,
)
LIMITS = {"file": 255}
OTHER_KINDS = {
    "background": "background-paper",
    "agenda": "programme",
    "program": "programme",
    "slides": "presentation",
}
SUGGESTED = {"kind": [kind.value for kind in Paper.Kind], "language": list(dict(settings.CONTENT_LANGUAGES))}


def from_list(values: Mapping[str, str], register: NameRegister) -> dict[str, str]:
    """Return the cells of a row from those of a list, which has the same columns."""
    return dict(values)


def parse(row: BatchRow, register: NameRegister) -> ParsedRow:
    """Return what a row means, and the errors in it."""
    cells, parsed = read_cells(row, COLUMNS.names, LIMITS)
    dialogue = find_dialogue(cells, parsed, register, row.batch.dialogue)
    if dialogue is None:
        parsed.errors.setdefault("dialogue", _("Name the dialogue."))
    if not cells["title"]:
        parsed.errors.setdefault("title", _("Enter a title."))
    kind = (labels_of(Paper.Kind) | OTHER_KINDS).get(normalize(cells["kind"]))
    if kind is None:
        parsed.errors.setdefault("kind", _("Write one of %(kinds)s.") % {"kinds": ", ".join(SUGGESTED["kind"])})
    language = read_language(cells, parsed)
    parsed.values = {
        "dialogue": dialogue,
        "kind": kind,
        "title": cells["title"],
        "language": language,
        "translations": read_translations(cells, parsed, "title", language),
    }
    if has_usable_file(row, parsed) and row.file and dialogue:
        _find_existing(parsed, dialogue, row.file.sha256)
    return parsed


def _find_existing(parsed: ParsedRow, dialogue: Dialogue, sha256: str) -> None:
    """Note the paper of a dialogue with this file, or a deleted one."""
    if paper := _find_paper(dialogue, sha256):
        note_existing(parsed, paper, changes_of(parsed, paper))
        return
    same = set(Document.objects.filter(sha256=sha256).values_list("pk", flat=True))
    note_deleted(parsed, Paper, lambda fields: fields["dialogue"] == dialogue.pk and fields["document"] in same)


def changes_of(parsed: ParsedRow, paper: Any) -> dict[str, Any]:
    """Return the fields that a row may correct of a paper."""
    said = {name: parsed.values[name] for name in ("kind", "title", "language")}
    translations = joined_translations(paper, parsed.values["translations"])
    translations.pop(parsed.values["language"], None)  # it is the language of the original now
    return {**said, "translations": translations}


def _find_paper(dialogue: Dialogue, sha256: str) -> Paper | None:
    """Return the paper of a dialogue whose file has this content, or None."""
    return dialogue.papers.filter(document__sha256=sha256).first()


def import_row(row: BatchRow, by: User, register: NameRegister) -> None:
    """Create the paper of a row. Raise ValidationError if it has errors or exists already."""
    if not by.has_perm("dialogues.add_paper"):
        raise PermissionDenied
    parsed = parse(row, register)
    parsed.check_ready()
    with open_file(row) as upload, documents.on_disk(upload) as document, transaction.atomic():
        if current := lock_if_waiting(row):
            record: Any = repeat(parsed, changes_of(parsed, parsed.existing), by) or _create_paper(
                document, by=by, **parsed.values
            )
            mark_done(current, outcome=f"{record.dialogue}: {record}"[:300])


def _create_paper(document: Document, *, by: User, dialogue: Dialogue, **fields: Any) -> Paper:
    """Create a paper of a document that is on the disk. Workers with the same file wait for each other here."""
    if _find_paper(locked(dialogue), document.sha256):
        raise ValidationError(_("This already exists."))
    documents.record(document, waiting=Paper.objects.filter(document__state=State.RECEIVED).count())
    record = Paper(dialogue=dialogue, document=document, **fields)
    record._history_user = by  # type: ignore[attr-defined]  # django-simple-history reads it
    record.save()
    log(record, Verb.IMPORT, by=by)
    return record
