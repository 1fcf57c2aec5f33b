"""The release that runs can bear each migration of the next one, as docs/deploy.md promises."""

import json

import pytest

from tests.engines.linted import BORNE, REFUSED
from tests.engines.site import Site

FAULTS = "import json; from tests.engines import linted; print(json.dumps(linted.{}()))"
# Migrations that take away what the release before needs no more, with the reason.
ALLOWED: dict[str, str] = {}


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory, primary):
    """A portal on PostgreSQL without tables: what a migration is in SQL does not depend on them."""
    return Site(tmp_path_factory.mktemp("empty"), DATABASE_URL=primary.url)


@pytest.fixture(scope="module")
def found(empty_site):
    """Return the faults of each example."""
    return json.loads(empty_site.do(FAULTS.format("faults_of_examples")))


@pytest.mark.parametrize("example", BORNE)
def test_a_release_may_add_what_the_one_before_can_ignore(found, example):
    assert found[example] == []


@pytest.mark.parametrize("example", REFUSED)
def test_a_release_may_not_change_columns_that_the_one_before_needs_or_does_not_fill(found, example):
    assert found[example] != []


def test_each_migration_since_the_first_of_its_app_can_be_borne(empty_site):
    found = json.loads(empty_site.do(FAULTS.format("faults_of_releases")))
    assert {name: faults for name, faults in found.items() if faults and name not in ALLOWED} == {}
