import io
from collections import Counter

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.hidden_layers import HiddenContent, Layers
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


@pytest.fixture
def made():
    with pikepdf.open(io.BytesIO(files.pdf(["SHOWN"]))) as pdf:
        yield pdf


def layers(made: pikepdf.Pdf, **choice) -> tuple[Layers, Dictionary, Dictionary]:
    """Return the layers of a PDF, one of which is on and one off."""
    on, off = (made.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("on", "off"))
    made.Root.OCProperties = Dictionary(OCGs=Array([on, off]), D=Dictionary(**({"OFF": Array([off])} | choice)))
    return Layers(made), on, off


@pytest.mark.parametrize(
    ("policy", "hidden"),
    [("AllOn", (False, True, True)), ("AnyOn", (False, False, True)), ("AnyOff", (True, False, False)),
     ("AllOff", (True, True, False)), (None, (False, False, True))],
)  # fmt: skip
def test_content_of_several_layers_is_hidden_by_their_policy(made, policy, hidden):
    found, on, off = layers(made)
    keys = {"P": Name(f"/{policy}")} if policy else {}
    groups = (Array([on, on]), Array([on, off]), Array([off, off]))
    assert tuple(found.hides(Dictionary(Type=Name.OCMD, OCGs=one, **keys)) for one in groups) == hidden
    assert found.hides(Dictionary(Type=Name.OCMD, OCGs=off))
    assert not found.hides(Dictionary(Type=Name.OCMD, OCGs=Array([]), **keys))
    assert not found.hides(Dictionary(Type=Name.OCMD, **keys))
    assert not found.hides(None)


@pytest.mark.parametrize(
    ("expression", "hidden"),
    [
        (lambda on, off: Array([Name.And, on, off]), True),
        (lambda on, off: Array([Name.And, on, on]), False),
        (lambda on, off: Array([Name.Or, on, off]), False),
        (lambda on, off: Array([Name.Or, off, off]), True),
        (lambda on, off: Array([Name.Not, on]), True),
        (lambda on, off: Array([Name.Not, off]), False),
        (lambda on, off: Array([Name.And, on, Array([Name.Not, Array([Name.Or, off, on])])]), True),
        (lambda on, off: Array([]), False),
        (lambda on, off: Array([Name.And]), False),
        (lambda on, off: Array([Name.And, on, String("x")]), False),
    ],
)
def test_content_is_hidden_by_an_expression(made, expression, hidden):
    found, on, off = layers(made)
    assert found.hides(Dictionary(Type=Name.OCMD, VE=expression(on, off))) is hidden


def test_expression_that_is_too_deep_hides_nothing(made):
    found, _, off = layers(made)
    for depth, hidden in ((20, True), (22, False)):
        expression = off
        for _ in range(depth):
            expression = Array([Name.And, expression])
        assert found.hides(Dictionary(Type=Name.OCMD, VE=expression)) is hidden


def test_layers_that_are_off_at_first_are_hidden_unless_they_are_turned_on(made):
    found, on, off = layers(made, BaseState=Name.OFF, OFF=Array([]))
    assert found.hides(on)
    assert found.hides(off)
    found, on, off = layers(made, BaseState=Name.OFF, OFF=Array([]))
    made.Root.OCProperties.D.ON = Array([on])
    found = Layers(made)
    assert (found.hides(on), found.hides(off)) == (False, True)


@pytest.mark.parametrize(
    ("intent", "hidden"),
    [(Name.View, True), (Name.All, True), (Name.Design, False), (Array([Name.Design, Name.View]), True),
     (Array([Name.Design]), False)],
)  # fmt: skip
def test_layers_for_designers_hide_nothing(made, intent, hidden):
    found, _, off = layers(made)
    off.Intent = intent
    assert found.hides(off) is hidden


@pytest.mark.parametrize(
    ("event", "state", "hidden"),
    [(Name.View, Name.OFF, True), (Name.View, Name.ON, False), (Name.Print, Name.OFF, False)],
)
def test_layers_that_turn_themselves_off_on_screen_are_hidden(made, event, state, hidden):
    _, on, _ = layers(made)
    on.Usage = Dictionary(View=Dictionary(ViewState=state))
    made.Root.OCProperties.D.AS = Array([Dictionary(Event=event, OCGs=Array([on]))])
    assert Layers(made).hides(on) is hidden


def without_layers(made: pikepdf.Pdf, content: bytes, **resources) -> tuple[str, Counter]:
    """Return the content of the page without its hidden layer `Off`."""
    _, on, off = layers(made)
    page, found = made.pages[0], Counter()
    page.obj.Resources.Properties = Dictionary(Off=off, On=on)
    for kind, named in resources.items():
        page.obj.Resources[f"/{kind}"] = named
    page.obj.Contents = made.make_stream(content)
    HiddenContent(made, Layers(made), found).remove()
    return page.obj.Contents.read_bytes().decode().replace("\n", " ").strip(), found


