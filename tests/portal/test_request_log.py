"""With LOG_FORMAT=json, the log has one object a line, an id for each request, and nothing about people or drafts."""

import io
import json
import logging
import re

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from background.models import QueuedTask
from background.origin import on_behalf_of
from portal.log_filter import WithoutSecrets
from portal.log_format import JsonFormatter, masked
from publishing.kept_pages import ASKED_ONCE
from publishing.workflow import share
from tests import build
from tests.background.tasks import succeed
from tests.test_the_main_path import file_contribution

pytestmark = pytest.mark.django_db

OF_REQUEST = {"time", "level", "logger", "message", "request_id", "method", "view", "status", "ms"}
GIVEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def written(settings):
    """The lines of the log as JSON, with the settings of LOG_FORMAT."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:1], "portal.request_log.RequestLogMiddleware", *settings.MIDDLEWARE[1:]
    ]  # fmt: skip
    root, ours = logging.getLogger(), logging.getLogger("portal.request")
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(JsonFormatter())
    handler.addFilter(WithoutSecrets())
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield handler.stream
    root.removeHandler(handler)
    ours.setLevel(logging.NOTSET)


def lines(written, logger="portal.request"):
    """Return the objects that a logger wrote."""
    every = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in every if line["logger"] == logger]


def test_a_request_has_one_line_and_its_answer_has_the_id(written):
    answer = Client().get("/healthz?colour=blue")
    (line,) = lines(written)
    assert line.keys() == OF_REQUEST
    assert (line["view"], line["method"], line["status"]) == ("health", "GET", answer.status_code)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["ms"] > 0


def test_without_the_setting_no_answer_has_an_id(client):
    assert "X-Request-ID" not in client.get("/healthz").headers


@pytest.mark.parametrize("given", [GIVEN, "9b2d1c2e-6a5f-4f0e-8f57-0a8d1c2b3e4f"])
def test_an_id_of_hexadecimal_digits_is_taken_over(written, given):
    assert Client().get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    assert lines(written)[0]["request_id"] == given


@pytest.mark.parametrize(
    "given",
    ["", "short", "a" * 65, f'{GIVEN}\n{{"level": "x"}}', f"{GIVEN}\n", "ada@example.org", "ada-of-the-harbour"],
)
def test_any_other_id_is_replaced(written, given):
    answer = Client().get("/healthz", headers={"X-Request-ID": given})
    (line,) = lines(written)
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert len(written.getvalue().splitlines()) == 1
    told = written.getvalue().replace(line["request_id"], "")  # a new id may have "ada" among its digits
    assert "ada" not in told


def test_a_page_answered_from_memory_has_a_line_with_its_view_and_an_id_of_its_own(written, kept_pages_on):
    build.dialogue(slug="seen")
    address = "/dialogues/seen/"
    made, kept = Client().get(address), Client().get(address)
    assert kept.wsgi_request.resolver_match is None  # no view was asked
    first, second = lines(written)
    assert first["view"] == second["view"] != "none"
    assert made.content == kept.content
    assert made.headers["X-Request-ID"] != kept.headers["X-Request-ID"] == second["request_id"]


def test_requests_of_the_copy_of_the_site_have_no_line(written):
    Client().get("/about/", **{ASKED_ONCE: True})
    assert lines(written) == []


def test_other_lines_of_a_request_have_its_id(written):
    answer = Client().get("/wp-login.php")
    (warning,) = lines(written, "django.request")
    assert warning["request_id"] == answer.headers["X-Request-ID"]
    assert lines(written)[0]["view"] == "none"


def test_lines_of_a_task_have_the_id_of_the_request_that_enqueued_it(written, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    settings.EMAIL_BACKEND = "mail.queue.QueueBackend"
    answer = Client().post("/accounts/sign-in/", {"email": "someone@example.org"})
    mail_task = QueuedTask.objects.get(task_path="mail.tasks.deliver_due")
    with on_behalf_of(mail_task.args_kwargs):
        logging.getLogger("mail").warning("The mail server is away.")
        succeed.enqueue()  # a task passes it on
    logging.getLogger("mail").warning("This is said in between.")
    succeed.enqueue()
    in_task, between = lines(written, "mail")
    assert in_task["request_id"] == answer.headers["X-Request-ID"]
    assert "request_id" not in between
    inner, of_nobody = QueuedTask.objects.filter(task_path=succeed.module_path).order_by("enqueued_at")
    assert inner.args_kwargs == {"args": [], "kwargs": {}, "request_id": answer.headers["X-Request-ID"]}
    assert of_nobody.args_kwargs == {"args": [], "kwargs": {}}


def test_an_odd_method_is_not_written(written):
    Client().generic("ADALOVELACE", "/healthz")
    assert lines(written)[0]["method"] == "other"


def test_signing_in_filing_and_a_preview_leave_no_personal_data_in_the_log(written, settings):
    dialogue = build.dialogue(slug="third", starts_on=None)
    hidden = build.dialogue(public=False, slug="hidden-harbour")
    _, contribution = file_contribution(Client(), dialogue)
    preview = share(hidden, by=None, days=1)
    Client().post(preview.get_absolute_url(), {"verb": "open-here"})
    strict = Client(enforce_csrf_checks=True)
    referer = f"https://elsewhere.example{preview.get_absolute_url()}?name=ada"
    assert strict.post(preview.get_absolute_url(), secure=True, headers={"Referer": referer}).status_code == 403
    assert strict.post("/accounts/sign-in/", secure=True, headers={"Referer": referer}).status_code == 403
    Client().get("/search/", {"q": "blue cabinet"}, REMOTE_ADDR="192.0.2.77")
    Client().get("/dialogues/hidden-harbour/")
    text = written.getvalue()
    code = re.search(r"Your code is (\S+)", mail.outbox[0].body)[1]
    told = ["captain", "example.org", code, preview.secret, contribution.key, contribution.reference, "hidden-harbour",
            "cabinet", "192.0.2.77", "name=ada", "127.0.0.1"]  # fmt: skip
    assert [word for word in told if str(word) in text] == []
    assert {"account_request_login_code", "account_confirm_login_code"} <= {line["view"] for line in lines(written)}
    assert "Referer checking failed" in text


def test_an_exception_is_written_by_class_and_lines_of_code_without_its_words(written):
    try:
        try:
            raise ValueError("ada@example.org")
        except ValueError as cause:
            raise IntegrityError("Key (email)=(ada@example.org) of Ada Lovelace exists") from cause
    except IntegrityError as error:
        logging.getLogger("portal").exception("%s failed: %s", "A task", error)
    (line,) = lines(written, "portal")
    assert line["message"] == "A task failed: django.db.utils.IntegrityError"
    assert line["exceptions"] == ["django.db.utils.IntegrityError", "builtins.ValueError"]
    assert "test_request_log.py" in line["trace"][0]
    assert "Ada" not in written.getvalue()
    assert "ada" not in written.getvalue()


@pytest.mark.parametrize(
    ("logger", "message", "args", "shown"),
    [
        ("portal", "To ada@example.org: refused", (), "To (email): refused"),
        ("portal", "<%s>", ("ada@sub.example.org",), "<(email)>"),
        ("portal", "ada@a.example)ben@b.example, (cy)@c.example", (), "(email))(email), ((email)"),
        ("portal", "from 192.0.2.1, 2001:db8::7 and ::1", (), "from (address), (address) and (address)"),
        ("portal", "GET /search/?q=harbour", (), "GET /search/?…"),
        ("portal", "At https://portal.example/drafts/x/ now", (), "At https://portal.example/… now"),
        ("gunicorn.error", "Error handling request %s", ("/drafts/x/?a",), "Error handling request …"),
        ("gunicorn.error", "Invalid request from ip=192.0.2.1: GET /drafts/x\nB", (), "Invalid request"),
        ("portal", "Is it late? The index waits at 12:30.", (), "Is it late? The index waits at 12:30."),
        ("portal", "Row %d of batch %d", (2, 7), "Row 2 of batch 7"),
    ],
)
def test_addresses_in_messages_are_masked_and_other_words_kept(logger, message, args, shown):
    record = logging.LogRecord(logger, logging.INFO, "x.py", 1, message, args, None)
    assert json.loads(JsonFormatter().format(record))["message"] == shown


@pytest.mark.parametrize("piece", ["a", "1.", "?", ":", ")", "a)", "@", "0:", "https://"])
def test_a_message_of_any_length_takes_linear_time(piece):
    """A search that begins again at each character would take hours, and a request may name a very long host."""
    assert masked(f"Invalid host: {piece * (500_000 // len(piece))}").startswith("Invalid host:")


def test_a_message_with_line_breaks_is_one_line():
    record = logging.LogRecord("portal", logging.INFO, "x.py", 1, "a\nb\u2028c", (), None)
    assert len(JsonFormatter().format(record).splitlines()) == 1
