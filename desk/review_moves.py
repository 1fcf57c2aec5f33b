"""The decisions on a contribution: those that are offered on its page, and several at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contributions import workflow
from contributions.checklists import Checklist, checklist_of
from contributions.models import Contribution, Look
from contributions.workflow import is_possible
from publishing.models import Verb

WAITING = (Contribution.State.SUBMITTED, Contribution.State.ACCEPTED)


@dataclass(frozen=True)
class ReviewMove:
    """A decision: its verb, the label of its button, the sentence once it is made, and its key.

    `style` is a class of its button.
    """

    verb: Verb
    label: str | Promise
    done: str | Promise
    key: str = ""
    takes_note: bool = False
    style: str = "quiet"

    @property
    def name(self) -> str:
        """The name of the verb, in forms and in `contributions.workflow`."""
        return str(self.verb.value)

    @property
    def run(self) -> Callable[..., None]:
        """The function of the workflow that makes the decision."""
        run: Callable[..., None] = getattr(workflow, self.name)
        return run


REVIEW_MOVES = {
    move.name: move
    for move in [
        ReviewMove(Verb.PUBLISH, _("Publish"), _("Published."), "p", style=""),
        # Translators: a button: accept a contribution, which is published later
        ReviewMove(Verb.ACCEPT, _("Accept"), _("Accepted."), "a"),
        ReviewMove(Verb.REQUEST_CHANGES, _("Request changes"), _("Changes requested."), "c", takes_note=True),
        ReviewMove(Verb.DECLINE, _("Decline"), pgettext_lazy("a contribution", "Declined."), "d", takes_note=True),
        ReviewMove(Verb.UNPUBLISH, _("Unpublish"), _("Unpublished."), "u"),
        ReviewMove(Verb.WITHDRAW, _("Withdraw"), pgettext_lazy("a contribution", "Withdrawn."), style="danger"),
    ]
}


def offered(contribution: Contribution, user: Any, checklist: Checklist) -> list[ReviewMove]:
    """Return the moves of a contribution that `user` can make now, or as soon as they have settled its checklist."""
    if not user.has_perm("contributions.publish_contribution"):
        return []
    return [move for move in REVIEW_MOVES.values() if _can_work(move, contribution, user, checklist)]


def _can_work(move: ReviewMove, contribution: Contribution, user: Any, checklist: Checklist) -> bool:
    if not is_possible(contribution, move.verb):
        return False
    match move.verb:
        case Verb.UNPUBLISH:
            return contribution.is_published
        case Verb.ACCEPT:
            return has_clean_copies(contribution)
        case Verb.PUBLISH:
            return has_clean_copies(contribution) and checklist.may_complete(user)
    return True


def has_clean_copies(contribution: Contribution) -> bool:
    """Return whether every file of the newest revision has a clean copy; without one, nothing is published."""
    return not contribution.newest.attachments.filter(document__clean_copy=None).exists()


def require_looked_at(contribution: Contribution, user: Any) -> None:
    """Raise ValidationError unless `user` opened the page of the newest revision, and its checklist is settled.

    Several contributions are decided at once only where this holds for each.
    """
    if contribution.state not in WAITING:
        return  # the move says why it cannot start
    if not Look.objects.filter(revision=contribution.newest_id, by=user).exists():
        raise ValidationError(_("Open its page and read it first."))
    if not checklist_of(contribution).is_settled:
        raise ValidationError(_("Tick each point of its checklist first."))


def decide_several(
    contributions: list[Contribution], user: Any, run: Callable[[Contribution], object]
) -> tuple[list[Contribution], list[tuple[Contribution, str]]]:
    """Decide on each contribution, and return those that went through and those that were refused, with the reason."""
    done, refused = [], []
    for contribution in contributions:
        try:
            require_looked_at(contribution, user)
            run(contribution)
        except ValidationError as error:
            refused.append((contribution, error.messages[0]))
        else:
            done.append(contribution)
    return done, refused


def require_publishable(contribution: Contribution, by: Any) -> None:
    """Raise ValidationError if `by` can't publish it, so that they know it before they confirm."""
    if not is_possible(contribution, Verb.PUBLISH):
        words = {"state": contribution.get_state_display()}
        raise ValidationError(_("This contribution is “%(state)s”, so this is not possible."), params=words)
    if not has_clean_copies(contribution):
        raise ValidationError(
            _("A file has no clean copy yet, and files are published only as clean copies: check its status.")
        )
    checklist_of(contribution).require_complete(by)
