"""Teams: people of one organization who see and continue the contributions that they share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from publishing.models import Transition, Verb
from publishing.workflow import locked, log
from text.localized import moment_text

from ..letters import TEAM_INVITATION
from ..models import Contribution, Membership, Team, TeamInvitation

INVITED_FOR = timedelta(days=14)
MAX_MEMBERS = 30  # with those who are invited
SENDER = Transition.Part.SENDER


@transaction.atomic
def make_team(name: str, *, by: Any) -> Team:
    """Create a team with `by` as its first member and return it. The same name, as from a second click, is one team."""
    same: Team | None = Team.objects.filter(name=name.strip(), members=by).first()
    if same:
        return same
    team = Team.objects.create(name=name.strip())
    _join(team, by)
    return team


@transaction.atomic
def invite_to_team(team: Team, address: str, *, by: Any) -> None:
    """Invite somebody to a team by letter. An earlier invitation of the same address is replaced.

    Nothing reveals whether the address has an account. Raises PermissionDenied for those outside the team, and
    ValidationError if the team is full.
    """
    current = _locked_for_member(team, by)
    address = address.lower()
    if current.members.filter(email=address).exists():
        raise ValidationError(_("This person has access already."))
    current.invitations.filter(address=address).delete()
    if current.memberships.count() + current.invitations.filter(expires_at__gt=timezone.now()).count() >= MAX_MEMBERS:
        raise ValidationError(_("No more people can be invited: remove somebody first."))
    expires_at = timezone.now() + INVITED_FOR
    invitation = TeamInvitation.objects.create(team=current, address=address, made_by=by, expires_at=expires_at)
    send_letter(TEAM_INVITATION, address, lambda: _values(invitation, by), language=by.language)


def _values(invitation: TeamInvitation, inviter: Any) -> dict[str, str]:
    return {
        "inviter": inviter.email,
        "team": invitation.team.name,
        "end": moment_text(invitation.expires_at),
        "link": f"{settings.BASE_URL}{reverse('contributions:teams')}",
    }


@transaction.atomic
def revoke_team_invitation(invitation: TeamInvitation, *, by: Any) -> None:
    """Delete an invitation. Raises PermissionDenied unless `by` is in its team or is the person invited."""
    if invitation.address.lower() != by.email.lower():
        _locked_for_member(invitation.team, by)
    invitation.delete()


@transaction.atomic
def accept_team_invitation(invitation: TeamInvitation, *, by: Any) -> Team:
    """Join a team, which uses up the invitation.

    Raises PermissionDenied for another address, and ValidationError if the invitation has expired.
    """
    team = locked(invitation.team)
    current: TeamInvitation | None = TeamInvitation.objects.filter(pk=invitation.pk).first()
    if current is None or current.expires_at <= timezone.now():
        raise ValidationError(_("This invitation has expired or was withdrawn. Ask for another one."))
    if current.address.lower() != by.email.lower():
        raise PermissionDenied
    _join(team, by)
    current.delete()
    return team


def _join(team: Team, user: Any) -> None:
    _membership, is_new = Membership.objects.get_or_create(team=team, user=user)
    if is_new:
        log(team, Verb.JOIN, by=user, part=SENDER)


@transaction.atomic
def remove_from_team(membership: Membership, *, by: Any) -> None:
    """End somebody's access at once, or one's own.

    What they shared stays with the team: it passes to `by`, or to the member who joined first. If the last member
    leaves, it stays theirs and the team is deleted. Raises PermissionDenied for those outside the team.
    """
    team = _locked_for_member(membership.team, by)
    gone: Membership | None = team.memberships.filter(pk=membership.pk).first()
    if gone is None:
        return
    leaver = gone.user
    gone.delete()
    heir = by if by.pk != leaver.pk else getattr(team.memberships.select_related("user").first(), "user", None)
    for contribution in Contribution.objects.select_for_update().filter(team=team, filer=leaver):
        if heir is None:
            contribution.team = None
        else:
            contribution.filer = heir
        contribution.save(update_fields=["team", "filer"])
    log(team, Verb.LEAVE, by=by, part=SENDER)
    if heir is None:
        team.delete()


@transaction.atomic
def share_with_team(contribution: Contribution, team: Team | None, *, by: Any) -> None:
    """Share a contribution with a team, whose members can then continue it. If `team` is None, stop sharing it.

    Raises PermissionDenied unless `by` filed it and is in the team.
    """
    current = locked(contribution)
    if current.filer_id != by.pk:
        raise PermissionDenied
    if team is not None:
        _locked_for_member(team, by)
    current.team = team
    current.save(update_fields=["team"])


def _locked_for_member(team: Team, by: Any) -> Team:
    """Return the row of a team, locked. Raises PermissionDenied unless `by` is in the team."""
    current = locked(team)
    if not current.memberships.filter(user=by).exists():
        raise PermissionDenied
    return current
