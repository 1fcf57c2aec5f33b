"""The verbs of the log of moves. Every app logs here, so that the log can be read in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What a move did to a record."""

    ACCEPT = "accept", _("accepted")
    ADD_SECOND_FACTOR = "add_second_factor", _("second factor added")
    APPROVE = "approve", _("approved")
    ASK_APPROVAL = "ask_approval", _("approval asked for")
    ASSIGN = "assign", _("assigned")
    CARRY_OVER_SOURCE = "carry_over_source", _("source carried over")
    CHECK = "check", _("checked")
    CONFIRM_SIGNER = "confirm_signer", _("signature confirmed")
    CONFIRM_SOURCE = "confirm_source", _("source confirmed")
    CONFIRM_WORDS = "confirm_words", _("words confirmed")
    CORRECT = "correct", _("corrected")
    CORRECT_WORDS = "correct_words", _("other words asked for")
    DECLINE = "decline", _("declined")
    DECLINE_EXTENSION = "decline_extension", _("more time declined")
    DECLINE_SIGNER = "decline_signer", _("signature declined")
    DELETE = "delete", _("deleted")
    DISMISS_SOURCE = "dismiss_source", _("source dismissed")
    ERASE = "erase", _("words and files deleted")
    FOLLOW_UP = "follow_up", _("follow-up linked")
    GRANT_EXTENSION = "grant_extension", _("more time granted")
    IMPORT = "import", _("brought in")
    # Translators: people got invitations to contribute to this call
    INVITE = "invite", _("invitations made")
    JOIN = "join", _("joined a team")
    LEAVE = "leave", _("left a team")
    MARK_PARAGRAPH = "mark_paragraph", _("paragraph marked")
    MERGE = "merge", _("merged with another record")
    # Translators: pages of a file are published as pictures, because they may have hidden text
    PICTURE_PAGES = "picture_pages", _("pages turned into pictures")
    PUBLISH = "publish", _("published")
    REMOVE_FOLLOW_UP = "remove_follow_up", _("follow-up removed")
    REMOVE_SECOND_FACTOR = "remove_second_factor", _("second factor removed")
    REQUEST_CHANGES = "request_changes", _("changes requested")
    RESET_SECOND_FACTOR = "reset_second_factor", _("second factor reset")
    RESTORE = "restore", _("put back")
    # Translators: letters with invitations to contribute to this call went out once more
    SEND_INVITATION = "send_invitation", _("invitations sent again")
    SEND_LETTER = "send_letter", _("letter sent to its filers")
    SHARE = "share", _("preview given")
    SUBMIT = "submit", _("sent")
    UNMARK_PARAGRAPH = "unmark_paragraph", _("mark removed from a paragraph")
    # Translators: the merger of two records was undone, and both are there again
    UNMERGE = "unmerge", _("merger undone")
    UNPUBLISH = "unpublish", _("unpublished")
    USE_CORRECTION = "use_correction", _("speaker’s words taken over")
    WITHDRAW = "withdraw", _("withdrawn")
    # Translators: the people in a photograph no longer agree to its publication
    WITHDRAW_CONSENT = "withdraw_consent", _("consent withdrawn")
    # Translators: invitations to contribute to this call no longer let anybody in
    WITHDRAW_INVITATION = "withdraw_invitation", _("invitations withdrawn")
    WITHDRAW_PREVIEW = "withdraw_preview", _("preview closed")
