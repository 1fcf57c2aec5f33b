from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from dialogues import workflow
from dialogues.models import Comment, Dialogue
from publishing import workflow as publishing
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def moves(record):
    """The log of a record, oldest first, as pairs of verb and who."""
    return list(record.transitions.order_by("pk").values_list("verb", "actor__email"))


def publishables():
    """One draft of each model that has a gate."""
    dialogue = build.dialogue(public=False)
    quote = build.quote(build.appearance(dialogue), public=False)
    summary, paper = build.summary(dialogue, public=False), build.paper(dialogue, public=False)
    return [dialogue, quote, summary, paper, build.topic(public=False)]


def test_to_publish_opens_the_gate_and_writes_who_and_when(secretary):
    for record in publishables():
        before = timezone.now()
        publishing.publish(record, by=secretary)
        stored = type(record).objects.get(pk=record.pk)
        assert before <= stored.published_at <= timezone.now()
        assert record.published_at == stored.published_at
        assert moves(record) == [("publish", "secretary@example.org")]
        assert stored.published_at <= record.transitions.get().at <= timezone.now()


def test_to_unpublish_closes_it_again(secretary):
    for record in publishables():
        publishing.publish(record, by=None)
        publishing.unpublish(record, by=secretary)
        assert record.published_at is None
        assert type(record).objects.get(pk=record.pk).published_at is None
        assert moves(record) == [("publish", None), ("unpublish", "secretary@example.org")]


def test_what_is_published_is_not_published_again(secretary):
    dialogue = build.dialogue()
    first = dialogue.published_at
    publishing.publish(dialogue, by=secretary)
    assert Dialogue.objects.get().published_at == dialogue.published_at == first
    assert moves(dialogue) == [("publish", None)]


def test_what_is_a_draft_is_not_unpublished(secretary):
    dialogue = build.dialogue(public=False)
    publishing.unpublish(dialogue, by=secretary)
    assert moves(dialogue) == []


def test_the_row_decides_and_not_what_a_process_remembers_of_it():
    dialogue = build.dialogue(public=False)
    other = Dialogue.objects.get()
    publishing.publish(dialogue, by=None)
    publishing.publish(other, by=None)
    assert other.published_at == dialogue.published_at
    assert moves(dialogue) == [("publish", None)]


def test_a_verb_saves_the_gate_and_nothing_that_was_typed_meanwhile():
    dialogue = build.dialogue(public=False, title="Kept")
    dialogue.title = "Not saved"
    publishing.publish(dialogue, by=None)
    assert Dialogue.objects.get().title == "Kept"


@pytest.mark.parametrize("verb", [publishing.publish, publishing.unpublish])
def test_only_those_with_the_right_move_a_record(verb, reviewer, stranger):
    for record in publishables():
        record.published_at = timezone.now() - timedelta(days=1)
        record.save()
        for user in (reviewer, stranger, build.co_chair(build.dialogue()), AnonymousUser()):
            with pytest.raises(PermissionDenied):
                verb(record, by=user)
        assert type(record).objects.get(pk=record.pk).published_at == record.published_at
        assert moves(record) == []


def test_the_right_to_publish_is_one_for_each_kind(stranger):
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


def test_a_paragraph_that_keeps_its_number_keeps_its_row_and_what_refers_to_it(secretary):
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


def test_writing_the_same_text_again_changes_nothing():
    text = "## H\n\n1. a\n\n    - x\n\n2. b"
    summary = build.summary(build.dialogue(), text=text)
    before = rows(summary)
    workflow.write_paragraphs(summary, text)
    assert rows(summary) == before
    assert summary.paragraphs.count() == 3


def test_a_text_that_is_refused_leaves_the_old_one():
    summary = build.summary(build.dialogue(), text="1. a\n\n2. b")
    before = rows(summary)
    with pytest.raises(ValueError, match="Paragraph 1 occurs twice"):
        workflow.write_paragraphs(summary, "1. c\n\n1. d")
    assert rows(summary) == before
    assert list(summary.paragraphs.values_list("text", flat=True)) == ["a", "b"]


def test_an_empty_text_takes_all_paragraphs_away_and_no_others():
    summary, other = build.summary(build.dialogue()), build.summary(build.dialogue())
    workflow.write_paragraphs(summary, "")
    assert (summary.paragraphs.count(), other.paragraphs.count()) == (0, 2)


def test_staff_and_chairs_comment_and_the_comment_says_whose_it_is(secretary):
    dialogue = build.dialogue(public=False)
    paragraph = build.summary(dialogue, public=False).paragraphs.get(number=2)
    for user in (secretary, build.co_chair(dialogue)):
        comment = workflow.comment(dialogue, by=user, text="Hm.", paragraph=paragraph)
        assert (comment.author, comment.paragraph, comment.dialogue) == (user, paragraph, dialogue)


def test_nobody_else_comments_not_even_on_what_is_published(reviewer, stranger):
    dialogue = build.dialogue()
    others = [reviewer, stranger, build.co_chair(build.dialogue()), build.co_chair(dialogue, role="panellist")]
    for user in [*others, AnonymousUser()]:
        with pytest.raises(PermissionDenied):
            workflow.comment(dialogue, by=user, text="Hm.")
    assert not Comment.objects.exists()
