"""Mail to the one who filed. No letter holds a word of the contribution: mail is read by others on its way."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

LETTERS = ("receipt", "published", "returned", "declined", "withdrawn")


def send(letter, contribution, *, note=""):
    """Queue a letter, one of LETTERS, to the filer; a contribution without a filer has nobody to write to."""
    if contribution.filer is None:
        return
    context = {
        "contribution": contribution,
        "note": note,
        "site_name": settings.SITE_NAME,
        "base_url": settings.BASE_URL,
    }
    text = render_to_string(f"contributions/letters/{letter}.txt", context)
    subject, body = text.split("\n", 1)
    send_mail(subject.strip(), body.lstrip(), None, [contribution.filer.email])
