"""What a server does during delivery, and the outcome: email is retried only where that is safe."""

import smtplib
import ssl

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from mail.delivery import describe_error
from mail.models import Outage, OutgoingEmail
from mail.tasks import deliver_due, drain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("behaves", "state", "error", "is_down", "took"),
    [
        # Permanent refusals fail, temporary ones wait. The server has not accepted the email.
        ({"rcpt": "550 5.1.1 <to-1@example.org> unknown"}, "failed", "recipients refused: 550 5.1.1", False, 0),
        ({"rcpt": "451 4.7.1 greylisted"}, "waiting", "recipients refused: 451 4.7.1", False, 0),
        ({"data": "451 not now"}, "waiting", "SMTPDataError: 451", False, 0),
        ({"data": "554 never"}, "failed", "SMTPDataError: 554", False, 0),
        ({"end": "451 not now"}, "waiting", "SMTPDataError: 451", False, 0),
        ({"end": "552 5.3.4 too big"}, "failed", "SMTPDataError: 552 5.3.4", False, 0),
        # The reply concerns the server rather than the email.
        ({"mail": "451 busy"}, "waiting", "SMTPSenderRefused: 451", True, 0),
        ({"mail": "553 not from you"}, "waiting", "SMTPSenderRefused: 553", True, 0),
        ({"rcpt": "421 closing"}, "waiting", "recipients refused: 421", True, 0),
        ({"end": "421 closing"}, "waiting", "SMTPDataError: 421", True, 0),
        ({"mail": "drop"}, "waiting", "SMTPServerDisconnected", True, 0),
        ({"rcpt": "drop"}, "waiting", "SMTPServerDisconnected", True, 0),
        ({"data": "drop"}, "waiting", "SMTPServerDisconnected", True, 0),
        ({"rcpt": "stall"}, "waiting", "SMTPServerDisconnected", True, 0),
        # Once the text has begun, no reply may mean either.
        ({"text": "drop"}, "unclear", "SMTPServerDisconnected", True, 0),
        ({"end": "drop"}, "unclear", "SMTPServerDisconnected", True, 1),
        ({"end": "stall"}, "unclear", "SMTPServerDisconnected", True, 1),
        ({"end": "what?"}, "unclear", "SMTPDataError: -1", True, 1),
        ({"end": "250" + "x" * 9000}, "unclear", "SMTPResponseException: 500", True, 1),
        ({"end": "299 fine"}, "unclear", "SMTPDataError: 299", True, 1),
    ],
)
def test_the_outcome_of_each_server_behaviour(behaves, state, error, is_down, took, queue, server, state_of, request):
    (email,) = queue(1)
    server.behaves = behaves
    if "stall" in behaves.values():
        request.getfixturevalue("short_timeout")
    drain(limit=10)
    assert state_of(email) == (state, 1, error)
    assert Outage.objects.exists() is is_down
    assert len(server.took) == took


@pytest.mark.parametrize("greeting", ["554 go away", "421 busy", "drop", "stall"])
def test_a_server_without_greeting_costs_no_attempt(greeting, queue, server, state_of, request):
    (email,) = queue(1)
    server.behaves = {"greeting": greeting}
    if greeting == "stall":
        request.getfixturevalue("short_timeout")
    drain(limit=10)
    assert state_of(email) == ("waiting", 0, "")
    assert Outage.objects.get().attempts == 1


@pytest.mark.parametrize("fields", [{"EMAIL_HOST": "no-such-host.invalid"}, {"EMAIL_HOST": "x" * 70},
                                    {"EMAIL_USE_TLS": True}, {"EMAIL_USE_SSL": True},
                                    {"EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b"}])  # fmt: skip
def test_wrong_settings_are_an_outage_and_cost_no_attempt(fields, queue, server, settings, state_of):
    (email,) = queue(1)
    for name, value in fields.items():
        setattr(settings, name, value)
    drain(limit=10)
    assert state_of(email) == ("waiting", 0, "")
    assert Outage.objects.exists()
    assert server.took == []


def test_several_emails_are_sent_over_one_connection(queue, server, state_of):
    emails = queue(1, 2)
    drain(limit=10)
    assert [state_of(email) for email in emails] == [("sent", 1, "")] * 2
    assert server.ids() == [email.message_id for email in emails]
    assert server.connections == 1


