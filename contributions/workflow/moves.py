"""The one funnel that moves a contribution: it checks the table and the right, saves, logs and writes to the filer."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from contributions import letters
from contributions.models import Contribution
from publishing.models import Transition, Verb
from publishing.workflow import log, require_permission

State = Contribution.State
Part = Transition.Part


class WrongStateError(ValidationError):
    """The contribution is not, or is no longer, where a verb starts; a second click meets this."""


@dataclass(frozen=True)
class Move:
    """From which states a verb leads to which, and whether the filer may do it, or reviewers, or both."""

    sources: tuple
    target: str
    by_filer: bool = False
    by_reviewer: bool = False
    letter: str | None = None


MOVES = {
    Verb.SUBMIT: Move((State.DRAFT, *Contribution.CORRECTABLE), State.SUBMITTED, by_filer=True, letter="receipt"),
    Verb.ACCEPT: Move((State.SUBMITTED,), State.ACCEPTED, by_reviewer=True, letter="accepted"),
    Verb.PUBLISH: Move((State.SUBMITTED, State.ACCEPTED), State.PUBLISHED, by_reviewer=True, letter="published"),
    Verb.UNPUBLISH: Move(Contribution.CORRECTABLE, State.SUBMITTED, by_reviewer=True),
    Verb.REQUEST_CHANGES: Move((State.SUBMITTED, State.ACCEPTED), State.RETURNED, by_reviewer=True, letter="returned"),
    Verb.DECLINE: Move((State.SUBMITTED, State.ACCEPTED), State.DECLINED, by_reviewer=True, letter="declined"),
    Verb.WITHDRAW: Move(Contribution.CORRECTABLE, State.WITHDRAWN, True, True, letter="withdrawn"),
}


def move(contribution, verb, *, by, note="", facts=None, **changes):
    """Lead a contribution, whose row the caller has locked, through a verb; return the entry of the log.

    `changes` are fields that change with it; a `state` among them takes the place of the table's target.
    Raises WrongStateError where the verb does not start here, PermissionDenied for those who may not.
    """
    rule = MOVES[verb]
    if contribution.state not in rule.sources:
        raise WrongStateError(
            _("This contribution is “%(state)s” and can't go that way."),
            params={"state": contribution.get_state_display()},
        )
    part = demand_part(contribution, rule, by)
    for field, value in {"state": rule.target, **changes}.items():
        setattr(contribution, field, value)
    contribution.save(update_fields=["updated_at", "state", *changes])
    entry = log(contribution, verb, by=by, note=note, part=part, facts=facts)
    if rule.letter:
        letters.send(rule.letter, contribution, note=note)
    return entry


def demand_part(contribution, rule, by):
    """In which part `by` makes a move: as its sender, as staff, or as the system (None). Raises PermissionDenied."""
    if rule.by_filer and is_filer(contribution, by):
        return Part.SENDER
    if not rule.by_reviewer and by is not None:
        raise PermissionDenied
    require_permission(by, "publish", contribution)
    return Part.SYSTEM if by is None else Part.STAFF


def is_filer(contribution, by):
    """Whether `by` filed it. Nobody in particular (`by.pk` is None) did not file what lost its filer."""
    return by is not None and by.pk is not None and contribution.filer_id == by.pk


def demand_note(note):
    """The message without its margins; raises ValidationError if there is none."""
    if not note.strip():
        raise ValidationError(_("Write the message that the sender will read."))
    return note.strip()
