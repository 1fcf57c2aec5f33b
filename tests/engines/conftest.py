import pytest

from tests.engines.servers import MissingServerError, Postgres, Redis
from tests.engines.site import Site
from tests.engines.swift import Swift


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/engines" in item.path.as_posix():
            item.add_marker(pytest.mark.engines)


def started(kind, *args):
    """Start a server, or skip the test if this machine does not have it."""
    try:
        return kind(*args)
    except MissingServerError as error:
        pytest.skip(f"they need {kind.__name__}, and {error}")


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
    made = Site(tmp_path_factory.mktemp("site"), DATABASE_URL=primary.url, REPLICA_URL=replica.url)
    made.manage("migrate", "--verbosity", "0")
    made.manage("rebuild_index", "--noinput", "--verbosity", "0")
    return made


@pytest.fixture(scope="session")
def small_site(tmp_path_factory):
    """Return a function that makes a portal on SQLite with these variables, for what is not about the database."""

    def make(**environment):
        made = Site(tmp_path_factory.mktemp("small"), **environment)
        made.manage("migrate", "--verbosity", "0")
        made.manage("rebuild_index", "--noinput", "--verbosity", "0")
        return made

    return make
