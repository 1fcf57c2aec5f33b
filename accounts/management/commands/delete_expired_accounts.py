from typing import Any

from django.core.management.base import BaseCommand

from accounts import workflow


class Command(BaseCommand):
    """Delete what the privacy page promises to delete of people who sign in."""

    help = "Delete accounts that nobody proved or used for long, and expired sessions."

    def handle(self, **options: Any) -> None:
        unproved, idle, sessions = workflow.delete_unproved(), workflow.delete_idle(), workflow.forget_sessions()
        if unproved or idle or sessions:
            self.stdout.write(
                f"Deleted {unproved} accounts that nobody proved, {idle} that nobody used, {sessions} expired sessions."
            )
