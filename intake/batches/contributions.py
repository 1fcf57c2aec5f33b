"""Rows that are written contributions: a file each, sent to a call by an organization."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contributions import workflow
from documents import workflow as documents
from intake.spreadsheets.columns import Columns, plain

from .calls import call_of
from .files import file_is_there, language, opened
from .marking import done, take
from .understood import cells
from .words import APPEARANCES, NO, YES

LABELS = {
    "file": gettext_lazy("File"), "organization": gettext_lazy("Organization"), "title": gettext_lazy("Title"),
    "language": gettext_lazy("Language"), "appear_as": gettext_lazy("Appears"), "person": gettext_lazy("Person"),
    "consent": gettext_lazy("Consent"), "dialogue": gettext_lazy("Dialogue"), "call": gettext_lazy("Call"),
}  # fmt: skip
COLUMNS = Columns(
    {
        "file": ("filename", "file name", "document", "attachment", "pdf"),
        "organization": ("organisation", "organizations", "organisations", "ngo", "sender", "submitted by", "from"),
        "title": ("subject", "title of contribution", "contribution"),
        "language": ("lang", "language of contribution"),
        "appear_as": ("appears", "appear", "how to appear", "how it appears", "appear as", "publish as", "anonymity"),
        "person": ("name", "person name", "contact", "author", "signed by"),
        "consent": ("consent given", "consented", "agreed", "permission"),
        "dialogue": ("meeting", "constructive dialogue"),
        "call": ("call for contributions", "call title"),
    },
    needed=("file",),
)
LONGEST = {"person": 200, "file": 255}
SUGGESTED = {"language": ["en", "fr", "es", "ar", "ru", "zh"], "appear_as": ["organization", "named", "anonymous"],
             "consent": ["yes", "no"]}  # fmt: skip


def understand(row, registers):
    """What a row means, and what is wrong with it, in words."""
    words, found = cells(row, COLUMNS.names, LONGEST)
    call = call_of(words, found, registers, row.batch.call)
    found.meant |= {"call": call}
    names(words, found, registers)
    language_of(words, found, call)
    consent(words, found)
    file(row, found, call)
    return found


def names(words, found, registers):
    """Who sends it and how they appear."""
    for column, sentence in [
        ("organization", _("Say which organization it comes from.")), ("title", _("Give it a title.")),
    ]:  # fmt: skip
        if not words[column]:
            found.errors.setdefault(column, sentence)
    on_record = registers.organization(words["organization"]) if words["organization"] else None
    if words["organization"]:
        known = _("On record: %(name)s") % {"name": on_record} if on_record else _("Not on record")
        found.notes["organization"] = known
    appear_as = APPEARANCES.get(plain(words["appear_as"] or "organization"))
    if appear_as is None:
        found.errors.setdefault("appear_as", _("Write named, organization or anonymous."))
    if appear_as == "named" and not words["person"]:
        found.errors.setdefault("person", _("Write the name that should appear."))
    found.meant |= {
        "organization": on_record, "organization_name": words["organization"], "title": words["title"],
        "person_name": words["person"], "appear_as": appear_as,
    }  # fmt: skip


def language_of(words, found, call):
    """In which language it is, one that its call takes."""
    code = found.meant["language"] = language(words, found)
    if code and call and code not in dict(call.language_choices):
        found.errors.setdefault("language", _("This call does not take contributions in that language."))


def consent(words, found):
    """Only a yes is a yes."""
    said = plain(words["consent"])
    if said in YES:
        return
    silent = _("Say whether its sender agreed to the publication: yes or no.")
    refused = _("Its sender did not agree to the publication, so it stays out.")
    found.errors.setdefault("consent", refused if said in NO else silent)


def file(row, found, call):
    """Its bytes: there, taken, not there already."""
    if not file_is_there(row, found) or call is None:
        return
    found.same = workflow.find_duplicate(call, row.file.sha256)
    if row.file.size > call.file_bytes:
        limit = {"limit": call.file_megabytes}
        found.errors["file"] = _("This call takes files of %(limit)d MB at most.") % limit


def bring_in(row, by, registers):
    """Make a contribution of a row: file, words, log and the row's mark, all or none. Raises ValidationError."""
    found = understand(row, registers)
    if found.same is not None:
        raise ValidationError(_("This file is there already, in %(place)s.") % {"place": found.same.reference})
    if found.errors:
        raise ValidationError(next(iter(found.errors.values())))
    with opened(row) as upload, documents.on_disk(upload) as document, transaction.atomic():
        if current := take(row):
            call, fields = found.meant.pop("call"), found.meant
            made = workflow.import_contribution(call, document, by=by, key=row.key, consent=True, **fields)
            done(current, contribution=made)
