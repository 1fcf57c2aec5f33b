"""Rows of contributions: each is a file that an organization sent to a call."""

import re
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from contributions import workflow
from contributions.models import AppearAs, Call, Contribution
from dialogues.models import Organization, Topic
from documents import workflow as documents
from documents.models import Document
from publishing.workflow import save_with_history

from .. import headings
from ..cell_values import NO, YES, is_ambiguous_day, is_day, is_language, parse_day, parse_day_of_year
from ..columns import Columns, normalize
from ..country_names import countries_called, country_name, is_country
from ..existing_records import NameRegister
from ..models import BatchRow
from ..person_cells import joined_name, split_sender
from .cells import ParsedRow, find_call, has_usable_file, is_file_name, open_file, read_cells, read_language
from .contribution_senders import TO_LOOK_AT, parse_sender
from .row_progress import lock_if_waiting, mark_done

Again = BatchRow.Again
LABELS = {
    "file": gettext_lazy("File"), "organization": gettext_lazy("Organization"), "country": gettext_lazy("Country"),
    "title": gettext_lazy("Title"), "language": gettext_lazy("Language"), "received": gettext_lazy("Date received"),
    "topics": gettext_lazy("Topics"), "appear_as": gettext_lazy("Appears"), "person": gettext_lazy("Person"),
    "consent": gettext_lazy("Consent"), "dialogue": gettext_lazy("Dialogue"), "call": gettext_lazy("Call"),
    "sender": gettext_lazy("Sender is"), "author_body": gettext_lazy("Person and organization in one"),
    "first_name": gettext_lazy("First name of the person"), "last_name": gettext_lazy("Family name of the person"),
}  # fmt: skip
COLUMNS = Columns(
    {
        "file": headings.FILE, "organization": headings.ORGANIZATION, "person": headings.PERSON,
        "author_body": headings.AUTHOR_BODY, "first_name": headings.FIRST_NAME, "last_name": headings.LAST_NAME,
        "sender": headings.SENDER, "appear_as": headings.APPEAR_AS, "title": headings.TITLE,
        "country": headings.COUNTRY, "language": headings.LANGUAGE, "received": headings.RECEIVED,
        "topics": headings.TOPICS, "consent": headings.CONSENT, "dialogue": headings.DIALOGUE, "call": headings.CALL,
    },
    required=("file",),
    by_content={"file": is_file_name, "language": is_language, "country": is_country, "received": is_day},
    labels=LABELS,
    in_lists={"author_body": "organization", "first_name": "person", "last_name": "person"},
)  # fmt: skip
LIMITS = {"person": 200, "file": 255}
SUGGESTED = {
    "language": list(dict(settings.CONTENT_LANGUAGES)), "appear_as": ["organization", "named", "anonymous"],
    "consent": ["yes", "no"], "sender": ["organization", "person"],
}  # fmt: skip
BETWEEN_TOPICS = re.compile(r"[;,、，؛|\n]| / ")


def from_list(values: Mapping[str, str], register: NameRegister) -> dict[str, str]:
    """Return the cells of a row from those of a list.

    A name in two columns is joined, and a person and an organization in one are told apart for staff to look at.
    """
    cells = joined_name(values, "person")
    if text := cells.pop("author_body", ""):
        person, body = split_sender(text, lambda name: register.organization(name) is not None)
        split = {"person": person, "organization": body, "sender": TO_LOOK_AT if person else ""}
        cells = {**{name: cell for name, cell in split.items() if cell}, **cells}
    return cells


def parse(row: BatchRow, register: NameRegister) -> ParsedRow:
    """Return what a row means, and the errors in it."""
    cells, parsed = read_cells(row, COLUMNS.names, LIMITS)
    call = find_call(cells, parsed, register, row.batch.call)
    parsed.values |= {"call": call}
    parse_sender(cells, parsed, register)
    _parse_country(cells, parsed)
    _parse_language(cells, parsed, call)
    parsed.values["received_on"] = _parse_day(cells, parsed, call)
    parsed.values["topics"] = _parse_topics(cells, parsed, register)
    _check_consent(cells, parsed)
    _check_file(row, parsed, call)
    return parsed


def _parse_country(cells: Mapping[str, str], parsed: ParsedRow) -> None:
    """Read the country. An organization that has none on record gets it."""
    codes = sorted(countries_called(cells["country"]))
    code = codes[0] if len(codes) == 1 else ""
    if len(codes) > 1:
        language = get_language() or settings.LANGUAGE_CODE
        named = ", ".join(f"{country_name(one, language)} ({one})" for one in codes)
        parsed.errors.setdefault("country", _("Write which of these it is: %(countries)s.") % {"countries": named})
    elif cells["country"] and not code:
        parsed.errors.setdefault("country", _("Write the name of a country, or two letters such as AT."))
    if cells["country"] and parsed.values["is_person"]:
        parsed.notes["country"] = _("Not kept: countries are those of organizations")
    on_record = parsed.values["organization"]
    if code and on_record and on_record.country not in ("", code):
        parsed.notes["country"] = _("On record with %(code)s, which stays") % {"code": on_record.country}
    parsed.values["country"] = code


