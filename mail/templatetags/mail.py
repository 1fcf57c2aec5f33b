from django import template

from ..models import LetterText, Outage, OutgoingEmail
from ..sending import unusable_texts

register = template.Library()


@register.simple_tag
def undecided_email_count() -> int:
    """Return how many emails could not be sent, or may not have been, and wait for a decision of staff."""
    return OutgoingEmail.objects.undecided().count()


@register.simple_tag
def mail_outage() -> Outage | None:
    """Return the current outage of the mail server, or None."""
    return Outage.objects.first()


@register.simple_tag
def unusable_letter_texts() -> list[tuple[LetterText, str]]:
    """Return the words of staff that can't be sent, so that the default goes out, each with the reason."""
    return unusable_texts()
