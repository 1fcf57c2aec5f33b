"""Rows that are papers of a dialogue: a file each, its programme or a presentation, say. They wait to be published."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import Paper
from documents import workflow as documents
from intake.spreadsheets.columns import Columns, plain
from publishing.models import Verb
from publishing.workflow import locked, log

from .calls import dialogue_of
from .files import file_is_there, language, opened
from .marking import done, take
from .understood import cells

LABELS = {
    "file": gettext_lazy("File"), "kind": gettext_lazy("Kind"), "title": gettext_lazy("Title"),
    "language": gettext_lazy("Language"), "dialogue": gettext_lazy("Dialogue"),
}  # fmt: skip
COLUMNS = Columns(
    {
        "file": ("filename", "file name", "document", "attachment", "pdf"),
        "kind": ("type", "kind of document", "kind of paper"),
        "title": ("subject", "name", "title of document", "paper"),
        "language": ("lang", "language of document"),
        "dialogue": ("meeting", "event", "constructive dialogue"),
    },
    needed=("file",),
)
LONGEST = {"file": 255}
KINDS = {plain(called): kind.value for kind in Paper.Kind for called in (kind.value, kind.label)}
KINDS |= {"background": "background-paper", "agenda": "programme", "program": "programme", "slides": "presentation"}
SUGGESTED = {"kind": [kind.value for kind in Paper.Kind], "language": ["en", "fr", "es", "ar", "ru", "zh"]}


def understand(row, registers):
    """What a row means, and what is wrong with it, in words."""
    words, found = cells(row, COLUMNS.names, LONGEST)
    dialogue = dialogue_of(words, found, registers, row.batch.dialogue)
    if dialogue is None:
        found.errors.setdefault("dialogue", _("Say of which dialogue."))
    if not words["title"]:
        found.errors.setdefault("title", _("Give it a title."))
    kind = KINDS.get(plain(words["kind"]))
    if kind is None:
        found.errors.setdefault("kind", _("Write one of %(kinds)s.") % {"kinds": ", ".join(SUGGESTED["kind"])})
    found.meant = {"dialogue": dialogue, "kind": kind, "title": words["title"], "language": language(words, found)}
    if file_is_there(row, found) and dialogue:
        found.same = already_there(dialogue, row.file.sha256)
    return found


def already_there(dialogue, sha256):
    """The paper of a dialogue that has a file with this content, if any."""
    return dialogue.papers.filter(document__sha256=sha256).first()


def bring_in(row, by, registers):
    """Make a paper of a row: file, words, log and the row's mark, all or none. Raises ValidationError."""
    if not by.has_perm("dialogues.add_paper"):
        raise PermissionDenied
    found = understand(row, registers)
    if found.same is not None:
        raise ValidationError(_("This is there already."))
    if found.errors:
        raise ValidationError(next(iter(found.errors.values())))
    with opened(row) as upload, documents.on_disk(upload) as document, transaction.atomic():
        if current := take(row):
            made = add(document, by=by, **found.meant)
            done(current, outcome=f"{made.dialogue}: {made}"[:300])


def add(document, *, by, dialogue, **fields):
    """A paper of a document that is on the disk; those who bring in the same one at the same moment wait here."""
    if already_there(locked(dialogue), document.sha256):
        raise ValidationError(_("This is there already."))
    documents.record(document)
    made = Paper(dialogue=dialogue, document=document, **fields)
    made._history_user = by
    made.save()
    log(made, Verb.IMPORT, by=by)
    return made
