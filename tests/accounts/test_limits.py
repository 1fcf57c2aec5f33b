"""Rate limits on requesting and entering codes, by IP address and by account."""

import pytest
from django.core import mail
from django.core.cache import cache

from .conftest import Visitor, code_in_mail

PROXY = "10.0.0.1"
TOO_OFTEN = 20  # codes a minute for one IP address


@pytest.fixture
def behind_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def letters_to(address, number, **headers):
    """Request a code for each of `number` mailboxes from one IP address. Return how many emails were sent."""
    mail.outbox.clear()
    for each in range(number):
        Visitor(REMOTE_ADDR=address, **headers).ask(f"p{each}@example.org")
    return len(mail.outbox)


def test_the_number_of_codes_for_one_ip_address_is_limited(db):
    assert letters_to("192.0.2.1", TOO_OFTEN + 5) == TOO_OFTEN


@pytest.mark.usefixtures("behind_proxy")
def test_behind_a_proxy_visitors_are_counted_by_their_forwarded_address(db):
    assert letters_to(PROXY, TOO_OFTEN + 5, HTTP_X_FORWARDED_FOR="192.0.2.1") == TOO_OFTEN
    Visitor(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.2").ask("other@example.org")
    assert len(mail.outbox) == TOO_OFTEN + 1


@pytest.mark.usefixtures("behind_proxy")
def test_addresses_that_a_visitor_adds_to_the_header_are_ignored(db):
    for each in range(TOO_OFTEN + 5):
        Visitor(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"198.51.100.{each}, 192.0.2.1").ask(f"p{each}@example.org")
    assert len(mail.outbox) == TOO_OFTEN


def test_without_a_proxy_the_header_is_ignored(db):
    for each in range(TOO_OFTEN + 5):
        Visitor(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{each}").ask(f"p{each}@example.org")
    assert len(mail.outbox) == TOO_OFTEN


@pytest.mark.usefixtures("behind_proxy")
def test_sign_in_works_behind_a_proxy_on_a_unix_socket(participant):
    visitor = Visitor(REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert visitor.sign_in(participant.email) == "/contributions/mine/"


def visits(email, number):
    """Return browsers that each wait for a code of one account, as an attacker who guesses codes would prepare them."""
    made = []
    for each in range(number):
        cache.clear()  # as if minutes passed in between
        made.append(Visitor(REMOTE_ADDR=f"192.0.2.{each}"))
        made[-1].ask(email)
    return made


def test_an_account_allows_ten_attempts_a_minute_from_all_browsers_together(participant):
    *guessers, last = visits(participant.email, 6)
    answers = [visitor.enter("wrong").status_code for visitor in guessers for _ in range(2)]
    assert answers == [200] * 10
    answer = last.enter(code_in_mail())
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    assert last.user_id is None


def test_attempts_on_one_account_do_not_block_another(participant, stranger):
    for visitor in visits(participant.email, 5):
        for _ in range(2):
            visitor.enter("wrong")
    assert Visitor().sign_in(stranger.email) == "/contributions/mine/"


def test_a_blocked_code_works_again_after_a_minute(participant):
    *guessers, last = visits(participant.email, 6)
    for visitor in guessers:
        for _ in range(2):
            visitor.enter("wrong")
    cache.clear()
    assert last.enter(code_in_mail()).headers["Location"] == "/contributions/mine/"
