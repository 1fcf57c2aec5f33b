"""The command that delivers email that a dead worker left in the queue."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mail.models import OutgoingEmail

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("send_mail", stdout=out)
    return out.getvalue().strip()


def test_the_command_sends_everything_in_several_batches(queue, server):
    queue(*range(120))
    assert run() == "Emails still waiting: 0."
    assert len(server.took) == 120


def test_the_command_reports_an_outage_and_tries_the_server_each_time(queue, server):
    queue(1)
    server.behaves = {"greeting": "554 5.7.0 no, to-1@example.org"}
    for _ in range(2):
        with pytest.raises(CommandError) as refusal:
            run()
        assert str(refusal.value) == (
            "The mail server is not accepting email (SMTPConnectError: 554 5.7.0). Emails waiting: 1."
        )
    assert server.connections == 2
    server.behaves = {}
    assert run() == "Emails still waiting: 0."
    assert len(server.took) == 1


def test_the_command_deletes_old_rows(queue, server, pass_time):
    queue(1)
    run()
    pass_time(days=31)
    queue(2)
    run()
    assert OutgoingEmail.objects.count() == 1
