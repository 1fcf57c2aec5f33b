"""A search index that is updated when a test reads it, not at each change: most tests never do.

This is for tests that run in one transaction and one thread. Tests that read the queue or the index, or count queries,
see no difference.
"""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string
from django_tasks.backends.immediate import ImmediateBackend
from haystack.utils.loading import load_backend

# By name, as models are not loaded yet when the settings name the task backend below.
QUEUE = "search_indexjob"  # the table
MADE_OF_IT = "search_similarrecords"  # a table that the task fills as well
UPDATE = "search.tasks.update_index"  # the task


class Lateness:
    """Whether draining the index queue may be put off, and the task that was."""

    def __init__(self):
        self.is_allowed, self.task = False, None

    def settle(self):
        """Run the task that was put off."""
        task, self.task = self.task, None
        if task:
            task.call()

    def watch(self, execute, sql, params, many, context):
        """Settle before a query that reads or empties the queue, or what is made of it; this wraps each query."""
        if self.task and (MADE_OF_IT in sql or (QUEUE in sql and not sql.startswith("INSERT"))):
            self.settle()
        return execute(sql, params, many, context)

    @contextmanager
    def allowed(self):
        """Put draining off inside."""
        self.is_allowed = True
        try:
            with connection.execute_wrapper(self.watch):
                yield
        finally:
            self.is_allowed, self.task = False, None


lateness = Lateness()


class TaskBackend(ImmediateBackend):
    """Runs each task at once, except for draining the index queue, which may be put off, and tasks for later."""

    supports_defer = True

    def enqueue(self, task, args, kwargs):
        if task.run_after:
            return None
        if lateness.is_allowed and task.module_path == UPDATE:
            lateness.task = task
            return None
        return super().enqueue(task, args, kwargs)


@contextmanager
def settled_before_reading():
    """Let the index settle before it is read, and before queries are counted."""
    assert import_string(UPDATE).module_path == UPDATE
    assert apps.get_model("search.IndexJob")._meta.db_table == QUEUE
    engine = load_backend(settings.HAYSTACK_CONNECTIONS["default"]["ENGINE"]).backend
    with pytest.MonkeyPatch.context() as patch:
        reading = "snapshot" if hasattr(engine, "snapshot") else "ask"
        for owner, name in ((engine, reading), (CaptureQueriesContext, "__enter__")):
            patch.setattr(owner, name, settled_first(getattr(owner, name)))
        yield


def settled_first(method):
    def call(*args, **kwargs):
        lateness.settle()
        return method(*args, **kwargs)

    return call
