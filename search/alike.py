"""Records that share their words with other texts: for each of many texts the nearest, with the nearest passage."""

from dataclasses import dataclass

from haystack import connections

from . import query
from .seam import NoIndexError, Question, TooSlowError


@dataclass(frozen=True)
class Text:
    """A text in a language."""

    words: str
    language: str = "en"


def alike(texts, kind, *, narrowed, number=3):
    """For each Text its nearest published records of one kind, as Hits: those in its own language, for words decide.

    `narrowed` maps facets to values. Where the index can't be read, or an answer takes too long, there are none.
    """
    try:
        found = list(ask(texts, {**narrowed, "kind": kind}, number))
    except NoIndexError:
        query.ask_to_mend()
        return [[] for _ in texts]
    except TooSlowError:
        return [[] for _ in texts]
    return hits(found)


def ask(texts, narrowed, number):
    """(tree, ids) for each text."""
    engine, hidden = connections["default"].get_backend(), tuple(query.hidden())
    for text in texts:
        tree = engine.telling([text.words])
        question = Question(
            tree,
            narrowed={**narrowed, "language": text.language},
            hidden=hidden,
            language=text.language,
            stop=number,
        )
        yield tree, engine.find(question).ids if tree else ()


def hits(found):
    """Hits for each (tree, ids); a record that is near several texts is read once."""
    records = query.records(dict.fromkeys(key for _tree, ids in found for key in ids))
    passages = {key: list(index.passages(record)) for key, (record, index) in records.items()}
    return [[query.hit(*records[key], passages[key], tree) for key in ids if key in records] for tree, ids in found]
