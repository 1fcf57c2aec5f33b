"""Which databases, caches and storages the environment chooses, and what it says if a driver is missing."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment
from portal.environment import Env

NAMES = ("DATABASE_URL", "REPLICA_URL", "CACHE_URL", "S3_BUCKET", "S3_ENDPOINT_URL", "CONN_MAX_AGE")


@pytest.fixture
def env(monkeypatch):
    """Return a function that reads an environment in which only these variables are set."""

    def read(**variables):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Env()

    return read


def test_without_variables_all_is_in_one_folder(env, tmp_path):
    chosen = env()
    databases, storages = chosen.databases(tmp_path), chosen.file_storages(tmp_path)
    assert databases["default"]["NAME"] == f"{tmp_path}/portal.sqlite3"
    assert "replica" not in databases
    assert chosen.shared_cache()["BACKEND"].endswith("DatabaseCache")
    assert {name: one["OPTIONS"]["location"].name for name, one in storages.items()} == {
        "default": "files",
        "documents": "documents",
    }


def test_an_empty_variable_is_not_set(env, tmp_path):
    usual, empty = env(), env(**dict.fromkeys(NAMES, ""))
    assert empty.databases(tmp_path) == usual.databases(tmp_path)
    assert empty.shared_cache() == usual.shared_cache()
    assert empty.file_storages(tmp_path) == usual.file_storages(tmp_path)
    assert empty.int("CONN_MAX_AGE", default=7) == 7


def test_a_replica_is_given_up_soon_and_the_database_is_not(env, tmp_path):
    urls = {"DATABASE_URL": "postgres://portal@one/portal", "REPLICA_URL": "postgres://portal@two/portal"}
    databases = env(**urls).databases(tmp_path)
    assert {name: one["HOST"] for name, one in databases.items()} == {"default": "one", "replica": "two"}
    assert databases["replica"]["OPTIONS"]["connect_timeout"] == 2
    assert "connect_timeout" not in databases["default"].get("OPTIONS", {})
    assert all(one["CONN_HEALTH_CHECKS"] for one in databases.values())
    stated = env(**urls | {"REPLICA_URL": "postgres://portal@two/portal?connect_timeout=1"}).databases(tmp_path)
    assert stated["replica"]["OPTIONS"]["connect_timeout"] == 1


def test_a_bucket_takes_all_files_but_uploads_in_pieces(env, tmp_path):
    storages = env(S3_BUCKET="portal").file_storages(tmp_path)
    in_bucket = {name for name, one in storages.items() if one["OPTIONS"].get("bucket_name") == "portal"}
    assert (in_bucket, set(storages)) == ({"default", "documents"}, {"default", "documents", "uploads"})
    assert storages["uploads"]["OPTIONS"]["location"] == tmp_path / "documents"


@pytest.mark.parametrize(
    ("variables", "package"),
    [
        ({"DATABASE_URL": "postgres://portal@one/portal"}, "psycopg"),
        ({"REPLICA_URL": "postgres://portal@two/portal"}, "psycopg"),
        ({"CACHE_URL": "redis://cache:6379/0"}, "redis"),
        ({"S3_BUCKET": "portal"}, "storages"),
    ],
)
def test_a_missing_driver_is_named_with_what_to_do(env, tmp_path, monkeypatch, variables, package):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    chosen = env(**variables)
    with pytest.raises(ImproperlyConfigured, match=f"needs the package {package}: install it with `make engines`"):
        (chosen.databases(tmp_path), chosen.shared_cache(), chosen.file_storages(tmp_path))
