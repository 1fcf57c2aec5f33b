"""A portal in processes of its own, as an operator runs it: commands, web servers and workers."""

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import requests

from tests.engines.servers import free_port
from tests.engines.waiting import until

ROOT = Path(__file__).parents[2]
DATABASE = "portal.sqlite3"  # in its data folder, on SQLite
SET_UP = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("rebuild_index")
"""


class Process:
    """A process of the portal that runs until it is stopped."""

    def __init__(self, command, environment, log):
        with open(log, "ab") as output:
            self.process = subprocess.Popen(  # noqa: S603  our own interpreter
                [sys.executable, *command], cwd=ROOT, env=environment, stdout=output, stderr=output
            )

    def wait(self):
        """Return its exit code once it has ended."""
        return self.process.wait(60)

    def ask_to_stop(self):
        """Ask it to stop."""
        self.process.send_signal(signal.SIGTERM)

    def stop(self):
        """Ask it to stop, and return its exit code."""
        self.ask_to_stop()
        return self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Web(Process):
    """A web server on a port of its own, which answers once this is made."""

    def __init__(self, environment, log, *options):
        self.port = free_port()
        command = ["-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "8", *options]
        super().__init__(command, environment, log)
        until(self.answers)

    def answers(self):
        """Return whether it accepts requests."""
        try:
            return self.get("/livez").ok
        except requests.ConnectionError:
            return False

    def get(self, path, **headers):
        """Return the answer to a request, on a new connection."""
        headers = {"Connection": "close"} | headers
        return requests.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=60, allow_redirects=False)


class Site:
    """A portal with a data folder of its own; `environment` says which servers it uses."""

    def __init__(self, folder, **environment):
        self.folder = folder
        self.log = folder / "log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.engines.site_settings",
            "SECRET_KEY": "only-for-tests",
            "DEBUG": "off",
            "DATA_DIR": str(folder / "data"),
            "SECURE_SSL_REDIRECT": "off",
            "EMAIL_DELIVERY_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        } | environment

    @classmethod
    def copied(cls, run_folder, tables, folder, **environment):
        """Return a portal on SQLite in this folder, with its tables and its index.

        The first process of a run makes them for all, from the tests' own database, `tables`: migrating takes long.
        """
        made = run_folder / "site"
        with open(run_folder / "site.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (made / "ready").exists():
                (made / "data").mkdir(parents=True)
                if tables.exists():  # the tests run on SQLite too
                    shutil.copy(tables, made / "data" / DATABASE)
                cls(made).set_up()
                (made / "ready").touch()
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return cls(folder, **environment)

    def set_up(self):
        """Make its tables and its index, and return it."""
        self.do(SET_UP)
        return self

    def manage(self, *command):
        """Run a command of manage.py to its end, and return what it printed."""
        done = subprocess.run(  # noqa: S603  our own interpreter
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def do(self, statements):
        """Run statements of Python in the portal, and return what they printed."""
        return self.manage("shell", "--no-imports", "-c", statements)

    def first(self, sql):
        """Return the first value that its database answers, on SQLite. This needs no process."""
        with closing(sqlite3.connect(self.folder / "data" / DATABASE)) as database:
            return database.execute(sql).fetchone()[0]

    def web(self, *options):
        """Start a web server, with more options of gunicorn."""
        return Web(self.environment, self.log, *options)

    def start(self, *command):
        """Start a command of manage.py, which goes on until it ends or is stopped."""
        return Process(["manage.py", *command], self.environment, self.log)
