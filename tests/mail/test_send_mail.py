"""The command `send_mail` delivers what a dead worker left."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mail.models import Letter

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("send_mail", stdout=out)
    return out.getvalue().strip()


def test_command_sends_all_waiting_emails(queue, server):
    queue(*range(120))
    assert run() == "Letters that still wait: 0."
    assert len(server.took) == 120


def test_command_reports_that_the_server_is_down_and_tries_it_each_time(queue, server):
    queue(1)
    server.behaves = {"greeting": "554 5.7.0 no, to-1@example.org"}
    for _ in range(2):
        with pytest.raises(CommandError) as refusal:
            run()
        assert str(refusal.value) == (
            "The mail server takes nothing (SMTPConnectError: 554 5.7.0); letters that wait for it: 1."
        )
    assert server.connections == 2
    server.behaves = {}
    assert run() == "Letters that still wait: 0."
    assert len(server.took) == 1


def test_command_deletes_old_sent_emails(queue, server, pass_time):
    queue(1)
    run()
    pass_time(days=31)
    queue(2)
    run()
    assert Letter.objects.count() == 1
