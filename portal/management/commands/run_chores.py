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
    """Run the periodic tasks; for cron, every five minutes. Each does only what is due."""

    help = f"Run {', '.join(CHORES)}; one that fails does not stop the others."

    def handle(self, **options: Any) -> None:
        failures = []
        for chore in CHORES:
            try:
                call_command(chore, stdout=self.stdout)
            except Exception as error:  # whatever it is, the others must run; cron emails the error
                failures.append(f"{chore}: {error}")
        if failures:
            raise CommandError("\n".join(failures))
