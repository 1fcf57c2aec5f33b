"""The results of a search as files for researchers: a table as CSV, the same as JSON, and the texts as a ZIP.

All three have the records of the page, in its order and in the language of its address. The JSON is stable: names may
be added to it, but none changes its meaning. It is one object:

    {
      "address": the page of the search,
      "text": what was searched for; empty if nothing was,
      "filters": {facet: chosen value},
      "order": "relevance", "date", "title" or "organization",
      "total": the number of results, of which `records` has the first MAX_RECORDS,
      "full_matches": how many of them have all words of `text`,
      "records": [{
        "url": permanent address, "kind": {"value", "label"}, "reference": "TIP-2026-0001" or empty,
        "title": as on the page, "opening": its first words, "date": "2026-07-10", "2026" or empty,
        "people": [name], "organizations": [name],
        "series" and the other lists of values, named in `search/fields.py`: [{"value", "label"}]
      }]
    }

A value is the same in all languages, and is what filters take; its label is in the language of the address.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing.spreadsheets import to_csv
from text.words import shorten

from .facets import FACET_LABELS, value_labels
from .fields import FACETS
from .indexes import RecordIndex, kinds_with_texts
from .kept_texts import read_texts
from .params import SearchParams
from .query import find_ids, load_records
from .waiting import waiting_records

MAX_RECORDS = 1_000
MAX_TEXTS = 100
MAX_TEXT_MEGABYTES = 50  # of all texts together
BATCH_SIZE = 50  # records in memory at a time
TEXT_BATCH_SIZE = 10
MEGABYTE = 1024 * 1024  # bytes
OPENING_LENGTH = 300  # characters
NOT_SAFE = re.compile(r"[^A-Za-z0-9]+")

LISTS = {name: field.exported_as for name, field in FACETS.items() if field.exported_as}  # in JSON, by facet

Entry: TypeAlias = dict[str, Any]  # a record as it is in JSON
Loaded: TypeAlias = dict[str, tuple[Any, RecordIndex]]


def as_csv(params: SearchParams) -> bytes:
    """Return the results as a CSV file. Lists in a cell are separated by semicolons."""
    return to_csv([_headings(), *map(_row, _entries(find_ids(params, MAX_RECORDS).ids))])


def as_json(params: SearchParams) -> Entry:
    """Return the results as an object for JSON; see the docstring of this module."""
    found = find_ids(params, MAX_RECORDS)
    return {
        "address": f"{settings.BASE_URL}{reverse('search:search')}?{params.list_query_string}",
        "text": params.text,
        "filters": dict(params.filters),
        "order": params.order,
        "total": found.total,
        "full_matches": found.full_matches,
        "records": list(_entries(found.ids)),
    }


def has_texts(params: SearchParams) -> bool:
    """Return whether a search may find records whose texts can be downloaded."""
    return params.filters.get("kind") in (None, *kinds_with_texts())


def as_zip(params: SearchParams) -> bytes:
    """Return a ZIP file with the texts of the results that have one, and a table of them in `index.csv`.

    A text that would exceed MAX_TEXT_MEGABYTES is left out; its row in the table names no file.
    """
    if "kind" not in params.filters:
        params = replace(params, filters={**params.filters, "kind": kinds_with_texts()[0]})
    rows, left = [[*_headings(), _("File")]], MAX_TEXT_MEGABYTES * MEGABYTE
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for loaded in _batches(find_ids(params, MAX_TEXTS).ids, TEXT_BATCH_SIZE):
            for entry, (record, index) in zip(_describe(loaded), loaded.values(), strict=True):
                text, name = index.text_file(record).encode(), f"{_safe_name(entry['reference'], len(rows))}.txt"
                is_added = len(text) <= left
                if is_added:
                    left -= len(text)
                    _add_file(archive, name, text)
                rows.append([*_row(entry), name if is_added else ""])
        _add_file(archive, "index.csv", to_csv(rows))
    return file.getvalue()


def _safe_name(reference: str, position: int) -> str:
    return NOT_SAFE.sub("-", reference).strip("-") or str(position)


def _add_file(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file that everyone may read, with the earliest time, so that the same texts make the same archive."""
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o644 << 16
    archive.writestr(info, content, zipfile.ZIP_DEFLATED)


def _batches(ids: tuple[str, ...], size: int) -> Iterator[Loaded]:
    for start in range(0, len(ids), size):
        yield load_records(ids[start : start + size], with_facets=True)


def _entries(ids: tuple[str, ...]) -> Iterator[Entry]:
    for loaded in _batches(ids, BATCH_SIZE):
        yield from _describe(loaded)


def _describe(loaded: Loaded) -> list[Entry]:
    """Return records as they are in JSON. Values of facets that have no public label are left out."""
    facets = [_facets_of(record, index) for record, index in loaded.values()]
    labels = {
        name: value_labels(name, sorted({value for values in facets for value in values.get(name, [])}))
        for name in LISTS
    }
    texts = read_texts(loaded, waiting_records().changed)
    return [
        _facts(*loaded[key], texts[key].opening)
        | {member: _labelled(values.get(name, []), labels[name]) for name, member in LISTS.items()}
        for key, values in zip(loaded, facets, strict=True)
    ]


def _facets_of(record: Any, index: RecordIndex) -> dict[str, list[str]]:
    """Return all values of each facet, in order."""
    facets = {name: [value] if isinstance(value, str) else value for name, value in index.facets(record).items()}
    return {name: sorted(filter(None, values)) for name, values in facets.items()}


def _labelled(values: Iterable[str], labels: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"value": value, "label": str(labels[value])} for value in values if value in labels]


def _facts(record: Any, index: RecordIndex, opening: str) -> Entry:
    """Return the members of a record in JSON that are not facets."""
    with override(settings.LANGUAGE_CODE):  # whose addresses are the permanent ones
        address = f"{settings.BASE_URL}{record.get_absolute_url()}"
    names = index.names(record)
    return {
        "url": address,
        "kind": {"value": index.kind_name, "label": str(index.kind_label)},
        "reference": index.citation(record).get("number", ""),
        "title": index.title_of(record),
        "opening": shorten(opening[: 4 * OPENING_LENGTH], OPENING_LENGTH),
        "date": index.date_of(record),
        "people": [name for name in names.get("speaker", []) if name],
        "organizations": [name for name in names.get("organization", []) if name],
    }


def _headings() -> list[str]:
    """Return the headings of the table."""
    own = [_("Permanent address"), _("Kind"), _("Reference"), _("Title"), _("Opening words"), _("Date")]
    return [*own, _("Person"), _("Organization"), *(str(FACET_LABELS[name]) for name in LISTS)]


def _row(entry: Entry) -> list[str]:
    """Return a record as a row of the table."""
    own = [entry["url"], entry["kind"]["label"], *(entry[name] for name in ("reference", "title", "opening", "date"))]
    labels = ([value["label"] for value in entry[key]] for key in LISTS.values())
    return [*own, *("; ".join(values) for values in (entry["people"], entry["organizations"], *labels))]
