"""ARCHITECTURE.md and where-to-change-what.md name places that exist, and ARCHITECTURE.md each app once."""

import re

import pytest
from django.core.management import get_commands

from tests.test_house import FLOORS, ROOT, project

PAGE = (ROOT / "docs/ARCHITECTURE.md").read_text("utf8")
BOTH = PAGE + (ROOT / "docs/where-to-change-what.md").read_text("utf8")
FUNCTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")
NAMES = re.findall(r"`([^`\n]+)`", BOTH.replace("```", ""))


@pytest.mark.parametrize(
    "path", sorted({name for name in NAMES if ("/" in name or name.endswith(".py")) and " " not in name})
)
def test_a_named_path_exists(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("module", sorted({name for name in NAMES if FUNCTION.fullmatch(name) and name[-3:] != ".py"}))
def test_a_named_function_exists(module):
    package, _, name = module.rpartition(".")
    home = ROOT / package.replace(".", "/")
    files = [home.with_suffix(".py"), *home.glob("*.py")]
    assert any(f"def {name}(" in file.read_text("utf8") for file in files if file.exists())


def test_named_commands_exist():
    named = set(re.findall(r"manage\.py (\w+)", BOTH))
    assert named - get_commands().keys() == set()


def test_levels_are_those_that_the_imports_are_checked_against():
    diagram = PAGE.split("```")[1]
    levels = {}
    for line in diagram.strip().splitlines():
        level, _space, names = line.partition(" ")
        level, names = int(level), names.split("   ")
        for room in re.findall(r"[a-z]+", next(filter(str.strip, names))):
            levels[room] = level
    rooms = {name.split(".")[0] for name in project()} & FLOORS.keys()
    assert levels == {room: FLOORS[room] for room in rooms}
