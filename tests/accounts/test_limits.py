"""Limits on requesting and trying codes, and how visitors are told apart."""

import pytest
from allauth.core import ratelimit
from django.core import mail
from django.core.cache import cache
from django.test import RequestFactory

from .conftest import Visitor, code_in_mail

PROXY = "10.0.0.1"
LIMIT = 20  # codes per minute for one IP address


@pytest.fixture
def behind_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def codes_sent_to(address, number, **headers):
    """Request codes for that many addresses from one IP address, and return how many were sent."""
    mail.outbox.clear()
    for each in range(number):
        Visitor(REMOTE_ADDR=address, **headers).ask(f"p{each}@example.org")
    return len(mail.outbox)


def test_one_ip_address_has_a_limit_of_codes(db):
    assert codes_sent_to("192.0.2.1", LIMIT + 5) == LIMIT


@pytest.mark.usefixtures("behind_proxy")
def test_behind_a_proxy_the_limit_applies_to_the_forwarded_address(db):
    assert codes_sent_to(PROXY, LIMIT + 5, HTTP_X_FORWARDED_FOR="192.0.2.1") == LIMIT
    Visitor(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.2").ask("other@example.org")
    assert len(mail.outbox) == LIMIT + 1


@pytest.mark.usefixtures("behind_proxy")
def test_a_forged_forwarded_header_does_not_evade_the_limit(db):
    for each in range(LIMIT + 5):
        Visitor(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"198.51.100.{each}, 192.0.2.1").ask(f"p{each}@example.org")
    assert len(mail.outbox) == LIMIT


def test_without_a_proxy_the_forwarded_header_is_ignored(db):
    for each in range(LIMIT + 5):
        Visitor(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{each}").ask(f"p{each}@example.org")
    assert len(mail.outbox) == LIMIT


@pytest.mark.usefixtures("behind_proxy")
def test_a_proxy_on_a_unix_socket_works(participant):
    visitor = Visitor(REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert visitor.sign_in(participant.email) == "/contributions/mine/"


ATTACKER, OWNER = "192.0.2.66", "192.0.2.1"


def guesses(email, number, address=ATTACKER):
    """Try wrong codes of one account from one network address, in sessions of two attempts each; return the answers."""
    answers = []
    for _ in range(number // 2):
        forget(email, address)  # as if minutes passed
        guesser = Visitor(REMOTE_ADDR=address)
        guesser.ask(email)
        answers += [guesser.enter("wrong").status_code for _ in range(2)]
    return answers


def forget(email, address):
    """Forget what counts against asking for codes of one account from one address. Other limits stay."""
    request = RequestFactory(REMOTE_ADDR=address).post("/")
    ratelimit.clear(request, action="ask_code", key=f"{address} {email}")


def test_one_client_has_ten_attempts_a_minute_on_an_account(participant):
    assert guesses(participant.email, 10) == [200] * 10
    last = Visitor(REMOTE_ADDR=ATTACKER)
    forget(participant.email, ATTACKER)
    last.ask(participant.email)
    answer = last.enter(code_in_mail())
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    assert last.user_id is None


def test_nobody_keeps_the_owner_out_by_asking_for_codes(participant):
    for _ in range(30):
        Visitor(REMOTE_ADDR=ATTACKER).ask(participant.email)
    assert Visitor(REMOTE_ADDR=OWNER).sign_in(participant.email) == "/contributions/mine/"


def test_nobody_keeps_the_owner_out_by_guessing_codes(participant):
    assert guesses(participant.email, 12)[-1] == 429
    assert Visitor(REMOTE_ADDR=OWNER).sign_in(participant.email) == "/contributions/mine/"


def test_the_owner_signs_in_from_the_network_of_an_attacker_in_a_browser_they_used_before(participant):
    owner = Visitor(REMOTE_ADDR=ATTACKER)
    owner.sign_in(participant.email)
    del owner.cookies["sessionid"]
    for each in range(30):
        Visitor(REMOTE_ADDR=ATTACKER).ask(participant.email)
        Visitor(REMOTE_ADDR=ATTACKER).ask(f"p{each}@example.org")
    mail.outbox.clear()
    Visitor(REMOTE_ADDR=ATTACKER).ask(participant.email)
    assert mail.outbox == []
    assert owner.sign_in(participant.email) == "/contributions/mine/"


def test_a_known_browser_has_limits_too(participant):
    owner = Visitor()
    owner.sign_in(participant.email)
    del owner.cookies["sessionid"]
    mail.outbox.clear()
    for _ in range(10):
        owner.ask(participant.email)
    assert len(mail.outbox) == 3


def test_a_browser_is_known_for_its_own_address_alone(participant, stranger):
    browser = Visitor()
    browser.sign_in(stranger.email)
    del browser.cookies["sessionid"]
    mail.outbox.clear()
    for _ in range(5):
        Visitor().ask(participant.email)
    assert len(mail.outbox) == 3
    browser.ask(participant.email)
    assert len(mail.outbox) == 3


def test_the_cookie_of_a_known_browser_names_nobody_and_is_not_forged(participant):
    browser = Visitor()
    browser.sign_in(participant.email)
    cookie = browser.cookies["known_browser"]
    assert participant.email not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    del browser.cookies["sessionid"]
    browser.cookies["known_browser"] = cookie.value.replace(cookie.value[5], "x", 1)
    mail.outbox.clear()
    for _ in range(5):
        browser.ask(participant.email)
    assert len(mail.outbox) == 2  # of the three that a stranger has, one was for signing in


def test_signing_out_leaves_no_trace_in_the_browser(participant):
    browser = Visitor()
    browser.sign_in(participant.email)
    browser.post("/accounts/sign-out/")
    assert browser.cookies["known_browser"].value == ""


def test_the_letters_to_one_address_are_limited_however_many_ask(participant, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "codes_to_address": "5/h/key"}
    for each in range(10):
        Visitor(REMOTE_ADDR=f"198.51.100.{each}").ask(participant.email)
    assert len(mail.outbox) == 5


def test_the_code_works_again_after_the_limit_ends(participant):
    guesses(participant.email, 12)
    cache.clear()
    assert Visitor(REMOTE_ADDR=ATTACKER).sign_in(participant.email) == "/contributions/mine/"


def test_the_addresses_of_one_ipv6_network_are_one_client(participant):
    for each in range(6):
        Visitor(REMOTE_ADDR=f"2001:db8:0:1::{each}").ask(participant.email)
    assert len(mail.outbox) == 3
    Visitor(REMOTE_ADDR="2001:db8:0:2::1").ask(participant.email)
    assert len(mail.outbox) == 4
