"""A cache in Redis that processes share, and that goes away and returns."""

import pytest

from tests.engines.waiting import until

COUNT = """
from django.core.cache import cache
cache.add("counted", 0)
for _ in range(100):
    cache.incr("counted")
"""


@pytest.fixture(scope="module")
def world(small_site, redis):
    """A portal whose cache is in Redis."""
    return small_site(**redis.environment)


def word(web):
    """Return the word of health for the cache."""
    return web.get("/healthz").json()["cache"]


def test_processes_count_exactly(world):
    started = [world.start("shell", "--no-imports", "-c", COUNT) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert world.do("from django.core.cache import cache; print(cache.get('counted'))") == "300\n"


def test_the_site_goes_on_without_it_and_health_says_so(world, redis):
    with world.web() as web:
        assert word(web) == "ok"
        redis.stop()
        assert [web.get(path).status_code for path in ("/", "/topics/", "/search/?q=debt")] == [200] * 3
        assert word(web) == "down"
        redis.start()
        until(lambda: word(web) == "ok")
