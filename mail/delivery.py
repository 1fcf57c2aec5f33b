"""Deliver email to the mail server, and tell whether it was sent, can be sent again, or may have been sent."""

import re
import smtplib
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from .models import OutgoingEmail, State

START_MAIL_INPUT = 354  # the reply after which the client sends the text
SERVICE_CLOSING = 421  # the reply after which the server closes the connection
FINAL_REPLY_TIMEOUT = 120  # seconds for the reply to the text, which may come after a scan for spam
ENHANCED_CODE = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")

if TYPE_CHECKING:
    SmtpMixin = smtplib.SMTP
else:
    SmtpMixin = object


@dataclass(frozen=True)
class Outcome:
    """The outcome of one delivery: the new state of the email, and whether the server seems to be down.

    `finished_recipients` are the addresses, in SMTP's form, that must not be tried again: they got the email or refused
    it permanently.
    """

    state: State
    error: str = ""
    finished_recipients: frozenset[str] = frozenset()
    is_down: bool = False


class TrackingMixin(SmtpMixin):
    """An SMTP connection that knows whether the server accepted the text of this message, and whom it refused."""

    has_sent_text = False
    refused: dict[str, tuple[int, bytes]] = {}

    def reset_tracking(self) -> None:
        """Start to track a new message."""
        self.has_sent_text, self.refused = False, {}

    def sendmail(self, *args: Any, **kwargs: Any) -> dict[str, tuple[int, bytes]]:
        try:
            self.refused = super().sendmail(*args, **kwargs)
        finally:
            if self.sock:
                self.sock.settimeout(self.timeout)
        return self.refused

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()
        if code == START_MAIL_INPUT and self.sock:
            self.has_sent_text = True
            self.sock.settimeout(FINAL_REPLY_TIMEOUT)
        return code, text


class TrackingSMTP(TrackingMixin, smtplib.SMTP):
    """A tracking connection without TLS or with STARTTLS."""


class TrackingSMTPS(TrackingMixin, smtplib.SMTP_SSL):
    """A tracking connection with TLS from the start."""


class SmtpBackend(EmailBackend):
    """Django's SMTP backend with a tracking connection."""

    @property
    def connection_class(self) -> type[TrackingMixin]:
        return TrackingSMTPS if self.use_ssl else TrackingSMTP


