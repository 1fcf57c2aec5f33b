"""The sample, served as in production: gunicorn with two workers, DEBUG off, files with digests in their names."""

import io
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

from bench.site import free_port, wait_for

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def load():
    """Make the database and the index of the sample in the data folder of this process."""
    call_command("migrate", verbosity=0)
    call_command("load_sample", stdout=io.StringIO())
    call_command("db_worker", batch=True, verbosity=0)


@contextmanager
def served():
    """The address at which the site answers as long as the block lasts."""
    environment = os.environ | {"DEBUG": "off", "SECURE_SSL_REDIRECT": "off"}
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--no-input"], env=environment, check=True, **QUIET)
    site = f"http://127.0.0.1:{free_port()}"
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    command = [gunicorn, "portal.wsgi", "--bind", site.removeprefix("http://"), "--workers", "2", "--threads", "4"]
    server = subprocess.Popen(command, env=environment, **QUIET)
    try:
        wait_for(site, server)
        yield site
    finally:
        server.terminate()
        server.wait()
