"""Records without a database, to test the engine alone."""

from types import SimpleNamespace

from search import grammar
from search.engine_api import EngineQuery


class Note:
    """A record with the fields of its document; `text` is a text, or a list of (text, language)."""

    def __init__(self, pk, text="", *, title="", language="en", file="", kind="note", **fields):
        self.pk = pk
        self.document = {
            "kind": kind,
            "title": [(title, language)],
            "text": [(text, language)] if isinstance(text, str) else text,
            "file": [(file, language)] if file else [],
            "language": language,
            **fields,
        }


class NoteIndex:
    """A stand-in for the RecordIndex of an app."""

    _meta = SimpleNamespace(label_lower="notes.note")

    def get_model(self):
        return self

    def key(self, pk):
        return f"notes.note.{pk}"

    def document(self, record):
        return record.document


INDEX = NoteIndex()


def put(backend, *notes, gone=()):
    """Commit these notes, and delete those whose numbers are in `gone`."""
    backend.apply([(INDEX, notes, gone)])


def put_texts(backend, *texts, **fields):
    put(backend, *(Note(pk, text, **fields) for pk, text in enumerate(texts, 1)))


def ask(backend, line, **options):
    return backend.find(EngineQuery(grammar.parse(line), **options))


def pks(found):
    return [int(key.rsplit(".", 1)[1]) for key in found.ids]


def hits(backend, line, **options):
    """Return the numbers of the notes that a query finds, in order."""
    return pks(ask(backend, line, **{"stop": 1000, **options}))
