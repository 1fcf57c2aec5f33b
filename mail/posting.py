"""Letters from templates."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import override


def post(template, address, context, *, language):
    """Queue a letter to one address, in the language of who gets it; the first line of its template is the subject."""
    site = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL}
    with override(language):
        subject, body = render_to_string(template, {**context, **site}).split("\n", 1)
    send_mail(subject.strip(), body.lstrip(), None, [address])
