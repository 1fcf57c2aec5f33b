"""Mail leaves through the task queue: a request never waits for a mail server, and a dead one loses nothing."""

from django.core.mail.backends.base import BaseEmailBackend

from .tasks import deliver


class QueuedBackend(BaseEmailBackend):
    """Django's way to send, with a task a message instead of a connection."""

    def send_messages(self, messages):
        """Queue each message in the current transaction; return how many."""
        for message in messages:
            deliver.enqueue(
                subject=message.subject,
                body=message.body,
                sender=message.from_email,
                recipients=message.recipients(),
                headers=message.extra_headers,
            )
        return len(messages)
