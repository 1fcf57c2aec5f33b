"""Limits on asking for codes and trying them, set so that nobody can keep someone else from signing in.

Clients are distinguished by network address, and with IPv6 by network, in which a client can take many addresses.
Asking for somebody else's codes uses up only one's own limits. A browser in which someone has signed in has its own
limits, apart from those of its network, so that its user can sign in even if an attacker is in the same network.
"""

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

KNOWN_BROWSER = f"{settings.COOKIE_PREFIX}known_browser"
MAX_KNOWN = 5  # people who share a browser
KNOWN_DAYS = 180


def may_ask_for_code(request: HttpRequest, email: str) -> bool:
    """Count a request for a code, and return whether it is within the limits."""
    if knows(request, email):
        return ratelimit.consume(request, action="ask_code_again", key=email.lower())
    return ratelimit.consume(request, action="ask_code", key=_client(request, email)) and ratelimit.consume(
        request, action="codes_to_address", key=email.lower()
    )


def too_many_attempts(request: HttpRequest, email: str) -> HttpResponse | None:
    """Count an attempt to enter a code, and return the answer to one too many."""
    if knows(request, email):
        return ratelimit.consume_or_429(request, action="try_code_again", key=email.lower())
    return ratelimit.consume_or_429(request, action="try_code", key=_client(request, email))


def knows(request: HttpRequest, email: str) -> bool:
    """Return whether someone has signed in with this address in this browser, and has not signed out."""
    return _mark_of(email) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser prove later that someone signed in with this address. The cookie does not name it."""
    mark = _mark_of(email)
    marks = [mark, *(other for other in _marks(request) if other != mark)][:MAX_KNOWN]
    response.set_cookie(
        KNOWN_BROWSER, signing.dumps(marks, salt=KNOWN_BROWSER), max_age=KNOWN_DAYS * 86400, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    """Forget the browser, because others may use it."""
    response.delete_cookie(KNOWN_BROWSER, samesite="Lax")


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks: list[str] = signing.loads(
            request.COOKIES.get(KNOWN_BROWSER, ""), salt=KNOWN_BROWSER, max_age=KNOWN_DAYS * 86400
        )
    except signing.BadSignature:
        return []
    return marks


def _mark_of(email: str) -> str:
    return salted_hmac("accounts.known_browser", email.lower(), algorithm="sha256").hexdigest()[:32]


def network_of(request: HttpRequest) -> str:
    """Return the address by which a client is counted; with IPv6, that of its network."""
    return str(get_ip(request))


def _client(request: HttpRequest, email: str) -> str:
    return f"{network_of(request)} {email.lower()}"
