"""The scripts of a page's texts: which text nodes are in another language than the page and do not say so."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LETTER = re.compile(r"[^\W\d_]")
SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "code", "kbd", "title", "template"}
NAMES = {"bdi"}  # names of people and bodies, which are the same in every language
# Names that are written in Latin letters everywhere, and what is not language.
SAME_EVERYWHERE = re.compile(
    r"(?<![A-Za-z])(?:PDF|DOCX|ODT|CSV|XLSX|JSON|RIS|BibTeX|CSL-JSON|SHA-256|ZIP|RSS|UTC|MB|KB|Word|Markdown|WCAG|AA?|axe-core|E-mail"
    r"|Nu HTML checker|HTML|Tab|IP|AND|OR|NOT|URL|D|p\d+)(?![A-Za-z])|[A-Z]{3}-\d{4}-[A-Z]{6}|\S+@\S+|https?://\S+|\S+\.\w{2,4}\b|#\w+"
)


def script_of(language):
    """Return what matches the letters in which a language is written."""
    return SCRIPTS.get(language.split("-")[0], LATIN)


@dataclass
class Node:
    """A text with the language that its elements give it; whether it is in `<main>`, a quote or a name."""

    text: str
    language: str
    tags: list[str]

    def letters(self, names=()) -> list[str]:
        """Return its letters without those of names, and of words that are the same in every language."""
        text = self.text
        for name in names:
            text = text.replace(name, " ")
        return LETTER.findall(SAME_EVERYWHERE.sub(" ", text))


@dataclass
class Texts(HTMLParser):
    """Collects the text nodes of a page."""

    nodes: list[Node] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self.open = []  # (tag, language)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            language = dict(attrs).get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _language in self.open]
        if data.strip() and not SILENT & set(tags):
            self.nodes.append(Node(" ".join(data.split()), self.open[-1][1], tags))


def text_nodes(html):
    """Return the text nodes of a page, each with its language."""
    reader = Texts()
    reader.feed(html)
    return reader.nodes


def share_of(language, letters):
    """Return the share of letters that are of the script of a language."""
    own = script_of(language)
    return sum(bool(own.match(letter)) for letter in letters) / len(letters)


def wrongly_marked(html, names=()):
    """Return the texts whose letters are mostly of another script than that of the language they are marked with."""
    return [
        node.text
        for node in text_nodes(html)
        if not NAMES & set(node.tags)
        and len(letters := node.letters(names)) > 1
        and share_of(node.language, letters) < 0.5
    ]


def share_of_other_scripts(html, language, names=()):
    """Return the share of letters in `<main>` that are not of the page's script.

    Quotes, names and what is marked with another language, such as titles of contributions, are left out.
    """
    letters = [
        letter
        for node in text_nodes(html)
        if "main" in node.tags and not {"blockquote", *NAMES} & set(node.tags)
        if node.language.split("-")[0] == language
        for letter in node.letters(names)
    ]
    return 1 - share_of(language, letters)
