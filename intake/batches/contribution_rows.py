"""Rows of contributions: each is a file that an organization sent to a call."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from contributions import workflow
from contributions.models import Call
from contributions.screening.contacts import find_contacts
from documents import workflow as documents

from ..existing_records import NameRegister
from ..list_files import Columns, normalize
from ..models import BatchRow
from .cells import ParsedRow, find_call, has_usable_file, open_file, read_cells, read_language
from .row_progress import lock_if_waiting, mark_done

APPEARANCES = {
    "named": "named", "name": "named", "by name": "named", "person": "named", "with name": "named",
    "organization": "organization", "organisation": "organization", "organization only": "organization",
    "anonymous": "anonymous", "anonym": "anonymous", "without name": "anonymous", "without any name": "anonymous",
}  # fmt: skip
YES = {"yes", "y", "true", "1", "x", "given", "consent given", "ok"}
NO = {"no", "n", "false", "0", "not given", "none", "refused"}
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
    required=("file",),
)
LIMITS = {"person": 200, "file": 255}
SUGGESTED = {"language": ["en", "fr", "es", "ar", "ru", "zh"], "appear_as": ["organization", "named", "anonymous"],
             "consent": ["yes", "no"]}  # fmt: skip


def parse(row: BatchRow, register: NameRegister) -> ParsedRow:
    """Return what a row means, and the errors in it."""
    cells, parsed = read_cells(row, COLUMNS.names, LIMITS)
    call = find_call(cells, parsed, register, row.batch.call)
    parsed.values |= {"call": call}
    _parse_sender(cells, parsed, register)
    _parse_language(cells, parsed, call)
    _check_consent(cells, parsed)
    _check_file(row, parsed, call)
    return parsed


def _parse_sender(cells: Mapping[str, str], parsed: ParsedRow, register: NameRegister) -> None:
    """Read the title, who sent the contribution, and how they are to be named."""
    for column, sentence in [
        ("organization", _("Say which organization it comes from.")), ("title", _("Give it a title.")),
    ]:  # fmt: skip
        if not cells[column]:
            parsed.errors.setdefault(column, sentence)
    for column in ("organization", "person"):
        if any(find_contacts(cells[column])):
            parsed.errors.setdefault(column, _("Write a name, without an address or a telephone number."))
    on_record = register.organization(cells["organization"]) if cells["organization"] else None
    if cells["organization"]:
        known = _("On record: %(name)s") % {"name": on_record} if on_record else _("Not on record")
        parsed.notes["organization"] = known
    appear_as = APPEARANCES.get(normalize(cells["appear_as"] or "organization"))
    if appear_as is None:
        parsed.errors.setdefault("appear_as", _("Write named, organization or anonymous."))
    if appear_as == "named" and not cells["person"]:
        parsed.errors.setdefault("person", _("Write the name that should appear."))
    parsed.values |= {
        "organization": on_record, "organization_name": cells["organization"], "title": cells["title"],
        "person_name": cells["person"], "appear_as": appear_as,
    }  # fmt: skip


def _parse_language(cells: Mapping[str, str], parsed: ParsedRow, call: Call | None) -> None:
    """Read the language, which must be one that the call accepts."""
    code = parsed.values["language"] = read_language(cells, parsed)
    if code and call and code not in dict(call.language_choices):
        parsed.errors.setdefault("language", _("This call does not take contributions in that language."))


def _check_consent(cells: Mapping[str, str], parsed: ParsedRow) -> None:
    """Add an error unless the row says yes."""
    said = normalize(cells["consent"])
    if said in YES:
        return
    missing = _("Say whether its sender agreed to the publication: yes or no.")
    refused = _("Its sender did not agree to the publication, so it stays out.")
    parsed.errors.setdefault("consent", refused if said in NO else missing)


def _check_file(row: BatchRow, parsed: ParsedRow, call: Call | None) -> None:
    """Check the size of the file, and whether the call has it already."""
    if not has_usable_file(row, parsed) or row.file is None or call is None:
        return
    parsed.existing = workflow.find_duplicate(call, row.file.sha256)
    if row.file.size > call.file_bytes:
        limit = {"limit": call.file_megabytes}
        parsed.errors["file"] = _("This call takes files of %(limit)d MB at most.") % limit


def import_row(row: BatchRow, by: User, register: NameRegister) -> None:
    """Create the contribution of a row. Raise ValidationError if it has errors or exists already."""
    parsed = parse(row, register)
    if parsed.existing is not None:
        raise ValidationError(_("This file is there already, in %(place)s.") % {"place": parsed.existing.reference})
    parsed.check_ready()
    with open_file(row) as upload, documents.on_disk(upload) as document, transaction.atomic():
        if current := lock_if_waiting(row):
            call, fields = parsed.values.pop("call"), parsed.values
            contribution = workflow.import_contribution(call, document, by=by, key=row.key, consent=True, **fields)
            mark_done(current, contribution=contribution)
