"""The address that waits for a sign-in code in a session."""

from allauth.account.internal.stagekit import get_pending_stage
from django.http import HttpRequest


def address_awaiting_a_code(request: HttpRequest) -> str:
    """Return the address to which this session had a code sent that was not entered yet, or ""."""
    stage = get_pending_stage(request)
    return (stage.login.email or "") if stage else ""
