"""manage.py run_chores, whose output cron emails: it says what was done, and nothing of what was not due."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from portal.management.commands import run_chores
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files_only(monkeypatch):
    """Leave out the chore that looks at stored files: other tests leave some, which no row here refers to."""
    monkeypatch.setattr(run_chores, "CHORES", [name for name in run_chores.CHORES if name != "sweep_uploads"])


def told():
    """Run the chores, and return what they print."""
    call_command("run_chores", stdout=(printed := StringIO()))
    return printed.getvalue()


def test_nothing_is_printed_if_nothing_was_due():
    told()
    assert told() == ""


def test_each_line_begins_with_the_name_of_the_chore():
    old = build.draft(build.call(), by=build.user("ana@example.org"))
    old.revisions.update(updated_at=timezone.now() - timedelta(days=400))
    assert told() == ("delete_expired_contributions: Deleted 1 drafts, and the content of 0 closed contributions.\n")
    assert User.objects.count() == 1


def test_lines_of_a_chore_that_fails_later_are_printed_too(monkeypatch):
    def fail(name, stdout):
        stdout.write("3 were done.")
        raise ValueError("The fourth failed.")

    monkeypatch.setattr(run_chores, "call_command", fail)
    monkeypatch.setattr(run_chores, "CHORES", ["send_mail"])
    printed = StringIO()
    with pytest.raises(CommandError, match="send_mail: The fourth failed"):
        call_command("run_chores", stdout=printed)
    assert printed.getvalue() == "send_mail: 3 were done.\n"
