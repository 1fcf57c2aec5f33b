"""The README explains every environment variable, and names only commands and files that exist."""

import re

from django.core.management import get_commands

from tests.test_house import ROOT

README = (ROOT / "README.md").read_text("utf8")
FILES = ("settings", "account_settings", "environment")
SETTINGS = "".join((ROOT / f"portal/{name}.py").read_text("utf8") for name in FILES)


def test_readme_explains_exactly_the_variables_that_settings_read():
    read = set(re.findall(r'(?:env|self)\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    table = [line for line in README.splitlines() if line.startswith("| `")]
    explained = {name for line in table for name in re.findall("`([A-Z_]+)`", line.split("|")[1])}
    assert len(read) > 20
    assert explained == read


def test_readme_names_commands_that_exist():
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named - get_commands().keys() == set()


def test_readme_links_to_files_that_exist():
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
