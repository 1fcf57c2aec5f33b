"""Write row after row into a SQLite database until a line arrives: `python -m bench.second_writer FILE TABLE`.

Prints how long each write waited for the lock, in seconds, as JSON. It is a process of its own, so that it waits for
the database only.
"""

import json
import select
import sqlite3
import sys
import time

PAUSE = 0.001  # seconds between attempts and between writes; SQLite's own waiting is too coarse to measure milliseconds


def main(path, table):
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    waits = []
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        started = time.perf_counter()
        while not begins(database):
            time.sleep(PAUSE)
        waits.append(time.perf_counter() - started)
        database.execute(f"UPDATE {table} SET id = id WHERE id = (SELECT min(id) FROM {table})")  # noqa: S608
        database.execute("COMMIT")
        time.sleep(PAUSE)
    print(json.dumps(waits))


def begins(database):
    """Return whether a write transaction has begun."""
    try:
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
