"""Admin pages for calls and invitations, and all records of contributions."""

from .calls import CallAdmin, InvitationAdmin
from .contributions import ContributionAdmin

__all__ = ["CallAdmin", "ContributionAdmin", "InvitationAdmin"]
