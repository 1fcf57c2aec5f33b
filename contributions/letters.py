"""The letters to filers: receipts, decisions, invitations and reminders.

None of them has a field for the title or the text of a contribution, because others may be able to read it in transit.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mail.letter import SITE, Field, Letter, register
from text.localized import example_moment

from .models import Call

REFERENCE = Field("reference", _("The reference of the contribution."), "TIP-2026-KRMVXT", in_subject=True)
MINE = Field(
    "mine",
    _("The address of the filer’s own contributions and drafts."),
    "https://portal.example/contributions/mine/",
    is_needed=True,
)
NOTE = Field(
    "note",
    _("What the reviewer writes to the filer."),
    _("Please leave out the name in the second paragraph."),
    is_needed=True,
)
END = Field("end", _("Until when it can be sent."), example_moment, is_needed=True)

RECEIPT = Letter(
    "contributions/letters/receipt.txt",
    _("Receipt"),
    _("To filers, as soon as a contribution or a correction has arrived."),
    (
        replace(REFERENCE, is_needed=True),
        Field("arrival", _("When it arrived, to the second."), example_moment, is_needed=True),
        Field("revision", _("The number of the revision: 1, then one more for each correction."), "1"),
        Field("files", _("The digest of each file, if there are any."), "1: 9f86d081884c7d65…", is_needed=True),
        Field(
            "code",
            _("The secret code, with which its holder proves what arrived and when."),
            "K7MQ-2XWD-9PLC-4RTB-HNVS-6JFG-3ZAY-8EUK",
            is_needed=True,
        ),
        Field("check", _("The address at which a receipt is checked."), "https://portal.example/check/"),
        MINE,
    ),
)
ACCEPTED = Letter(
    "contributions/letters/accepted.txt",
    pgettext_lazy("a contribution", "Accepted"),
    _("To filers, when a contribution is accepted and not yet published."),
    (
        REFERENCE,
        Field("publication", _("When it will be published, if that is planned."), example_moment),
        MINE,
    ),
)
PUBLISHED = Letter(
    "contributions/letters/published.txt",
    pgettext_lazy("a contribution", "Published"),
    _("To filers, when a contribution is published."),
    (REFERENCE, MINE),
)
UNPUBLISHED = Letter(
    "contributions/letters/unpublished.txt",
    pgettext_lazy("a contribution", "No longer published"),
    _("To filers, when a published contribution is taken back into review."),
    (REFERENCE, MINE),
)
CORRECTED = Letter(
    "contributions/letters/corrected.txt",
    _("Corrected by the secretariat"),
    _("To filers, when staff correct what they sent."),
    (
        REFERENCE,
        Field("revision", _("The number of the revision: 1, then one more for each correction."), "2"),
        replace(NOTE, is_needed=False),
        MINE,
    ),
)
RETURNED = Letter(
    "contributions/letters/returned.txt",
    _("Changes requested"),
    _("To filers, when a reviewer asks for changes."),
    (REFERENCE, NOTE, MINE),
)
DECLINED = Letter(
    "contributions/letters/declined.txt",
    pgettext_lazy("a contribution", "Declined"),
    _("To filers, when a contribution is declined."),
    (REFERENCE, NOTE, MINE),
)
WITHDRAWN = Letter(
    "contributions/letters/withdrawn.txt",
    pgettext_lazy("a contribution", "Withdrawn"),
    _("To filers, when a contribution is withdrawn, by them or by staff."),
    (REFERENCE, MINE),
)
PICTURED = Letter(
    "contributions/letters/pictured.txt",
    _("Pages as pictures"),
    _("To filers, when a reviewer has pages of a file published as pictures because they may have hidden text."),
    (
        REFERENCE,
        Field("file", _("The number of the file."), "1", is_needed=True),
        Field("pages", _("The numbers of the pages."), "2, 3", is_needed=True),
        MINE,
    ),
)
INVITATION = Letter(
    "contributions/letters/invitation.txt",
    _("Invitation to contribute"),
    _("To organizations that staff invite, in the language that staff chose."),
    (
        Field("organization", _("The name of the organization, if staff gave one."), "Open Door", in_subject=True),
        Field("call", _("The title of the call."), _("Call for contributions"), in_subject=True),
        END,
        Field(
            "link",
            _("The address that lets them in, once."),
            "https://portal.example/invitations/JQX3/",
            is_needed=True,
        ),
    ),
)
REMINDER = Letter(
    "contributions/letters/reminder.txt",
    _("Reminder a week before closing"),
    _("To filers with an unsent draft. It names neither the call nor the draft, because others may read it."),
    (END, MINE),
)
LAST_REMINDER = Letter(
    "contributions/letters/last_reminder.txt",
    _("Reminder a day before closing"),
    _("To filers with an unsent draft, with what it lacks. It names neither the call nor the draft."),
    (
        END,
        Field(
            "missing",
            _("What the draft lacks, one item a line."),
            _("- Agree to the publication, or save the draft and come back."),
            is_needed=True,
        ),
        MINE,
    ),
)

CALL = Field("call", _("The title of the call."), _("Call for contributions"))
EXTENSION_GRANTED = Letter(
    "contributions/letters/extension_granted.txt",
    _("More time"),
    _("To somebody who asked for more time, when it is granted."),
    (
        CALL,
        END,
        replace(NOTE, meaning=_("What staff write with the answer, if anything.")),
        Field(
            "link",
            _("The address of their drafts, or the one that lets them in, once."),
            "https://portal.example/contributions/mine/",
            is_needed=True,
        ),
    ),
)
EXTENSION_DECLINED = Letter(
    "contributions/letters/extension_declined.txt",
    _("More time declined"),
    _("To somebody who asked for more time, when it is declined."),
    (CALL, replace(NOTE, meaning=_("What staff write with the answer.")), MINE),
)
HELD = Letter(
    "contributions/letters/held.txt",
    _("Held until the address is confirmed"),
    _("To the address of a contribution that was sent without a code. It says nothing of the contribution."),
    (
        Field("arrival", _("When it arrived, to the second."), example_moment, is_needed=True),
        END,
        Field(
            "link",
            _("The address of the page where the contribution is submitted, after signing in."),
            "https://portal.example/contributions/held/",
            is_needed=True,
        ),
    ),
)
TEAM_INVITATION = Letter(
    "contributions/letters/team_invitation.txt",
    _("Invitation to write together"),
    _("To people whom a filer invites to write together."),
    (
        Field("inviter", _("The email address of the person who invites."), "filer@example.org", is_needed=True),
        Field("team", _("The name of the organization, as its people wrote it."), "Open Door"),
        Field("end", _("Until when the invitation can be accepted."), example_moment, is_needed=True),
        Field(
            "link",
            _("The address of the page on which it is accepted, after signing in."),
            "https://portal.example/contributions/teams/",
            is_needed=True,
        ),
    ),
)
SIGNATURE = Letter(
    "contributions/letters/signature.txt",
    _("Question to a joint signer"),
    _("To an organization that a filer names as a joint signer. It names neither the filer nor the contribution."),
    (
        Field("organization", _("The name of the organization."), "Open Door"),
        CALL,
        Field(
            "link",
            _("The address at which it says whether it signs."),
            "https://portal.example/contributions/sign/JQX3/",
            is_needed=True,
        ),
    ),
)
SIGNATURE_AGAIN = replace(
    SIGNATURE,
    template="contributions/letters/signature_again.txt",
    title=_("Question to a joint signer after a change"),
    purpose=_("To an organization that confirmed that it signs, when the text or the files were changed since."),
)

# By the names that the table of moves uses (`Move.email`).
OF_MOVES = {
    "receipt": RECEIPT,
    "accepted": ACCEPTED,
    "published": PUBLISHED,
    "unpublished": UNPUBLISHED,
    "corrected": CORRECTED,
    "returned": RETURNED,
    "declined": DECLINED,
    "withdrawn": WITHDRAWN,
}

for letter in (
    *OF_MOVES.values(), PICTURED, INVITATION, REMINDER, LAST_REMINDER, EXTENSION_GRANTED, EXTENSION_DECLINED, HELD,
    TEAM_INVITATION, SIGNATURE, SIGNATURE_AGAIN,
):  # fmt: skip
    register(letter)


def fields_for(call: Call) -> tuple[Field, ...]:
    """Return the fields that a letter to the filers of a call may use. A hidden call is not named."""
    public = (
        Field("call", _("The title of the call."), call.localized.title.text, in_subject=True),
        Field("dialogue", _("The title of the dialogue."), call.dialogue.localized.title.text, in_subject=True),
        Field("page", _("The address of the call."), ""),
    )
    end = Field("end", _("When the call closes."), example_moment, in_subject=True)
    mine = Field("mine", MINE.meaning, MINE.example)
    return (*(public if call.is_public else ()), end, mine, SITE)
