"""The accessibility statement answers for each success criterion of WCAG 2.2 that applies."""

from itertools import chain

import pytest

from portal.wcag import WCAG
from tests.gate import shows

# Levels A and AA. 4.1.1 was removed in WCAG 2.2.
COUNTS = {"1.1": [1], "1.2": range(1, 6), "1.3": range(1, 6), "1.4": [1, 2, 3, 4, 5, 10, 11, 12, 13], "2.1": [1, 2, 4],
          "2.2": [1, 2], "2.3": [1], "2.4": [*range(1, 8), 11], "2.5": [1, 2, 3, 4, 7, 8], "3.1": [1, 2],
          "3.2": [1, 2, 3, 4, 6], "3.3": [1, 2, 3, 4, 7, 8], "4.1": [2, 3]}  # fmt: skip


def test_each_criterion_of_levels_a_and_aa_is_answered_once():
    wanted = [f"{guideline}.{number}" for guideline, numbers in COUNTS.items() for number in numbers]
    assert len(wanted) == 55
    found = list(chain.from_iterable(row.numbers for row in WCAG))
    assert sorted(found) == sorted(wanted)


@pytest.mark.django_db
def test_the_statement_shows_how_each_is_met_and_what_falls_short(client):
    assert shows(client, "/accessibility/", *(str(row.met) for row in WCAG), *(str(row.lacking) for row in WCAG))
