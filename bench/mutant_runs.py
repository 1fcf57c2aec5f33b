"""The runs of the tests of a group: with the unchanged code, then with each mutant, in processes that are forked.

Setting up Django, importing the tests and making their database takes longer than most tests, so this is done once. A
mutant in a function is put into the loaded module: the function gets the changed code. For a mutant that is executed
while modules are imported, the tests are imported again, with the changed source in place of the file.
"""

import atexit
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.db import connections
from django.test import utils
from pytest_django.plugin import blocking_manager_key

from bench.covering_tests import Covering, Recorder, Tracer
from bench.mutations import ROOT, Mutant

PYTEST = ["-x", "-q", "-n0", "--reuse-db", "-p", "no:cacheprovider"]
MOST_MEMORY = 6 * 1024**3  # bytes, for mutants that collect without end

Found = Callable[[Mutant, bool], None]  # receives each mutant, and whether it survives


class Runs:
    """A pytest plugin that runs the tests again and again instead of once.

    It runs in a process of its own. `found` receives each mutant in a function; the others are left in `later`.
    """

    def __init__(self, paths: list[str], mutants: list[Mutant], jobs: int, folder: Path, found: Found):
        self.mutants, self.jobs, self.folder, self.found = mutants, jobs, folder, found
        self.paths, self.imports = paths, Tracer(paths)
        self.later: list[tuple[Mutant, list[str]]] = []
        self.covering: Covering

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        imported = self.imports.lines()
        with session.config.stash[blocking_manager_key].unblock():
            make_database()
        file = self.folder / "lines.json"
        if os.waitpid(fork(lambda: self.record(session, file)), 0)[1]:
            session.testsfailed += 1
            return True
        self.covering = Covering(file, imported)
        waiting: list[tuple[Mutant, list[str], Callable[[], int]]] = []
        for mutant in self.mutants:
            tests, change = self.covering.tests_for(mutant), change_of(mutant)
            if self.covering.is_imported(mutant) or (tests and change is None):
                self.later.append((mutant, tests))
            elif not tests:
                self.found(mutant, True)
            else:
                waiting.append((mutant, tests, self.run_of(session, tests, change)))
        run_all(waiting, self.covering, self.jobs, self.found)
        return True

    def record(self, session: pytest.Session, file: Path) -> int:
        recorder = Recorder(self.paths)
        session.config.pluginmanager.register(recorder)
        status = run_items(session, session.items)
        recorder.write(file)
        return status

    def run_of(self, session: pytest.Session, tests: list[str], change: Callable[[], None]) -> Callable[[], int]:
        by_id = {item.nodeid: item for item in session.items}

        def run() -> int:
            change()
            return run_items(session, [by_id[test] for test in tests])

        return run


class Choice:
    """A pytest plugin that runs the chosen tests only, in their order."""

    def __init__(self, tests: list[str]):
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Any:
        result = yield
        chosen = [item for item in items if item.nodeid in self.order]
        items[:] = sorted(chosen, key=lambda item: self.order[item.nodeid])
        return result


def run_items(session: pytest.Session, items: list[pytest.Item]) -> int:
    """Run tests until one fails, in a process of their own, with a database of their own."""
    own_database()
    for item, following in zip(items, [*items[1:], None], strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return 1
    return 0


def run_imported(mutant: Mutant, tests: list[str]) -> int:
    """Run tests that are imported together with a mutant."""
    put_in_place(mutant)
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    code = pytest.main([*PYTEST, *files], plugins=[Choice(tests)])
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code


def run_all(waiting: list[tuple[Mutant, list[str], Callable[[], int]]], covering: Covering, jobs: int, found: Found):
    """Run the tests of mutants, several at once. Mutants that exceed a limit count as killed."""
    waiting, running = list(waiting), {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant, tests, run = waiting.pop(0)
            running[fork(run, covering.limit(tests))] = mutant
        child, status = os.wait()
        found(running.pop(child), status == 0)


def fork(run: Callable[[], int], seconds: int = 0) -> int:
    """Run something in a child process, within a limit of computing; return its id."""
    sys.stdout.flush()
    if child := os.fork():
        return child
    atexit._clear()  # what the parent does at its end
    if seconds:
        signal.alarm(10 * seconds)  # waiting is not computing, and the machine may have other work
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    status = 1
    try:
        status = run()
    finally:
        atexit._run_exitfuncs()  # such as the deletion of the folder with the data of the tests
        sys.stdout.flush()
        os._exit(status)


def make_database():
    """Make the database of the tests, of which each run has a copy."""
    utils.setup_databases(verbosity=0, interactive=False, keepdb=True)
    connections.close_all()


def own_database():
    """Give this process a copy of the database, and leave the test runner nothing to make."""
    settings = connections["default"].settings_dict
    handle, path = tempfile.mkstemp(".sqlite3")
    os.close(handle)
    shutil.copy(settings["NAME"], path)
    settings["NAME"] = settings["TEST"]["NAME"] = path
    atexit.register(Path(path).unlink, missing_ok=True)
    utils.setup_databases, utils.teardown_databases = (lambda *_, **__: []), (lambda *_, **__: None)


def put_in_place(mutant: Mutant):
    """Make imports use the mutant's source instead of the module's."""
    usual, changed = SourceFileLoader.get_code, str(ROOT / mutant.path)

    def get_code(loader, name):
        if loader.path == changed:
            return compile(mutant.source, changed, "exec", dont_inherit=True)
        return usual(loader, name)

    SourceFileLoader.get_code = get_code


def change_of(mutant: Mutant) -> Callable[[], None] | None:
    """Return what gives the function of a mutant its changed code; None if it cannot be found in the loaded module."""
    old, new = (functions_of(compile(source, mutant.path, "exec", dont_inherit=True))
                for source in ((ROOT / mutant.path).read_text(), mutant.source))  # fmt: skip
    names = [name for name in old if name in new and old[name] != new[name]]
    if len(names) != 1 or old.keys() != new.keys():
        return None
    function = loaded_function(import_module(mutant.path.removesuffix(".py").replace("/", ".")), names[0])
    code = new[names[0]]
    if function is None or function.__code__ != old[names[0]] or function.__code__.co_freevars != code.co_freevars:
        return None
    return lambda: setattr(function, "__code__", code)


def functions_of(code: CodeType) -> dict[str, CodeType]:
    """Return the code of the functions and methods of a module by their names, such as `Class.method`."""
    found: dict[str, CodeType] = {}
    for one in code.co_consts:
        if isinstance(one, CodeType):
            is_class = not one.co_flags & 0x2  # the flag of functions, whose names are local
            found |= functions_of(one) if is_class else {one.co_qualname: one}
    return found


def loaded_function(holder: Any, name: str) -> FunctionType | None:
    """Return the function that a name means in a module or class, without what wraps it."""
    for part in name.split("."):
        holder = vars(holder).get(part)
        if holder is None:
            return None
    if isinstance(holder, property):
        holder = holder.fget
    elif isinstance(holder, cached_property):
        holder = holder.func
    elif isinstance(holder, classmethod | staticmethod):
        holder = holder.__func__
    while hasattr(holder, "__wrapped__"):
        holder = holder.__wrapped__
    return holder if isinstance(holder, FunctionType) else None
