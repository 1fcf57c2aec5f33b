"""The desk of contributions: calls and invitations, and the review of what is sent."""

from .calls import CallAdmin, InvitationAdmin
from .review import ContributionAdmin

__all__ = ["CallAdmin", "ContributionAdmin", "InvitationAdmin"]
