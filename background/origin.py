"""The request on whose behalf this thread works: the one that it answers, or the one that enqueued its task."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")  # for lines of the log; empty in commands
IN_TASK = "request_id"  # beside the arguments of a task


@contextmanager
def on_behalf_of(arguments: dict[str, Any]) -> Iterator[None]:
    """Work for the request that enqueued the task with these arguments, if one did."""
    before = request_id.set(arguments.get(IN_TASK, ""))
    try:
        yield
    finally:
        request_id.reset(before)
