"""A portal on PostgreSQL with a streaming replica that lags, is killed and returns."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.engines.waiting import until

READERS, REQUESTS = 4, 60

MAKE = """
from publishing import workflow
from tests import build
for name in ("Debt", "Recruitment"):
    workflow.publish(build.topic(name), by=None)
"""
MOVE = """
from dialogues.models import Topic
from publishing import workflow
workflow.{}(Topic.objects.get(name="{}"), by=None)
"""


def ask(server, sql):
    """Return the first value that a server answers."""
    with psycopg.connect(server.url.replace("postgres:", "postgresql:"), autocommit=True) as connection:
        return connection.execute(sql).fetchone()[0]


@pytest.fixture(scope="module")
def world(site):
    """The portal with two public topics."""
    site.do(MAKE)
    return site


@pytest.fixture
def following(primary, replica):
    """Return a function that waits until the replica has all that the database has."""

    def follow():
        position = ask(primary, "SELECT pg_current_wal_lsn()")
        until(lambda: ask(replica, f"SELECT pg_last_wal_replay_lsn() >= '{position}'"))

    return follow


def reads(server):
    """Return how many rows of topics a server has read."""
    ask(server, "SELECT pg_stat_force_next_flush()")
    return ask(
        server,
        "SELECT seq_tup_read + COALESCE(idx_tup_fetch, 0) FROM pg_stat_all_tables WHERE relname = 'dialogues_topic'",
    )


def test_pages_are_read_from_the_replica(world, replica, following):
    following()
    with world.web() as web:
        assert "Debt" in web.get("/topics/").text
    until(lambda: reads(replica) > 0)


def test_a_take_down_is_complete_at_the_next_request_though_the_replica_lags(world, replica, following):
    following()
    with world.web() as one, world.web() as other:
        assert ["Debt" in web.get("/topics/").text for web in (one, other)] == [True, True]
        ask(replica, "SELECT pg_wal_replay_pause()::text")
        world.do(MOVE.format("unpublish", "Debt"))
        assert ["Debt" in web.get("/topics/").text for web in (one, other, one, other)] == [False] * 4
        assert one.get("/topics/debt/").status_code == 404
        world.do(MOVE.format("publish", "Debt"))
        assert "Debt" in other.get("/topics/").text
        ask(replica, "SELECT pg_wal_replay_resume()::text")
        following()
        assert ["Debt" in web.get("/topics/").text for web in (one, other)] == [True, True]


def test_no_page_fails_while_the_replica_is_killed_and_returns(world, replica, following):
    following()
    with world.web() as web, ThreadPoolExecutor(READERS + 1) as threads:
        killed = threads.submit(lambda: [(replica.stop(), replica.start()) for _ in range(3)])
        pages = [threads.submit(web.get, f"/topics/?page=1&n={number}") for number in range(READERS * REQUESTS)]
        found = [page.result() for page in pages]
        killed.result()
    assert {page.status_code for page in found} == {200}
    assert all("Recruitment" in page.text for page in found)
