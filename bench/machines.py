"""One machine and several: filing under load, backup and restore, memory over time, and search in a cloud.

MACHINES=filing,postgres runs some of: filing, postgres, backup, memory, search. Each runs in a process of its own with
its own data, and prints its figures with the load average of the machine.
"""

import os
import subprocess
import sys
from contextlib import nullcontext

from tests.engines.servers import MissingServerError, Postgres

# What each runs: a part of `make bench`, with other variables.
PARTS = {
    "filing": ("contributions", {}),
    "postgres": (
        "contributions",
        {"CONTRIBUTIONS": "5000", "CLIENTS": "64", "PACE": "0", "WORKERS": "2", "READING": "off"},
    ),
    "backup": ("machines_backup", {}),
    "memory": ("machines_memory", {}),
    "search": ("machines_search", {}),
}


class DurablePostgres(Postgres):
    """PostgreSQL as in production: what it acknowledges is on the disk."""

    options = ()


def measure(files):
    """Run all parts; each prints its own figures."""
    asked = [name for name in os.environ.get("MACHINES", "").split(",") if name] or list(PARTS)
    for name in asked:
        part, variables = PARTS[name]
        try:
            with DurablePostgres() if name == "postgres" else nullcontext() as server:
                address = {"BENCH_DATABASE_URL": server.url} if server else {}
                print(f"{name}, load average {os.getloadavg()[0]:.1f}:", flush=True)
                environment = variables | os.environ | {"ONLY": part} | address
                subprocess.run([sys.executable, "-m", "bench"], env=environment, check=True)
        except MissingServerError as error:
            print(f"left out: {name}, because {error}")
    yield from ()
