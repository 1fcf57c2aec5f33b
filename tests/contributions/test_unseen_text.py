"""Words that nobody can see in a file are in no page, in no index, and in no copy; or the file is held."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from contributions import workflow
from contributions.models import Contribution
from contributions.search_indexes import ContributionIndex
from desk.work.contributions import _failed_files
from documents.models import Document, Fault, Page, State
from tests import build, files, gate, planted, planted_canvas
from tests import planted_unseen_office as office
from tests.planted_unseen_pdf import HIDDEN
from tests.planted_unseen_text import HIDDEN as MARKDOWN
from tests.search.searching import find

pytestmark = pytest.mark.django_db

HELD = "marked for redaction"
FILES = {
    "a.pdf": planted_canvas.pdf(*HIDDEN),
    "b.docx": office.docx(**office.HIDDEN["parent of a paragraph style"]),
    "c.docx": office.docx(**office.HIDDEN["other fallback"]),
    "d.odt": office.odt(**office.HIDDEN_ODT["parent of a paragraph"]),
    "e.md": MARKDOWN["open comment"].encode(),
}


@pytest.fixture
def published():
    return build.contribution(attach=FILES.items())


@pytest.mark.parametrize("name", FILES)
def test_words_are_in_the_files_that_were_sent(name):
    assert planted.left(FILES[name])


def test_words_are_in_no_page_and_no_copy(published):
    documents = Document.objects.all()
    assert len(documents) == len(FILES)
    for document in documents:
        assert document.state == State.READ
        with document.copy.file.open("rb") as copy:
            assert planted.left(copy.read()) == []
        assert "SHOWN" in "".join(document.pages.values_list("text", flat=True))
        assert "hidden_text" in dict(document.copy.removed) or document.kind == "md"
    assert not Page.objects.filter(text__contains="PLANT").exists()


def test_words_are_in_no_document_of_the_index_and_not_found(published):
    index = ContributionIndex()
    prepared = str(index.full_prepare(index.index_queryset().get(pk=published.pk)))
    assert "SHOWN" in prepared
    assert "PLANT" not in prepared
    assert find("SHOWN").total == 1
    assert find("PLANT").total == 0


def test_file_that_may_hold_unseen_words_is_held_and_its_page_is_told(filer, desk, participant, settled):
    record = build.draft(build.call(), by=participant)
    build.attached(record, content=planted_canvas.annotated("Redact"), cleaned=False, by=participant)
    document = Document.objects.get()
    assert (document.state, document.fault, document.fault_pages) == (State.FAULTY, Fault.UNSEEN, [2])
    assert document.copy is None
    assert not document.pages.exists()
    assert gate.shows(filer, f"/contributions/mine/{record.key}/files/", HELD, "Look at page 2.")
    workflow.submit(record, by=participant, consent=True)
    settled(record)
    assert gate.shows(desk, reverse("desk:review-page", args=[record.reference]), HELD, "page 2.")
    with pytest.raises(ValidationError, match="no clean copy"):
        workflow.publish(Contribution.objects.get(pk=record.pk), by=None)


def test_reviewers_find_a_held_file_on_their_queue(reviewer):
    build.contribution(state="submitted", attach=[("a.pdf", files.pdf())])
    Document.objects.update(state=State.FAULTY, fault=Fault.UNSEEN, fault_pages=[3, 7])
    (line,) = _failed_files(reviewer).lines
    assert "Look at pages 3, 7." in str(line)


def test_sentence_names_at_most_twenty_pages():
    document = Document(fault=Fault.UNSEEN, fault_pages=list(range(1, 40)))
    assert document.fault_sentence.endswith("18, 19, 20, ….")
    with override("ar"):
        assert "19، 20، …" in document.fault_sentence
    with override("zh-hans"):
        assert "。请看第1、2、3、" in document.fault_sentence
        assert "19、20、…页" in document.fault_sentence
    document.fault_pages = []
    assert document.fault_sentence == str(Fault.UNSEEN.label)
    document.fault = ""
    assert document.fault_sentence == ""
