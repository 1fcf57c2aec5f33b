"""The letter with the code to sign in."""

from django.utils.translation import gettext_lazy as _

from mail.letter import Field, Letter, register

SIGN_IN_CODE = register(
    Letter(
        "accounts/letters/sign_in_code.txt",
        _("Code to sign in"),
        _("To anyone who asks for a code, in the language of the page."),
        (Field("code", _("The code. Without it nobody can sign in."), "K7MQ2XWD", is_needed=True),),
    )
)
