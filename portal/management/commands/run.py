import contextlib
import os
import socket
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from honcho.manager import Manager
from honcho.printer import Printer

from dialogues.models import Series
from mail.tasks import deliver_due
from search.tasks import drain, mend

from .load_sample import FILER, STAFF

INTERRUPTED = 130  # the exit code after Ctrl-C, which is how this command normally ends


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
        mend.enqueue()  # an index of an earlier version, or a lost one
        drain.enqueue()  # jobs that an earlier worker left
        deliver_due.enqueue()  # and letters
        self.stdout.write(welcome(port))
        self.stdout.flush()
        code = run_together(port)
        sys.exit(0 if code == INTERRUPTED else code)


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
  Staff desk:   http://localhost:{port}/admin/
  Sign in at    http://localhost:{port}/accounts/sign-in/
    as staff    {STAFF}
    to file     {FILER}, or any address
  The code that the site sends appears below, as all mail does. Ctrl-C stops everything.
"""


def run_together(port: str) -> int:
    """Run web and worker until one of them ends or Ctrl-C is pressed; return the exit code."""
    manager = Manager(Printer(sys.stdout, colour=sys.stdout.isatty()))
    environment = os.environ | {"BASE_URL": f"http://localhost:{port}", "PYTHONUNBUFFERED": "1"}
    command = f'"{sys.executable}" manage.py'
    manager.add_process("web", f"{command} runserver 127.0.0.1:{port}", env=environment)
    manager.add_process("worker", f"{command} db_worker --interval 0.5 --reload --verbosity 0", env=environment)
    manager.loop()
    return manager.returncode
