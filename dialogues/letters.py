"""Letters about drafts. None holds a word of a draft: mail is read by others on its way."""

from mail.posting import post


def share(preview):
    """Queue the letter that holds the address of a preview; without an e-mail, staff pass the address on."""
    if preview.email:
        post("dialogues/letters/preview.txt", preview.email, {"preview": preview}, language=preview.language)
