"""Mutation testing: change one place of a module, run its tests, and check whether one of them fails.

`make mutants` runs every group of `[tool.mutants]` in pyproject.toml, `make mutants ONLY=byline` one of them; `JOBS=2`
sets how many mutants are tested at once, `SAMPLE=50` how many are tested in all. A group names its modules, their tests
and, if it has too many mutants, the size of a sample, which is the same each time. Survivors are written to
var/mutants/.

Each mutant runs in a process of its own, which imports the changed source instead of the file. The working tree is not
touched. Of the tests of the group, those that execute the changed line run, quickest first, until one fails.
"""

import atexit
import os
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path

import django
import pytest
from django.db import connection

from bench.covering_tests import Choice, Covering, Recorder
from bench.figures import Figure, machine
from bench.mutations import ROOT, Mutant, mutants_of

PYTEST = ["-x", "-q", "-n0", "--reuse-db", "-p", "no:cacheprovider"]
# Loaded once, before the processes of the mutants are forked.
PRELOADED = (
    "coverage", "django.db.models", "django.test", "docx", "fontTools.ttLib", "lxml.etree", "numpy", "openpyxl",
    "pikepdf", "PIL.Image", "pypdfium2", "pytest_django.plugin", "reportlab.pdfgen.canvas",
)  # fmt: skip
MOST_MEMORY = 6 * 1024**3  # bytes, for mutants that collect without end


def record(paths: list[str], tests: list[str], folder: Path) -> Covering:
    """Run the tests with the unchanged code; return which lines each executes. Raises SystemExit if one fails."""
    lines, log = folder / "lines.json", folder / "unchanged.txt"
    child = os.fork()
    if child == 0:
        run(tests, Recorder(paths, lines), log)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"The tests fail without a mutant: see {log}.")
    return Covering(lines)


def start(mutant: Mutant, tests: list[str], seconds: int, log: Path) -> int:
    """Start the process that tests a mutant; return its id. Mutants that exceed a limit count as killed."""
    child = os.fork()
    if child == 0:
        signal.alarm(10 * seconds)  # waiting is not computing, and the machine may have other work
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        put_in_place(mutant)
        choice = Choice(tests)
        run(choice.files, choice, log)
    return child


def run(tests: list[str], plugin: object, log: Path):
    """Run tests in this process, a child, and end it."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    code = 1
    try:
        code = pytest.main([*PYTEST, *tests], plugins=[plugin])
    finally:
        leave(0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code)


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


def judge(mutants: list[Mutant], covering: Covering, jobs: int, folder: Path) -> list[Mutant]:
    """Return the mutants that survive, and print each as soon as it is known."""
    waiting = [(mutant, covering.tests_for(mutant)) for mutant in mutants]
    survivors = [mutant for mutant, tests in waiting if not tests]
    for mutant in survivors:
        print(f"{mutant.diff}\n(no test executes it)", flush=True)
    waiting, running, done = [pair for pair in waiting if pair[1]], {}, 0
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant, tests = waiting.pop(0)
            seconds = int(20 + 5 * sum(covering.seconds[test] for test in tests))
            running[start(mutant, tests, seconds, folder / f"{len(waiting) % jobs}.txt")] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            survivors.append(mutant)
            print(mutant.diff, flush=True)
        done += 1
        if done % 25 == 0:
            print(f"{done} tested, {len(survivors)} survive", flush=True)
    return survivors


def measure(name: str, group: dict, jobs: int) -> Figure:
    """Test the mutants of a group, and write the survivors to a file."""
    paths = [str(path.relative_to(ROOT)) for pattern in group["modules"] for path in sorted(ROOT.glob(pattern))]
    tests = [str(path) for pattern in group["tests"] for path in sorted(ROOT.glob(pattern))]
    mutants = mutants_of(paths, int(os.environ.get("SAMPLE") or group.get("sample", 0)))
    print(f"{name}: {len(mutants)} mutants in {len(paths)} modules", flush=True)
    folder = ROOT / "var" / "mutants" / name
    folder.mkdir(parents=True, exist_ok=True)
    survivors = judge(mutants, record(paths, tests, folder), jobs, folder)
    (folder / "survivors.diff").write_text("\n\n".join(mutant.diff for mutant in survivors) + "\n")
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
