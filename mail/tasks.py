from django.db import transaction
from django_tasks import default_task_backend, task

from . import queue
from .delivery import Line
from .models import Letter, Outage

MOST_AT_ONCE = 100  # letters to a task, so that a worker which is told to stop does so soon


@task(priority=50)
def deliver_due():
    """Send what is due, before other work: somebody waits for a code. A server known to be down is left alone."""
    if not Outage.objects.holding().exists() and drain(most=MOST_AT_ONCE) == MOST_AT_ONCE:
        deliver_due.enqueue()


def drain(*, most):
    """Send letters that are due, one after another, `most` of them at the most; return how many were looked at.

    Stops where the server is down. What an earlier process left half done is never sent again from here.
    """
    queue.sweep()
    with Line() as line:
        for done in range(most):
            letter = Letter.objects.due().first()
            if letter is None:
                Outage.objects.over().delete()  # nobody waits for its end
                return done
            if not reached(line):
                return done
            if queue.claim(letter):
                outcome = line.carry(letter)
                settle(letter, outcome)
                if outcome.down:
                    hold(outcome.error)
                    return done
    return most


def reached(line):
    """Whether the server can be talked to; if not, it is left alone for a while and no letter is the worse for it."""
    try:
        line.open()
    except Exception as error:
        line.close()
        hold(error)
        return False
    return True


@transaction.atomic(durable=True)
def settle(letter, outcome):
    wake(queue.settle(letter, outcome))


@transaction.atomic(durable=True)
def hold(error):
    wake(queue.hold(error))


def wake(when):
    """Ask for a run at that time, if any; where tasks can't wait, `manage.py send_mail` sees to it."""
    if when and default_task_backend.supports_defer:
        deliver_due.using(run_after=when).enqueue()
