"""What people type into a PDF stays: answers in form fields and text on pages. Comments and passwords do not."""

from collections import Counter

import pytest
from pikepdf import Array, Dictionary, Name, String

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.models import Kept
from documents.reading.pdf import pages
from tests import drawn, planted
from tests.planted import ARABIC
from tests.typed_pdf import FILE_PATH, LOOK, MULTILINE, PASSWORD, PUSH_BUTTON, annotation, field, pdf, typed
from tests.typed_pdf import drawn as shown

LONG = "We ask for " + "more shelters and legal help " * 12 + "in each region"


def cleaned(data: bytes) -> tuple[str, Counter]:
    """Return the text of the clean copy and what was counted; nothing planted is left, and it stays as it is."""
    found, again = Counter(), Counter()
    content = clean_pdf(data, found)
    check_clean_copy(content, "pdf")
    assert planted.left(content) == []
    assert clean_pdf(content, again) == content
    assert not +again
    return " ".join(" ".join(pages(content)).split()), +found


def test_text_on_a_page_stays_and_looks_the_same():
    data = pdf(lambda made: [typed(600, "SHOWN answer", AP=Dictionary(N=shown(made, "SHOWN answer")))])
    text, found = cleaned(data)
    assert text == "Questions SHOWN answer"
    assert found == {"typed_text": 1}
    assert drawn.pictures(clean_pdf(data, Counter())) == drawn.pictures(data)


def test_text_on_a_page_without_a_drawing_is_drawn():
    text, found = cleaned(pdf(lambda made: [typed(600, "SHOWN (é) answer"), typed(500, LONG, size=(200, 140))]))
    assert text == f"Questions SHOWN (é) answer {LONG}"
    assert found["typed_text"] == 2


def test_comments_go_and_are_told_apart_from_typed_text():
    def make(made):
        answer = made.make_indirect(typed(600, "SHOWN", AP=Dictionary(N=shown(made, "SHOWN"))))
        words = {"Contents": String("PLANT"), "AP": Dictionary(N=shown(made, "PLANT"))}
        kinds = ["Text", "Highlight", "Underline", "Stamp", "Ink", "Caret", "Square"]
        replies = [annotation("FreeText", 560, IRT=answer, **words), annotation("Text", 560, IRT=answer, **words)]
        return [answer, *replies, *(annotation(kind, 500 - 30 * at, **words) for at, kind in enumerate(kinds)),
                annotation("Popup", 100, Parent=answer)]  # fmt: skip

    text, found = cleaned(pdf(make))
    assert text == "Questions SHOWN"
    assert found == {"typed_text": 1, "comments": 9}


def test_typed_text_in_a_group_stays_and_hidden_text_goes():
    def make(made):
        first = made.make_indirect(typed(600, "SHOWN one", AP=Dictionary(N=shown(made, "SHOWN one"))))
        second = typed(570, "SHOWN two", IRT=first, RT=Name.Group, AP=Dictionary(N=shown(made, "SHOWN two")))
        hidden = [typed(540 - flag, "PLANT", F=flag, AP=Dictionary(N=shown(made, "PLANT"))) for flag in (2, 32)]
        return [first, second, *hidden]

    text, found = cleaned(pdf(make))
    assert text == "Questions SHOWN one SHOWN two"
    assert found == {"typed_text": 2, "hidden_text": 2}


@pytest.mark.parametrize("in_form", [True, False])
def test_answers_in_fields_stay_as_they_look(in_form):
    def make(made):
        return [field(600, V=String("SHOWN one"), AP=Dictionary(N=shown(made, "SHOWN one"))),
                field(570, V=String("b"), FT=Name.Ch, Opt=Array([Array([String("b"), String("SHOWN two")])]),
                      AP=Dictionary(N=shown(made, "SHOWN two"))),
                field(540, FT=Name.Btn, AS=Name.Yes, AP=Dictionary(N=Dictionary(Yes=shown(made, "SHOWN x")))),
                field(510, FT=Name.Btn, AS=Name.Off, AP=Dictionary(N=Dictionary(Yes=shown(made, "PLANT")))),
                field(480, FT=Name.Btn, Ff=PUSH_BUTTON, AP=Dictionary(N=shown(made, "SHOWN caption")))]  # fmt: skip

    data = pdf(make, in_form=in_form)
    text, found = cleaned(data)
    assert text == "Questions SHOWN one SHOWN two SHOWN x SHOWN caption"
    assert found == {"forms": 5, "answers": 3}
    before, after = (drawn.pictures(one)[0] for one in (pdf(make), clean_pdf(data, Counter())))
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) < 128  # fields are drawn less sharp


