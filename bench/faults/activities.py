"""What goes on while a fault is injected. Each activity ends when the portal has acknowledged it."""

import io
import shutil
import sqlite3
import time
from contextlib import closing

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import Error as AnyDatabaseError
from django.db import connections, transaction

from backups import archive
from bench.faults import people
from bench.faults.ledger import new_filing
from bench.faults.site import PATIENCE, is_alive, wait_until
from dialogues.checks import can_draw
from dialogues.models import Summary
from dialogues.workflow import write_paragraphs
from intake import workflow as intake
from intake.batches.batch_table import Table
from intake.batches.incoming_files import receive
from intake.models import Batch
from publishing.workflow import publish

ROWS = 2  # of a batch
RESTORE_SECONDS = 8.0  # within which the first restore is killed
RESTORE_PATIENCE = 5 * PATIENCE  # it loads the whole portal


class Activities:
    """Runs activities against a site; `filer`, `reviewer` are people, `staff` is the reviewer's account."""

    def __init__(self, site, ledger, call, filer, reviewer, staff):
        self.site, self.ledger, self.call = site, ledger, call
        self.filer, self.reviewer, self.staff = filer, reviewer, staff
        self.restore_seconds = RESTORE_SECONDS  # how long the last restore took

    def run(self, name, chance):
        """Run the activity of that name."""
        try:
            getattr(self, name)(chance)
        finally:
            connections.close_all()  # those of this thread

    def draft(self, chance):
        """Somebody writes a draft and leaves it."""
        filing = new_filing(chance)
        self.ledger.filings.append(filing)
        people.write_draft(self.filer, self.call.number, filing)

    def filing(self, chance):
        """Somebody files a contribution with a file."""
        filing = new_filing(chance)
        self.ledger.filings.append(filing)
        people.file(self.filer, self.call.number, filing)

    def publication(self, chance):
        """A reviewer publishes what was filed last and is not public."""
        if hidden := [one for one in self.ledger.sent if not one.is_public]:
            people.publish(self.reviewer, hidden[-1])
        else:
            self.filing(chance)

    def take_down(self, chance):
        """A reviewer hides a public contribution."""
        if public := [one for one in self.ledger.sent if one.is_public]:
            people.take_down(self.reviewer, chance.choice(public))
        else:
            self.publication(chance)

    def batch(self, chance):
        """Staff bring in a batch; the worker imports its rows."""
        filings = [new_filing(chance) for _ in range(ROWS)]
        heads = "File,Organisation,Title,Language,Consent"
        rows = [f"{one.mark}.txt,Open Door,{one.title},English,yes" for one in filings]
        uploads = [SimpleUploadedFile(f"{one.mark}.txt", one.content) for one in filings]
        made = Batch(made_by=self.staff, call=self.call)
        self.try_until_done(
            lambda: receive(made, uploads, SimpleUploadedFile("list.csv", "\n".join([heads, *rows]).encode()))
        )
        asked = self.try_until_done(lambda: intake.confirm(made, Table(made, self.staff).ready(), by=self.staff))
        if asked == ROWS:
            self.ledger.batches.append([one.title for one in filings])

    def drawing(self, chance):
        """Staff publish a summary, and the worker draws it as PDF."""
        if can_draw():
            version = len(self.ledger.pdfs) + 1
            summary = self.try_until_done(lambda: self.publish_summary(version, new_filing(chance).text))
            self.ledger.pdfs.append(f"{summary.get_absolute_url()}pdf/")

    @transaction.atomic
    def publish_summary(self, version, text):
        """Return the public summary of this version. A first attempt may have made it."""
        changes = "Other words." if version > 1 else ""
        summary, _is_new = Summary.objects.get_or_create(
            dialogue=self.call.dialogue, version=version, defaults={"changes": changes}
        )
        if not summary.is_published:
            write_paragraphs(summary, f"1. {text}")
            publish(summary, by=self.staff)
        return summary

    def rebuild(self, chance):
        """An operator rebuilds the index."""
        self.command("rebuild_index", "--noinput", "--verbosity", "0")

    def backup(self, chance):
        """A backup is made. One that was interrupted must not look like a backup."""
        folder = self.site.folder / "backups"
        folder.mkdir(exist_ok=True)
        self.command("backup", "--to", str(folder), "--keep-all")
        for path in folder.glob("*"):
            if not path.name.endswith((".part", ".jsonl")):
                archive.verified(path, "")
        shutil.rmtree(folder)

    def restore(self, chance):
        """A backup is restored into an empty place. What was taken down since must not be public there."""
        self.publication(chance)
        place, folder = self.site.folder / "restored", self.site.folder / "backups"
        folder.mkdir(exist_ok=True)
        call_command("backup", stdout=io.StringIO(), stderr=io.StringIO())
        self.take_down(chance)
        [backup] = folder.glob("*.tar")
        shutil.rmtree(place, ignore_errors=True)
        self.site.seconds_to_kill = self.restore_seconds
        self.command("restore", str(backup), place=place)
        check_restored(self.ledger, place)
        shutil.rmtree(folder)

    def chores(self, chance):
        """Run the chores, as cron does."""
        self.command("run_chores")

    def mirror(self, chance):
        """Renew the copy of the public site, and check that it has what is public and nothing else."""
        folder = self.site.folder / "mirror"
        self.command("mirror", str(folder))
        copy = "".join(path.read_text("utf8") for path in folder.rglob("*.html"))
        for filing in self.ledger.sent:
            if filing.is_public != (filing.mark in copy):
                raise people.GivenUpError(f"{filing.title} is {'missing from' if filing.is_public else 'in'} the copy.")

    def command(self, *words, place=None):
        """Run a command to its end; `site.commands` has its process meanwhile.

        If the next fault kills commands, run it again until one was killed, and then once more. If everything was
        killed, it is run again too. If it has a `place` of its own, that is empty until one was killed.
        """
        is_target = True
        while is_target:
            is_target = self.site.kills_commands
            if place and is_target:
                shutil.rmtree(place, ignore_errors=True)
            pid = self.site.command_at(place, *words) if place else self.site.command(*words)
            self.site.commands.append(pid)
            began = time.monotonic()
            wait_until(lambda: not is_alive(pid), RESTORE_PATIENCE if place else PATIENCE)  # noqa: B023
            self.site.commands.remove(pid)
            is_target = is_target or pid in self.site.killed
            if place and not is_target:
                self.restore_seconds = time.monotonic() - began

    def try_until_done(self, action):
        """Do something in this process until no fault of the database or the disk stops it."""
        done = []

        def attempt():
            try:
                done.append(action())
            except (AnyDatabaseError, OSError):
                connections.close_all()
            return bool(done)

        if not wait_until(attempt, PATIENCE):
            raise people.GivenUpError("The batch could not be brought in.")
        return done[0]


def check_restored(ledger, place):
    """Raise GivenUpError unless a restored portal shows what is public, and nothing else."""
    with closing(sqlite3.connect(place / "portal.sqlite3")) as database:
        rows = database.execute("SELECT reference, published_at IS NOT NULL FROM contributions_contribution")
        public = {reference for reference, is_public in rows if is_public}
    if public != {filing.reference for filing in ledger.sent if filing.is_public}:
        raise people.GivenUpError(f"The restored portal shows {sorted(public)}.")
    if not (place / "static/portal.css").exists():
        raise people.GivenUpError("The restored portal has no static files.")
