"""A cache in Redis that the site can do without: while Redis is away, each process uses its own memory."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache as BaseRedisCache
from redis.exceptions import RedisError

PAUSE = 5.0  # seconds for which Redis is not asked after it failed
LIMITS = {"socket_connect_timeout": 2, "socket_timeout": 2}  # seconds

logger = logging.getLogger(__name__)

_failed_at: dict[str, float] = {}  # {server: when it failed last}, for all threads of the process


def _or_in_memory(name: str) -> Callable[..., Any]:
    """Return the method of that name, with the memory of the process in place of Redis while that is away."""
    in_redis, in_memory = getattr(BaseRedisCache, name), getattr(LocMemCache, name)

    def method(self: "RedisCache", *args: Any, **kwargs: Any) -> Any:
        if not self.is_away:
            try:
                return in_redis(self, *args, **kwargs)
            except RedisError as error:
                logger.warning("Redis is passed over for a moment: %s", error)
                _failed_at[self.server] = time.monotonic()
        return in_memory(self.memory, *args, **kwargs)

    return method


class RedisCache(BaseRedisCache):
    """Django's cache in Redis. All that matters is in the database, so nothing is lost with the cache."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params | {"OPTIONS": LIMITS | params.get("OPTIONS", {})})
        self.server, self.memory = server, LocMemCache(server, params)

    @property
    def is_away(self) -> bool:
        """Whether Redis failed a moment ago."""
        failed_at = _failed_at.get(self.server)
        return failed_at is not None and time.monotonic() - failed_at < PAUSE

    add = _or_in_memory("add")
    get = _or_in_memory("get")
    set = _or_in_memory("set")
    touch = _or_in_memory("touch")
    delete = _or_in_memory("delete")
    get_many = _or_in_memory("get_many")
    has_key = _or_in_memory("has_key")
    incr = _or_in_memory("incr")
    set_many = _or_in_memory("set_many")
    delete_many = _or_in_memory("delete_many")
    clear = _or_in_memory("clear")
