"""Mail to the one who filed. No letter holds a word of the contribution: mail is read by others on its way."""

from mail.queue import send_templated_mail

from .receipts import in_groups

LETTERS = ("receipt", "accepted", "published", "returned", "declined", "withdrawn")


def send(letter, contribution, *, note=""):
    """Queue a letter, one of LETTERS, to the filer; a contribution without a filer has nobody to write to."""
    filer = contribution.filer
    if filer is None:
        return
    newest = contribution.newest
    context = {"contribution": contribution, "revision": newest, "note": note, "code": in_groups(newest.receipt_code)}
    send_templated_mail(f"contributions/letters/{letter}.txt", filer.email, context, language=filer.language)


def invite(invitation):
    """Queue the letter that holds the link of an invitation; without an address, staff pass the link on."""
    if invitation.email:
        send_templated_mail(
            "contributions/letters/invitation.txt",
            invitation.email,
            {"invitation": invitation, "call": invitation.call},
            language=invitation.language,
        )
