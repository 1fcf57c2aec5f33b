import pytest
from django.test import Client

from dialogues.models import Comment
from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

PAGE = "/dialogues/third/comments/"


@pytest.fixture
def third():
    return build.dialogue(slug="third")


@pytest.fixture
def chair(third, browser_of):
    return browser_of(build.co_chair(third))


@pytest.mark.parametrize("public", [True, False])
def test_chairs_and_staff_can_read_and_write_comments_before_and_after_publication(public, chair, desk, third):
    third.comments.create(text="Entre nous.")
    if not public:
        third.published_at = None
        third.save()
    for browser in (chair, desk):
        assert shows(browser, PAGE, "Entre nous.")
        assert browser.post(PAGE, {"text": "Noted."}).headers["Location"] == "/dialogues/third/"
    assert Comment.objects.filter(text="Noted.").count() == 2


def outsiders(third):
    """Return users who may not comment on that dialogue."""
    no_group = build.co_chair(third)
    no_group.groups.clear()
    panel = build.panel(third)
    return {
        "chair of another": build.co_chair(build.dialogue()),
        "chair of a panel": build.co_chair(third, panel=panel),
        "panellist": build.co_chair(third, role="panellist"),
        "chair outside the group": no_group,
        "closed account": build.co_chair(third, is_active=False),
    }


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    "who", ["chair of another", "chair of a panel", "panellist", "chair outside the group", "closed account"]
)
def test_for_other_users_the_comments_are_not_found(who, public, browser_of):
    third = build.dialogue(slug="third", public=public)
    third.comments.create(text="Entre nous.")
    browser = browser_of(outsiders(third)[who])
    assert is_absent(browser, PAGE)
    assert browser.post(PAGE, {"text": "Let me in."}).status_code == 404
    assert Comment.objects.count() == 1


def test_for_the_public_and_reviewers_the_comments_are_not_found(third, client, stranger, reviewer, browser_of):
    for browser in (client, browser_of(stranger), browser_of(reviewer)):
        assert is_absent(browser, PAGE)
        assert browser.post(PAGE, {"text": "Let me in."}).status_code == 404
    assert not Comment.objects.exists()


def test_a_comment_on_a_paragraph_redirects_back_to_the_comments(third, chair):
    paragraph = build.summary(third, public=False).paragraphs.get(number=2)
    answer = chair.post(PAGE, {"text": "Too strong.", "paragraph": paragraph.pk})
    assert answer.headers["Location"] == "/dialogues/third/summary/en/v1/#comments"
    assert Comment.objects.get().paragraph == paragraph
    link = '<a href="/dialogues/third/summary/en/v1/#p2">Paragraph 2</a>'
    assert shows(chair, PAGE, "Too strong.", link)


def test_a_paragraph_of_another_dialogue_is_neither_offered_nor_accepted(third, chair):
    secret = build.summary(build.dialogue(public=False), public=False, text="1. A secret paragraph.")
    assert hides(chair, PAGE, "A secret paragraph.")
    answer = chair.post(PAGE, {"text": "Hm.", "paragraph": secret.paragraphs.get().pk})
    assert answer.status_code == 200
    assert "A secret paragraph." not in answer.content.decode()
    assert not Comment.objects.exists()


def test_comments_of_other_dialogues_are_not_shown(third, chair):
    build.dialogue().comments.create(text="Said elsewhere.")
    assert hides(chair, PAGE, "Said elsewhere.")


def test_an_empty_comment_is_refused_with_an_error(chair):
    answer = chair.post(PAGE, {"text": " "})
    assert (answer.status_code, Comment.objects.count()) == (200, 0)
    assert "Fill in “Comment”." in answer.content.decode()


def test_markup_in_a_comment_is_escaped(third, chair):
    chair.post(PAGE, {"text": "<script>alert(1)</script>"})
    assert shows(chair, PAGE, "&lt;script&gt;alert(1)&lt;/script&gt;")


def test_the_author_is_always_the_signed_in_user(third, stranger):
    account = build.co_chair(third)
    browser = Client()
    browser.force_login(account)
    browser.post(PAGE, {"text": "Mine.", "author": stranger.pk, "dialogue": build.dialogue().pk})
    comment = Comment.objects.get()
    assert (comment.author, comment.dialogue) == (account, third)


def test_comments_are_protected_against_cross_site_requests(third):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(build.co_chair(third))
    assert browser.post(PAGE, {"text": "Forged."}).status_code == 403
    assert not Comment.objects.exists()


def test_a_comment_outlives_its_paragraph_and_its_author(third, chair):
    summary = build.summary(third)
    comment = third.comments.create(text="Kept.", paragraph=summary.paragraphs.first(), author=build.user("a@b.org"))
    summary.paragraphs.all().delete()
    comment.author.delete()
    assert shows(chair, PAGE, "Kept.")
