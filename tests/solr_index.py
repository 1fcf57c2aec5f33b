"""The index of tests in Solr: one collection for each process of a run, which is emptied between tests.

This writes without the lock in the database, because many tests have no database.
"""

from search.engine_api import IndexUnavailableError

EVERYTHING = b'{"delete": {"query": "*:*"}}'


def empty(backend):
    """Empty the index if it has a record, and make it where there is none."""
    try:
        if not backend.ask({"q": "*:*", "rows": 0})["response"]["numFound"]:
            return
    except IndexUnavailableError:
        backend.cluster.activate(backend.cluster.create())
        return
    backend.client.write(backend.name, EVERYTHING)
    backend.commit()
