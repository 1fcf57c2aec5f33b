import contextlib
import os
import socket
import sys

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from honcho.manager import Manager
from honcho.printer import Printer

from dialogues.models import Series
from mail.tasks import deliver_due
from search.tasks import repair_index, update_index

from .load_sample import FILER, STAFF

INTERRUPTED = 130  # what a shell calls the end by Ctrl-C, which is how this command is meant to end


class Command(BaseCommand):
    """`make run`: brings the database up to date and runs web and worker together until Ctrl-C."""

    help = "Run the site for development: migrate, load the sample on the first start, start web and worker."

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000")

    def handle(self, *, port, **options):
        demand_free(port)
        call_command("migrate", verbosity=0)
        if not Series.objects.exists():
            self.stdout.write("First start: loading the sample ...")
            call_command("load_sample", stdout=self.stdout)
        repair_index.enqueue()  # an index that an earlier version made, or that is lost
        update_index.enqueue()  # what an earlier worker may have left
        deliver_due.enqueue()  # letters likewise
        self.stdout.write(welcome(port))
        self.stdout.flush()
        code = run_together(port)
        sys.exit(0 if code == INTERRUPTED else code)


def demand_free(port):
    """Raise CommandError, in one sentence, unless the site can listen on `port` of this machine."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise CommandError(f"“{port}” is not a port; name a number such as PORT=8001.")
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} can't be used ({error.strerror}): choose another with PORT=8001."
            ) from error


def welcome(port):
    """Where the site is and how to get in."""
    return f"""
  The site:     http://localhost:{port}/
  Staff desk:   http://localhost:{port}/admin/
  Sign in at    http://localhost:{port}/accounts/sign-in/
    as staff    {STAFF}
    to file     {FILER}, or any address
  The code that the site sends appears below, as all mail does. Ctrl-C stops everything.
"""


def run_together(port):
    """Run web and worker until one of them ends or Ctrl-C; return the exit code."""
    manager = Manager(Printer(sys.stdout, colour=sys.stdout.isatty()))
    environment = os.environ | {"BASE_URL": f"http://localhost:{port}", "PYTHONUNBUFFERED": "1"}
    command = f'"{sys.executable}" manage.py'
    manager.add_process("web", f"{command} runserver 127.0.0.1:{port}", env=environment)
    manager.add_process("worker", f"{command} db_worker --interval 0.5 --reload --verbosity 0", env=environment)
    manager.loop()
    return manager.returncode
