import pytest

from dialogues import workflow
from dialogues.models import Summary, SummaryReading
from dialogues.tasks import read_summary, request_reading
from documents.models import Fault
from documents.tasks import read_document
from documents.workflow import store
from tests import build, files
from tests.background.set_aside import set_aside

pytestmark = pytest.mark.django_db

READ = "## Part\n\n1. One.\n\n2. Two."


def texts(summary):
    return list(summary.paragraphs.values_list("number", "text"))


def with_file(text=READ, **fields):
    """Return a summary without text, with an original file that has not been read yet."""
    document = store(files.upload("summary.md", text.encode()))
    return Summary.objects.create(dialogue=build.dialogue(), document=document, **fields)


def test_the_text_of_the_file_becomes_the_text_of_a_summary_without_one():
    summary = with_file()
    request_reading(summary)
    assert texts(summary) == [(None, "Part"), (1, "One."), (2, "Two.")]
    assert (summary.reading.text, summary.reading.fault, summary.reading.is_pending) == (READ, "", False)


def test_a_file_that_kills_its_worker_each_time_is_reported_unless_it_was_read_or_replaced(tasks_wait):
    summary = with_file()
    request_reading(summary)
    set_aside(read_summary, summary.pk, summary.document_id + 1)
    set_aside(read_document, summary.pk)
    assert SummaryReading.objects.get().is_pending
    set_aside(read_summary, summary.pk, summary.document_id)
    assert (SummaryReading.objects.get().fault, SummaryReading.objects.get().is_pending) == (Fault.CRASHED, False)
    read_summary.call(summary.pk, summary.document_id)
    assert SummaryReading.objects.get().text == READ
    set_aside(read_summary, summary.pk, summary.document_id)
    assert (SummaryReading.objects.get().text, SummaryReading.objects.get().fault) == (READ, "")


def test_a_late_reading_does_not_replace_text_that_staff_wrote(tasks_wait):
    summary = with_file()
    request_reading(summary)
    assert summary.reading.is_pending
    workflow.write_paragraphs(summary, "1. Ours.")
    read_summary.call(summary.pk, summary.document_id)
    summary.reading.refresh_from_db()
    assert texts(summary) == [(1, "Ours.")]
    assert (summary.reading.text, summary.reading.is_pending) == (READ, False)


def test_a_reading_of_a_replaced_file_is_discarded(tasks_wait):
    summary = with_file()
    request_reading(summary)
    old = summary.document_id
    summary.document = store(files.upload("new.md", b"1. New."))
    summary.save()
    request_reading(summary)
    read_summary.call(summary.pk, old)
    assert Summary.objects.get().reading.is_pending
    assert texts(summary) == []
    read_summary.call(summary.pk, summary.document_id)
    assert texts(summary) == [(1, "New.")]


def test_a_text_with_a_repeated_number_is_left_for_staff_to_correct():
    summary = with_file("1. One.\n\n1. Again.")
    request_reading(summary)
    assert texts(summary) == []
    assert summary.reading.text == "1. One.\n\n1. Again."


def test_the_fault_of_an_unreadable_file_is_recorded():
    summary = Summary.objects.create(
        dialogue=build.dialogue(), document=store(files.upload("scan.pdf", files.pdf([""])))
    )
    request_reading(summary)
    assert (summary.reading.text, summary.reading.fault, texts(summary)) == ("", "no_text", [])


def test_reading_again_changes_nothing_and_a_deleted_summary_is_skipped():
    summary = with_file()
    request_reading(summary)
    rows = list(summary.paragraphs.values_list("pk", flat=True))
    read_summary.call(summary.pk, summary.document_id)
    assert list(summary.paragraphs.values_list("pk", flat=True)) == rows
    key, document = summary.pk, summary.document_id
    summary.delete()
    read_summary.call(key, document)
    assert not Summary.objects.exists()
