from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mail.models import Outage, OutgoingEmail
from mail.queue import purge
from mail.tasks import BATCH_SIZE, drain


class Command(BaseCommand):
    """Send email that a dead worker left in the queue. Run it every five minutes; it may run alongside the worker."""

    help = "Send the email that is due, and delete rows of email that was sent long ago."

    def handle(self, **options: Any) -> None:
        purge()
        while drain(limit=BATCH_SIZE) == BATCH_SIZE:
            pass
        waiting = OutgoingEmail.objects.waiting().count()
        if outage := Outage.objects.first():
            raise CommandError(f"The mail server is not accepting email ({outage}). Emails waiting: {waiting}.")
        self.stdout.write(f"Emails still waiting: {waiting}.")
