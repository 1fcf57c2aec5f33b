"""The rules of docs/ARCHITECTURE.md on imports, names and file lengths, checked on every source file."""

import ast
import re
import subprocess
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {
    "text": 0,
    "background": 0,
    **dict.fromkeys(["documents", "mail", "cards"], 1),
    **dict.fromkeys(["accounts", "subscriptions"], 2),
    "publishing": 3,
    "search": 4,
    "dialogues": 5,
    "contributions": 6,
    "intake": 7,
    "desk": 8,
    **dict.fromkeys(["portal", "backups"], 9),
    "mirror": 10,
}
STEPS = {"querysets": 0, "models": 1, "workflow": 2, "tasks": 2, "search_indexes": 2, "forms": 3, "views": 4,
         "admin": 4, "urls": 5}  # fmt: skip
OUTSIDE = {"tests", "bench"}
NOT_NAMES = re.compile(r"(utils?|helpers?|common|services?|managers?)")
MOST_LINES = 300


def sources(*kinds):
    """Return the project's files with these suffixes, relative to its root, without what Git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    return [Path(name) for name in listed if Path(name).suffix in kinds and (ROOT / name).is_file()]


def module_name(path):
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@cache
def project():
    """Return the syntax tree of each module by name; a package is a module whose file is `__init__.py`."""
    return {
        module_name(path): (ast.parse((ROOT / path).read_text("utf8")), path.name == "__init__.py")
        for path in sources(".py")
        if "migrations" not in path.parts
    }


def absolute(node, importer, is_package):
    """Return the full names that an import statement may refer to, longest first."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = importer.split(".")
    base = base[: len(base) - node.level + is_package] if node.level else []
    origin = ".".join([*base, *([node.module] if node.module else [])])
    return [f"{origin}.{alias.name}" for alias in node.names]


def imports(modules):
    """Return, for each module, the modules of the project that it imports."""
    return {name: set(imported(name, modules)) for name in modules}


def imported(name, modules):
    """Yield the modules of the project that a module imports."""
    tree, is_package = modules[name]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for asked in absolute(node, name, is_package):
                parts = asked.split(".")
                known = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
                yield from [found for found in known if found in modules][:1]


def climbs_floors(arrows):
    """Yield imports that go up, or sideways between apps of one level. `arrows` are those of `imports`, as below."""
    for name, others in arrows.items():
        room = name.split(".")[0]
        for other in {found.split(".")[0] for found in others} - {room}:
            if room in FLOORS and (other in OUTSIDE or FLOORS.get(other, -1) >= FLOORS[room]):
                yield f"{name} imports {other}"


def step_of(name):
    """Return the level of a module within its app, or None if it has none."""
    parts = name.split(".")
    return STEPS.get(parts[1]) if len(parts) > 1 and parts[0] in FLOORS else None


def reached(name, arrows):
    """Return the modules with a level that a module reaches in its app, directly or through modules without one."""
    app, seen, waiting = name.split(".")[0], set(), [name]
    while waiting:
        for found in arrows[waiting.pop()] - seen:
            if found.split(".")[0] == app:
                seen.add(found)
                waiting += [found] if step_of(found) is None else []
    return {found for found in seen if step_of(found) is not None}


def climbs_stairs(arrows):
    """Yield imports inside an app that go up."""
    for name in arrows:
        step = step_of(name)
        if step is not None:
            yield from (f"{name} reaches {other}" for other in reached(name, arrows) if step_of(other) > step)


def circle_in(arrows):
    """Return a circle in a graph given as {name: names it leads to}, or None."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return error.args[1]
    return None


def circles(arrows, packages):
    """Yield circles of modules inside an app, and circles of the parts of an app or of a folder inside it.

    The parts of a folder are the modules and folders directly in it.
    """
    inner = {
        name: {other for other in others if other.split(".")[0] == name.split(".")[0]} - {name}
        for name, others in arrows.items()
        if name.split(".")[0] in FLOORS
    }
    yield circle_in(inner)
    for folder in packages & inner.keys():
        parts = {}
        for name, others in inner.items():
            if name.startswith(f"{folder}."):
                inside = (other for other in others if other.startswith(f"{folder}."))
                part = part_of(folder, name)
                parts.setdefault(part, set()).update({part_of(folder, other) for other in inside} - {part})
        yield circle_in(parts)


def part_of(folder, name):
    """Return the part of a folder that holds a module."""
    return name.removeprefix(f"{folder}.").split(".")[0]


def packages(modules):
    """Return the names of the packages among these modules."""
    return {name for name, (_tree, is_package) in modules.items() if is_package}


def imports_late(modules):
    """Yield the functions that import something."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    for name, (tree, _) in modules.items():
        for function in ast.walk(tree):
            if isinstance(function, functions) and any(
                isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function)
            ):
                yield f"{name}.{function.name}"


@pytest.fixture(scope="module")
def arrows():
    return imports(project())


def test_every_app_is_checked():
    house = project()
    apps = {name.split(".")[0] for name in house}
    assert apps - {"manage", "gunicorn"} == FLOORS.keys() | OUTSIDE
    assert len(house) > 100


def test_no_import_climbs_the_floors(arrows):
    assert list(climbs_floors(arrows)) == []


def test_no_import_climbs_the_stairs_inside_an_app(arrows):
    assert list(climbs_stairs(arrows)) == []


def test_no_modules_and_no_folders_import_each_other_in_a_circle(arrows):
    assert list(filter(None, circles(arrows, packages(project())))) == []


