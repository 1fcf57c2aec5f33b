"""Lines of the log as JSON, one object each, without personal data.

The message of an exception is left out, because it may quote what someone typed. Its class and lines of code are
written instead.
"""

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import extract_tb

from background.origin import request_id

# Django logs refusals after all middleware has run, but with the request, so its environ has the id too.
IN_ENVIRON = "portal.request_id"

OF_REQUESTS = ("method", "view", "status", "ms")  # what portal/request_log.py adds to a record
IN_ADDRESS = re.compile(r"(https?://[^/?#\s]+)[/?#]\S*")  # what follows the host, such as in a wrong Referer
MASKS = [
    (re.compile(r"Invalid request from ip=.*", re.DOTALL), "Invalid request"),  # gunicorn quotes the request
    (IN_ADDRESS, r"\1/…"),
    # Each word is read once: a request decides how long a line is, such as by the name of its host.
    (re.compile(r"(?<![^\s@<>\"'(),;:=])[^\s@<>\"'(),;:=]++\)*+@[^\s@<>\"'),;:]+"), "(email)"),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"), "(address)"),
    (re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])"), "(address)"),
    (re.compile(r"(?<=\S)\?\S+"), "?…"),
]


class JsonFormatter(logging.Formatter):
    """Writes the time, level, logger, message and request id, and for a request its view, status and duration too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(message_of(record)),
        }
        environ = getattr(getattr(record, "request", None), "META", {})
        if known := environ.get(IN_ENVIRON) or request_id.get():
            line["request_id"] = known
        line |= {name: record.__dict__[name] for name in OF_REQUESTS if name in record.__dict__}
        if record.exc_info and (error := record.exc_info[1]):
            line["exceptions"] = [name_of(each) for each in with_causes(error)]
            line["trace"] = [f"{at.filename}:{at.lineno} {at.name}" for at in extract_tb(error.__traceback__)]
        return json.dumps(line)


def message_of(record: logging.LogRecord) -> str:
    """Return the message of a record with the classes of exceptions instead of their messages."""
    message = name_of(record.msg) if isinstance(record.msg, BaseException) else str(record.msg)
    args = record.args
    if isinstance(args, tuple):
        args = tuple(name_of(arg) if isinstance(arg, BaseException) else arg for arg in args)
        if record.name.startswith("gunicorn"):  # which names the path of a request that failed
            args = tuple("…" if isinstance(arg, str) and arg.startswith("/") else arg for arg in args)
    return message % args if args else message


def masked(text: str) -> str:
    """Return a text without the email and network addresses in it, and without the paths and queries of its URLs."""
    for pattern, shown in MASKS:
        text = pattern.sub(shown, text)
    return text


def name_of(error: BaseException) -> str:
    """Return the full name of an exception's class."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def with_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, then its cause and so on."""
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
