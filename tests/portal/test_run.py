"""`make run` refuses to start with an unusable database or port, and says why in one sentence."""

import socket

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.management.commands import run


@pytest.mark.django_db
def test_a_database_of_another_version_is_refused_with_the_folder_to_remove(settings):
    run.check_database()
    MigrationRecorder(connection).record_applied("dialogues", "0002_of_another_version")
    with pytest.raises(CommandError, match=f"another version of the portal: remove {settings.DATA_DIR}"):
        run.check_database()


def test_an_invalid_port_or_one_in_use_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="cannot be used"):
            run.check_port(str(taken.getsockname()[1]))
    for port in ("", "eighty", "0", "70000", "-1"):
        with pytest.raises(CommandError, match="is not a port"):
            run.check_port(port)
