"""Rate limits on requesting and entering sign-in codes."""

import pytest
from django.core import mail
from django.core.cache import cache

from .conftest import Visitor, code_in_mail

PROXY = "10.0.0.1"
TOO_OFTEN = 20  # codes in a minute from one address


@pytest.fixture
def behind_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def letters_to(address, number, **headers):
    """Return how many get an email when this many people request a code at once, each for their own address."""
    mail.outbox.clear()
    for each in range(number):
        Visitor(REMOTE_ADDR=address, **headers).ask(f"p{each}@example.org")
    return len(mail.outbox)


def test_one_ip_address_can_request_a_limited_number_of_codes(db):
    assert letters_to("192.0.2.1", TOO_OFTEN + 5) == TOO_OFTEN


@pytest.mark.usefixtures("behind_proxy")
def test_limits_use_the_address_that_the_proxy_saw(db):
    assert letters_to(PROXY, TOO_OFTEN + 5, HTTP_X_FORWARDED_FOR="192.0.2.1") == TOO_OFTEN
    Visitor(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.2").ask("other@example.org")
    assert len(mail.outbox) == TOO_OFTEN + 1


@pytest.mark.usefixtures("behind_proxy")
def test_forged_forwarded_addresses_do_not_evade_limits(db):
    for each in range(TOO_OFTEN + 5):
        Visitor(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"198.51.100.{each}, 192.0.2.1").ask(f"p{each}@example.org")
    assert len(mail.outbox) == TOO_OFTEN


def test_forwarded_header_is_ignored_without_a_proxy(db):
    for each in range(TOO_OFTEN + 5):
        Visitor(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{each}").ask(f"p{each}@example.org")
    assert len(mail.outbox) == TOO_OFTEN


@pytest.mark.usefixtures("behind_proxy")
def test_proxy_on_a_unix_socket_has_no_address(participant):
    visitor = Visitor(REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert visitor.sign_in(participant.email) == "/contributions/mine/"


def visits(email, number):
    """Return this many browsers waiting for a code of one account, as an attacker would prepare them."""
    made = []
    for each in range(number):
        cache.clear()  # as if spread over many minutes
        made.append(Visitor(REMOTE_ADDR=f"192.0.2.{each}"))
        made[-1].ask(email)
    return made


def test_all_sessions_together_have_ten_tries_a_minute_per_account(participant):
    *guessers, last = visits(participant.email, 6)
    answers = [visitor.enter("wrong").status_code for visitor in guessers for _ in range(2)]
    assert answers == [200] * 10
    answer = last.enter(code_in_mail())
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    assert last.user_id is None


def test_limits_of_one_account_do_not_affect_another(participant, stranger):
    for visitor in visits(participant.email, 5):
        for _ in range(2):
            visitor.enter("wrong")
    assert Visitor().sign_in(stranger.email) == "/contributions/mine/"


def test_code_works_again_after_a_minute(participant):
    *guessers, last = visits(participant.email, 6)
    for visitor in guessers:
        for _ in range(2):
            visitor.enter("wrong")
    cache.clear()
    assert last.enter(code_in_mail()).headers["Location"] == "/contributions/mine/"
