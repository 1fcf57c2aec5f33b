from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogues import workflow
from dialogues.models import Comment, Dialogue, Paragraph, Summary
from dialogues.paragraph_numbers import place_of
from publishing import workflow as publishing
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def moves(record):
    """Return the log of a record, oldest first, as pairs of verb and actor."""
    return list(record.transitions.order_by("pk").values_list("verb", "actor__email"))


def publishables():
    """Return one draft of each model that has a gate."""
    dialogue = build.dialogue(public=False)
    quote = build.quote(build.appearance(dialogue), public=False)
    summary, paper = build.summary(dialogue, public=False), build.paper(dialogue, public=False)
    return [dialogue, quote, summary, paper, build.topic(public=False)]


def test_publish_opens_the_gate_and_logs_who_and_when(secretary):
    for record in publishables():
        before = timezone.now()
        publishing.publish(record, by=secretary)
        stored = type(record).objects.get(pk=record.pk)
        assert before <= stored.published_at <= timezone.now()
        assert record.published_at == stored.published_at
        assert moves(record) == [("publish", "secretary@example.org")]
        assert stored.published_at <= record.transitions.get().at <= timezone.now()


def test_unpublish_closes_the_gate_and_is_logged(secretary):
    for record in publishables():
        publishing.publish(record, by=None)
        publishing.unpublish(record, by=secretary)
        assert record.published_at is None
        assert type(record).objects.get(pk=record.pk).published_at is None
        assert moves(record) == [("publish", None), ("unpublish", "secretary@example.org")]


def test_publishing_a_published_record_does_nothing(secretary):
    dialogue = build.dialogue()
    first = dialogue.published_at
    publishing.publish(dialogue, by=secretary)
    assert Dialogue.objects.get().published_at == dialogue.published_at == first
    assert moves(dialogue) == [("publish", None)]


def test_unpublishing_a_draft_does_nothing(secretary):
    dialogue = build.dialogue(public=False)
    publishing.unpublish(dialogue, by=secretary)
    assert moves(dialogue) == []


def test_the_row_in_the_database_decides_not_the_instance():
    dialogue = build.dialogue(public=False)
    other = Dialogue.objects.get()
    publishing.publish(dialogue, by=None)
    publishing.publish(other, by=None)
    assert other.published_at == dialogue.published_at
    assert moves(dialogue) == [("publish", None)]


def test_a_move_saves_only_the_gate():
    dialogue = build.dialogue(public=False, title="Kept")
    dialogue.title = "Not saved"
    publishing.publish(dialogue, by=None)
    assert Dialogue.objects.get().title == "Kept"


@pytest.mark.parametrize("verb", [publishing.publish, publishing.unpublish])
def test_moves_need_permission(verb, reviewer, stranger):
    for record in publishables():
        record.published_at = timezone.now() - timedelta(days=1)
        record.save()
        for user in (reviewer, stranger, build.co_chair(build.dialogue()), AnonymousUser()):
            with pytest.raises(PermissionDenied):
                verb(record, by=user)
        assert type(record).objects.get(pk=record.pk).published_at == record.published_at
        assert moves(record) == []


def test_each_model_has_its_own_permission_to_publish(stranger):
    stranger.user_permissions.add(Permission.objects.get(codename="publish_topic"))
    publishing.publish(build.topic(public=False), by=stranger)
    with pytest.raises(PermissionDenied):
        publishing.publish(build.dialogue(public=False), by=stranger)


def rows(summary):
    return {paragraph.number: paragraph.pk for paragraph in summary.paragraphs.exclude(number=None)}


def test_paragraphs_are_written_in_order_with_their_headings():
    summary = build.summary(build.dialogue(), text="## One\n\n1. a\n\n## Two\n\n2. b")
    assert list(summary.paragraphs.values_list("position", "level", "number", "text")) == [
        (1, 2, None, "One"), (2, 0, 1, "a"), (3, 2, None, "Two"), (4, 0, 2, "b")
    ]  # fmt: skip


def test_a_paragraph_that_keeps_its_number_keeps_its_row_and_comments(secretary):
    dialogue = build.dialogue()
    summary = build.summary(dialogue, text="0. z\n\n1. a\n\n2. b\n\n3. c")
    before = rows(summary)
    kept = workflow.comment(dialogue, by=secretary, text="Of two.", paragraph=summary.paragraphs.get(number=2))
    lost = workflow.comment(dialogue, by=secretary, text="Of one.", paragraph=summary.paragraphs.get(number=1))
    workflow.write_paragraphs(summary, "## H\n\n3. moved up\n\n2. changed\n\n0. still zero\n\n4. new")
    after = rows(summary)
    assert {number: after[number] for number in (0, 2, 3)} == {number: before[number] for number in (0, 2, 3)}
    assert set(after) == {0, 2, 3, 4}
    assert list(summary.paragraphs.values_list("text", flat=True)) == ["H", "moved up", "changed", "still zero", "new"]
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.paragraph_id, lost.paragraph_id) == (before[2], None)


