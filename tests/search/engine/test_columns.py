import numpy as np
import pytest

from search.engine.columns import distinct, joined, once, rows, sorted_together


def column(*numbers):
    return np.array(numbers, "u4")


def lists(columns):
    return [column.tolist() for column in columns]


@pytest.mark.parametrize("most", [0, 9, 0xFFFF, 0x10000, 0xFFFFFFFF])
def test_rows_are_sorted_by_each_column_in_turn(most):
    random = np.random.default_rng(1)
    columns = [random.integers(0, top, 2_000, "u4", endpoint=True) for top in (most, 500, 3)]

    assert list(zip(*lists(sorted_together(*columns)), strict=True)) == sorted(zip(*lists(columns), strict=True))


def test_rows_that_do_not_fit_into_64_bits_are_sorted_too():
    first, then, last = column(7, 0xFFFFFFFF, 7), column(0xFFFFFFFF, 1, 2), column(1, 2, 3)
    assert lists(sorted_together(first, then, last)) == [[7, 7, 0xFFFFFFFF], [2, 0xFFFFFFFF, 1], [3, 1, 2]]


def test_no_rows_are_sorted():
    assert lists(sorted_together(column(), column())) == [[], []]


def test_parts_are_joined_in_order_and_a_single_one_is_not_copied():
    part = [column(1, 2), column(3, 4)]
    assert lists(joined([part, [column(5), column(6)]])) == [[1, 2, 5], [3, 4, 6]]
    assert joined([part, [column(), column()]]) is part
    assert lists(joined([[column()], [column()]])) == [[]]


def test_rows_are_chosen():
    chosen = np.array([True, False, True])
    assert lists(rows(chosen, column(1, 2, 3), column(4, 5, 6))) == [[1, 3], [4, 6]]
    both = column(1), column(2)
    assert rows(np.array([True]), *both) == both


def test_numbers_are_listed_once():
    assert once(column(1, 1, 5, 5, 7)).tolist() == [1, 5, 7]
    assert once(column()).tolist() == []
    assert distinct(column(3, 1, 3)) == [1, 3]
