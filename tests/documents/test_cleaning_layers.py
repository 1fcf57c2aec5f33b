import io
from collections import Counter

import pikepdf
import pytest

from documents.apart.faults import Unreadable
from documents.cleaning import leftovers, pdf
from documents.cleaning.layers import Layers
from documents.reading.pdf import pages
from tests import drawn, planted, planted_layers


def cleaned(data: bytes) -> tuple[bytes, Counter]:
    found = Counter()
    content = pdf.clean(data, found)
    leftovers.check(content, "pdf")
    return content, +found


@pytest.fixture(scope="module", params=[False, True], ids=["off one by one", "off at first"])
def both(request):
    data = planted_layers.pdf(base_is_off=request.param)
    return data, *cleaned(data)


def test_nothing_is_left_of_what_lies_in_layers_that_are_off(both):
    data, content, found = both
    assert len(planted.left(data)) > 15
    assert planted.left(content) == []
    assert found["hidden_text"] > 15


def test_what_is_shown_stays_where_it_is(both):
    data, content, _ = both
    assert drawn.pictures(content) == drawn.pictures(data)
    assert next(iter(pages(content))).count("SHOWN") == 8
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert [str(one.get("/Alt")) for one in opened.Root.StructTreeRoot.K] == ["SHOWN aloud", "None"]


def test_a_clean_copy_stays_as_it_is(both):
    _, content, _ = both
    assert cleaned(content) == (content, {})


def test_the_second_look_finds_a_layer_that_was_left(both, monkeypatch):
    data, _, _ = both
    monkeypatch.setattr(Layers, "hides", lambda self, membership: False)
    content = pdf.clean(data, Counter())
    with pytest.raises(Unreadable, match="unclean"):
        leftovers.check(content, "pdf")
