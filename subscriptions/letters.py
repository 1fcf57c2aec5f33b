"""The fields that the letters of all subscriptions have."""

from django.utils.translation import gettext_lazy as _

from mail.letter import Field

CONFIRM = Field(
    "confirm",
    _("The address at which the reader confirms. Without it no alert is ever sent."),
    "https://portal.example/alerts/4f1c/confirm/",
    is_needed=True,
)
UNSUBSCRIBE = Field(
    "unsubscribe",
    _("The address at which the reader unsubscribes. Every alert must have it."),
    "https://portal.example/alerts/4f1c/leave/",
    is_needed=True,
)
