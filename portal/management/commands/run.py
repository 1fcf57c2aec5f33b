import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from dialogues.models import Series
from mail.tasks import deliver_due
from portal.reading_font import font_path, make_font
from search.tasks import repair_index, update_index

from .load_sample import FILER, STAFF

GRACE = 10.0  # seconds that a process has to end after a request to stop


class Command(BaseCommand):
    """`make run`: update the database, then run web and worker together until Ctrl-C."""

    help = "Run the site for development: migrate, load the sample on the first start, start web and worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *, port: str, **options: object) -> None:
        check_port(port)
        check_database()
        call_command("migrate", verbosity=0)
        if not Series.objects.exists():
            self.stdout.write("First start: loading the sample ...")
            call_command("load_sample", stdout=self.stdout)
        if not font_path().exists():
            make_font()
        repair_index.enqueue()  # if the index is missing or of an earlier version
        update_index.enqueue()  # index jobs that an earlier worker left
        deliver_due.enqueue()  # and its email
        self.stdout.write(welcome(port))
        self.stdout.flush()
        sys.exit(run_together(port))


def check_port(port: str) -> None:
    """Raise CommandError, in one sentence, unless the site can listen on `port` of this machine."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise CommandError(f"“{port}” is not a port; name a number such as PORT=8001.")
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}): choose another with PORT=8001."
            ) from error


def check_database() -> None:
    """Raise CommandError if the database has migrations of ours that this version does not have."""
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if settings.BASE_DIR in Path(config.path).parents}
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    if any(app in ours for app, _name in unknown):
        raise CommandError(
            f"The database was made by another version of the portal: remove {settings.DATA_DIR} and start again."
        )


def welcome(port: str) -> str:
    """Return where the site is and how to sign in."""
    return f"""
  The site:     http://localhost:{port}/
  Staff desk:   http://localhost:{port}/desk/
  Sign in at    http://localhost:{port}/accounts/sign-in/
    as staff    {STAFF}
    to file     {FILER}, or any address
  The code that the site sends appears below, as all mail does. Ctrl-C stops everything.
"""


def run_together(port: str) -> int:
    """Run web and worker until one of them ends or Ctrl-C is pressed; return the exit code."""
    environment = os.environ | {"BASE_URL": f"http://localhost:{port}", "PYTHONUNBUFFERED": "1"}
    commands = (
        ["runserver", f"127.0.0.1:{port}"],
        ["db_worker", "--reload", "--grace", str(GRACE / 2)],
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            # A session for each process, so that its child processes can be ended with it.
            processes.append(
                subprocess.Popen([sys.executable, "manage.py", *command], env=environment, start_new_session=True)  # noqa: S603
            )
        while not (codes := [code for process in processes if (code := process.poll()) is not None]):
            time.sleep(0.2)
        return abs(codes[0])  # negative if a signal ended the process
    except KeyboardInterrupt:
        return 0
    finally:
        stop(processes)


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End processes and all that they have started; kill those that do not end in time."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
