"""Acronyms, and British and American spelling, as the engine finds them."""

import pytest

from tests.search.notes import hits, put_texts


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AIDS", {1, 3}),
        ("aids", {1, 2, 3}),
        ("aid", {2, 3}),
        ('"aids"', {1, 2, 3}),
        ("U.N.", {1}),
        ("un", {1}),
        ("UN", {1}),
        ('"the U.N. against AIDS"', {1}),
        ("labour", {4, 5}),
        ("labor", {4, 5}),
        ('"labour market"', {4}),
        ("programme", {4, 5}),
        ("labour-market", {4}),
    ],
)
def test_acronyms_are_terms_of_their_own_and_spellings_are_joined(backend, line, expected):
    put_texts(
        backend, "the UN against AIDS", "foreign aid aids growth", "THE FIGHT AGAINST AIDS AND POVERTY. And AIDS again",
        "a labour market programme", "a labor market program",
    )  # fmt: skip
    assert set(hits(backend, line)) == expected
