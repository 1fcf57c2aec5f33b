"""Admin pages for calls, invitations, and the review of contributions."""

from .calls import CallAdmin, InvitationAdmin
from .contributions import ContributionAdmin

__all__ = ["CallAdmin", "ContributionAdmin", "InvitationAdmin"]
