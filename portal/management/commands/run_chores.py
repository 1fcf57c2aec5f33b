import re
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

CHORES = [
    "publish_due",
    "send_search_alerts",
    "send_document_alerts",
    "send_reminders",
    "send_daily_work",
    "renew_similar_records",
    "make_pdfs",
    "delete_expired_contributions",
    "delete_expired_records",
    "delete_expired_accounts",
    "sweep_uploads",
    "resume_batches",
    "sweep_cards",
    "sweep_markdown",
    "sweep_tasks",
    "note_moves",
    "renew_mirror",
    "send_mail",
]


class Command(BaseCommand):
    """Run the periodic tasks; for cron, every five minutes. Each does only what is due.

    cron emails what a command prints, so only what was done is printed, after the name of the task.
    """

    help = f"Run {', '.join(CHORES)}; one that fails does not stop the others. Print what was done."

    def handle(self, **options: Any) -> None:
        failures = []
        for chore in CHORES:
            told = StringIO()
            try:
                call_command(chore, stdout=told)
            except Exception as error:  # whatever it is, the others must run; cron emails the error
                failures.append(f"{chore}: {error}")
            for line in told.getvalue().splitlines():  # one with zeros only says that there was nothing to do
                numbers = [int(number) for number in re.findall(r"\d+", line)]
                if any(numbers) or not numbers:
                    self.stdout.write(f"{chore}: {line}")
        if failures:
            raise CommandError("\n".join(failures))
