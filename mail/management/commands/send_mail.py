from django.core.management.base import BaseCommand, CommandError

from mail.models import Letter, Outage
from mail.tasks import MOST_AT_ONCE, drain
from mail.workflow import purge


class Command(BaseCommand):
    """Sends what a worker that died may have left; run it every five minutes. It may run beside the worker."""

    help = "Send the mail that is due, and forget what went long ago."

    def handle(self, **options):
        purge()
        while drain(most=MOST_AT_ONCE) == MOST_AT_ONCE:
            pass
        waiting = Letter.objects.waiting().count()
        if outage := Outage.objects.first():
            raise CommandError(f"The mail server takes nothing ({outage}); letters that wait for it: {waiting}.")
        self.stdout.write(f"Letters that still wait: {waiting}.")
