"""What has been injected so far and what was found, in var/faults.json or the file that FAULTS_STATE names."""

import fcntl
import json
import os
import signal
import sys
from pathlib import Path

FILE = Path(os.environ.get("FAULTS_STATE", "var/faults.json"))


def read():
    """Return all that is noted."""
    return json.loads(FILE.read_text()) if FILE.exists() else {"seed": "", "parts": {}}


def write(state):
    """Keep it, in one piece."""
    FILE.parent.mkdir(exist_ok=True)
    fresh = FILE.with_suffix(".new")
    fresh.write_text(json.dumps(state, indent=1))
    fresh.replace(FILE)


def begin(seed, *, is_fresh):
    """Return the seed: the one that is asked for, or else the last one. Another seed than the last begins again."""
    state = read()
    seed = seed or state["seed"] or "1"
    if is_fresh or state["seed"] != seed:
        write({"seed": seed, "parts": {}})
    return seed


def done(part):
    """Return what is noted of a part."""
    return read()["parts"].get(part, [])


def keep(part, noted):
    """Note a fault. Two parts may run at once."""
    with open(FILE.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = read()
        state["parts"].setdefault(part, []).append(noted)
        write(state)


def stop_once(*args):
    """End this process in order when it is told to stop, whatever it is told meanwhile."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)