def test_a_closed_connection_is_opened_again_once(queue, server, state_of):
    emails = queue(1, 2, 3)
    server.behaves = {("rcpt", "to-2@example.org"): "421 enough for one call"}
    drain(limit=10)
    # The new connection got the same reply: the server counts as down, and the third email is not tried.
    assert [state_of(email)[0] for email in emails] == ["sent", "waiting", "waiting"]
    assert server.connections == 2


def test_an_email_is_sent_over_a_new_connection_after_the_old_one_broke(queue, server, state_of, monkeypatch):
    emails = queue(1, 2, 3)
    server.behaves = {"once": True}
    usual = server.RequestHandlerClass.obey

    def hang_up_before_the_second(talk, line):
        if line.startswith("rcpt") and "to-2" in line and server.behaves.pop("once", False):
            raise ConnectionAbortedError
        usual(talk, line)

    monkeypatch.setattr(server.RequestHandlerClass, "obey", hang_up_before_the_second)
    drain(limit=10)
    assert [state_of(email) for email in emails] == [("sent", 1, "")] * 3
    assert (server.connections, len(server.took)) == (2, 3)


def test_only_temporarily_refused_recipients_are_tried_again(queue, server, state_of, pass_time):
    (email,) = queue(1, to=["a@example.org", "Bé <b@example.org>"], bcc=["c@example.org"])
    server.behaves = {("rcpt", "b@example.org"): "451 later", ("rcpt", "c@example.org"): "550 never"}
    drain(limit=10)
    assert state_of(email) == ("waiting", 1, "2 of 3 recipients refused: 451, 550")
    assert email.recipients == ["Bé <b@example.org>"]
    server.behaves = {}
    pass_time(minutes=2)
    drain(limit=10)
    assert state_of(email) == ("sent", 2, "")
    assert [to for to, _ in server.took] == [["a@example.org"], ["b@example.org"]]
    assert len(set(server.ids())) == 1


def test_permanently_refused_recipients_are_recorded_and_the_email_is_sent(queue, server, state_of):
    (email,) = queue(1, to=["a@example.org", "b@example.org"])
    server.behaves = {("rcpt", "b@example.org"): "550 never"}
    drain(limit=10)
    assert state_of(email) == ("sent", 1, "1 of 2 recipients refused: 550")


def test_an_email_with_an_invalid_address_fails_alone(queue, server, state_of):
    emails = queue(1, 2)
    OutgoingEmail.objects.filter(pk=emails[0].pk).update(content=emails[0].content | {"to": ["nobody"], "bcc": ["@"]})
    drain(limit=10)
    assert [state_of(email) for email in emails] == [("failed", 1, "ValueError"), ("sent", 1, "")]


class SilentBackend(BaseEmailBackend):
    """A backend that does not tell how far it got."""

    error = TimeoutError("read of to-1@example.org timed out")

    def send_messages(self, messages):
        raise self.error


@pytest.mark.parametrize(("error", "state"), [(TimeoutError("x"), "unclear"), (RuntimeError("x"), "unclear"),
                                              (ConnectionRefusedError("x"), "waiting")])  # fmt: skip
def test_other_backends_are_retried_only_when_nothing_can_have_been_sent(
    error, state, queue, settings, state_of, monkeypatch
):
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.SilentBackend"
    monkeypatch.setattr(SilentBackend, "error", error)
    (email,) = queue(1)
    deliver_due.call()
    assert state_of(email) == (state, 1, type(error).__name__)


def test_djangos_smtp_backend_works_but_leaves_more_decisions_to_staff(queue, server, settings, state_of):
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    emails = queue(1, 2, 3)
    server.behaves = {("rcpt", "to-1@example.org"): "550 no", ("rcpt", "to-3@example.org"): "drop"}
    drain(limit=10)
    assert [state_of(email)[0] for email in emails] == ["failed", "sent", "unclear"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPDataError(554, b"5.7.1 \n spam from a@example.org"), "SMTPDataError: 554 5.7.1"),
        (smtplib.SMTPAuthenticationError(535, "no such user"), "SMTPAuthenticationError: 535"),
        (ConnectionRefusedError(111, "Connection refused"), "ConnectionRefusedError: Connection refused"),
        (ssl.SSLError(1, "[SSL] x" * 50), f"SSLError: {'[SSL] x' * 50}"[:200]),
        (UnicodeEncodeError("ascii", "a secret é", 9, 10, "no"), "UnicodeEncodeError"),
        (ValueError("Your code is 123"), "ValueError"),
    ],
)
def test_an_error_description_holds_no_content(error, words):
    assert describe_error(error) == words
    assert len(words) <= OutgoingEmail._meta.get_field("error").max_length
