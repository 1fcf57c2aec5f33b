"""Public records of each kind, for the tests of what ends kept pages, and an environment for other processes."""

import os
from copy import deepcopy

import pytest

from tests.once import index_made_once, made_once
from tests.public_world import make_world
from tests.sample import copy_index


@pytest.fixture
def own_environment(tmp_path):
    """The environment of processes with the portal's own settings, in an empty data folder."""
    variables = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "DEBUG": "on", "SECRET_KEY": "x",
        "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
    }  # fmt: skip
    variables.pop("CACHE_URL", None)
    return variables


@pytest.fixture(scope="module")
def made_for_all(django_db_setup, django_db_blocker):
    """The records of `make_world`. A module that needs others overrides this."""
    yield from made_once(django_db_blocker, make_world)


@pytest.fixture(scope="module")
def index_of_all(made_for_all, django_db_blocker, tmp_path_factory):
    """The folder of the index of these records, which each test copies."""
    return index_made_once(django_db_blocker, tmp_path_factory.mktemp("world") / "index")


@pytest.fixture
def world(made_for_all, index_of_all, db, kept_pages_on):
    """The records, as they are stored and indexed, with kept pages on."""
    copy_index(index_of_all)
    return deepcopy(made_for_all)
