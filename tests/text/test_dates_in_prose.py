import pytest

from text.dates_in_prose import find_dates


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10 July 2024", ["2024-07-10"]),
        ("July 10, 2024", ["2024-07-10"]),
        ("10–11 July", ["2023-07-10", "2023-07-11"]),
        ("10 and 15 July 2024", ["2024-07-10", "2024-07-15"]),
        ("30 June to 2 July 2024", ["2024-06-30", "2024-07-02"]),
        ("4 October 2022 and 6 October 2023", ["2022-10-04", "2023-10-06"]),
        ("31 February 2024", []),
        ("10 people in 2024", []),
        ("le 1er octobre 2024", ["2024-10-01"]),
        ("les 5 et 6 octobre", ["2023-10-05", "2023-10-06"]),
        ("del 22 al 24 de septiembre de 2024", ["2024-09-22", "2024-09-24"]),
    ],
)
def test_days(text, days):
    assert [str(day) for one in find_dates(text, 2023) for day in one.dates] == days


def test_ranges_are_told_from_separate_days():
    assert [find_dates(text)[0].is_range for text in ("10–11 July", "10 to 11 July", "10 and 11 July")] == [
        True,
        True,
        False,
    ]
