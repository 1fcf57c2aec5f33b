"""How long accepting a press release of thirty quotes keeps other writers waiting."""

import json
import subprocess
import sys
from datetime import date
from statistics import median

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.figures import Figure  # noqa: E402
from dialogues.models import Organization, Series, Speaker  # noqa: E402
from intake import workflow  # noqa: E402

QUOTES = 30
RUNS = 3
SPEAKERS = 2_000  # that the portal has already
BEFORE = {"accepted": 255, "accepted and published": 385}  # milliseconds, when each record was saved by itself
GOALS = {"accepted": 100, "accepted and published": 100}


def measure():
    """Yield the longest wait of a second writer while a release is accepted, without and with publication."""
    call_command("migrate", verbosity=0)
    Speaker.objects.bulk_create(Speaker(name=f"Person {n}", slug=f"person-{n}") for n in range(SPEAKERS))
    Organization.objects.bulk_create(Organization(name=f"Body {n}") for n in range(SPEAKERS // 10))
    by = get_user_model().objects.create_superuser("bench@example.org")
    yield f"\naccepting {QUOTES} quotes, beside a second writer:"
    for and_publish, name in enumerate(BEFORE):
        waits = [wait_for(RUNS * and_publish + run, by, bool(and_publish)) for run in range(1, RUNS + 1)]
        yield Figure(
            f"{name}, its longest wait, median of {RUNS} ({BEFORE[name]} ms before)", median(waits), "ms", GOALS[name]
        )


def wait_for(number, by, and_publish):
    """Accept a release, and return the longest wait of the other writer in milliseconds."""
    release, chosen = thirty_quotes(number)
    writer = SecondWriter()
    workflow.accept(release, chosen, by=by, and_publish=and_publish)
    return max(writer.stop()) * 1000


def thirty_quotes(number):
    """Return a release of a new dialogue, with thirty speakers of fifteen organizations, and all its rows."""
    series, _ = Series.objects.get_or_create(code="LMP", defaults={"name": "Lanterns", "slug": "lanterns"})
    names = [f"Ana Ruiz{chr(97 + n // 10)}{chr(97 + n % 10)}{number}" for n in range(QUOTES)]
    release = workflow.PressRelease(
        "Text.", f"Lanterns {number}", "Vienna", date(2024, 5, 12),
        meetings=[workflow.MeetingEntry(None, series, f"Dialogue {number}", number, date(2024, 5, number))],
        people=[workflow.PersonEntry(name, "Director", "", f"House {n % 15}", 0) for n, name in enumerate(names)],
        quotes=[workflow.QuoteEntry(name, f"Door {n} is open", 0) for n, name in enumerate(names)],
    )  # fmt: skip
    rows = {(kind, n) for kind in ("meetings", "people", "quotes") for n in range(len(getattr(release, kind)))}
    return release, rows | {("news", 0)}


class SecondWriter:
    """A process that writes meanwhile (see `bench.second_writer`)."""

    def __init__(self):
        command = [
            sys.executable,
            "-m",
            "bench.second_writer",
            str(connection.settings_dict["NAME"]),
            Series._meta.db_table,
        ]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def stop(self):
        """End it and return its waits in seconds."""
        return json.loads(self.process.communicate("stop\n")[0])
