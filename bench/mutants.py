"""Mutation testing: change one place of a module, run its tests, and check whether one of them fails.

`make mutants` runs every group of `[tool.mutants]` in pyproject.toml, `make mutants ONLY=byline` one of them; `JOBS=2`
sets how many mutants are tested at once, `SAMPLE=50` how many are tested in all. A group names its modules, their tests
and, if it has too many mutants, the size of a sample, which is the same each time. Survivors are written to
var/mutants/.

The operators are mutmut's. Its runner is not used, because it leaves out decorated functions, such as most workflows,
and tables at the top of a module. Here each mutant runs in a process of its own, which imports the changed source
instead of the file. The working tree is not touched.
"""

import ast
import atexit
import difflib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path

import django
import libcst as cst
import pytest
from django.db import connection
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

from bench.figures import Figure, machine

ROOT = Path(__file__).resolve().parent.parent
SEED = 12
WORDS_ONLY = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "TypeVar"}  # nodes without behaviour
UNCHANGED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
# Loaded once, before the processes of the mutants are forked.
PRELOADED = ("django.db.models", "django.test", "lxml.etree", "numpy", "pikepdf", "PIL.Image", "pytest_django.plugin")


@dataclass(frozen=True)
class Mutant:
    """One change: the module's path, the line, and the module's source with the change."""

    path: str
    line: int
    source: str

    @property
    def diff(self) -> str:
        lines = ((ROOT / self.path).read_text(), self.source)
        return "\n".join(difflib.unified_diff(*(text.splitlines() for text in lines), self.path, "", n=1, lineterm=""))


class Mutator(cst.CSTVisitor):
    """Collects the changed nodes of a module."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self):
        self.changes: list[tuple[cst.CSTNode, cst.CSTNode, int]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, UNCHANGED) or is_words_only(node) or is_text_alone(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                changed = list(operator(node))
                # One mutant of a text is enough: it is another text.
                for other in changed[:1] if operator is operator_string else changed:
                    line = self.get_metadata(PositionProvider, node, None)
                    self.changes.append((node, other, line.start.line if line else 0))
        return True


def is_words_only(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in WORDS_ONLY


def is_text_alone(node: cst.CSTNode) -> bool:
    """Return whether a node is a docstring."""
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)


def mutants_of(path: str) -> Iterator[Mutant]:
    """Yield the mutants of a module that differ from it and from each other, and can be compiled."""
    wrapper = MetadataWrapper(cst.parse_module((ROOT / path).read_text()))
    mutator = Mutator()
    wrapper.visit(mutator)
    seen = {ast.dump(ast.parse(wrapper.module.code))}
    for node, other, line in mutator.changes:
        source = wrapper.module.deep_replace(node, other).code
        try:
            tree = ast.dump(ast.parse(source))
        except SyntaxError:
            continue
        if tree not in seen:
            seen.add(tree)
            yield Mutant(path, line, source)


def start(mutant: Mutant | None, tests: list[str], seconds: int, log: Path) -> int:
    """Start the process that tests a mutant, or the unchanged code if there is none; return its id."""
    child = os.fork()
    if child:
        return child
    signal.alarm(seconds)  # ends the process, which counts as a kill
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    if mutant:
        put_in_place(mutant)
    code = 1
    try:
        code = pytest.main(["-x", "-q", "-n0", "--reuse-db", "-p", "no:cacheprovider", *tests])
    finally:
        leave(code)


def leave(code: int):
    """End a child process with its own clean-up, but without that of its parent."""
    atexit._run_exitfuncs()  # the folder with the data of the tests is deleted
    sys.stdout.flush()
    os._exit(code)


def put_in_place(mutant: Mutant):
    """Make imports use the mutant's source instead of the module's."""
    usual, changed = SourceFileLoader.get_code, str(ROOT / mutant.path)

    def get_code(loader, name):
        if loader.path == changed:
            return compile(mutant.source, changed, "exec", dont_inherit=True)
        return usual(loader, name)

    SourceFileLoader.get_code = get_code


def make_database(path: str) -> str:
    """Create the empty database with which the tests of each mutant start; return its path."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
            django.setup()
            connection.settings_dict["TEST"]["NAME"] = path
            connection.creation.create_test_db(verbosity=0)
            connection.close()
            code = 0
        finally:
            leave(code)
    if os.waitpid(child, 0)[1]:
        sys.exit("The database of the tests could not be made.")
    return path


def judge(mutants: list[Mutant], tests: list[str], jobs: int, folder: Path) -> list[Mutant]:
    """Return the mutants that survive. Raises SystemExit if the tests fail without a mutant."""
    started = time.monotonic()
    if os.waitpid(start(None, tests, 3600, folder / "unchanged.txt"), 0)[1]:
        sys.exit(f"The tests fail without a mutant: see {folder / 'unchanged.txt'}.")
    seconds = int(30 + 5 * (time.monotonic() - started))
    waiting, running, survivors = list(enumerate(mutants)), {}, []
    while waiting or running:
        while waiting and len(running) < jobs:
            number, mutant = waiting.pop(0)
            running[start(mutant, tests, seconds, folder / f"{number % jobs}.txt")] = mutant
        child, status = os.wait()
        if (mutant := running.pop(child)) and status == 0:
            survivors.append(mutant)
            print(mutant.diff, flush=True)
    return survivors


def measure(name: str, group: dict, jobs: int) -> Figure:
    """Test the mutants of a group, and write the survivors to a file."""
    paths = [str(path.relative_to(ROOT)) for pattern in group["modules"] for path in sorted(ROOT.glob(pattern))]
    mutants = [mutant for path in paths for mutant in mutants_of(path)]
    whole = len(mutants)
    sample = int(os.environ.get("SAMPLE") or group.get("sample", whole))
    if sample < whole:
        mutants = random.Random(SEED).sample(mutants, sample)  # noqa: S311 - not for secrets
    print(f"{name}: {len(mutants)} mutants of {whole} in {len(paths)} modules", flush=True)
    folder = ROOT / "var" / "mutants"
    folder.mkdir(parents=True, exist_ok=True)
    tests = [str(path) for pattern in group["tests"] for path in sorted(ROOT.glob(pattern))]
    survivors = judge(mutants, tests, jobs, folder)
    (folder / f"{name}.diff").write_text("\n\n".join(mutant.diff for mutant in survivors) + "\n")
    killed = 100 * (1 - len(survivors) / len(mutants))
    return Figure(f"{name}: mutants killed of {len(mutants)}", killed, "%", group["goal"], most=False)


def main():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutants"]
    only, jobs = os.environ.get("ONLY") or None, int(os.environ.get("JOBS") or os.cpu_count())
    for module in PRELOADED:
        import_module(module)
    folder = tempfile.mkdtemp(prefix="portal-mutants-")  # not a folder that is deleted when a child process ends
    try:
        os.environ["TEST_DATABASE"] = make_database(f"{folder}/test.sqlite3")
        figures = [measure(name, group, jobs) for name, group in groups.items() if only in (None, name)]
    finally:
        shutil.rmtree(folder)
    for figure in figures:
        print(figure)
    print(machine())


if __name__ == "__main__":
    main()
