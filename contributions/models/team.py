from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """People of one organization who write contributions together. It is not a record of the organization itself."""

    name = models.CharField(_("name of the organization"), max_length=300)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="teams")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name", "pk"]
        default_permissions = []  # its members run it

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's access to the contributions that a team shares. It ends when the row is deleted."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership of a team")
        verbose_name_plural = _("memberships of teams")
        ordering = ["joined_at", "pk"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.team}: {self.user}"


class TeamInvitation(models.Model):
    """An invitation to a team. Only somebody who signs in with its address can accept it, once."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="invitations")
    address = models.EmailField(_("email address"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("invitation to a team")
        verbose_name_plural = _("invitations to teams")
        ordering = ["made_at", "pk"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["team", "address"], name="team_invitation_once")]

    def __str__(self) -> str:
        return f"{self.team}: {self.address}"
