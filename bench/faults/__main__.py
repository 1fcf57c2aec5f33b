"""`make faults` injects faults until each part of the plan is done, and prints what it found.

PARTS=e1,d1 runs these parts, ONLY=lane,lock these faults; SEED= makes other choices, FAULTS= shortens each part. What
is done is kept in var/faults.json, so that a run that was interrupted goes on; another SEED or FRESH=1 begins again.
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time

from bench.faults import state
from bench.faults.plan import PARTS
from bench.faults.report import counts, figures
from bench.figures import machine


def main():
    """Run the parts that were asked for, each in a process of its own, then print the figures."""
    signal.signal(signal.SIGTERM, state.stop_once)
    asked = [name for name in os.environ.get("PARTS", "").split(",") if name]
    known = [part.name for part in PARTS]
    if unknown := set(asked) - set(known):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}; the parts are {', '.join(known)}.")
    seed = state.begin(os.environ.get("SEED", ""), is_fresh=bool(os.environ.get("FRESH")))
    for name in asked or known:
        run_alone(name, seed)
    show()


def run_alone(name, seed):
    """Run one part in a process with a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder:
        environment = os.environ | {
            "SEED": seed, "FAULTS_FOLDER": folder, "DATA_DIR": f"{folder}/data", "DEBUG": "off",
            "DATABASE_URL": f"sqlite:///{folder}/data/portal.sqlite3", "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "bench.faults.settings", "SECURE_SSL_REDIRECT": "off", "SECURE_COOKIES": "off",
            "SECOND_FACTOR_REQUIRED": "off", "ALLOWED_HOSTS": "localhost", "FREE_MEGABYTES": "1", "SUMMARY_PDFS": "on",
            "BACKUP_DIR": f"{folder}/backups",
            "EMAIL_DELIVERY_BACKEND": "mail.delivery.SmtpBackend",
        }  # fmt: skip
        began = time.monotonic()
        part = subprocess.Popen([sys.executable, "-m", "bench.faults.part", name], env=environment)
        try:
            code = part.wait()
        finally:  # also if this process is told to stop
            part.terminate()
            part.wait()
    print(f"part {name}: {(time.monotonic() - began) / 60:.1f} minutes, load {os.getloadavg()[0]:.1f}", flush=True)
    if code:
        sys.exit(f"The part {name} ended with {code}.")


def show():
    """Print the figures of all parts."""
    done = state.read()
    print(counts(done))
    found = list(figures(done))
    for figure in found:
        print(figure)
    print(machine())
    sys.exit(not all(figure.holds for figure in found))


if __name__ == "__main__":
    main()
