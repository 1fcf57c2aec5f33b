"""In which browsers a preview that was given to one person opens.

Its address may be forwarded. If the address was sent by email, the preview opens in any browser in which someone enters
a code that was sent to the same mailbox. Otherwise it opens only in the first browser in which someone asks for it.
Each such browser keeps a secret, and the preview keeps its digest.
"""

import hashlib
import secrets
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.codes import HashedCode, digest_of
from accounts.limits import network_of
from mail.sending import send_letter

from .letters import PREVIEW_CODE
from .models import Preview
from .workflow import locked

CODE_SECONDS = 900
MAX_ATTEMPTS = 3  # at one code


def opens_here(request: HttpRequest, preview: Preview) -> bool:
    """Return whether this browser may show a preview. One that was given to nobody by name opens everywhere."""
    return preview.recipient_id is None or _digest(request.COOKIES.get(_cookie(preview), "")) in preview.readers


def send_code(request: HttpRequest, preview: Preview) -> None:
    """Send a code to the mailbox of a preview. Raises ValidationError if too many were requested."""
    key = f"{network_of(request)} {preview.pk}"
    if not ratelimit.consume(request, action="ask_preview_code", key=key):
        raise ValidationError(_("You asked for too many codes. Wait a minute, then ask again."))
    code: HashedCode = get_adapter().generate_login_code()
    request.session[_pending(preview)] = {"code": str(code), "at": time.time(), "attempts": 0}
    send_letter(PREVIEW_CODE, preview.email, lambda: {"code": code.code}, language=preview.language)


def waits_for_code(request: HttpRequest, preview: Preview) -> bool:
    """Return whether a code was sent that someone may enter in this browser."""
    return _pending(preview) in request.session


def check_code(request: HttpRequest, preview: Preview, typed: str) -> None:
    """Accept a code once. Raises ValidationError for a wrong or an old one, and forgets it after three attempts."""
    pending: dict[str, Any] = request.session.pop(_pending(preview), {})
    if not pending or time.time() - pending["at"] > CODE_SECONDS:
        raise ValidationError(_("This code has expired. Ask for a new one."))
    if constant_time_compare(pending["code"], digest_of(typed)):
        return
    pending["attempts"] += 1
    if pending["attempts"] < MAX_ATTEMPTS:
        request.session[_pending(preview)] = pending
    raise ValidationError(_("That is not the code. Check it, or ask for a new one."))


@transaction.atomic
def admit(preview: Preview) -> str:
    """Let a preview open in one more browser, and return the secret that this browser keeps.

    Raises ValidationError if the preview has no mailbox and already opens in another browser.
    """
    current = locked(preview)
    if current.readers and not current.email:
        raise ValidationError(_("This link was opened in another browser and works only there."))
    secret = secrets.token_urlsafe(24)
    current.readers = [*current.readers, _digest(secret)]
    current.save(update_fields=["readers"])
    return secret


def keep(response: HttpResponse, preview: Preview, secret: str) -> None:
    """Let the browser keep its secret until the preview expires."""
    seconds = int((preview.expires_at - timezone.now()).total_seconds())
    response.set_cookie(
        _cookie(preview), secret, max_age=seconds, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )


def _cookie(preview: Preview) -> str:
    return f"{settings.COOKIE_PREFIX}preview-{preview.pk}"


def _pending(preview: Preview) -> str:
    return f"code-of-preview-{preview.pk}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
