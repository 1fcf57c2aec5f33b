"""Moves of a contribution: check state and permission, save, log and email the filers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.models import Transition, Verb
from publishing.workflow import log, require_permission

from ..models import Contribution
from .move_letters import send_email, send_email_later

State = Contribution.State
Part = Transition.Part


class WrongStateError(ValidationError):
    """Raised if a move cannot start from the current state of a contribution, for example after a second click."""


@dataclass(frozen=True)
class Move:
    """The states in which a move may start, the state it leads to, who may make it, and the email it sends.

    A move that asks the filer to do something needs one: an imported contribution has none. If staff can undo a move,
    its email waits until they no longer can.
    """

    sources: tuple[str, ...]
    target: str
    by_filer: bool = False
    by_reviewer: bool = False
    email: str | None = None
    can_be_undone: bool = False
    needs_filer: bool = False


MOVES = {
    Verb.SUBMIT: Move((State.DRAFT, *Contribution.CORRECTABLE), State.SUBMITTED, by_filer=True, email="receipt"),
    Verb.ACCEPT: Move((State.SUBMITTED,), State.ACCEPTED, by_reviewer=True, email="accepted"),
    Verb.PUBLISH: Move(
        (State.SUBMITTED, State.ACCEPTED), State.PUBLISHED, by_reviewer=True, email="published", can_be_undone=True
    ),
    Verb.UNPUBLISH: Move(
        Contribution.CORRECTABLE, State.SUBMITTED, by_reviewer=True, email="unpublished", can_be_undone=True
    ),
    Verb.REQUEST_CHANGES: Move(
        (State.SUBMITTED, State.ACCEPTED), State.RETURNED, by_reviewer=True, email="returned", needs_filer=True
    ),
    Verb.CORRECT: Move(
        (*Contribution.CORRECTABLE, State.DECLINED, State.WITHDRAWN),
        State.SUBMITTED,
        by_reviewer=True,
        email="corrected",
    ),
    Verb.DECLINE: Move((State.SUBMITTED, State.ACCEPTED), State.DECLINED, by_reviewer=True, email="declined"),
    Verb.WITHDRAW: Move(Contribution.CORRECTABLE, State.WITHDRAWN, True, True, email="withdrawn"),
}


def move(
    contribution: Contribution,
    verb: Verb,
    *,
    by: Any,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Transition:
    """Make a move of a contribution and return the entry of the log. The caller must have locked its row.

    `changes` are fields to save with it; a `state` among them replaces the target of the table. `facts` go to the log.
    Raises WrongStateError if the move cannot start here, and PermissionDenied if `by` may not make it.
    """
    rule = MOVES[verb]
    if contribution.state not in rule.sources:
        raise WrongStateError(
            _("This contribution is “%(state)s”, so this is not possible."),
            params={"state": contribution.get_state_display()},
        )
    if rule.needs_filer and contribution.filer_id is None:
        raise WrongStateError(_("This contribution has no sender in the portal who could be asked: correct it here."))
    part = _part_of(by, contribution, rule)
    for field, value in {"state": rule.target, **changes}.items():
        setattr(contribution, field, value)
    contribution.save(update_fields=["updated_at", "state", *changes])
    entry = log(contribution, verb, by=by, note=note, part=part, facts=facts)
    if rule.email and rule.can_be_undone:
        send_email_later(rule.email, entry)
    elif rule.email:
        send_email(rule.email, contribution, note)
    return entry


def _part_of(by: Any, contribution: Contribution, rule: Move) -> Part:
    """Return the role in which `by` makes a move. Raises PermissionDenied."""
    if rule.by_filer and contribution.is_filed_by(by):
        return Part.SENDER
    if not rule.by_reviewer and by is not None:
        raise PermissionDenied
    require_permission(by, "publish", contribution)
    return Part.SYSTEM if by is None else Part.STAFF


def is_possible(contribution: Contribution, verb: Verb) -> bool:
    """Return whether a move can start from the current state of a contribution."""
    rule = MOVES[verb]
    return contribution.state in rule.sources and (not rule.needs_filer or contribution.filer_id is not None)


def require_note(contribution: Contribution, note: str) -> str:
    """Return `note` without surrounding whitespace. Raises ValidationError if nothing is left."""
    if not note.strip():
        to_filer, to_log = _("Write the message that the sender will read."), _("Write the reason, for the log.")
        raise ValidationError(to_filer if contribution.filer_id else to_log)
    return note.strip()
