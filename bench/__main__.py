"""`make bench` runs every part, `make bench ONLY=site` one of them; `CORPUS=` uses other texts (see `bench.corpus`).

Each part runs in its own process with its own data folder, which is deleted afterwards.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from importlib import import_module

from bench import corpus
from bench.figures import machine

PARTS = [
    "site", "pages", "face", "search", "contributions", "filing", "reflections", "staff", "day", "lanes", "walks",
    "machines",
]  # fmt: skip

MACHINES = ("machines_backup", "machines_memory", "machines_search")  # which `bench.machines` runs

MAKES_PAGES = ("site", "search", "walks")  # parts that measure how pages are made, so that none may be kept


def main():
    only = os.environ.get("ONLY") or None
    if only and only not in {*PARTS, *MACHINES}:
        sys.exit(f"There is no part “{only}”; the parts are: {', '.join(PARTS)}.")
    if not only:
        sys.exit(max([run_alone(part) for part in PARTS]))
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        settle(folder)
        if only in MAKES_PAGES:
            os.environ["KEPT_PAGES_MEGABYTES"] = "0"
        for figure in import_module(f"bench.{only}").measure(corpus.files()):
            print(figure, flush=True)
    print(machine())


def run_alone(part):
    """Measure one part in a process, and return the exit code of the process."""
    return subprocess.run([sys.executable, "-m", "bench"], env=os.environ | {"ONLY": part}).returncode


def settle(folder):
    """Make this process and its child processes use an empty data folder."""
    os.environ.update(
        DATA_DIR=folder,
        DATABASE_URL=os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/portal.sqlite3"),
        DEBUG="on",
        SECRET_KEY=secrets.token_urlsafe(50),
        DJANGO_SETTINGS_MODULE="portal.settings",
    )


if __name__ == "__main__":
    main()
