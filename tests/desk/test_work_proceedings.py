"""The work lists of proceedings, and who sees them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from desk.work import proceedings as work_queue
from dialogues.models import Comment
from dialogues.workflow import resolve
from documents.models import Document
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def by_title(user):
    return {str(heap.title): heap for heap in work_queue.work_lists(user)}


def held(days, **fields):
    """Return a dialogue that ended that many days ago and expects its summary."""
    made = build.dialogue(starts_on=timezone.localdate() - timedelta(days=days), **fields)
    made.expected.create(kind="summary", language="fr")
    return made


def test_there_are_no_work_lists_when_nothing_waits(secretary):
    build.summary(build.dialogue())
    assert work_queue.work_lists(secretary) == []


def test_awaited_summaries_are_listed_longest_first_until_they_are_public(secretary):
    short, long, there, future = held(3), held(40, public=False), held(9), held(-9)
    build.summary(short, language="fr", public=False)
    build.summary(there, language="fr")
    found = by_title(secretary)["Summaries awaited"]
    assert [(line.text, line.days, line.note) for line in found.lines] == [
        (long.title, 39, "Français"), (short.title, 2, "Français"),
    ]  # fmt: skip
    assert found.lines[0].address == f"/desk/dialogues/{long.pk}/"
    assert (found.total, found.address) == (2, "/awaited/?state=awaited")
    assert future.title not in str(found)


def test_other_awaited_documents_are_not_listed(secretary):
    build.dialogue(starts_on=date(2024, 1, 1)).expected.create(kind="programme")
    assert work_queue.work_lists(secretary) == []


def test_open_comments_are_listed_until_they_are_resolved(secretary, reviewer):
    dialogue = build.dialogue()
    chair = build.appearance(dialogue, role="chair", who=build.speaker("Ana Sample"))
    comment = dialogue.comments.create(appearance=chair, text="Say this in other words.")
    dialogue.comments.create(author=secretary, text="We shall.", reply_to=comment)
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(days=3))
    (line,) = by_title(secretary)["Comments to answer"].lines
    address = f"/desk/dialogues/{dialogue.pk}/comments/#comment-{comment.pk}"
    assert (line.text, line.address, line.note, line.days) == (dialogue.title, address, "Ana Sample", 3)
    paragraph = build.summary(dialogue).paragraphs.get(number=2)
    Comment.objects.filter(pk=comment.pk).update(paragraph=paragraph)
    assert by_title(secretary)["Comments to answer"].lines[0].note == "Ana Sample · Paragraph 2"
    assert "Comments to answer" not in by_title(reviewer)
    resolve(comment, by=secretary)
    assert "Comments to answer" not in by_title(secretary)


def test_drafts_are_counted_by_kind_with_a_link_to_their_list(secretary):
    dialogue = build.dialogue()
    build.dialogue(public=False)
    build.paper(dialogue, public=False)
    for _ in range(2):
        build.quote(build.appearance(dialogue), public=False)
    found = by_title(secretary)["Drafts of proceedings"]
    assert [(line.text, line.count) for line in found.lines] == [("Dialogues", 1), ("Papers", 1), ("Quotes", 2)]
    assert found.lines[0].address == "/desk/drafts/dialogue/"
    assert found.total == 4


def test_the_linked_lists_show_only_drafts(secretary, desk):
    dialogue = build.dialogue(title="Open one")
    appearance = build.appearance(dialogue)
    for public in (True, False):
        build.summary(dialogue, public=public, language="en" if public else "fr")
        build.paper(dialogue, public=public, title="Open one" if public else "Hidden one")
        build.quote(appearance, public=public)
    build.dialogue(title="Hidden one", public=False)
    lines = by_title(secretary)["Drafts of proceedings"].lines
    assert [line.text for line in lines] == ["Dialogues", "Summaries", "Papers", "Quotes"]
    for line in lines:
        records = desk.get(line.address).context["object_list"]
        assert [record.published_at for record in records] == [None]


def test_a_failed_file_links_to_its_record(secretary):
    dialogue = build.dialogue()
    paper, sound = build.paper(dialogue), build.paper(dialogue, title="Sound")
    Document.objects.filter(pk=paper.document_id).update(state="faulty", fault="locked")
    found = by_title(secretary)["Papers whose file failed"]
    (line,) = found.lines
    assert line.address == f"/desk/paper-{paper.pk}/"
    assert "is protected by a password" in str(line.note)
    assert sound.title not in line.text


def test_reviewers_and_chairs_have_no_work_lists(reviewer):
    dialogue = held(5)
    build.dialogue(public=False)
    build.quote(build.appearance(dialogue), public=False)
    assert work_queue.work_lists(reviewer) == []
    assert work_queue.work_lists(build.co_chair(dialogue, is_staff=True)) == []


def test_a_work_list_shows_five_lines_and_counts_the_rest(secretary):
    for number in range(7):
        paper = build.paper(build.dialogue(), title=f"Paper {number}")
        Document.objects.filter(pk=paper.document_id).update(state="faulty", fault="damaged")
    found = by_title(secretary)["Papers whose file failed"]
    assert [line.text for line in found.lines] == [f"Paper {number}" for number in range(5)]
    assert (found.total, found.remaining) == (7, 2)