def test_no_import_hides_inside_a_function():
    loads_openpyxl = "publishing.spreadsheets.to_xlsx"  # a sixth of the time to start a process
    assert list(imports_late(project())) == [loads_openpyxl]


def test_no_file_or_folder_has_a_name_that_says_nothing():
    parts = {part for path in sources(".py", ".html", ".css", ".js") for part in (*path.parts[:-1], path.stem)}
    assert [part for part in sorted(parts) if NOT_NAMES.fullmatch(part.strip("_"))] == []


def test_no_file_is_too_long():
    paths = [path for path in sources(".py", ".html", ".css", ".js") if "migrations" not in path.parts]
    lengths = {str(path): len((ROOT / path).read_text("utf8").splitlines()) for path in paths}
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


# Tests of the checks themselves: what they must find, and what they must not.


def made_of(**modules):
    """Write a project of these modules, with `__` for a dot in their names; one named like a folder is a package."""
    names = {name.replace("__", ".") for name in modules}
    return {
        name.replace("__", "."): (
            ast.parse(text), any(other.startswith(name.replace("__", ".") + ".") for other in names)
        )
        for name, text in modules.items()
    }  # fmt: skip


ROOMS = dict.fromkeys(FLOORS, "") | {"dialogues__models": "", "portal__views": "", "tests": "", "tests__build": ""}


@pytest.mark.parametrize(
    ("module", "statement", "finding"),
    [
        ("documents__tasks", "from dialogues.models import Quote", ["documents.tasks imports dialogues"]),
        ("documents__tasks", "import dialogues.models as m", ["documents.tasks imports dialogues"]),
        ("documents__tasks", "import search", ["documents.tasks imports search"]),
        ("accounts__forms", "import subscriptions", ["accounts.forms imports subscriptions"]),
        ("dialogues__views", "if 1:\n    from portal import views", ["dialogues.views imports portal"]),
        ("dialogues__views", "from tests import build", ["dialogues.views imports tests"]),
        ("intake__tasks", "from contributions import models", []),
        ("dialogues__views", "from documents import delivery", []),
        ("dialogues__views", "from django import forms\nimport searching", []),
        ("tests__build", "from portal import views", []),
    ],
)
def test_the_walker_finds_what_climbs_the_floors(module, statement, finding):
    assert list(climbs_floors(imports(made_of(**ROOMS | {module: statement})))) == finding


@pytest.mark.parametrize(
    ("modules", "finding"),
    [
        ({"search__models": "from search.views import x", "search__views": ""}, ["search.models reaches search.views"]),
        ({"search__models": "from .views import x", "search__views": ""}, ["search.models reaches search.views"]),
        ({"search__models": "from . import forms", "search__forms": ""}, ["search.models reaches search.forms"]),
        ({"search__models": "", "search__models__hit": "from ..workflow import x", "search__workflow": ""},
         ["search.models.hit reaches search.workflow"]),
        ({"search__models": "from .words import x", "search__words": "from . import admin", "search__admin": ""},
         ["search.models reaches search.admin"]),
        ({"search__querysets": "from .models import x", "search__models": ""},
         ["search.querysets reaches search.models"]),
        ({"search__views": "from .forms import x", "search__forms": "from . import models", "search__models": ""}, []),
        ({"search__words": "from . import admin", "search__admin": ""}, []),
        ({"search__workflow": "from . import tasks", "search__tasks": ""}, []),
    ],
)  # fmt: skip
def test_the_walker_finds_what_climbs_the_stairs(modules, finding):
    assert list(climbs_stairs(imports(made_of(search="", **modules)))) == finding


@pytest.mark.parametrize(
    ("modules", "found"),
    [
        ({"search__a": "from .b import x", "search__b": "from . import c", "search__c": "from .a import y"}, True),
        ({"search__a": "from .b import x", "search__b": "from . import c", "search__c": ""}, False),
        ({"search__a": "", "search__a__one": "from ..b import x", "search__b": "from .a.two import y",
          "search__a__two": ""}, True),
        ({"search__a": "", "search__a__one": "from ..b import x", "search__b": "", "search__a__two": ""}, False),
        ({"search__a": "", "search__a__b": "", "search__a__b__one": "from ..c import x",
          "search__a__c": "from .b.two import y", "search__a__b__two": ""}, True),
        ({"search__a": "from mail.b import x", "mail": "", "mail__b": "from search.a import y"}, False),
    ],
)  # fmt: skip
def test_the_walker_finds_circles(modules, found):
    made = made_of(search="", **modules)
    assert bool(list(filter(None, circles(imports(made), packages(made))))) is found


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("def f():\n    import os", ["search.f"]),
        ("class A:\n    async def f(self):\n        if 1:\n            from os import path", ["search.f"]),
        ("import os\nclass A:\n    import sys", []),
        ("try:\n    import os\nexcept ImportError:\n    os = None", []),
    ],
)
def test_the_walker_finds_imports_inside_functions(text, finding):
    assert list(imports_late(made_of(search=text))) == finding


@pytest.mark.parametrize(("name", "refused"), [("utils", True), ("util", True), ("helpers", True), ("common", True),
                                               ("services", True), ("managers", True), ("commons", False),
                                               ("manage", False), ("service_hours", False)])  # fmt: skip
def test_names_that_say_nothing(name, refused):
    assert bool(NOT_NAMES.fullmatch(name)) is refused
