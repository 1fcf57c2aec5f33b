"""What carries letters to the mail server, and says of each whether it went, may go again, or nobody knows."""

import re
import smtplib
import socket
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from .models import State

GO_AHEAD = 354  # the server's word that the text may come
CLOSING = 421  # its word that it hangs up
PATIENCE = 120  # seconds for its last word, which may come after it looked for unwanted mail
ENHANCED_CODE = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Outcome:
    """How a letter fared: what state it comes into, whom it is not to reach (again), and whether the server is down."""

    state: State
    error: str = ""
    through: frozenset = frozenset()  # addresses, as on the line: they have it, or never will
    down: bool = False


class Watched:
    """A connection that remembers whether the server was given the text of the letter at hand, and whom it refused."""

    text_begun = False
    refused = {}

    def forget(self):
        self.text_begun, self.refused = False, {}

    def sendmail(self, *args, **kwargs):
        try:
            self.refused = super().sendmail(*args, **kwargs)
        finally:
            if self.sock:
                self.sock.settimeout(self.timeout)
        return self.refused

    def getreply(self):
        code, words = super().getreply()
        if code == GO_AHEAD:
            self.text_begun = True
            self.sock.settimeout(PATIENCE)
        return code, words


class WatchedPlain(Watched, smtplib.SMTP):
    """Watched, in the clear or with STARTTLS."""


class WatchedSecure(Watched, smtplib.SMTP_SSL):
    """Watched, within TLS from the start."""


class SmtpBackend(EmailBackend):
    """Django's way to a mail server, watched."""

    @property
    def connection_class(self):
        return WatchedSecure if self.use_ssl else WatchedPlain


class Line:
    """One connection for many letters, opened when the first goes and anew after it broke."""

    def __init__(self):
        self.backend = get_connection(settings.EMAIL_DELIVERY_BACKEND)
        self.has_carried = False

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def open(self):
        """Be connected; raises what connecting raises, OSError for the most part. No letter is at stake yet."""
        self.backend.open()

    def close(self):
        self.has_carried = False
        with suppress(OSError):
            self.backend.close()
        # What could not be closed properly is not used again.
        if isinstance(self.backend, EmailBackend):
            self.backend.connection = None

    def carry(self, letter):
        """Hand a letter over; return the Outcome, whatever happens."""
        try:
            message = letter.message()
            message.message()
        except Exception as error:
            return Outcome(State.FAILED, brief(error))
        outcome = self._try(message)
        if outcome.down and outcome.state == State.WAITING and self.has_carried:
            # Servers hang up after some letters or minutes; only a new connection tells whether this one is down.
            self.close()
            outcome = self._try(message)
        self.has_carried = not outcome.down
        if outcome.down:
            self.close()
        return outcome

    def _try(self, message):
        try:
            if self._watched():
                self._watched().forget()
            self.open()
            self.backend.send_messages([message])
        except Exception as error:
            return judge(error, self._text_begun(), on_the_line(message))
        return accepted(self._watched().refused if self._watched() else {}, on_the_line(message))

    def _watched(self):
        return self.backend.connection if isinstance(self.backend, SmtpBackend) else None

    def _text_begun(self):
        """Whether the server was given some of the text; None where the backend does not tell."""
        if isinstance(self.backend, SmtpBackend):
            return bool(self._watched() and self._watched().text_begun)
        return None


def on_the_line(message):
    """The recipients' addresses as the server hears them."""
    return frozenset(spoken(address) for address in message.recipients())


def spoken(address):
    """An address as the server hears it; as it is where it is none."""
    try:
        return sanitize_address(address, settings.DEFAULT_CHARSET)
    except ValueError:
        return address


def accepted(refused, recipients):
    """The server took the letter, for all or some: it goes again to those alone who were refused for now."""
    if not refused:
        return Outcome(State.SENT)
    later = {address for address, (code, _) in refused.items() if code < 500}
    error = f"{len(refused)} of {len(recipients)} recipients refused: {replies(refused.values())}"
    return Outcome(State.WAITING if later else State.SENT, error, recipients - later)


def judge(error, text_begun, recipients):
    """The Outcome of a letter whose sending ended in `error`. A reply that refuses is certain, silence is not."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            never = {address for address, (code, _) in error.recipients.items() if code >= 500}
            down = any(code == CLOSING for code, _ in error.recipients.values())
            state = State.FAILED if never >= recipients else State.WAITING
            return Outcome(state, f"recipients refused: {replies(error.recipients.values())}", frozenset(never), down)
        case smtplib.SMTPSenderRefused():
            return Outcome(State.WAITING, brief(error), down=True)  # it would take no other letter either
        case smtplib.SMTPDataError(smtp_code=code) if 400 <= code < 600:
            return Outcome(State.FAILED if code >= 500 else State.WAITING, brief(error), down=code == CLOSING)
    lost = isinstance(error, OSError)
    if text_begun is None:
        text_begun = not isinstance(error, ConnectionRefusedError | socket.gaierror)
    if text_begun:
        return Outcome(State.UNCLEAR, brief(error), down=lost)
    return Outcome(State.WAITING if lost else State.FAILED, brief(error), down=lost)


def brief(error):
    """An error in a line, for staff. Never its own words: they may hold an address or a piece of the letter."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__}: {replies([(error.smtp_code, error.smtp_error)])}"
    if isinstance(error, OSError) and error.errno and not isinstance(error, smtplib.SMTPException):
        return f"{type(error).__name__}: {error.strerror or error.errno}"[:200]
    return type(error).__name__


def replies(pairs):
    """The codes of a server's replies, such as “550 5.1.1”, without its words."""
    found = set()
    for code, words in pairs:
        enhanced = ENHANCED_CODE.match(words if isinstance(words, bytes) else str(words).encode())
        found.add(f"{code} {enhanced[1].decode()}" if enhanced else str(code))
    return ", ".join(sorted(found))[:150]
