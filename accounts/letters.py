"""The letters about signing in."""

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
SECOND_FACTOR = register(
    Letter(
        "accounts/letters/second_factor.txt",
        _("Second factor changed"),
        _("To a member of staff whose second factor was added, removed or reset."),
        (Field("change", _("What happened."), _("A second factor was added to your account."), is_needed=True),),
    )
)
