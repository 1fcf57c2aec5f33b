import io
from collections import Counter

import pikepdf
import pytest

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.hidden_layers import Layers
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.reading.pdf import pages
from tests import drawn, files, planted, planted_layers


def cleaned(data: bytes) -> tuple[bytes, Counter]:
    found = Counter()
    content = clean_pdf(data, found)
    check_clean_copy(content, "pdf")
    return content, +found


@pytest.fixture(scope="module", params=[False, True], ids=["off one by one", "off at first"])
def both(request):
    data = planted_layers.pdf(base_is_off=request.param)
    return data, *cleaned(data)


def test_content_of_hidden_layers_is_removed(both):
    data, content, found = both
    assert len(planted.left(data)) > 15
    assert planted.left(content) == []
    assert found["hidden_text"] > 15


def test_visible_content_stays_in_place(both):
    data, content, _ = both
    assert drawn.pictures(content) == drawn.pictures(data)
    assert next(iter(pages(content))).count("SHOWN") == 8
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert [str(one.get("/Alt")) for one in opened.Root.StructTreeRoot.K] == ["SHOWN aloud", "None"]


def test_clean_copy_is_unchanged_by_cleaning(both):
    _, content, _ = both
    assert cleaned(content) == (content, {})


def test_second_look_finds_a_hidden_layer(both, monkeypatch):
    data, _, _ = both
    monkeypatch.setattr(Layers, "hides", lambda self, membership: False)
    content = clean_pdf(data, Counter())
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(content, "pdf")


def test_layer_hidden_on_screen_is_removed():
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as made:
        off = pikepdf.Dictionary(View=pikepdf.Dictionary(ViewState=pikepdf.Name.OFF))
        layer = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Usage=off))
        event = pikepdf.Dictionary(Event=pikepdf.Name.View, OCGs=[layer], Category=[pikepdf.Name.View])
        made.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(AS=[event]))
        made.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=layer)
        made.pages[0].contents_add(b"/OC /L BDC BT /F1 12 Tf 9 9 Td (PLANT-watermark) Tj ET EMC")
        made.save(file)
    content, found = cleaned(file.getvalue())
    assert planted.left(content) == []
    assert list(pages(content)) == ["SHOWN"]
    assert found["hidden_text"] == 1
