"""The form of a summary: comments beside the text, and approvals that are asked for again."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from dialogues import workflow
from dialogues.models import Comment
from publishing.models import Preview, Transition
from publishing.workflow import share
from tests import build
from tests.desk.test_records import values
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

TEXT = "1. First paragraph.\n\n2. Second paragraph."


@pytest.fixture
def summary():
    return build.summary(build.dialogue(), public=False, text=TEXT)


@pytest.fixture
def chair(summary):
    return build.co_chair(summary.dialogue)


@pytest.fixture
def comment(summary, chair):
    """A chair's comment on the second paragraph."""
    return workflow.comment(summary.dialogue, by=chair, text="Say who.", paragraph=summary.paragraphs.get(number=2))


def address(summary):
    return f"/desk/summary-{summary.pk}/"


def sent(desk, summary, **changes):
    return {**values(desk.get(address(summary))), **changes}


def ask(desk, summary, times=0):
    return desk.post(reverse("desk:ask-approval", args=[summary.pk]), {"asked": times}, follow=True).content.decode()


def test_comments_are_shown_with_the_paragraph_that_they_are_about(desk, summary, comment, chair):
    workflow.comment(summary.dialogue, by=chair, text="In general, good.")
    other = build.summary(summary.dialogue, public=False, language="fr", text="1. Autre.")
    workflow.comment(summary.dialogue, by=chair, text="About the French.", paragraph=other.paragraphs.get())
    page = desk.get(address(summary))
    threads = page.context["threads"]
    assert [(thread.paragraph and thread.paragraph.number, thread.comments[0].text) for thread in threads] == [
        (None, "In general, good."), (2, "Say who."),
    ]  # fmt: skip
    assert shows(desk, address(summary), "Second paragraph.</blockquote>")


def test_an_answer_is_saved_alone_and_what_was_typed_stays(desk, summary, comment, secretary):
    other = workflow.comment(summary.dialogue, by=secretary, text="A second one.")
    typed = {"body": "1. Typed.\r\n\r\n2. Also typed.", f"reply-{comment.pk}": "We do.", f"reply-{other.pk}": "Later."}
    page = desk.post(address(summary), sent(desk, summary, comment=f"reply-{comment.pk}", **typed))
    assert page.status_code == 200
    assert [(one.text, one.author) for one in comment.replies.all()] == [("We do.", secretary)]
    assert not other.replies.exists()
    assert page.context["form"]["body"].value() == "1. Typed.\n\n2. Also typed."
    html = page.content.decode()
    assert "is kept, and not saved yet" in html
    assert "data-unsaved" in html
    assert ">Later.</textarea>" in html
    assert ">We do.</textarea>" not in html
    assert summary.paragraphs.get(number=1).text == "First paragraph."
    desk.post(address(summary), {**values(page)})
    assert summary.paragraphs.get(number=1).text == "Typed."


def test_a_comment_is_resolved_and_opened_again_where_nothing_else_is_typed(desk, summary, comment):
    answer = desk.post(address(summary), sent(desk, summary, comment=f"resolve-{comment.pk}"))
    assert (answer.status_code, answer.url) == (302, f"{address(summary)}#comment-{comment.pk}")
    comment.refresh_from_db()
    assert comment.resolved_at is not None
    desk.post(address(summary), sent(desk, summary, comment=f"reopen-{comment.pk}"))
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_the_same_answer_sent_twice_is_kept_once(desk, summary, comment):
    data = sent(desk, summary, comment=f"reply-{comment.pk}", **{f"reply-{comment.pk}": "We do."})
    for _time in range(2):
        desk.post(address(summary), data)
    assert comment.replies.count() == 1


def test_an_empty_answer_is_refused_and_what_was_typed_stays(desk, summary, comment):
    page = desk.post(address(summary), sent(desk, summary, comment=f"reply-{comment.pk}", body="1. Typed."))
    assert "Write your answer first." in page.content.decode()
    assert page.context["form"]["body"].value() == "1. Typed."
    assert not comment.replies.exists()


def test_saving_the_summary_keeps_an_answer_that_is_not_saved(desk, summary, comment):
    page = desk.post(address(summary), sent(desk, summary, body="1. Saved.", **{f"reply-{comment.pk}": "Half an"}))
    assert summary.paragraphs.get().text == "Saved."
    assert ">Half an</textarea>" in page.content.decode()
    refused = desk.post(address(summary), sent(desk, summary, body="1. A.\n\n1. B.", **{f"reply-{comment.pk}": "Half"}))
    assert ">Half</textarea>" in refused.content.decode()


def test_a_newer_text_is_not_overwritten_after_an_answer(desk, summary, comment):
    data = sent(desk, summary, comment=f"reply-{comment.pk}", body="1. Mine.", **{f"reply-{comment.pk}": "Yes."})
    workflow.write_paragraphs(summary, "1. Theirs.")
    page = desk.post(address(summary), data)
    answer = desk.post(address(summary), values(page))
    assert "Someone else saved this after you opened it" in answer.content.decode()
    assert summary.paragraphs.get().text == "Theirs."


