"""The portal that faults are injected into: its processes, its servers, its folder on a small disk."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from bench.faults import clock
from bench.served import free_port, parent_of, processes
from tests.mail.server import MailServer

PATIENCE = 120  # seconds
SECONDS_TO_KILL = 0.6  # after the start of a command


class Site:
    """A running portal in `folder`. `environment` is added to that of its processes."""

    def __init__(self, folder, environment=None):
        self.folder, self.data = Path(folder), Path(settings.DATA_DIR)
        self.port = free_port()
        self.letters = []  # what the mail server took, over all its lives
        self.commands = []  # processes of commands that run now
        self.killed = set()  # those of commands that were killed with everything else
        self.kills_commands = False  # whether the fault to come kills a command
        self.seconds_to_kill = SECONDS_TO_KILL  # within which it does
        self.open_mail(settings.EMAIL_PORT)
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "bench.faults.nursery"], env=os.environ | (environment or {}), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.answer()
        self.web = self.worker = None
        self.start_web()
        self.start_worker()

    def answer(self):
        """Return the next line of the nursery."""
        line = self.nursery.stdout.readline()
        if not line:
            sys.exit("No process can be started any more.")
        return line.strip()

    def start(self, *what):
        """Start a process, and return its id."""
        self.nursery.stdin.write(json.dumps(what) + "\n")
        self.nursery.stdin.flush()
        return int(self.answer())

    def start_web(self):
        """Start the web server."""
        self.web = self.start("web", self.port)

    def start_worker(self):
        """Start the processes of all lanes."""
        self.worker = self.start("worker")

    def command(self, *words):
        """Start a command of manage.py, and return the id of its process."""
        return self.start("command", *words)

    def command_at(self, place, *words):
        """Start a command of manage.py of a portal with its own data in the folder `place`, and return its id."""
        environment = {"DATA_DIR": str(place), "DATABASE_URL": f"sqlite:///{place}/portal.sqlite3"}
        return self.start("command_at", environment, *words)

    def open_mail(self, port=0):
        """Start the mail server, empty."""
        self.mail = MailServer(port)
        self.mail.took = self.letters
        self.mail.__enter__()

    def close_mail(self):
        """End the mail server; it can be opened again on the same port."""
        self.mail.__exit__()
        return self.mail.port

    def set_clock(self, offset):
        """Set the clock of all processes off by so many seconds."""
        clock.set_clock(self.folder, offset)

    def close(self):
        """End all processes."""
        for process in (self.web, self.worker):
            kill_group(process)
        self.nursery.stdin.close()
        self.nursery.wait()
        self.mail.__exit__()


def family(pid):
    """Return a process and all that come from it, as ids, the eldest first."""
    parents = {one: parent_of(one) for one in processes()}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def children(pid):
    """Return the children of a process."""
    return [one for one in processes() if parent_of(one) == pid]


def kill(pid):
    """Kill one process with SIGKILL, if it still lives."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kill_one(pids, chance):
    """Kill one of these processes; return whether there was one."""
    if pids:
        kill(chance.choice(pids))
    return bool(pids)


def kill_group(pid):
    """Kill a process and all of its group, and wait until they are gone."""
    for one in family(pid):
        kill(one)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    wait_until(lambda: not is_alive(pid), PATIENCE)


def is_alive(pid):
    """Return whether a process runs."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def wait_until(holds, patience, pause=0.05):
    """Return what `holds` returns once that is true, or its last answer after `patience` seconds; ask every `pause`."""
    end = time.monotonic() + patience
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(pause)
    return found