@pytest.mark.parametrize(
    ("content", "kept", "count"),
    [
        (b"/OC /Off BDC (a) Tj EMC (b) Tj", "/OC /Off BDC EMC (b) Tj", 1),
        (b"/OC /On BDC (a) Tj EMC", "/OC /On BDC (a) Tj EMC", 0),
        (b"/OC /None BDC (a) Tj EMC", "/OC /None BDC (a) Tj EMC", 0),
        (b"/Span /Off BDC (a) Tj EMC", "/Span /Off BDC (a) Tj EMC", 0),
        (b"/OC /Off BDC /Span BMC (a) Tj EMC (b) Tj EMC (c) Tj", "/OC /Off BDC /Span BMC EMC EMC (c) Tj", 2),
        (b"EMC /OC /Off BDC (a) Tj EMC", "EMC /OC /Off BDC EMC", 1),
        (b"/OC /Off BDC (a) ' EMC", "/OC /Off BDC T* EMC", 1),
        (b'/OC /Off BDC 1 2 (a) " EMC', "/OC /Off BDC 1 Tw 2 Tc T* EMC", 1),
        (b"/OC /Off BDC 0 0 9 9 re B* EMC", "/OC /Off BDC 0 0 9 9 re n EMC", 1),
        (b"/OC /Off BDC 0 0 9 9 re W f EMC", "/OC /Off BDC 0 0 9 9 re W n EMC", 1),
        (b"/OC /Off BDC 1 0 0 rg /Sh sh EMC", "/OC /Off BDC 1 0 0 rg EMC", 1),
    ],
)
def test_hidden_layer_loses_what_it_paints_and_keeps_what_lasts(made, content, kept, count):
    assert without_layers(made, content) == (kept, Counter({"hidden_text": count} if count else {}))


def test_form_is_emptied_if_only_hidden_layers_draw_it(made):
    def form():
        return made.make_stream(b"(PLANT) Tj", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))

    objects = Dictionary(Seen=form(), Hidden=form(), Both=form(), Unused=form())
    content = b"/OC /Off BDC /Hidden Do /Both Do EMC /Both Do /Seen Do"
    _, found = without_layers(made, content, XObject=objects)
    assert found["hidden_text"] == 4  # two that are not drawn there, and two that are emptied
    drawn = {name: made.pages[0].obj.Resources.XObject[name].read_bytes() for name in objects.keys()}  # noqa: SIM118
    assert drawn == {"/Seen": b"(PLANT) Tj", "/Hidden": b"\n", "/Both": b"(PLANT) Tj", "/Unused": b"\n"}


def test_hidden_layers_in_masks_and_drawn_letters_are_removed(made):
    hidden = b"/OC /Off BDC BT (PLANT) Tj ET EMC"
    group = made.make_stream(hidden, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    glyph = made.make_stream(b"50 0 d0 " + hidden)
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(one=glyph)))
    without_layers(
        made, b"BT /T 9 Tf (A) Tj ET", ExtGState=Dictionary(G=Dictionary(SMask=Dictionary(S=Name.Alpha, G=group))),
        Font=Dictionary(T=font),
    )  # fmt: skip
    assert b"PLANT" not in group.read_bytes()
    assert b"PLANT" not in glyph.read_bytes()


def test_resources_of_pages_above_name_the_layers_too(made):
    _, _, off = layers(made)
    page = made.pages[0].obj
    made.Root.Pages.Resources = page.Resources
    made.Root.Pages.Resources.Properties = Dictionary(Off=off)
    del page["/Resources"]
    made.pages[0].contents_add(b"/OC /Off BDC BT /F1 9 Tf (PLANT) Tj ET EMC")
    file = io.BytesIO()
    made.save(file)
    content = clean_pdf(file.getvalue(), Counter())
    assert planted.left(content) == []
    assert list(pages(content)) == ["SHOWN"]


def test_font_that_a_state_sets_stays_with_all_others(made):
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
    other = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Roman")))
    content = b"/OC /Off BDC (a) Tj EMC BT /G gs (b) Tj ET"
    state = Dictionary(G=Dictionary(Font=Array([font, 9])))
    without_layers(made, content, ExtGState=state, Font=Dictionary(F=font, H=other))
    assert (font.BaseFont, other.BaseFont) == (Name.Courier, Name("/Times-Roman"))
    without_layers(
        made, content.replace(b"/G gs", b"/F 9 Tf"), ExtGState=Dictionary(), Font=Dictionary(F=font, H=other)
    )
    assert (font.BaseFont, other.BaseFont) == (Name.Courier, Name.Helvetica)


def test_properties_of_marks_stay_if_a_visible_mark_has_them(made):
    page = made.pages[0].obj
    content = b"/Span /Seen BDC (a) Tj EMC /OC /Off BDC /Span /Hidden BDC (b) Tj EMC EMC"
    _, _, off = layers(made)
    words = {name: Dictionary(ActualText=String("words")) for name in ("Seen", "Hidden", "Unused")}
    page.Resources.Properties = Dictionary(Off=off, **words)
    page.Contents = made.make_stream(content)
    HiddenContent(made, Layers(made), found := Counter()).remove()
    named = page.Resources.Properties
    assert {name: "/ActualText" in named[f"/{name}"] for name in words} == {
        "Seen": True,
        "Hidden": False,
        "Unused": False,
    }
    assert found["hidden_text"] == 3


def test_properties_that_two_dictionaries_share_stay_if_one_use_is_visible(made):
    _, _, off = layers(made)
    shared = made.make_indirect(Dictionary(ActualText=String("words")))
    inside = Dictionary(Properties=Dictionary(Other=shared))
    form = made.make_stream(
        b"/Span /Other BDC (a) Tj EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=inside
    )
    page = made.pages[0].obj
    page.Resources.Properties = Dictionary(Off=off, Mine=shared)
    page.Resources.XObject = Dictionary(F=form)
    page.Contents = made.make_stream(b"/F Do")
    HiddenContent(made, Layers(made), Counter()).remove()
    assert "/ActualText" in shared
    page.Contents = made.make_stream(b"/OC /Off BDC /F Do EMC")
    HiddenContent(made, Layers(made), Counter()).remove()
    assert "/ActualText" not in shared
