"""What the index holds of a record."""

from whoosh import fields, formats

from search.analysis import name_of, terms_of

VERSION = 2  # of what is written; an index of another version is made anew

WORDS = {"title": 3.0, "text": 1.0, "file": 0.6, "speaker": 2.0, "organization": 1.0}  # what a plain word looks in
TEXTS = ("title", "text", "file")  # compared by stems
NAMES = ("speaker", "organization", "dialogue_title")  # compared by letters
FACETS = ("kind", "series", "dialogue", "year", "topic", "language", "organization_type", "country")


class Values(fields.FieldType):
    """One or several values as they are: keys, facets, dates, and the words that are offered to who types."""

    def __init__(self):
        super().__init__(formats.Existence(), None)


class Words(fields.FieldType):
    """Texts in their languages, by words and places; `terms_of(word, language)` says what a word is compared by."""

    def __init__(self, terms_of):
        super().__init__(formats.Positions(), None, scorable=True)
        self.terms_of = terms_of


def schema():
    """Fields by name. Words are given as (text, language) pairs; nothing is stored."""
    return fields.Schema(
        id=Values(),
        date=Values(),
        published=Values(),
        spelling=Values(),
        **{name: Values() for name in FACETS},
        **{name: Words(terms_of) for name in TEXTS},
        **{name: Words(name_of) for name in NAMES},
    )
