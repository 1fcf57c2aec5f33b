"""A pseudo-language with every string in brackets; text without brackets was never marked for translation."""

import re
from html.parser import HTMLParser
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings

OPEN, CLOSE = "⟦", "⟧"
NOT_A_SENTENCE = {"yes,no,maybe"}  # Django cuts it at its commas
# Names that are the same in every language or come from Babel, and text that is not language.
SAME_EVERYWHERE = re.compile(
    r"[A-Z]{3}-\d{4}-[A-Z]{6}|PDF|DOCX|ODT|CSV|XLSX|RIS|BibTeX|CSL-JSON|SHA-256|UTC|MB|KB|Markdown|Vienna|Vienne"
    r"|Arabic|Chinese|French|Russian|Spanish|\[[a-z]{2}\]"
    r"|[0-9A-Z]{4}(?:-[0-9A-Z]{4})+|\b[A-Z]{2,4}\b|\{[^{}]*\}"
    r"|\S+\.pdf|\S+@\S+|https?://\S+|\b[0-9a-f]{8,}\b|\b[A-Z]\w+/\w+|"
    + "|".join(re.escape(name) for _, name in settings.LANGUAGES)
)
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
SPOKEN = {"title", "placeholder", "alt", "aria-label", "label", "content", "data-label", "data-local", "data-failed"}
SPOKEN_BEGIN = ("data-text-", "data-words-")


PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def bracketed(words):
    """Return a string in brackets with its placeholders outside them, so that what fills those is checked as well."""
    inside = PLACEHOLDER.sub(lambda found: f"{CLOSE}{found[0]}{OPEN}", words)
    return f"{OPEN}{inside}{CLOSE}"


def sources():
    """Return our own catalogue and those of the libraries, with all their strings."""
    libraries = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    folders = [*settings.LOCALE_PATHS, *(path / "locale" for path in libraries)]
    return [path for folder in folders if (path := Path(folder) / "fr/LC_MESSAGES/django.po").is_file()]


def write_catalogue(folder, language="en"):
    """Write the catalogue of the pseudo-language to a folder."""
    whole = Catalog(locale=language)
    for source in sources():
        with source.open("rb") as file:
            for message in read_po(file):
                if message.id and message.id not in NOT_A_SENTENCE:
                    ids = message.id if isinstance(message.id, tuple) else (message.id,)
                    said = tuple(map(bracketed, ids))
                    whole.add(message.id, said if len(ids) > 1 else said[0], context=message.context)
    place = Path(folder) / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, whole)


class Reader(HTMLParser):
    """Collects the text of a page that is outside brackets; brackets may span tags."""

    SILENT = {"script", "style", "code", "kbd"}

    def __init__(self):
        super().__init__()
        self.depth, self.silent, self.unmarked = 0, 0, []

    def handle_starttag(self, tag, attrs):
        self.silent += tag in self.SILENT
        attributes = dict(attrs)
        spoken = {name: value for name, value in attrs if name in SPOKEN or name.startswith(SPOKEN_BEGIN)}
        if tag == "meta" and attributes.get("name") != "description":
            spoken.pop("content", None)
        if tag == "input" and attributes.get("type") in ("submit", "button", "reset"):
            spoken["value"] = attributes.get("value")
        for value in filter(None, spoken.values()):
            self.unmarked += outside(value)[0]

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT

    def handle_data(self, data):
        if not self.silent:
            words, self.depth = outside(data, self.depth)
            self.unmarked += words


def outside(text, depth=0):
    """Return the pieces of a text outside brackets, and how deep in brackets the text ends."""
    kept = []
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        if piece in (OPEN, CLOSE):
            depth += 1 if piece == OPEN else -1
        elif depth == 0 and LATIN_WORD.search(SAME_EVERYWHERE.sub("", piece.replace(settings.SITE_NAME, ""))):
            kept.append(" ".join(piece.split()))
    return kept, depth


def unmarked(html):
    """Return the text of a page that is not marked for translation."""
    reader = Reader()
    reader.feed(html)
    assert reader.depth == 0, "A text lost a bracket: it was cut, or assembled from pieces."
    return reader.unmarked
