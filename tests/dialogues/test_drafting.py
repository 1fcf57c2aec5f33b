import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from dialogues import drafting, workflow
from dialogues.models import Summary
from dialogues.tasks import read_summary
from documents.workflow import store
from publishing import workflow as publishing
from tests import build, files

pytestmark = pytest.mark.django_db

READ = "## Part\n\n1. One.\n\n2. Two."


def texts(summary):
    return list(summary.paragraphs.values_list("number", "text"))


def with_file(text=READ, **fields):
    """A summary without words, whose file was sent and is still to be read."""
    document = store(files.upload("summary.md", text.encode()))
    return Summary.objects.create(dialogue=build.dialogue(), document=document, **fields)


def test_what_was_read_of_the_file_becomes_the_text_of_a_summary_without_one():
    summary = with_file()
    drafting.ask_for_reading(summary)
    assert texts(summary) == [(None, "Part"), (1, "One."), (2, "Two.")]
    assert (summary.reading.text, summary.reading.fault, summary.reading.is_pending) == (READ, "", False)


def test_a_late_reading_leaves_what_staff_have_written(tasks_wait):
    summary = with_file()
    drafting.ask_for_reading(summary)
    assert summary.reading.is_pending
    workflow.write_paragraphs(summary, "1. Ours.")
    read_summary.call(summary.pk, summary.document_id)
    summary.reading.refresh_from_db()
    assert texts(summary) == [(1, "Ours.")]
    assert (summary.reading.text, summary.reading.is_pending) == (READ, False)


def test_a_reading_of_a_file_that_was_replaced_is_nobodys(tasks_wait):
    summary = with_file()
    drafting.ask_for_reading(summary)
    old = summary.document_id
    summary.document = store(files.upload("new.md", b"1. New."))
    summary.save()
    drafting.ask_for_reading(summary)
    read_summary.call(summary.pk, old)
    assert Summary.objects.get().reading.is_pending
    assert texts(summary) == []
    read_summary.call(summary.pk, summary.document_id)
    assert texts(summary) == [(1, "New.")]


def test_a_text_with_a_number_twice_waits_for_staff():
    summary = with_file("1. One.\n\n1. Again.")
    drafting.ask_for_reading(summary)
    assert texts(summary) == []
    assert summary.reading.text == "1. One.\n\n1. Again."


def test_a_file_that_can_not_be_read_says_why():
    summary = Summary.objects.create(
        dialogue=build.dialogue(), document=store(files.upload("scan.pdf", files.pdf([""])))
    )
    drafting.ask_for_reading(summary)
    assert (summary.reading.text, summary.reading.fault, texts(summary)) == ("", "no_text", [])


def test_reading_twice_changes_nothing_and_a_deleted_summary_is_left():
    summary = with_file()
    drafting.ask_for_reading(summary)
    rows = list(summary.paragraphs.values_list("pk", flat=True))
    read_summary.call(summary.pk, summary.document_id)
    assert list(summary.paragraphs.values_list("pk", flat=True)) == rows
    key, document = summary.pk, summary.document_id
    summary.delete()
    read_summary.call(key, document)
    assert not Summary.objects.exists()


def test_a_summary_without_text_is_not_published():
    summary = Summary.objects.create(dialogue=build.dialogue())
    with pytest.raises(ValidationError, match="no text yet"):
        publishing.publish(summary, by=None)
    assert not Summary.objects.get().is_published
    workflow.write_paragraphs(summary, "1. One.")
    publishing.publish(summary, by=None)
    assert Summary.objects.get().is_published


def test_a_new_version_is_a_draft_with_the_text_and_the_status_of_the_old(secretary):
    first = build.summary(build.dialogue(), text=READ, status="courtesy", language="fr")
    made = drafting.new_version(first, by=secretary, changes=" Names put right. ")
    assert (made.version, made.language, made.status, made.changes) == (2, "fr", "courtesy", "Names put right.")
    assert not made.is_published
    assert texts(made) == texts(first)


def test_a_new_version_needs_a_word_a_right_and_no_other_draft(secretary, reviewer):
    first = build.summary(build.dialogue())
    with pytest.raises(ValidationError, match="Say what changed"):
        drafting.new_version(first, by=secretary, changes="  ")
    with pytest.raises(PermissionDenied):
        drafting.new_version(first, by=reviewer, changes="Names.")
    drafting.new_version(first, by=secretary, changes="Names.")
    with pytest.raises(ValidationError, match="Version 2 is not published yet"):
        drafting.new_version(first, by=secretary, changes="Names.")
    assert Summary.objects.count() == 2
