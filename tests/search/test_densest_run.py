"""The densest run of spans, which a snippet shows."""

import pytest

from search.spans import SNIPPET_WIDTH, densest, score


def brute_force(found):
    """Return the score of the densest run by looking at all of them."""
    runs = [
        [span for span in found[i:] if span[2] - found[i][1] <= SNIPPET_WIDTH] or [found[i]] for i in range(len(found))
    ]
    return max(((len({term for term, _, _ in run}), len(run)) for run in runs), default=(0, 0))


@pytest.mark.parametrize("step", [1, 7, 40, 130, 261, 300])
def test_the_densest_run_is_the_one_that_brute_force_finds(step):
    terms = ["debt", "debt", "bondage", "ship", "debt", "ship", "bondage", "bondage", "port"] * 5
    found = [(term, place * step, place * step + len(term)) for place, term in enumerate(terms)]
    run = densest(found)
    assert (len({term for term, _, _ in run}), len(run)) == brute_force(found)
    assert score(found) == (4, len(run))


def test_no_spans_have_no_densest_run():
    assert densest([]) == []


def test_the_densest_run_takes_linear_time():
    steps = 0

    class Counted(tuple):
        def __getitem__(self, index):
            nonlocal steps
            steps += 1
            return super().__getitem__(index)

        __iter__ = tuple.__iter__

    found = [Counted(("debt", place * 5, place * 5 + 4)) for place in range(40_000)]
    assert len(densest(found)) == SNIPPET_WIDTH // 5
    assert steps < 10 * len(found)
