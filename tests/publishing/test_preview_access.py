"""A preview that was given to one person does not open for somebody to whom it was forwarded."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dialogues.models import Comment
from publishing import workflow as publishing
from publishing.models import Preview
from tests import build
from tests.gate import hides, is_absent, opened, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def draft():
    """A draft of a summary, with a comment among chairs."""
    cache.clear()
    dialogue = build.dialogue(public=False)
    comment = Comment(dialogue=dialogue, text="Among us.", author=build.user("ada@example.org", name="Ada Secret"))
    comment.save()
    return build.summary(dialogue, public=False, text="1. First words.")


def given(draft, **options):
    """Share a draft with a chair of its dialogue."""
    chair = build.appearance(draft.dialogue, who=build.speaker("Invented Chair"), role="chair")
    return publishing.share(draft, by=None, days=14, recipient=chair, **options)


def ask(browser, preview):
    """Ask for a code, and return the one in the last email."""
    browser.post(preview.get_absolute_url(), {"verb": "send-code"})
    return re.search(r"Your code is (\S+)", mail.outbox[-1].body)[1]


def enter(browser, preview, code):
    return browser.post(preview.get_absolute_url(), {"verb": "enter-code", "code": code}, follow=True)


SECRETS = ("First words.", "Among us.", "Ada Secret", "ada@example.org", "Invented Chair", "Approve")


@pytest.mark.parametrize("email", ["", "chair@example.org"])
def test_a_forwarded_preview_shows_nothing_and_approves_nothing(draft, email):
    preview = given(draft, email=email)
    address = preview.get_absolute_url()
    if not email:
        assert shows(opened(preview), address, "First words.", "Among us.")
    forwarded = Client()
    assert hides(forwarded, address, *SECRETS)
    for verb in ("approve", "comment", "answer", "open-here"):
        forwarded.post(address, {"verb": verb, "seen": draft.digest, "text": "Mine."})
    assert hides(forwarded, address, *SECRETS)
    assert (draft.approvals.count(), Comment.objects.count()) == (0, 1)


def test_a_code_from_the_mailbox_opens_it_in_each_browser(draft):
    preview = given(draft, email="chair@example.org")
    for _ in range(2):
        browser = Client()
        code = ask(browser, preview)
        assert mail.outbox[-1].to == ["chair@example.org"]
        assert "First words." in enter(browser, preview, code.lower()).content.decode()
        browser.post(preview.get_absolute_url(), {"verb": "approve", "seen": draft.digest})
    assert draft.approvals.count() == 1


def test_a_code_opens_only_the_browser_that_asked_for_it_and_once(draft):
    preview, browser, other = given(draft, email="chair@example.org"), Client(), Client()
    code = ask(browser, preview)
    assert hides(other, preview.get_absolute_url(), *SECRETS)
    assert "has expired" in enter(other, preview, code).content.decode()
    enter(browser, preview, code)
    browser.cookies.pop(f"preview-{preview.pk}")
    assert "has expired" in enter(browser, preview, code).content.decode()


def test_a_code_has_three_attempts_and_expires(draft, monkeypatch):
    preview, browser = given(draft, email="chair@example.org"), Client()
    code = ask(browser, preview)
    assert code not in str(browser.session.items())
    for _ in range(3):
        assert "That is not the code" in enter(browser, preview, "BCDF-GHJK").content.decode()
    assert "has expired" in enter(browser, preview, code).content.decode()
    code = ask(browser, preview)
    session = browser.session
    session[f"code-of-preview-{preview.pk}"]["at"] -= 901
    session[f"code-of-preview-{preview.pk}"] = dict(session[f"code-of-preview-{preview.pk}"])
    session.save()
    assert "has expired" in enter(browser, preview, code).content.decode()


def test_codes_for_a_preview_are_limited_for_each_client(draft):
    preview = given(draft, email="chair@example.org")
    mail.outbox.clear()
    answers = [Client().post(preview.get_absolute_url(), {"verb": "send-code"}) for _ in range(5)]
    assert len(mail.outbox) == 3
    assert "You asked for too many codes" in answers[-1].content.decode()
    owner = Client(REMOTE_ADDR="192.0.2.1")
    assert "First words." in enter(owner, preview, ask(owner, preview)).content.decode()


def test_codes_for_a_preview_are_limited_for_an_ipv6_network(draft):
    preview = given(draft, email="chair@example.org")
    mail.outbox.clear()
    for each in range(5):
        Client(REMOTE_ADDR=f"2001:db8:0:1::{each}").post(preview.get_absolute_url(), {"verb": "send-code"})
    assert len(mail.outbox) == 3
    Client(REMOTE_ADDR="2001:db8:0:2::1").post(preview.get_absolute_url(), {"verb": "send-code"})
    assert len(mail.outbox) == 4


def test_without_a_mailbox_it_opens_in_the_first_browser_alone(draft):
    preview = given(draft)
    assert shows(Client(), preview.get_absolute_url(), "The link works in one browser only")  # looking binds nothing
    first = opened(preview)
    assert shows(first, preview.get_absolute_url(), "First words.")
    assert shows(opened(preview), preview.get_absolute_url(), "works only there. Ask the secretariat")
    assert first.cookies[f"preview-{preview.pk}"]["httponly"]
    (kept,) = Preview.objects.get(pk=preview.pk).readers
    assert first.cookies[f"preview-{preview.pk}"].value not in kept


def test_a_preview_for_nobody_by_name_opens_everywhere_and_shows_no_comments(draft):
    preview = publishing.share(draft, by=None, days=14)
    assert shows(Client(), preview.get_absolute_url(), "First words.")
    assert hides(Client(), preview.get_absolute_url(), "Among us.", "Ada Secret")


def test_an_expired_or_withdrawn_preview_is_absent_for_its_reader_too(draft):
    preview = given(draft)
    browser = opened(preview)
    Preview.objects.filter(pk=preview.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert is_absent(browser, preview.get_absolute_url())
