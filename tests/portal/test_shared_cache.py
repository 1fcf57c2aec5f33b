"""Rate limits hold across processes, with nothing but the database."""

import sqlite3
import subprocess
import sys

import pytest
from django.core.cache import caches

from portal.shared_cache import hashed_key

PROCESSES, EACH, LIMIT = 4, 15, 30  # of receipt checks in a minute
CONSUME = f"""
import django; django.setup()
from allauth.core import context, ratelimit
from django.test import RequestFactory

request = RequestFactory(REMOTE_ADDR="192.0.2.1").post("/")
print("ready", flush=True)
input()
print(sum(ratelimit.consume(request, action="receipt_check") for _ in range({EACH})))
"""


@pytest.fixture
def environment(own_environment):
    """The environment of processes that share the default cache, whose table migrating makes by this command."""
    subprocess.run(
        [sys.executable, "manage.py", "createcachetable", "--database", "shared_cache"], env=own_environment, check=True
    )
    return own_environment


@pytest.mark.slow
def test_a_limit_is_exact_across_processes(environment, tmp_path):
    workers = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", CONSUME], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _ in range(PROCESSES)
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    allowed = [int(worker.communicate()[0]) for worker in workers]
    assert sum(allowed) == LIMIT
    with sqlite3.connect(tmp_path / "cache.sqlite3") as database:
        keys = [key for (key,) in database.execute("SELECT cache_key FROM shared_cache")]
    assert keys
    assert not any("192.0.2.1" in key for key in keys)


def test_the_keys_of_the_shared_cache_hide_addresses_and_differ():
    keys = {hashed_key(*parts) for parts in (("a", "", 1), ("b", "", 1), ("a", "p", 1), ("a", "", 2))}
    assert len(keys) == 4
    caches["default"].set("allauth:192.0.2.7", 1)
    assert caches["default"].get("allauth:192.0.2.7") == 1
    assert "192.0.2.7" not in caches["default"].make_key("allauth:192.0.2.7")
