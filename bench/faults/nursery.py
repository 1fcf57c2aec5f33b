"""Starts processes of the portal as forks of this one, so that one that was killed is back at once.

Each line of its input asks for one process, as a list: `["web", port]`, `["worker"]`, `["command", name, …]`, or
`["command_at", {variable: value}, name, …]` for a portal with other settings, which is loaded again. The answer is the
id of the process, which leads a group of its own.
"""

import contextlib
import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from gunicorn.app.base import BaseApplication  # noqa: E402

import background.models  # noqa: E402
import mail.tasks  # noqa: E402
import search.tasks  # noqa: E402
from background import supervisor  # noqa: E402
from background.lanes import LANES  # noqa: E402
from bench.faults import clock  # noqa: E402
from portal.wsgi import application  # noqa: E402

INTERVAL = 0.5  # seconds between two looks for work
PAGES = (
    "/",
    "/contributions/",
    "/dialogues/",
    "/search/?q=word",
    "/accounts/sign-in/",
    "/contributions/mine/",
    "/healthz",
)
MOMENT = timedelta(seconds=2)


class Web(BaseApplication):
    """Gunicorn with two processes of four threads, as in production."""

    def __init__(self, port):
        self.port = port
        super().__init__()

    def load_config(self):
        """Take the port, and nothing from the command line."""
        options = {"bind": f"127.0.0.1:{self.port}", "workers": 2, "threads": 4, "loglevel": "error"}
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self):
        """Return the portal, which this process has loaded."""
        return application


def shorten_waits():
    """Have what failed run again after a moment instead of minutes."""
    background.models.FAULT_DELAY = MOMENT
    background.models.RETRY_DELAYS[:] = [MOMENT, MOMENT]
    mail.tasks.OUTAGE_DELAYS[:] = [MOMENT]
    mail.tasks.RETRY_DELAYS[:] = [MOMENT]
    search.tasks.RETRY_INTERVAL = MOMENT
    supervisor.PAUSE, supervisor.LOOK_EVERY = 0.2, 0.1


def warm_up():
    """Load what the first requests of a process load, so that processes that are forked need not."""
    for path in PAGES:
        Client(HTTP_HOST="localhost").get(path)
    connections.close_all()


def become(what, *arguments):
    """Do what a process is for, to its end."""
    match what:
        case "web":
            Web(*arguments).run()
        case "worker":
            supervisor.Supervisor(LANES, interval=INTERVAL, grace=10).run()
        case "command":
            call_command(*arguments)
        case "command_at":
            environment, *words = arguments
            os.execve(sys.executable, [sys.executable, "manage.py", *words], os.environ | environment)  # noqa: S606


def start(asked):
    """Fork a process, and return its id."""
    connections.close_all()
    if child := os.fork():
        return child
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    os.setsid()
    log = os.open(Path(settings.DATA_DIR).parent / "log", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    status = 1
    try:
        become(*asked)
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException as error:
        sys.stderr.write(f"{asked}: {error!r}\n")
    finally:
        os._exit(status)


def main():
    """Answer until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for number in (signal.SIGTERM, signal.SIGINT):  # the end of the input is the sign to end
        signal.signal(number, signal.SIG_IGN)
    shorten_waits()
    clock.follow()
    warm_up()
    print("ready", flush=True)
    started = []
    for line in sys.stdin:
        started.append(start(json.loads(line)))
        print(started[-1], flush=True)
    for one in started:  # also if the process that asked for them was killed
        with contextlib.suppress(ProcessLookupError):
            os.killpg(one, signal.SIGKILL)


if __name__ == "__main__":
    main()
