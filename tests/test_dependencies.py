"""Each direct dependency is declared, explained in docs/dependencies.md and in use."""

import ast
import re
import sys
from importlib import metadata

import pytest

from .test_house import ROOT, project

LISTS = {
    "The portal needs": "requirements.in",
    "Other databases, caches and storages need": "requirements-engines.in",
    "Tests, checks and benchmarks need": "requirements-dev.in",
}
# Modules that only a site that has the drivers loads.
LOADED_WITH_DRIVERS = {"documents.s3", "portal.redis_cache", "search.solr.client"}
DEVELOPMENT = {"tests", "bench"}  # rooms that may import what the portal does not need
COLUMNS = 5
RELEASE = re.compile(r"[\d.]+, \d{4}-\d{2}-\d{2}")


def normalized(name):
    """Return the name of a package as PyPI compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(file):
    """Return the packages that a list of requirements names."""
    lines = (ROOT / file).read_text("utf8").splitlines()
    return [normalized(re.split(r"[<>=!~\[; ]", line)[0]) for line in lines if line and not line.startswith(("#", "-"))]


def explained(title):
    """Return the rows of the table below a heading of the page, each as its cells."""
    page = (ROOT / "docs/dependencies.md").read_text("utf8")
    section = page.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def imported():
    """Yield each package that is imported, as its names on PyPI, and the module that imports it."""
    distributions = metadata.packages_distributions()
    for name, (tree, _) in project().items():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            for package in {full.split(".")[0] for full in names} - sys.stdlib_module_names:
                if package in distributions and not (ROOT / package).exists():
                    yield {normalized(each) for each in distributions[package]}, name


@pytest.mark.parametrize(("title", "file"), LISTS.items())
def test_each_dependency_has_one_row_and_each_row_a_dependency(title, file):
    assert [normalized(row[0]) for row in explained(title)] == sorted(declared(file))


@pytest.mark.parametrize("title", LISTS)
def test_each_row_is_complete(title):
    for row in explained(title):
        assert len([cell for cell in row if cell]) == COLUMNS, row
        assert RELEASE.fullmatch(row[3]), row


def test_no_package_is_in_two_lists():
    packages = [package for file in LISTS.values() for package in declared(file)]
    assert len(set(packages)) == len(packages)


def test_imported_packages_are_declared():
    """A package that only another package brings along can vanish with it."""
    portal, engines, development = map(set, map(declared, LISTS.values()))

    def allowed(module):
        if module.split(".")[0] in DEVELOPMENT:
            return portal | engines | development
        return portal | engines if module in LOADED_WITH_DRIVERS else portal

    missing = [(sorted(names), module) for names, module in imported() if not names & allowed(module)]
    assert missing == []
