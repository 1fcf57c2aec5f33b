"""Public records of each kind, for the tests of what ends kept pages."""

from copy import deepcopy

import pytest

from search.tasks import update_index
from tests.once import made_once
from tests.public_world import make_world
from tests.sample import copy_index, index_at


@pytest.fixture(scope="module")
def made_for_all(django_db_setup, django_db_blocker):
    """The records of `make_world`. A module that needs others overrides this."""
    yield from made_once(django_db_blocker, make_world)


@pytest.fixture(scope="module")
def index_of_all(made_for_all, django_db_blocker, tmp_path_factory):
    """The folder of the index of these records, which each test copies."""
    folder = tmp_path_factory.mktemp("world") / "index"
    with django_db_blocker.unblock(), index_at(folder):
        update_index.call()
    return folder


@pytest.fixture
def world(made_for_all, index_of_all, db, kept_pages_on):
    """The records, as they are stored and indexed, with kept pages on."""
    copy_index(index_of_all)
    return deepcopy(made_for_all)
