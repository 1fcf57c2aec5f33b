from django import template

from ..models import Outage, OutgoingEmail

register = template.Library()


@register.simple_tag
def undecided_email_count() -> int:
    """Return how many emails could not be sent, or may not have been, and wait for a decision of staff."""
    return OutgoingEmail.objects.undecided().count()


@register.simple_tag
def mail_outage() -> Outage | None:
    """Return the current outage of the mail server, or None."""
    return Outage.objects.first()
