"""The daily email to staff. It counts work by kind and age, and names no record and no person."""

from django.utils.translation import gettext_lazy as _

from mail.letter import Field, Letter, register

DAILY_WORK = register(
    Letter(
        "desk/letters/daily_work.txt",
        _("Daily email to staff"),
        _("To staff who asked for it on the staff desk, once a day, if there is something to do."),
        (
            Field(
                "work",
                _("How much work of each kind there is, how old the oldest is, and where it is done."),
                _("- Contributions to review: 4 (the oldest is 12 days old)"),
                is_needed=True,
            ),
            Field(
                "desk",
                _("The address of the staff desk, where the daily email is also turned off."),
                "https://portal.example/desk/",
                is_needed=True,
            ),
        ),
    )
)
