"""Mutation testing: which mutants are made, and which tests each of them meets."""

import json
import sys
from functools import cache, cached_property

import pytest

from bench import figures
from bench.covering_tests import Covering, statement_at
from bench.mutant_runs import change_of, loaded_function
from bench.mutations import ROOT, Mutant, mutants_of

SOURCE = """\
LIMIT = 3


def f(
    value,
    other=2,
):
    if (
        value
        and other
    ):
        return [
            value,
            other,
        ]
    try:
        return value
    except ValueError:
        return None
"""
PATH = "text/sorting.py"


def test_sample_is_the_same_each_time_and_has_no_mutant_twice():
    mutants = mutants_of([PATH], 20)
    assert mutants == mutants_of([PATH], 20)
    assert len({mutant.source for mutant in mutants}) == 20
    assert set(mutants) < set(mutants_of([PATH], None))


def test_statement_of_a_line_is_the_innermost_and_of_a_compound_one_its_head():
    assert statement_at(SOURCE, 10) == {8, 9, 10, 11}
    assert statement_at(SOURCE, 14) == {12, 13, 14, 15}
    assert statement_at(SOURCE, 17) == {17}
    assert statement_at(SOURCE, 18) == {16, 18}


def test_lines_outside_functions_have_no_statement():
    assert [statement_at(SOURCE, line) for line in (1, 4, 6)] == [None, None, None]


def covering(tmp_path, lines):
    seconds = {"tests/a.py::slow": 9, "tests/a.py::quick": 1, "tests/b.py::other": 2}
    file = tmp_path / "lines.json"
    file.write_text(json.dumps({"seconds": seconds, "lines": {PATH: lines}}))
    return Covering(file, {})


def first_line_inside():
    return next(mutant for mutant in mutants_of([PATH], None) if statement_at(mutant.source, mutant.line))


def test_mutant_meets_the_tests_that_execute_its_line_quickest_first(tmp_path):
    mutant = first_line_inside()

    def tests(*contexts):
        return covering(tmp_path, {str(mutant.line): list(contexts)}).tests_for(mutant)

    assert tests("tests/b.py::other") == ["tests/b.py::other"]
    assert tests("tests/a.py::slow", "tests/a.py::quick") == ["tests/a.py::quick", "tests/a.py::slow"]
    assert tests("tests/a.py") == ["tests/a.py::quick", "tests/a.py::slow"]  # a fixture of the module
    assert len(tests("")) == 3  # while tests were imported
    assert tests() == []


def test_mutant_outside_functions_meets_all_tests_those_of_its_module_first(tmp_path):
    mutant = Mutant(PATH, 1, "")
    tests = covering(tmp_path, {"1": [""], "40": ["tests/b.py::other"]}).tests_for(mutant)
    assert tests == ["tests/b.py::other", "tests/a.py::quick", "tests/a.py::slow"]


def test_function_of_a_loaded_module_gets_the_changed_code():
    source = (ROOT / "bench/figures.py").read_text()
    mutant = Mutant("bench/figures.py", 0, source.replace("len(values) * 0.95", "len(values) * 0.05"))
    code = figures.high.__code__
    try:
        change_of(mutant)()
        assert figures.high(range(100)) == 5
    finally:
        figures.high.__code__ = code
    assert figures.high(range(100)) == 95


def test_changes_outside_functions_cannot_be_put_into_a_loaded_module():
    source = (ROOT / "bench/figures.py").read_text()
    for old, new in (("most: bool = True", "most: bool = False"), ("def high", "def low"), ("", "")):
        assert change_of(Mutant("bench/figures.py", 0, source.replace(old, new, 1))) is None


class Holder:
    @property
    def shown(self):
        return 1

    @cached_property
    def kept(self):
        return 2

    @classmethod
    def made(cls):
        return 3

    @staticmethod
    def bare():
        return 4

    @staticmethod
    @cache
    def stored():
        return 5


@pytest.mark.parametrize("name", ["shown", "kept", "made", "bare", "stored"])
def test_functions_are_found_in_what_wraps_them(name):
    assert loaded_function(sys.modules[__name__], f"Holder.{name}").__name__ == name
    assert loaded_function(Holder, "none") is None
