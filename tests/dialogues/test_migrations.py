"""What was logged before there was a chain is chained."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from dialogues.models import Transition

NOW = [("dialogues", "0004_log_chain_holds")]


@pytest.fixture
def before_the_chain():
    """The apps as they were, and the database with them; afterwards it is of today again."""
    executor = MigrationExecutor(connection)
    today = executor.loader.graph.leaf_nodes()  # of all apps: those that build on this one went back with it
    executor.migrate([("dialogues", "0001_initial")])
    users = next(node for node in today if node[0] == "accounts")  # which are of today all the while
    yield executor.loader.project_state([("dialogues", "0001_initial"), users]).apps
    MigrationExecutor(connection).migrate(today)


@pytest.mark.usefixtures("roles_stay")
@pytest.mark.django_db(transaction=True)
def test_the_old_log_becomes_a_chain_in_the_order_in_which_it_was_written(before_the_chain, capsys):
    old, people = before_the_chain, {}
    kind = old.get_model("contenttypes", "ContentType").objects.get(app_label="dialogues", model="topic")
    for name, is_staff in (("staff", True), ("filer", False)):
        people[name] = old.get_model("accounts", "User").objects.create(email=f"{name}@example.org", is_staff=is_staff)
    moves = [("submit", "filer"), ("submit", "staff"), ("publish", "staff"), ("withdraw", "filer"), ("publish", None)]
    rows = [
        old.get_model("dialogues", "Transition").objects.create(
            content_type=kind, object_id=number, verb=verb, actor=people.get(who), at=timezone.now(), note="é"
        )
        for number, (verb, who) in enumerate(moves, start=1)
    ]
    old.get_model("dialogues", "Transition").objects.filter(pk=rows[1].pk).delete()  # leaves a gap in the numbers
    MigrationExecutor(connection).migrate(NOW)
    chained = Transition.objects.order_by("number").values_list("number", "verb", "part", "actor__email")
    assert list(chained) == [
        (1, "submit", "sender", None),
        (2, "publish", "staff", "staff@example.org"),
        (3, "withdraw", "sender", None),
        (4, "publish", "system", None),
    ]
    call_command("check_log")
    assert capsys.readouterr().out.startswith("4 entries, all as they were written.")
