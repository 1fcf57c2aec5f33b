"""Mail to the one who filed. No letter holds a word of the contribution: mail is read by others on its way."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from .receipts import in_groups

LETTERS = ("receipt", "accepted", "published", "returned", "declined", "withdrawn")


def send(letter, contribution, *, note=""):
    """Queue a letter, one of LETTERS, to the filer; a contribution without a filer has nobody to write to."""
    if contribution.filer is None:
        return
    newest = contribution.newest
    context = {"contribution": contribution, "revision": newest, "note": note, "code": in_groups(newest.receipt_code)}
    post(letter, contribution.filer.email, context)


def invite(invitation):
    """Queue the letter that holds the link of an invitation; without an address, staff pass the link on."""
    if invitation.email:
        post("invitation", invitation.email, {"invitation": invitation, "call": invitation.call})


def post(letter, address, context):
    """Queue a letter whose first line is its subject."""
    site = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL}
    text = render_to_string(f"contributions/letters/{letter}.txt", {**context, **site})
    subject, body = text.split("\n", 1)
    send_mail(subject.strip(), body.lstrip(), None, [address])
