"""Teams: who sees and continues the contributions of an organization, and which contributions are shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import User

from .. import workflow
from ..forms import InviteForm, TeamForm, TeamMoveForm
from ..models import Contribution, Team, TeamInvitation
from .private import OwnContributionMixin, PrivateMixin


class TeamsView(PrivateMixin, View):
    """The teams of the signed-in user: who has access, who is invited, and which invitations the user has."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._render()

    def post(self, request: HttpRequest) -> HttpResponseBase:
        moves: dict[str, Callable[..., HttpResponseBase | None]] = {
            "make": self._make, "invite": self._invite, "accept": self._accept,
            "revoke": self._revoke, "remove": self._remove,
        }  # fmt: skip
        move, named = moves.get(request.POST.get("move", "")), TeamMoveForm(request.POST)
        response: HttpResponseBase | None = None
        try:
            if move is None or not named.is_valid():
                raise PermissionDenied
            response = move(cast("User", request.user), **named.cleaned_data)
        except PermissionDenied:  # teams of others answer like those that do not exist
            messages.info(request, _("This has already been done, or is no longer possible."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return response or redirect("contributions:teams")

    def _make(self, user: User, **named: Any) -> HttpResponse | None:
        form = TeamForm(self.request.POST)
        if not form.is_valid():
            return self._render(team_form=form)
        workflow.make_team(form.cleaned_data["name"], by=user)
        return None

    def _invite(self, user: User, *, team: Team | None, **named: Any) -> HttpResponseBase | None:
        form = InviteForm(self.request.POST)
        if team is None or not form.is_valid():
            return self._render(invite_form=form, invited_to=team)
        if limited := ratelimit.consume_or_429(self.request, action="letters_to_others", key=str(user.pk)):
            return limited
        workflow.invite_to_team(team, form.cleaned_data["address"], by=user)
        messages.success(self.request, _("The invitation has been sent."))
        return None

    def _accept(self, user: User, *, invitation: TeamInvitation | None, **named: Any) -> None:
        if invitation is None:
            raise ValidationError(_("This invitation has expired or was withdrawn. Ask for another one."))
        team = workflow.accept_team_invitation(invitation, by=user)
        messages.success(self.request, _("You have joined %(team)s.") % {"team": team})

    def _revoke(self, user: User, *, invitation: TeamInvitation | None, **named: Any) -> None:
        if invitation is not None:
            workflow.revoke_team_invitation(invitation, by=user)
        messages.success(self.request, _("The invitation has been withdrawn."))

    def _remove(self, user: User, *, membership: Any, **named: Any) -> None:
        if membership is not None:
            workflow.remove_from_team(membership, by=user)
        messages.success(self.request, _("Their access has ended."))

    def _render(self, **context: Any) -> HttpResponse:
        user = cast("User", self.request.user)
        teams = Team.objects.filter(members=user).prefetch_related("memberships__user", "invitations")
        waiting = TeamInvitation.objects.filter(address=user.email, expires_at__gt=timezone.now())
        has_errors = any(form.errors for form in context.values() if hasattr(form, "errors"))
        context = {
            "teams": teams,
            "waiting": waiting.select_related("team"),
            "team_form": TeamForm(),
            "invite_form": InviteForm(),
            "now": timezone.now(),
            **context,
        }
        return render(self.request, "contributions/teams.html", context, status=422 if has_errors else 200)


class ShareView(OwnContributionMixin, View):
    """Shares a contribution with a team of its filer, or ends that."""

    def get(self, request: HttpRequest, key: Any) -> HttpResponse:
        return render(request, "contributions/share.html", self._context())

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        context = self._context()
        chosen = request.POST.get("team", "")
        team = next((team for team in context["teams"] if str(team.pk) == chosen), None)
        if team is None and chosen:
            return render(request, "contributions/share.html", context, status=422)
        workflow.share_with_team(context["contribution"], team, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("contributions:share", key=key)

    def _context(self) -> dict[str, Any]:
        contribution: Contribution = self.get_object()
        if contribution.filer_id != self.request.user.pk:
            raise Http404
        teams = Team.objects.filter(members=self.request.user).prefetch_related("memberships__user")
        return {"contribution": contribution, "teams": list(teams)}
