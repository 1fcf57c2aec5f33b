"""The plan of `make faults` names only faults and activities that exist."""

from unittest.mock import Mock

import pytest

from bench.faults.activities import Activities
from bench.faults.injector import FAULTS
from bench.faults.plan import PARTS
from bench.faults.servers import Servers

SERVERS = Servers.faults.fget(Mock()).keys()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_part_names_faults_and_activities_that_exist(part):
    known = FAULTS.keys() | (SERVERS if part.engines in ("distributed", "cloud") else set())
    assert part.choices.keys() - known == set()
    activities = {activity for _often, chosen in part.choices.values() for activity in chosen}
    assert [activity for activity in activities if not hasattr(Activities, activity)] == []


def test_the_plan_has_as_many_faults_as_it_promises():
    of = {engines: sum(part.length for part in PARTS if part.name.startswith(engines)) for engines in "ed"}
    assert of["e"] >= 900
    assert of["d"] >= 100


def test_a_seed_gives_the_same_faults_each_time():
    assert PARTS[0].faults("7") == PARTS[0].faults("7") != PARTS[0].faults("8")


def test_a_command_that_died_with_everything_is_run_again():
    site = Mock(kills_commands=False, commands=[], killed={2**30})
    site.command.side_effect = [2**30, 2**30 + 1]
    Activities(site, *[None] * 5).command("mirror", "folder")
    assert site.command.call_count == 2
