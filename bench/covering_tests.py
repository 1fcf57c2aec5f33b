"""Which tests of a group execute the line of a mutant: no other test can notice it.

The unchanged code is run once, with coverage by test. What a fixture of a module or a session executes counts for every
test of that module or session, and what is executed while tests are imported counts for all. A line outside functions
makes what any function may read, so every test is a candidate; those that execute the module come first.
"""

import ast
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

from bench.mutations import ROOT, Mutant


class Tracer:
    """The lines of some modules that are executed, by context: a test, a file of tests, or "" for their import."""

    def __init__(self, paths: list[str]):
        self.paths = paths
        included = [str(ROOT / path) for path in paths]
        self.coverage = coverage.Coverage(data_file=None, config_file=False, include=included)
        self.coverage.start()

    def lines(self) -> dict[str, dict[int, list[str]]]:
        self.coverage.stop()
        data = self.coverage.get_data()
        return {path: data.contexts_by_lineno(str(ROOT / path)) for path in self.paths}


class Recorder:
    """A pytest plugin that notes the seconds of each test and the tests of each line."""

    def __init__(self, paths: list[str]):
        self.tracer = Tracer(paths)
        self.seconds: dict[str, float] = {}
        self.context = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        started = time.monotonic()
        self.switch(item.nodeid)
        result = yield
        self.seconds[item.nodeid] = time.monotonic() - started
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, request: pytest.FixtureRequest) -> Iterator[None]:
        before = self.context
        self.switch(request.node.nodeid)  # of the test, or of the module or session that shares the fixture
        result = yield
        self.switch(before)
        return result

    def switch(self, context: str):
        self.context = context
        self.tracer.coverage.switch_context(context)

    def write(self, file: Path):
        file.write_text(json.dumps({"seconds": self.seconds, "lines": self.tracer.lines()}))


class Covering:
    """The tests of a group, and the lines that each of them executes.

    `imported` holds the lines that are executed while the tests are imported.
    """

    def __init__(self, file: Path, imported: dict[str, dict[int, list[str]]]):
        recorded: dict[str, Any] = json.loads(file.read_text())
        self.seconds: dict[str, float] = recorded["seconds"]
        self.lines: dict[str, dict[int, set[str]]] = {}
        for path, lines in recorded["lines"].items():
            self.lines[path] = defaultdict(set, {int(line): set(contexts) for line, contexts in lines.items()})
            for line in imported.get(path, ()):
                self.lines[path][line].add("")

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Return the ids of the tests that may notice a mutant, quickest first; none if no test executes its line."""
        lines = self.lines[mutant.path]
        statement = statement_at((ROOT / mutant.path).read_text(), mutant.line)
        contexts = {context for line in statement or list(lines) for context in lines.get(line, ())}
        if statement is None:
            contexts.discard("")
            return sorted(self.seconds, key=lambda test: (not is_in(test, contexts), self.seconds[test]))
        return sorted((test for test in self.seconds if is_in(test, contexts)), key=self.seconds.__getitem__)

    def is_imported(self, mutant: Mutant) -> bool:
        """Return whether the line of a mutant is executed while the tests are imported, or may be."""
        statement = statement_at((ROOT / mutant.path).read_text(), mutant.line)
        return statement is None or any("" in self.lines[mutant.path].get(line, ()) for line in statement)

    def limit(self, tests: list[str]) -> int:
        """Return after how many seconds of computing a mutant counts as killed."""
        return int(20 + 5 * sum(self.seconds[test] for test in tests))


def is_in(test: str, contexts: set[str]) -> bool:
    """Return whether a context is the test, its file, or all tests."""
    return bool(contexts & {"", ".", test, test.partition("::")[0]})


def statement_at(source: str, line: int) -> set[int] | None:
    """Return the lines of the innermost statement, of a compound one only its head; None outside functions."""
    head, is_inside = {line}, False
    for node in ast.walk(ast.parse(source)):  # a statement comes before those in it
        if not isinstance(node, ast.stmt) or not node.lineno <= line <= (node.end_lineno or 0):
            continue
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else node.end_lineno or 0
        head = {line, *range(node.lineno, max(node.lineno, last) + 1)}
        is_inside |= isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body[0].lineno <= line
    return head if is_inside else None