def _parse_language(cells: Mapping[str, str], parsed: ParsedRow, call: Call | None) -> None:
    """Read the language, which must be one that the call accepts."""
    code = parsed.values["language"] = read_language(cells, parsed)
    if code and call and code not in dict(call.language_choices):
        parsed.errors.setdefault("language", _("This call does not accept contributions in that language."))


def _parse_day(cells: Mapping[str, str], parsed: ParsedRow, call: Call | None) -> date | None:
    """Read the day on which it was received, and compare it with the last day of the call."""
    if not cells["received"]:
        return None
    text = cells["received"]
    day = parse_day(text)
    is_guess = is_ambiguous_day(text)
    if day is None and call:
        day, is_guess = _last_day_called(text, timezone.localdate(call.closes_at).year), True
    if day is None:
        parsed.errors.setdefault("received", _("Write the date like this: 2026-03-01."))
    elif day > timezone.localdate():
        parsed.errors.setdefault("received", _("This date is in the future."))
    else:
        is_late = call is not None and day > timezone.localdate(call.closes_at)
        words = _("%(day)s, after the call had closed") if is_late else "%(day)s"
        said = words % {"day": date_format(day, "DATE_FORMAT")}
        if is_guess:
            said = _("%(day)s? This is a guess: write the day like this: %(written)s.") % {
                "day": said, "written": day.isoformat()
            }  # fmt: skip
        parsed.notes["received"] = said
    return day


def _last_day_called(text: str, year: int) -> date | None:
    """Return the last day before now that a cell without a year may mean, in this year or before; None if none."""
    day = parse_day_of_year(text, year)
    return day if day is None or day <= timezone.localdate() else parse_day_of_year(text, timezone.localdate().year)


def _parse_topics(cells: Mapping[str, str], parsed: ParsedRow, register: NameRegister) -> list[Topic]:
    """Read the topics. One that is not on record is left out, with a note."""
    names = [name.strip() for name in BETWEEN_TOPICS.split(cells["topics"]) if name.strip()]
    found = {name: register.topics.get(normalize(name)) for name in names}
    if unknown := [name for name, topic in found.items() if topic is None]:
        words = ngettext(
            "There is no topic with this name: %(names)s",
            "There are no topics with these names: %(names)s",
            len(unknown),
        )
        parsed.notes["topics"] = words % {"names": ", ".join(unknown)}
    return [topic for topic in found.values() if topic]


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
    if parsed.existing is not None:
        # What a sender filed is the sender's to correct.
        parsed.choices = [Again.NEW] if parsed.existing.filer_id else [Again.CORRECT, Again.NEW]
        if day := parsed.values["received_on"]:
            parsed.notes["received"] = date_format(day, "DATE_FORMAT")  # a correction is never late
    if row.file.size > call.file_bytes:
        limit = {"limit": call.file_megabytes}
        parsed.errors["file"] = _("This call accepts files of up to %(limit)d MB.") % limit


def import_row(row: BatchRow, by: User, register: NameRegister) -> None:
    """Create the contribution of a row, or correct the existing one if staff chose that.

    Raise ValidationError if it has errors, or if it exists already and nothing was chosen.
    """
    parsed = parse(row, register)
    if parsed.is_left:
        raise ValidationError(_("This file is there already, in %(place)s.") % {"place": parsed.existing.reference})
    parsed.check_ready()
    with open_file(row) as upload, documents.on_disk(upload) as document, transaction.atomic():
        if current := lock_if_waiting(row):
            parsed.values["organization"] = _organization_on_record(parsed, by)
            mark_done(current, contribution=_import(row, parsed, document, by))


def _import(row: BatchRow, parsed: ParsedRow, document: Document, by: User) -> Contribution:
    """Import a row that is ready, as what staff chose."""
    call, fields = parsed.values.pop("call"), parsed.values
    if parsed.existing is not None and parsed.again == Again.CORRECT:
        reason = _("Imported again, in a list.")
        return workflow.import_correction(parsed.existing, document, by=by, reason=reason, **fields)
    may_repeat = parsed.existing is not None
    return workflow.import_contribution(
        call, document, by=by, key=row.key, consent=True, may_repeat=may_repeat, **fields
    )


def _organization_on_record(parsed: ParsedRow, by: User) -> Organization | None:
    """Return the organization of a row, added to those on record if its name will be public; give it its country.

    Without permission to add or change organizations, both are left to those who have it.
    """
    country, name = parsed.values.pop("country"), parsed.values["organization_name"]
    if parsed.values.pop("is_person"):
        return None
    organization: Organization | None = parsed.values["organization"]
    if organization is None:  # an earlier row may have added it
        organization = Organization.objects.filter(name__iexact=name).first()
    if organization is None and parsed.values["appear_as"] != AppearAs.ANONYMOUS:
        if not by.has_perm("dialogues.add_organization"):
            return None
        organization = Organization(name=name, country=country)
        save_with_history(organization, by=by)
    elif organization and country and not organization.country and by.has_perm("dialogues.change_organization"):
        workflow.set_country(organization, country, by=by, reason=_("Imported with a list."))
    return organization
