"""Letters to those who asked to hear of something: each says how to hear no more."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override


def send_letter(template, address, language, *, leave_at, context):
    """Queue a letter with the way to leave, in its text and in the header that mail programs offer as a button."""
    context = {**context, "base_url": settings.BASE_URL, "site_name": settings.SITE_NAME, "leave_at": leave_at}
    with override(language):
        subject, body = render_to_string(template, context).split("\n", 1)
    headers = {"List-Unsubscribe": f"<{leave_at}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(subject.strip(), body.lstrip(), None, [address], headers=headers).send()
