from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django_tasks import task


@task(priority=50)
def deliver(*, subject, body, sender, recipients, headers=None):
    """Send one message of plain text through the delivery backend, before other work: somebody waits for a code."""
    connection = get_connection(settings.EMAIL_DELIVERY_BACKEND)
    EmailMessage(subject, body, sender, recipients, headers=headers, connection=connection).send()
