"""The fields of the index."""

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeAlias

from whoosh import fields, formats

from search.analysis import analyze, analyze_name
from search.fields import FACET_FIELDS, NAME_FIELDS, TEXT_FIELDS

FORMAT = 8  # of the files, and of what is in the fields

Analyzer: TypeAlias = Callable[[str, str], Sequence[str]]  # (word, language) to terms


class ValueField(fields.FieldType):
    """One or several values as they are: ids, facets, dates, and the spellings that are suggested."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)


class TextField(fields.FieldType):
    """Texts with their languages, indexed by term and position."""

    def __init__(self, analyze: Analyzer) -> None:
        super().__init__(formats.Positions(), None, scorable=True)
        self.analyze = analyze


def build_schema() -> fields.Schema:
    """Return the fields by name. A text field takes (text, language) pairs; nothing is stored."""
    return fields.Schema(
        id=ValueField(),
        date=ValueField(),
        published=ValueField(),
        sort_title=ValueField(),
        sort_organization=ValueField(),
        spelling=ValueField(),
        text_language=ValueField(),
        **{name: ValueField() for name in FACET_FIELDS},
        **{name: TextField(analyze) for name in TEXT_FIELDS},
        **{name: TextField(analyze_name) for name in NAME_FIELDS},
    )


def version_of(schema: fields.Schema) -> str:
    """Return the version of an index with these fields. One of another version is rebuilt."""
    kinds = (f"{name} {type(field).__name__}" for name, field in sorted(schema.items()))
    return f"{FORMAT}.{hashlib.sha256(chr(10).join(kinds).encode()).hexdigest()[:8]}"


VERSION = version_of(build_schema())
