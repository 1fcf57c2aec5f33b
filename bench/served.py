"""The site as in production: gunicorn on a free port of this machine, and a worker."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

# What a site lacks here that it has in production: HTTPS, and staff with a second factor at hand.
LAPTOP = {"SECURE_COOKIES": "off", "SECOND_FACTOR_REQUIRED": "off"}


@dataclass(frozen=True)
class Site:
    """A running site: its port, the process that leads the web workers, and those that lead the workers for tasks."""

    port: int
    web: int
    tasks: tuple[int, ...] = ()

    def workers(self):
        """Return the ids of the processes of the web workers."""
        return [pid for pid in processes() if parent_of(pid) == self.web]


@contextmanager
def served(*, tasks=1):
    """Serve the data folder of this process: yield the port, and end all processes afterwards."""
    with site(tasks=tasks) as running:
        yield running.port


@contextmanager
def site(*, workers=2, tasks=1, application="portal.wsgi", folder=None, **variables):
    """Serve the data folder of this process as a Site with so many web workers, and so many workers for tasks.

    `application` is another one to serve, `folder` that of its code; `variables` are added to the environment.
    """
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    environment = os.environ | {"DEBUG": "off", "SECURE_SSL_REDIRECT": "off"} | LAPTOP | variables
    if folder is None:
        collect_static(os.environ["DATA_DIR"])
    gunicorn = [str(Path(sys.executable).with_name("gunicorn")), application, "--bind", f"127.0.0.1:{port}"]
    size = ["--workers", str(workers), "--threads", os.environ.get("THREADS", "4")]
    web = subprocess.Popen([*gunicorn, *size], env=environment, **quiet)
    servers = [web]
    for _ in range(tasks):
        servers.append(subprocess.Popen([sys.executable, "manage.py", "db_worker"], env=environment, **quiet))
    try:
        wait_for(port)
        yield Site(port, web.pid, tuple(server.pid for server in servers[1:]))
    finally:
        for server in servers:
            server.terminate()
            server.wait()


@cache
def collect_static(folder):
    """Put the static files into the data folder of this process, once."""
    environment = os.environ | {"DEBUG": "off", "DATA_DIR": folder}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--no-input"], env=environment, check=True, **quiet)


def processes():
    return sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())


def parent_of(pid):
    """Return the id of the parent of a process, or None if the process has ended."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(status.rpartition(")")[2].split()[1])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("The site did not start.")


def session_of(user):
    """Return the key of a new session of a user, as after a sign-in."""
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    return session.session_key