def test_the_paragraphs_of_an_annex_keep_their_rows_beside_those_of_the_text():
    summary = build.summary(build.dialogue(), text="1. a\n\n2. b\n\n## Annex\n\n1. c")
    before = {place_of(paragraph): paragraph.pk for paragraph in summary.paragraphs.exclude(number=None)}
    assert set(before) == {(1, 1), (1, 2), (2, 1)}
    workflow.write_paragraphs(summary, "1. a\n\n## Annex\n\n1. changed\n\n2. new")
    after = {place_of(paragraph): paragraph.pk for paragraph in summary.paragraphs.exclude(number=None)}
    assert set(after) == {(1, 1), (2, 1), (2, 2)}
    assert (after[1, 1], after[2, 1]) == (before[1, 1], before[2, 1])
    assert summary.paragraphs.get(part=2, number=1).text == "changed"


def test_writing_the_same_text_again_changes_nothing():
    text = "## H\n\n1. a\n\n    - x\n\n2. b"
    summary = build.summary(build.dialogue(), text=text)
    before = list(summary.paragraphs.values()), Paragraph.history.count(), Summary.history.count()
    with CaptureQueriesContext(connection) as captured:
        workflow.write_paragraphs(summary, text)
    assert (list(summary.paragraphs.values()), Paragraph.history.count(), Summary.history.count()) == before
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_an_invalid_text_does_not_change_the_paragraphs():
    summary = build.summary(build.dialogue(), text="1. a\n\n2. b")
    before = rows(summary)
    with pytest.raises(ValueError, match="Paragraph 1 occurs twice"):
        workflow.write_paragraphs(summary, "1. c\n\n1. d")
    assert rows(summary) == before
    assert list(summary.paragraphs.values_list("text", flat=True)) == ["a", "b"]


def test_an_empty_text_deletes_all_paragraphs_of_that_summary_only():
    summary, other = build.summary(build.dialogue()), build.summary(build.dialogue())
    workflow.write_paragraphs(summary, "")
    assert (summary.paragraphs.count(), other.paragraphs.count()) == (0, 2)


def test_staff_and_chairs_can_comment_and_are_recorded_as_authors(secretary):
    dialogue = build.dialogue(public=False)
    paragraph = build.summary(dialogue, public=False).paragraphs.get(number=2)
    for user in (secretary, build.co_chair(dialogue)):
        comment = workflow.comment(dialogue, by=user, text="Hm.", paragraph=paragraph)
        assert (comment.author, comment.paragraph, comment.dialogue) == (user, paragraph, dialogue)


def test_other_users_cannot_comment_even_on_published_records(reviewer, stranger):
    dialogue = build.dialogue()
    others = [reviewer, stranger, build.co_chair(build.dialogue()), build.co_chair(dialogue, role="panellist")]
    for user in [*others, AnonymousUser()]:
        with pytest.raises(PermissionDenied):
            workflow.comment(dialogue, by=user, text="Hm.")
    assert not Comment.objects.exists()


def numbers_and_texts(summary):
    return list(summary.paragraphs.values_list("number", "text"))


def test_a_summary_without_text_is_not_published():
    summary = Summary.objects.create(dialogue=build.dialogue())
    with pytest.raises(ValidationError, match="no text yet"):
        publishing.publish(summary, by=None)
    assert not Summary.objects.get().is_published
    workflow.write_paragraphs(summary, "1. One.")
    publishing.publish(summary, by=None)
    assert Summary.objects.get().is_published


def test_a_new_version_is_a_draft_with_the_text_and_status_of_the_old_one(secretary):
    first = build.summary(build.dialogue(), text="## Part\n\n1. One.\n\n2. Two.", status="courtesy", language="fr")
    made = workflow.start_new_version(first, by=secretary, changes=" Names put right. ")
    assert (made.version, made.language, made.status, made.changes) == (2, "fr", "courtesy", "Names put right.")
    assert not made.is_published
    assert numbers_and_texts(made) == numbers_and_texts(first)


def test_a_new_version_needs_a_reason_a_permission_and_no_other_draft(secretary, reviewer):
    first = build.summary(build.dialogue())
    with pytest.raises(ValidationError, match="Enter what changed"):
        workflow.start_new_version(first, by=secretary, changes="  ")
    with pytest.raises(PermissionDenied):
        workflow.start_new_version(first, by=reviewer, changes="Names.")
    workflow.start_new_version(first, by=secretary, changes="Names.")
    with pytest.raises(ValidationError, match="Version 2 is not published yet"):
        workflow.start_new_version(first, by=secretary, changes="Names.")
    assert Summary.objects.count() == 2
