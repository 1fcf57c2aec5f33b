"""Second factors as their owners hold them: an authenticator app."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

AGAIN = "/accounts/second-factor/again/"


def app_of(user):
    """Give a user an authenticator app, and return its key."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def shown_now(secret):
    """Return what the app shows now."""
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def code_of(secret):
    """Return what the app shows, as if half a minute had passed: the portal takes each code once."""
    cache.clear()
    return shown_now(secret)


def kinds_of(user):
    """Return the kinds of second factor that a user has."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def prove_again(browser, secret):
    """Go through the page that asks again."""
    return browser.post(AGAIN, {"code": code_of(secret)})
