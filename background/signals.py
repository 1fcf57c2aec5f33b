"""Signals of background work."""

from django.dispatch import Signal

# A task is not tried any more. Sent with `task`, a `models.QueuedTask`, in the transaction that sets it aside.
# Receivers record that nothing comes of it where those who wait for it look.
task_set_aside = Signal()
