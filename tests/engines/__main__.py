"""Runs a command on real servers: `python -m tests.engines pytest tests/search`.

DATABASE_URL, CACHE_URL and SEARCH_URL name PostgreSQL, Redis and Solr, as far as this machine has them.
ENGINES names those to start, if not all: "postgres redis".
"""

import os
import subprocess
import sys
from contextlib import ExitStack

from tests.engines.servers import MissingServerError, Postgres, Redis
from tests.engines.solr import Solr

KINDS = {"postgres": Postgres, "redis": Redis, "solr": Solr}


def main(command):
    """Start what there is, run the command, stop it again, and return the exit code of the command."""
    environment = dict(os.environ)
    with ExitStack() as servers:
        for kind in [KINDS[name] for name in os.environ.get("ENGINES", "").split() or KINDS]:
            try:
                environment |= servers.enter_context(kind()).environment
            except MissingServerError as error:
                print(f"Not tried on this machine: {kind.__name__}, as {error}.", file=sys.stderr)  # noqa: T201
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  what was asked for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
