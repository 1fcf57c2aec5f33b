"""Mutation testing: change one place of a module, run its tests, and check whether one of them fails.

`make mutants` runs every group of `[tool.mutants]` in pyproject.toml, `make mutants ONLY=byline` one of them; `JOBS=2`
sets how many mutants are tested at once, `SAMPLE=50` how many are tested in all. A group names its modules, their tests
and, if it has too many mutants, the size of a sample, which is the same each time. Survivors are written to
var/mutants/. The working tree is not touched.

Of the tests of the group, those that execute the changed line run, quickest first, until one fails.
"""

import os
import pickle
import shutil
import sys
import tempfile
import tomllib
from importlib import import_module
from pathlib import Path

import django
import pytest
from django.db import connection

from bench.figures import Figure, machine
from bench.mutant_runs import PYTEST, Runs, fork, run_all, run_imported
from bench.mutations import ROOT, Mutant, mutants_of

# Loaded once, before processes are forked.
PRELOADED = (
    "coverage", "django.db.models", "django.test", "docx", "fontTools.ttLib", "lxml.etree", "numpy", "openpyxl",
    "pikepdf", "PIL.Image", "pypdfium2", "pytest_django.plugin", "reportlab.pdfgen.canvas",
)  # fmt: skip


class Group:
    """The mutants of a group, and which of them survive."""

    def __init__(self, name: str, entry: dict):
        self.name, self.goal = name, entry["goal"]
        self.paths = sorted({str(one.relative_to(ROOT)) for pattern in entry["modules"] for one in ROOT.glob(pattern)})
        self.tests = [str(path) for pattern in entry["tests"] for path in sorted(ROOT.glob(pattern))]
        self.mutants = mutants_of(self.paths, int(os.environ.get("SAMPLE") or entry.get("sample", 0)))
        self.folder = ROOT / "var" / "mutants" / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.report = os.fdopen(os.dup(1), "w")  # the tests have an output of their own
        self.survivors: list[Mutant] = []
        self.done = 0

    def test(self, jobs: int):
        """Test all mutants. Raises SystemExit if the tests fail without a mutant."""
        self.print(f"{self.name}: {len(self.mutants)} mutants in {len(self.paths)} modules")
        state = self.folder / "state.pickle"
        if os.waitpid(fork(lambda: self.test_in_functions(jobs, state)), 0)[1]:
            sys.exit(f"The tests fail without a mutant: see {self.folder / 'output.txt'}.")
        self.survivors, self.done, covering, later = pickle.loads(state.read_bytes())  # noqa: S301 - written above
        waiting = [(mutant, tests, lambda pair=(mutant, tests): self.test_imported(*pair)) for mutant, tests in later]
        run_all(waiting, covering, jobs, self.found)
        (self.folder / "survivors.diff").write_text("\n\n".join(mutant.diff for mutant in self.survivors) + "\n")

    def test_in_functions(self, jobs: int, state: Path) -> int:
        """Test the mutants in functions, and write what is known then, with the mutants that are left."""
        runs = Runs(self.paths, self.mutants, jobs, self.folder, self.found)
        self.redirect()
        status = pytest.main([*PYTEST, *self.tests], plugins=[runs])
        if not status:
            state.write_bytes(pickle.dumps((self.survivors, self.done, runs.covering, runs.later)))
        return status

    def test_imported(self, mutant: Mutant, tests: list[str]) -> int:
        self.redirect()
        return run_imported(mutant, tests)

    def redirect(self):
        """Write the output of this process and its children to a file."""
        output = os.open(self.folder / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)

    def found(self, mutant: Mutant, survives: bool):
        """Note whether a mutant survives, and print it if it does."""
        self.done += 1
        if survives:
            self.survivors.append(mutant)
            self.print(mutant.diff)
        if self.done % 25 == 0:
            self.print(f"{self.done} tested, {len(self.survivors)} survive")

    def print(self, text: str):
        print(text, file=self.report, flush=True)

    def figure(self) -> Figure:
        killed = 100 * (1 - len(self.survivors) / len(self.mutants))
        return Figure(f"{self.name}: mutants killed of {len(self.mutants)}", killed, "%", self.goal, most=False)


def make_database(path: str) -> int:
    """Create the empty database with which the tests of each mutant start."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    connection.settings_dict["TEST"]["NAME"] = path
    connection.creation.create_test_db(verbosity=0)
    connection.close()
    return 0


def main():
    entries = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutants"]
    only, jobs = os.environ.get("ONLY") or None, int(os.environ.get("JOBS") or os.cpu_count())
    for module in PRELOADED:
        import_module(module)
    groups = [Group(name, entry) for name, entry in entries.items() if only in (None, name)]
    folder = tempfile.mkdtemp(prefix="portal-mutants-")
    try:
        path = f"{folder}/test.sqlite3"
        if os.waitpid(fork(lambda: make_database(path)), 0)[1]:
            sys.exit("The database of the tests could not be made.")
        os.environ["TEST_DATABASE"] = path
        for group in groups:
            group.test(jobs)
    finally:
        shutil.rmtree(folder)
    for group in groups:
        print(group.figure())
    print(machine())


if __name__ == "__main__":
    main()
