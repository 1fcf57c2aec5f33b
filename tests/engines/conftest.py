import pytest

from tests.engines.servers import MissingServerError, Postgres, Redis
from tests.engines.site import Site
from tests.engines.solr import Solr
from tests.engines.swift import Swift


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/engines" in item.path.as_posix():
            item.add_marker(pytest.mark.engines)
            item.add_marker(pytest.mark.django_db)  # the tests' own database, from which portals on SQLite are made


def started(kind, *args):
    """Start a server, or skip the test if this machine does not have it."""
    try:
        return kind(*args)
    except MissingServerError as error:
        pytest.skip(f"they need {kind.__name__}, and {error}")


@pytest.fixture(scope="module")
def node():
    """One node of Solr."""
    with started(Solr) as server:
        yield server


@pytest.fixture(scope="module")
def cloud():
    """Two nodes of Solr, each with a copy of both parts of an index."""
    with started(Solr, 2, 2) as server:
        yield server


@pytest.fixture(scope="session")
def primary():
    """A PostgreSQL server."""
    with started(Postgres) as server:
        yield server


@pytest.fixture(scope="session")
def replica(primary):
    """A streaming replica of it."""
    with started(Postgres, primary) as server:
        yield server


@pytest.fixture(scope="session")
def redis():
    """A Redis server."""
    with started(Redis) as server:
        yield server


@pytest.fixture(scope="session")
def swift():
    """An object storage that checks signatures, with an empty bucket."""
    with started(Swift) as server:
        yield server


@pytest.fixture(scope="session")
def site(tmp_path_factory, primary, replica):
    """A portal on PostgreSQL with a replica, with its tables and without records."""
    return Site(tmp_path_factory.mktemp("site"), DATABASE_URL=primary.url, REPLICA_URL=replica.url).set_up()


@pytest.fixture(scope="session")
def small_site(tmp_path_factory, run_folder, from_models, django_db_setup):
    """Return a function that makes a portal on SQLite with these variables, for what is not about the database."""
    return lambda **environment: Site.copied(run_folder, from_models, tmp_path_factory.mktemp("small"), **environment)
