"""What the log calls a move, in words. Rooms above this one log here too: the log is read in one place."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "accept": _("accepted"),
    "approve": _("approved"),
    "assign": _("assigned"),
    "bring_in": _("brought in"),
    "carry over": _("source carried over"),
    "check": _("checked"),
    "confirm": _("words confirmed"),
    "confirm source": _("source confirmed"),
    "correct": _("other words asked for"),
    "decline": _("declined"),
    "delete": _("deleted"),
    "dismiss source": _("source dismissed"),
    "forget": _("words and files deleted"),
    "publish": _("published"),
    "request_changes": _("changes requested"),
    "restore": _("put back"),
    "share": _("preview given"),
    "submit": _("sent"),
    "take over": _("speaker’s words taken over"),
    "unpublish": _("unpublished"),
    "withdraw": _("withdrawn"),
    "withdraw preview": _("preview closed"),
}
