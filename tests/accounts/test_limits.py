"""Limits on requesting and trying codes, and how visitors are told apart."""

import pytest
from django.core import mail
from django.core.cache import cache

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


def visits(email, number):
    """Return browsers that wait for codes of one account, as an attacker would prepare them."""
    made = []
    for each in range(number):
        cache.clear()  # as if minutes passed
        made.append(Visitor(REMOTE_ADDR=f"192.0.2.{each}"))
        made[-1].ask(email)
    return made


def test_all_sessions_together_have_ten_attempts_a_minute_on_an_account(participant):
    *guessers, last = visits(participant.email, 6)
    answers = [visitor.enter("wrong").status_code for visitor in guessers for _ in range(2)]
    assert answers == [200] * 10
    answer = last.enter(code_in_mail())
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    assert last.user_id is None


def test_the_limit_of_one_account_does_not_affect_another(participant, stranger):
    for visitor in visits(participant.email, 5):
        for _ in range(2):
            visitor.enter("wrong")
    assert Visitor().sign_in(stranger.email) == "/contributions/mine/"


def test_the_code_works_again_after_the_limit_ends(participant):
    *guessers, last = visits(participant.email, 6)
    for visitor in guessers:
        for _ in range(2):
            visitor.enter("wrong")
    cache.clear()
    assert last.enter(code_in_mail()).headers["Location"] == "/contributions/mine/"