def test_a_comment_of_another_dialogue_is_absent(desk, summary, comment):
    other = build.summary(build.dialogue(), public=False)
    data = sent(desk, other, comment=f"resolve-{comment.pk}")
    assert desk.post(address(other), data).status_code == 404
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_a_comment_says_whether_its_paragraph_changed_since(desk, summary, comment):
    assert hides(desk, address(summary), "has changed since this comment")
    workflow.write_paragraphs(summary, "1. Changed.\n\n2. Second paragraph.")
    assert hides(desk, address(summary), "has changed since this comment")
    workflow.write_paragraphs(summary, "1. Changed.\n\n2. The second paragraph.")
    assert shows(desk, address(summary), "has changed since this comment")


def test_those_who_may_not_read_comments_see_none(browser_of, summary, comment):
    editor = build.user("editor@example.org", is_staff=True)
    codes = ["view_summary", "change_summary", "view_drafts", "view_dialogue"]
    editor.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    browser = browser_of(editor)
    assert hides(browser, address(summary), "Say who.")
    data = sent(browser, summary, comment=f"resolve-{comment.pk}")
    assert browser.post(address(summary), data).status_code == 403


def test_approval_is_asked_for_again_after_a_change(desk, summary, chair, mailoutbox):
    workflow.approve(summary, by=chair, seen=summary.digest)
    assert hides(desk, address(summary), "Ask again for approval")
    workflow.write_paragraphs(summary, "1. Changed.")
    assert shows(desk, address(summary), "Approved an earlier text")
    html = ask(desk, summary)
    assert "Asked for approval:" in html
    assert "Asked again on" in html
    (letter,) = mailoutbox
    assert letter.to == [chair.email]
    assert summary.get_absolute_url() in letter.body
    assert "Changed." not in letter.body
    assert Transition.objects.filter(verb="ask_approval").count() == 1
    workflow.approve(summary, by=chair, seen=summary.digest)
    assert hides(desk, address(summary), "Asked again on")


def test_the_letter_and_its_address_are_in_the_language_of_the_chair(desk, summary, mailoutbox):
    build.co_chair(summary.dialogue, language="fr")
    desk.post(f"/ar{reverse('desk:ask-approval', args=[summary.pk])}", {"asked": 0})
    (letter,) = mailoutbox
    assert f"/fr{summary.get_absolute_url()}" in letter.body


def test_a_second_click_writes_to_nobody(desk, summary, chair, mailoutbox):
    ask(desk, summary)
    assert "Someone else has asked for approval in the meantime." in ask(desk, summary)
    assert len(mailoutbox) == 1
    ask(desk, summary, times=1)
    assert len(mailoutbox) == 2


def test_a_chair_without_account_is_asked_at_the_address_of_their_preview(desk, summary, secretary, mailoutbox):
    known, unknown = (build.appearance(summary.dialogue, role="co-chair") for _ in range(2))
    share(summary, by=secretary, days=5, email="known@example.org", recipient=known)
    mailoutbox.clear()
    html = ask(desk, summary)
    assert [letter.to for letter in mailoutbox] == [["known@example.org"]]
    assert Preview.objects.get().get_absolute_url() in mailoutbox[0].body
    assert f"There is no email address for {unknown.speaker}" in html


def test_an_expired_preview_is_replaced(desk, summary, secretary, mailoutbox):
    chair = build.appearance(summary.dialogue, role="chair")
    share(summary, by=secretary, days=5, email="known@example.org", recipient=chair)
    Preview.objects.update(expires_at="2020-01-01T00:00Z")
    mailoutbox.clear()
    ask(desk, summary)
    assert [letter.to for letter in mailoutbox] == [["known@example.org"]]
    assert [preview.is_open for preview in Preview.objects.all()] == [True, False]


def test_nobody_is_asked_to_approve_what_is_published_or_approved(desk, summary, chair, mailoutbox):
    workflow.approve(summary, by=chair, seen=summary.digest)
    assert "Each chair has approved this text." in ask(desk, summary)
    build.published(summary)
    assert "approval is asked for drafts" in ask(desk, summary)
    assert hides(desk, address(summary), "Approval by the chairs")
    assert mailoutbox == []


def test_only_those_who_may_change_a_summary_ask(browser_of, reviewer, summary, chair, mailoutbox):
    answer = browser_of(reviewer).post(reverse("desk:ask-approval", args=[summary.pk]), {"asked": 0})
    assert (answer.status_code, mailoutbox) == (403, [])


def test_open_comments_and_a_change_after_approval_are_named_before_publishing(desk, summary, chair, comment):
    workflow.approve(summary, by=chair, seen=summary.digest)
    publish = f"/desk/publish/?record=summary-{summary.pk}"
    assert shows(desk, publish, "1 comment on this dialogue is open.")
    assert hides(desk, publish, "was changed after")
    workflow.write_paragraphs(summary, "1. Changed.")
    Comment.objects.all().delete()
    assert shows(desk, publish, "The text was changed after")
    assert hides(desk, publish, "is open.")
