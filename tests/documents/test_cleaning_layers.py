from collections import Counter

import pytest

from documents.cleaning import leftovers, pdf
from documents.reading.pdf import pages
from tests import planted, planted_layers

SHOWN = {"plain", "on", "either", "first", "third", "in a form", "page"}


def cleaned(data):
    found = Counter()
    content = pdf.clean(data, found)
    leftovers.check(content, "pdf")
    return content, +found


@pytest.mark.parametrize("base", ["ON", "OFF"])
def test_what_is_on_layers_that_are_off_goes_and_the_rest_stays(base):
    data = planted_layers.pdf(base=base)
    assert planted.left(data)
    content, found = cleaned(data)
    assert planted.left(content) == []
    text = next(pages(content))
    assert [words for words in SHOWN if f"SHOWN {words}" not in text] == []
    assert found["hidden_text"] >= 5


def test_lines_after_a_hidden_one_keep_their_places():
    content, _ = cleaned(planted_layers.pdf())
    lines = next(pages(content)).splitlines()
    assert lines.index("SHOWN first") + 1 == lines.index("SHOWN third")


def test_a_clean_copy_stays_as_it_is():
    content, _ = cleaned(planted_layers.pdf())
    assert cleaned(content) == (content, Counter())


def test_layers_that_are_all_on_change_nothing():
    content, found = cleaned(planted_layers.pdf(base="Unchanged", hides=False))
    assert "PLANT-off" in next(pages(content))
    assert "hidden_text" not in found