class DeliveryConnection:
    """A connection for several emails, which opens for the first one and again after it broke.

    Uses the backend in the setting EMAIL_DELIVERY_BACKEND. Other backends than SmtpBackend cannot tell whether a failed
    email was sent, so that staff have to decide more often.
    """

    def __init__(self) -> None:
        self.backend = get_connection(settings.EMAIL_DELIVERY_BACKEND)
        self.has_delivered = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect. Raises what the backend raises, mostly OSError; no email has been tried by then."""
        self.backend.open()

    def close(self) -> None:
        """Disconnect."""
        self.has_delivered = False
        with suppress(OSError):
            self.backend.close()
        # A connection that could not be closed must not be used again.
        if isinstance(self.backend, EmailBackend):
            self.backend.connection = None

    def deliver(self, email: OutgoingEmail) -> Outcome:
        """Give an email to the server, and return the Outcome. Raises nothing."""
        try:
            message = email.message()
            message.message()
        except Exception as error:
            return Outcome(State.FAILED, describe_error(error))
        outcome = self._try(message)
        if outcome.is_down and outcome.state == State.WAITING and self.has_delivered:
            # Servers close a connection after some messages or minutes. Only a new one tells whether this one is down.
            self.close()
            outcome = self._try(message)
        self.has_delivered = not outcome.is_down
        if outcome.is_down:
            self.close()
        return outcome

    def _try(self, message: EmailMessage) -> Outcome:
        recipients = smtp_addresses(message)
        try:
            if tracker := self._tracker():
                tracker.reset_tracking()
            self.open()
            self.backend.send_messages([message])
        except Exception as error:
            return outcome_of_error(error, self._has_sent_text(), recipients)
        tracker = self._tracker()
        return outcome_of_success(tracker.refused if tracker else {}, recipients)

    def _tracker(self) -> TrackingMixin | None:
        connection = self.backend.connection if isinstance(self.backend, SmtpBackend) else None
        return connection if isinstance(connection, TrackingMixin) else None

    def _has_sent_text(self) -> bool | None:
        """Return whether the server was given any of the text; None if the backend cannot tell."""
        if isinstance(self.backend, SmtpBackend):
            tracker = self._tracker()
            return tracker is not None and tracker.has_sent_text
        return None


def smtp_addresses(message: EmailMessage) -> frozenset[str]:
    """Return the addresses of all recipients in the form that SMTP uses."""
    return frozenset(smtp_address(address) for address in message.recipients())


def smtp_address(address: str) -> str:
    """Return an address in the form that SMTP uses, without the name; an invalid one is returned unchanged."""
    try:
        return sanitize_address(address, settings.DEFAULT_CHARSET)
    except ValueError:
        return address


def outcome_of_success(refused: dict[str, tuple[int, bytes]], recipients: frozenset[str]) -> Outcome:
    """Return the Outcome of an email that the server accepted for all recipients, or for all but the `refused` ones."""
    if not refused:
        return Outcome(State.SENT)
    later = {address for address, (code, _text) in refused.items() if code < 500}
    error = f"{len(refused)} of {len(recipients)} recipients refused: {reply_codes(refused.values())}"
    return Outcome(State.WAITING if later else State.SENT, error, recipients - later)


def outcome_of_error(error: Exception, has_sent_text: bool | None, recipients: frozenset[str]) -> Outcome:
    """Return the Outcome of an email whose delivery raised `error`.

    A reply that refuses the email is certain. No reply after the text may mean either.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            rejected = {address for address, (code, _text) in error.recipients.items() if code >= 500}
            is_down = any(code == SERVICE_CLOSING for code, _text in error.recipients.values())
            state = State.FAILED if rejected >= recipients else State.WAITING
            codes = reply_codes(error.recipients.values())
            return Outcome(state, f"recipients refused: {codes}", frozenset(rejected), is_down)
        case smtplib.SMTPSenderRefused():
            return Outcome(State.WAITING, describe_error(error), is_down=True)  # it would refuse all other email too
        case smtplib.SMTPDataError(smtp_code=code) if 400 <= code < 600:
            state = State.FAILED if code >= 500 else State.WAITING
            return Outcome(state, describe_error(error), is_down=code == SERVICE_CLOSING)
    is_disconnected = isinstance(error, OSError)
    if has_sent_text is None:
        has_sent_text = not isinstance(error, ConnectionRefusedError | socket.gaierror)
    if has_sent_text:
        return Outcome(State.UNCLEAR, describe_error(error), is_down=is_disconnected)
    state = State.WAITING if is_disconnected else State.FAILED
    return Outcome(state, describe_error(error), is_down=is_disconnected)


def describe_error(error: Exception) -> str:
    """Return an error as one line of at most 200 characters for staff.

    The message of the error is left out: it may hold an address or a part of the email.
    """
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__}: {reply_codes([(error.smtp_code, error.smtp_error)])}"
    if isinstance(error, OSError) and error.errno and not isinstance(error, smtplib.SMTPException):
        return f"{type(error).__name__}: {error.strerror or error.errno}"[:200]
    return type(error).__name__


def reply_codes(replies: Iterable[tuple[int, bytes | str]]) -> str:
    """Return the codes of a server's replies, such as "550 5.1.1", without their text."""
    found = set()
    for code, text in replies:
        enhanced = ENHANCED_CODE.match(text if isinstance(text, bytes) else str(text).encode())
        found.add(f"{code} {enhanced[1].decode()}" if enhanced else str(code))
    return ", ".join(sorted(found))[:150]
