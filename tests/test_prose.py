"""Prose in the project is plain, modern English: comments, docstrings, documentation and test names.

Texts of the interface, which are marked for translation, are not checked here.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import ROOT, sources

STILTED = re.compile(
    "|".join(
        [
            r"befall\w*|befell",
            r"hears? (of|whose)|heard of",
            r"whoever|whomever|whosoever",
            r"(where|there)(in|of|to|upon)|here(by|in|of|tofore)|aforesaid",
            r"(w|t)hence|thither|hither|lest|unto|anew|nay",
            r"(for|to|from|with) who",  # write: for people who
            r"(nobody|no one|everybody|everyone) \w+ (it|them|this|that) who",  # write: nobody who … sees it
            r"(says?|said|tells?|told) of",
            r"stands? (there|so|behind|beside|with|below|above|among|at|within|near|in(?! for)|on(?! (its|their) own))",
            r"what (waits|stands|lies|is awaited)",
            r"(is|are|was|were) led (on|to|home|back)",
            r"takes? in",
            r"for good",  # write: permanently
            r"funnels?",
            r"go(es)? along",
            r"poor lines?",
            r"without (its|their) (being|having)",
        ]
    ).join([r"\b(?:", r")\b"]),
    re.IGNORECASE,
)
# A test name states a behaviour. These words begin a noun clause or continue the name of another test.
STILTED_NAME = re.compile(r"test (who|whoever|what|where|nor|and|it|they)\b")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
COMMENTS = {
    ".css": re.compile(r"/\*(.*?)\*/", re.DOTALL),
    ".html": re.compile(r"\{#(.*?)#\}|\{% comment.*?%\}(.*?)\{% endcomment %\}|<!--(.*?)-->", re.DOTALL),
    ".js": re.compile(r"(?<!:)//(.*)"),
}


def python_prose(text: str) -> Iterator[str]:
    """Yield the comments, docstrings and test names of a module."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name.replace("_", " ")


def prose(path: Path, text: str) -> Iterator[str]:
    """Yield the passages of a file that people read as English, without code."""
    if path.suffix == ".py":
        passages = python_prose(text)
    elif path.suffix in COMMENTS:
        passages = (" ".join(filter(None, found.groups())) for found in COMMENTS[path.suffix].finditer(text))
    else:
        passages = iter([text])
    yield from (" ".join(CODE.sub(" … ", passage).replace("#", " ").split()) for passage in passages)


def stilted(path: Path, text: str) -> list[str]:
    """Return the stilted phrases of a file, each with the words before it."""
    found = []
    for passage in prose(path, text):
        matches = [*STILTED.finditer(passage), *filter(None, [STILTED_NAME.match(passage)])]
        found += [passage[max(0, match.start() - 40) : match.end()] for match in matches]
    return found


def test_prose_is_plain_english() -> None:
    paths = sources(".py", ".md", *COMMENTS)
    phrases = {str(path): stilted(path, (ROOT / path).read_text("utf8")) for path in paths}
    assert len(paths) > 100
    assert {path: found for path, found in phrases.items() if found} == {}


# The check itself: what it must find, and what it must accept.


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("a.py", '"""What befalls a letter."""', 1),
        ("a.py", 'def f():\n    """Return it.\n\n    Whoever asks\n    hears of it.\n    """', 2),
        ("a.py", "x = 1  # pages for who files", 1),
        ("a.py", "def test_what_is_hidden_is_absent(): pass", 1),
        ("a.py", "def test_they_are_public_again(): pass", 1),
        ("a.py", "def test_a_hidden_record_is_not_found(): pass", 0),
        ("a.py", 'x = _("What befalls a letter")\ny = "whoever"', 0),
        ("a.py", '"""Return the text for people who ask."""', 0),
        ("a.css", "/* What stands behind a paragraph */ .whoever { color: red; }", 1),
        ("a.js", "const whoever = 1; // sent anew", 1),
        ("a.html", "{# Nobody sees it who opens the file. #}<p>whoever</p>", 1),
        ("a.html", "{% comment %}It takes in files.{% endcomment %}", 1),
        ("a.md", "The text stands beside the original; `whoever` is code.\n\n```\nlest\n```", 1),
        ("a.md", "TIP stands for Trafficking in Persons. The page stands on its own.", 0),
    ],
)
def test_stilted_phrases_are_found(name: str, text: str, count: int) -> None:
    assert len(stilted(Path(name), text)) == count
