"""What CONTRIBUTING.md tells a newcomer is true: its paths and commands exist, and its steps name every place."""

import ast
import re
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.utils.translation import to_locale

from documents.cleaning.second_look import CHECKS
from documents.file_responses import CONTENT_TYPES
from documents.forms import DocumentField
from documents.models import Kind
from documents.sandbox.worker import WORK
from intake.cell_values import languages
from portal.templatetags.page import LOCALES
from search.analysis import STEMMERS
from search.fields import FACETS
from search.indexes import RecordIndex
from search.name_variants import LOCALES as NAME_LOCALES
from text.words import STOP_WORDS, languages_of

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf8")
MAKEFILE = (ROOT / "Makefile").read_text("utf8")
PAGES = [GUIDE, *((path.read_text("utf8")) for path in sorted((ROOT / "docs/decisions").glob("*.md")))]
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
SUFFIXES = (".py", ".md", ".html", ".in", ".txt", ".toml", ".json")
NOT_OURS = {".venv/"}  # made by `make run`


def paths_in(text):
    """The paths that a page names in backticks; those of an example language stand for French."""
    spans = [span for span in CODE.findall(text) if PATH.fullmatch(span)]
    named = {span for span in spans if span.endswith(("/", *SUFFIXES)) and span not in NOT_OURS}
    return sorted(path.replace("/pt/", "/fr/") for path in named)


def targets():
    """The targets of the Makefile, each with the text that `make help` shows."""
    return dict(re.findall(r"^([a-z][a-z-]*):.*?(?:## (.+))?$", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.splitlines()[0])
def test_every_path_that_is_named_exists(text):
    assert [path for path in paths_in(text) if not (ROOT / path).exists()] == []


def test_the_guide_names_paths():
    assert {"dialogues/models/people.py", "search/fields.py", "documents/reading/"} <= set(paths_in(GUIDE))


def test_every_make_target_that_is_named_exists():
    named = {target for text in PAGES for target in re.findall(r"\bmake ([a-z][a-z-]+)", " ".join(commands_in(text)))}
    assert {"run", "check", "test", "help", "words"} <= named
    assert named <= targets().keys()


def test_make_help_lists_every_target():
    assert [target for target, text in targets().items() if not text] == []


def test_every_command_that_is_named_exists():
    named = {name for text in PAGES for name in re.findall(r"manage\.py ([a-z_]+)", " ".join(commands_in(text)))}
    assert {"makemigrations", "rebuild_index"} <= named
    assert named <= get_commands().keys()


def test_the_test_that_is_run_as_an_example_exists():
    [(path, name)] = re.findall(r"(tests/\S+\.py)::(\w+)", GUIDE)
    tree = ast.parse((ROOT / path).read_text("utf8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("title", ["a public page", "a field", "a language to the interface", "a file type", "a facet"])
def test_steps_are_numbered_without_a_gap(title):
    steps = GUIDE.split(f"\n## Add {title}\n")[1].split("\n## ")[0]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", steps, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 4


def test_each_language_is_in_every_place_that_the_steps_name():
    interface = [code for code, _ in settings.LANGUAGES]
    content = [code for code, _ in settings.CONTENT_LANGUAGES]
    catalogues = {code for code in interface if (ROOT / "locale" / to_locale(code) / "LC_MESSAGES/django.po").exists()}
    assert catalogues == set(interface) - {settings.LANGUAGE_CODE}
    assert LOCALES.keys() == {code[:2] for code in interface}
    assert NAME_LOCALES.keys() == set(languages().values()) == set(content)
    # Chinese is compared by characters.
    assert STEMMERS.keys() == STOP_WORDS.keys() == set(content) - {"zh"}
    # Russian is completed from the list too, but its right words are those that pymorphy3 knows.
    assert {code for code in STEMMERS if not (files("spellchecker") / f"resources/{code}.json.gz").is_file()} == set()
    assert glossary_languages() == set(content) - {settings.LANGUAGE_CODE}
    # Stop words are those of a language that `languages_of` gives the words of its script.
    assert {code for code, words in STOP_WORDS.items() for word in words if code not in languages_of(word)} == set()


def glossary_languages():
    """The languages that have a column in docs/glossary.csv."""
    first, *_rows = (ROOT / "docs/glossary.csv").read_text("utf8").splitlines()
    return set(first.split(",")[1:])


def test_each_file_type_is_in_every_place_that_the_steps_name():
    assert CONTENT_TYPES.keys() == set(Kind)
    accepted = DocumentField.accept.split(",")
    types = {kind: content_type.partition(";")[0] for kind, content_type in CONTENT_TYPES.items()}
    assert [kind for kind in Kind if f".{kind}" not in accepted or types[kind] not in accepted] == []
    assert {kind for question in ("read", "structure", "clean") for kind in set(Kind) - WORK[question].keys()} == set()
    assert CHECKS.keys() == set(Kind)


def test_each_facet_is_in_every_place_that_the_steps_name():
    fields = {name for name, field in RecordIndex.fields.items() if field.faceted}
    assert fields == set(FACETS)
    stored = {field.get("name"): field for field in ET.parse(ROOT / "search/solr/configset/schema.xml").iter("field")}  # noqa: S314  our own
    assert [name for name in FACETS if name not in stored or stored[name].get("type") != "value"] == []
    # The search page and its exports take one value of a kind, and lists of all others.
    assert [name for name, facet in FACETS.items() if not facet.exported_as] == ["kind"]


def test_the_index_of_decisions_names_each_once():
    folder = ROOT / "docs/decisions"
    listed = re.findall(r"^\| \[[^]]+\]\(([\w-]+\.md)\) \|", (folder / "README.md").read_text("utf8"), re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")


def commands_in(text):
    """Return what a page shows as code: between backticks, and in blocks."""
    return [*CODE.findall(text), *re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]
