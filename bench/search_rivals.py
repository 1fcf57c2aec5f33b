"""What the other engines share: what they index of a record, and how they read a question.

They get the same records, facets and questions as the portal's engine. They do less: nothing asks whether a hit may be
seen, or whether a later version of it waits to be indexed.
"""

import re
from dataclasses import dataclass

from search.facets import FACET_LABELS

FACETS = tuple(FACET_LABELS)
SHOWN = ("key", "url", "context")  # of a hit
TEXTS = ("title", "body")
TITLE_WEIGHT = 3.0
HAN = re.compile(r"([\u3400-\u9fff])")
PIECE = re.compile(r'"([^"]*)"|(\S+)')
# Common words are left out of a question, unless it has no others or they are in quotes: both engines are then faster
# and find more.
COMMON = frozenset(
    """
    a about all an and any are as at be been but by can could did do does for from had has have how i in into is it its
    may more my no not of on or our should so such than that the their them there these they this those to up was we
    were what when where which who whose will with would you your
    """.split()  # noqa: SIM905 - one word after another, as in a list of stop words
)


@dataclass(frozen=True)
class Part:
    """A word, the beginning of one, or words in a row."""

    words: tuple[str, ...]
    is_prefix: bool = False


def row(index, record):
    """Return (what a hit shows, title, body, {facet: values}) of a record."""
    document = index.document(record)
    texts = [text for name, values in document.items() if name != "title" and are_texts(values) for text, _ in values]
    facets = {
        name: [values] if isinstance(values, str) else list(values) for name in FACETS if (values := document.get(name))
    }
    context = ", ".join(str(piece) for piece in index.context_of(record) if piece)
    key = f"{record._meta.label_lower}.{record.pk}"
    return [key, record.get_absolute_url(), context], index.title_of(record), spaced("\n".join(texts)), facets


def are_texts(values):
    """Tell texts, which come with their language, from the values of a facet, which are strings."""
    return isinstance(values, list) and bool(values) and isinstance(values[0], tuple)


def spaced(text):
    """Return the text with each Chinese character as a word of its own, because neither engine splits Chinese."""
    return HAN.sub(r" \1 ", text) if HAN.search(text) else text


def read(text):
    """Return (groups of alternative parts, excluded parts) of a question."""
    groups, excluded, previous = [], [], ""
    for quoted, plain in PIECE.findall(text):
        if plain in ("AND", "OR", "NOT"):
            previous = plain
            continue
        for part in parts(quoted, plain):
            if previous == "NOT":
                excluded.append(part)
            elif previous == "OR" and groups:
                groups[-1].append(part)
            else:
                groups.append([part])
        previous = ""
    rare = [group for group in groups if not all(is_common(part) for part in group)]
    return rare or groups, excluded


def parts(quoted, plain):
    """Return the parts of one piece of a question."""
    words = tuple(re.findall(r"\w+", spaced(quoted or plain).lower()))
    if quoted or HAN.search(plain):
        return [Part(words)] if words else []
    return [Part((word,), is_prefix=plain.endswith("*") and word == words[-1]) for word in words]


def joined_by(text, usual):
    """Return how the parts of a question are joined: as it says itself, or else as usual."""
    return "AND" if " AND " in text else usual


def is_common(part):
    return len(part.words) == 1 and part.words[0] in COMMON and not part.is_prefix
