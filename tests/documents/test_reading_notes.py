"""Notes, text boxes and alternative texts are read after their paragraph, so that they divide no sentence."""

import pytest

from documents.sandbox.client import make_clean_copy, read_pages
from tests import files
from tests.documents.summaries import Word

pytestmark = [pytest.mark.slow, pytest.mark.child_process]

NOTED = """<text:note text:note-class="footnote"><text:note-citation>{}</text:note-citation><text:note-body>
  <text:p>{}</text:p></text:note-body></text:note>"""
FRAMED = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<text:p>A fee{NOTED.format('1', 'See ILO.')} was paid{NOTED.format('ii', 'Ibid.')}.</text:p>",
         "A fee was paid.\n\n1 See ILO.\n\nii Ibid."),
        (f"<text:p>before{FRAMED.format('box')} after</text:p><text:p>next</text:p>", "before after\n\nbox\n\nnext"),
        (f"<text:p>a{FRAMED.format('b' + NOTED.format('1', 'c'))}d</text:p>", "ad\n\nb\n\n1 c"),
        ("<text:p>seen <draw:frame><draw:image/><svg:desc>A boat</svg:desc></draw:frame>there</text:p>",
         "seen there\n\nA boat"),
        ("<text:p><text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby></text:p>",
         "漢字"),
        (f"{FRAMED.format('box')}<text:p>after</text:p>", "box\n\nafter"),
    ],
    ids=["notes", "text box", "note in a text box", "picture", "phonetic guide",
         "text box outside a paragraph"],
)  # fmt: skip
def test_odt_divides_no_sentence_by_what_is_shown_elsewhere(body, expected):
    assert read_pages(files.open_document(body), "odt") == [expected]


def test_docx_notes_follow_their_paragraph_in_the_clean_copy_too():
    word = Word()
    for text in ("A fee was paid", "It was never"):
        paragraph = word.document.add_paragraph(text)
        word.note(paragraph, f"About: {text}.")
        paragraph.add_run(" back.")
    data = word.content()
    expected = "A fee was paid back.\n\n1 About: A fee was paid.\n\nIt was never back.\n\n2 About: It was never."
    assert read_pages(data, "docx") == [expected]
    assert read_pages(make_clean_copy(data, "docx").content, "docx") == [expected]
