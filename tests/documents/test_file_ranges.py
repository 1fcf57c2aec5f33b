import pytest

from documents.file_responses import UnsatisfiableRangeError, parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-9", range(10)),
        ("Bytes=0-0", range(1)),
        ("bytes=5-", range(5, 100)),
        ("bytes=99-", range(99, 100)),
        ("bytes=90-1000", range(90, 100)),
        ("bytes=-5", range(95, 100)),
        ("bytes=-1000", range(100)),
    ],
)
def test_single_range(header, expected):
    assert parse_range(header, 100) == expected


@pytest.mark.parametrize(
    "header",
    ["", "bytes=-", "bytes=9-5", "bytes=0-1,5-6", "items=0-9", "bytes=a-b", "bytes=٣-٥", "bytes=" + "9" * 5000 + "-"],
)
def test_header_without_a_single_range_is_ignored(header):
    assert parse_range(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_range_beyond_the_content_raises(header):
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, 100)
