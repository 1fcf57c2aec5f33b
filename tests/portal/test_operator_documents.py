"""README.md and the documents for operators explain every setting, and name only commands and files that exist."""

import re

import pytest
from django.core.management import get_commands

from tests.test_house import ROOT

PAGES = [ROOT / "README.md", ROOT / "docs/deploy.md", ROOT / "docs/settings.md"]
FILES = ("settings", "account_settings", "environment")
SETTINGS = "".join((ROOT / f"portal/{name}.py").read_text("utf8") for name in FILES)


def test_the_list_of_settings_explains_exactly_the_variables_that_are_read():
    read = set(re.findall(r'(?:env|self)\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    table = [line for line in PAGES[2].read_text("utf8").splitlines() if line.startswith("| `")]
    explained = {name for line in table for name in re.findall("`([A-Z_]+)`", line.split("|")[1])}
    assert len(read) > 20
    assert explained == read


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_commands_exist(page):
    named = set(re.findall(r"manage\.py (\w+)", page.read_text("utf8")))
    assert named - get_commands().keys() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_linked_files_exist(page):
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^):]+)\)", page.read_text("utf8"))]
    assert [link for link in links if not (page.parent / link).exists()] == []