@pytest.mark.parametrize("is_outdated", [False, True])
@pytest.mark.parametrize("is_drawn_empty", [False, True])
def test_answer_that_its_program_did_not_draw_is_drawn(is_drawn_empty, is_outdated):
    def make(made):
        keys = {"AP": Dictionary(N=shown(made, ""))} if is_drawn_empty else {}
        options = Array([Array([String("a"), String("SHOWN choice")]), String("b")])
        return [field(600, V=String("SHOWN short"), **keys), field(570, V=String(LONG), **keys),
                field(540, V=String("a"), FT=Name.Ch, Opt=options, **keys),
                field(500, V=Array([String("a"), String("b")]), FT=Name.Ch, Opt=options, size=(200, 60), **keys),
                field(400, V=String("SHOWN\rlines"), Ff=MULTILINE, size=(300, 60), **keys),
                field(300, **keys)]  # fmt: skip

    text, found = cleaned(pdf(make, is_outdated=is_outdated))
    assert text == f"Questions SHOWN short {LONG} SHOWN choice SHOWN choice b SHOWN lines"
    assert found == {"forms": 6, "answers": 5}


def test_drawing_of_a_former_answer_is_replaced():
    def make(made):
        return [field(600, V=String("SHOWN new"), AP=Dictionary(N=shown(made, "PLANT old")))]

    assert cleaned(pdf(make, is_outdated=True))[0] == "Questions SHOWN new"


def test_answer_that_its_box_cuts_off_is_drawn_whole():
    def make(made):
        clipped = shown(made, LONG[:300])
        return [field(600, V=String(LONG), AP=Dictionary(N=clipped))]

    assert cleaned(pdf(make))[0] == f"Questions {LONG}"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_answer_is_drawn_along_its_turned_field(turn):
    size = (300, 20) if turn == 180 else (20, 300)
    details = Dictionary(R=turn, BG=Array([0.9]), BC=Array([1, 0, 0]))
    text, _ = cleaned(pdf(lambda made: [field(600, size=size, V=String("SHOWN"), MK=details)]))
    assert "SHOWN" in text.replace(" ", "")


def test_answer_that_cannot_be_drawn_is_a_fault_with_its_page():
    for one in (typed(600, ARABIC), field(600, V=String(ARABIC)), annotation("FreeText", 600, RC=String("<p>a</p>")),
                typed(600, LONG, size=(9, 9))):  # fmt: skip
        with pytest.raises(UnreadableError, match="not_drawn") as caught:
            clean_pdf(pdf(lambda made, one=one: [one]), Counter())
        assert caught.value.pages == [1]


def test_answer_in_other_letters_stays_as_its_program_drew_it():
    def make(made):
        return [field(600, V=String(ARABIC), AP=Dictionary(N=shown(made, "SHOWN arabic")))]

    assert cleaned(pdf(make, is_outdated=True))[0] == "Questions SHOWN arabic"


def test_password_is_never_shown():
    def make(made):
        above = made.make_indirect(Dictionary(FT=Name.Tx, Ff=PASSWORD, V=String("PLANT-above"), T=String("PLANT")))
        stars, clear = ({"AP": Dictionary(N=shown(made, words))} for words in ("PLANT ****", "PLANT-clear"))
        below = annotation("Widget", 500, Parent=above, **clear)
        return [field(600, Ff=PASSWORD, V=String("PLANT-value"), **stars), field(570, Ff=PASSWORD, V=String("PLANT")),
                field(540, Ff=PASSWORD | MULTILINE, DV=String("PLANT"), **clear), below,
                field(440, V=String("SHOWN"))]  # fmt: skip

    for is_outdated in (False, True):
        text, found = cleaned(pdf(make, is_outdated=is_outdated))
        assert text == "Questions SHOWN"
        assert found == {"passwords": 4, "forms": 1, "answers": 1}


def test_path_of_a_file_signature_and_hidden_field_are_removed():
    def make(made):
        look = {"AP": Dictionary(N=shown(made, "PLANT")), "V": String("C:\\PLANT")}
        return [field(600, Ff=FILE_PATH, **look), field(570, FT=Name.Sig, **look), field(540, F=2, **look),
                typed(500, "SHOWN")]  # fmt: skip

    text, found = cleaned(pdf(make))
    assert text == "Questions SHOWN"
    assert found == {"file_names": 1, "signatures": 1, "hidden_text": 1, "typed_text": 1}


def test_look_of_a_field_comes_from_its_form():
    text, _ = cleaned(pdf(lambda made: [field(600, DA=LOOK, V=String("SHOWN")), field(570, DA=None, V=String("a"))]))
    assert text == "Questions SHOWN a"


def test_kinds_of_typed_text_are_told_in_the_report():
    assert set(Kept.values) == {"answers", "typed_text"}


def test_a_stream_among_the_shared_resources_of_a_form_is_no_obstacle():
    def make(made):
        made.Root.AcroForm = Dictionary(DR=Dictionary(Metadata=made.make_stream(b"PLANT"), Font=Dictionary()))
        return [field(600, FT=Name.Tx, T=String("a"), V=String("SHOWN answer"))]

    text, found = cleaned(pdf(make, in_form=False))
    assert text == "Questions SHOWN answer"
    assert found["answers"] == 1
