"""The letters with the address of a preview, and with the code that opens it."""

from django.utils.translation import gettext_lazy as _

from mail.letter import Field, Letter, register
from text.localized import example_moment

PREVIEW = register(
    Letter(
        "publishing/letters/preview.txt",
        _("Preview of a draft"),
        _("To people with whom staff share a draft, in the language that staff chose."),
        (
            Field("recipient", _("The name of the recipient, if staff gave one."), "Amal Haddad", in_subject=True),
            Field(
                "link",
                _("The address that opens the draft."),
                "https://portal.example/preview/JQX3hVbN/",
                is_needed=True,
            ),
            Field("end", _("When the address expires."), example_moment, in_subject=True),
        ),
    )
)
PREVIEW_CODE = register(
    Letter(
        "publishing/letters/preview_code.txt",
        _("Code for a preview"),
        _("To the mailbox of someone with whom staff share a draft, when they open it in a new browser."),
        (Field("code", _("The code. Without it nobody can open the draft."), "K7MQ2XWD", is_needed=True),),
    )
)
