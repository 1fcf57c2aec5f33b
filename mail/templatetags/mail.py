from django import template

from mail.models import Letter, Outage

register = template.Library()


@register.simple_tag
def letters_undecided():
    """How many letters could not be sent, or may not have been, and wait for somebody to decide."""
    return Letter.objects.undecided().count()


@register.simple_tag
def mail_outage():
    """The outage of the mail server, or None."""
    return Outage.objects.first()
