"""Signals of background work."""

from django.dispatch import Signal

# A task is not tried any more. Sent with `task`, a `models.QueuedTask`, in the transaction that sets it aside.
# Receivers record the failure where the people who wait for the result will see it.
task_set_aside = Signal()
