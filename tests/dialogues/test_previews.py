from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from dialogues import workflow
from dialogues.models import Comment, Dialogue, Paper, Quote, Summary
from publishing import workflow as publishing
from publishing.models import Guest, Preview, Transition
from tests import build
from tests.gate import hides, is_absent, opened, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.fixture
def hidden():
    """A hidden dialogue with a summary, a quote and a panel, all drafts."""
    dialogue = build.dialogue(public=False, slug="third", title="The third one")
    build.panel(dialogue)
    return dialogue


@pytest.fixture
def draft(hidden):
    return build.summary(hidden, public=False, text="1. First words.\n\n2. Second words.")


@pytest.fixture
def chair(hidden):
    return build.appearance(hidden, who=build.speaker("Invented Chair"), role="co-chair")


def shared(record, **options):
    return publishing.share(record, by=None, **{"days": 14, **options})


def test_a_preview_opens_one_draft_and_nothing_else(draft, hidden):
    other = build.summary(hidden, public=False, language="fr", text="1. Autre.")
    preview, browser = shared(draft), Client()
    assert shows(browser, preview.get_absolute_url(), "First words.", "Draft")
    for address in (draft.get_absolute_url(), other.get_absolute_url(), hidden.get_absolute_url()):
        assert is_absent(browser, address)
    guest = Guest(preview)
    assert list(Summary.objects.visible_to(guest)) == [draft]
    assert [paragraph.summary for paragraph in draft.paragraphs.visible_to(guest)] == [draft, draft]
    assert not Dialogue.objects.visible_to(guest).exists()
    assert not other.paragraphs.visible_to(guest).exists()


def test_a_preview_of_a_dialogue_opens_what_belongs_to_it_but_no_other_draft(hidden, draft, chair):
    quote = build.quote(chair, public=False)
    public = build.summary(hidden, language="fr", text="1. Publique.")
    guest = Guest(shared(hidden))
    assert list(Dialogue.objects.visible_to(guest)) == [hidden]
    assert list(Summary.objects.visible_to(guest)) == [public]
    assert not Quote.objects.visible_to(guest).filter(pk=quote.pk).exists()
    assert shows(Client(), shared(hidden).get_absolute_url(), "The third one", "Invented Chair")


def test_a_preview_of_a_paper_serves_its_file(hidden):
    paper = build.paper(hidden, public=False)
    answer = Client().get(shared(paper).get_absolute_url())
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert list(Paper.objects.visible_to(Guest(shared(paper)))) == [paper]


def test_pages_of_a_preview_are_never_cached(draft):
    answer = Client().get(shared(draft).get_absolute_url())
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_an_expired_withdrawn_or_orphaned_preview_is_not_found(draft, hidden):
    expired, closed, lost = (
        shared(draft),
        shared(draft),
        shared(build.summary(hidden, public=False, version=2, changes="x")),
    )
    Preview.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    publishing.withdraw_preview(closed, by=None)
    lost.record.delete()
    for preview in (expired, closed, lost):
        assert is_absent(Client(), preview.get_absolute_url())
    assert is_absent(Client(), "/drafts/nothing/")


def test_staff_who_open_a_preview_see_what_the_guest_sees(draft, hidden, desk):
    Comment.objects.create(dialogue=hidden, text="Among us.")
    assert hides(desk, shared(draft).get_absolute_url(), "Among us.")
    assert shows(desk, draft.get_absolute_url(), "Among us.")


@pytest.mark.parametrize("days", [0, 91])
def test_a_preview_is_open_for_a_limited_number_of_days(draft, days):
    with pytest.raises(ValidationError):
        shared(draft, days=days)
    assert not Preview.objects.exists()


def test_creating_and_withdrawing_previews_needs_permission(draft):
    reviewer = build.user("r@example.org", role="Reviewers", is_staff=True)
    with pytest.raises(PermissionDenied):
        publishing.share(draft, by=reviewer, days=3)
    with pytest.raises(PermissionDenied):
        publishing.withdraw_preview(shared(draft), by=reviewer)


def test_the_email_contains_the_address_and_nothing_of_the_draft(draft, chair, mailoutbox):
    preview = shared(draft, email="chair@example.org", recipient=chair)
    shared(draft)
    [email] = mailoutbox
    assert email.to == ["chair@example.org"]
    assert preview.get_absolute_url() in email.body
    for word in ("First words", "third"):
        assert word not in email.subject + email.body


def test_a_chair_can_comment_on_paragraphs(draft, hidden, chair):
    preview = shared(draft, recipient=chair)
    browser = opened(preview)
    first = draft.paragraphs.get(number=1)
    address = preview.get_absolute_url()
    browser.post(address, {"verb": "comment", "paragraph": first.pk, "text": "Say who."})
    comment = Comment.objects.get()
    assert (comment.text, comment.paragraph, comment.who, comment.author) == ("Say who.", first, chair.speaker, None)
    assert shows(browser, address, "Say who.", "Invented Chair", "Comment on paragraph 2")


@pytest.mark.parametrize("role", [None, "panellist"])
def test_only_chairs_can_comment_and_approve(role, draft, hidden):
    Comment.objects.create(dialogue=hidden, text="Among us.")
    given = role and build.appearance(hidden, role=role)
    preview = shared(draft, recipient=given)
    address, browser = preview.get_absolute_url(), opened(preview)
    assert hides(browser, address, "Among us.", "Comment on paragraph", "Approve")
    for verb in ("comment", "approve", "answer"):
        browser.post(address, {"verb": verb, "text": "Mine.", "seen": draft.digest})
    assert (Comment.objects.count(), draft.approvals.count()) == (1, 0)


def test_a_chair_of_another_dialogue_cannot_approve(draft):
    other = build.appearance(build.dialogue(), role="chair")
    with pytest.raises(PermissionDenied):
        workflow.approve(draft, by=Guest(shared(draft, recipient=other)), seen=draft.digest)


def test_a_chair_approves_a_text_once_and_the_approval_is_logged(draft, chair, desk):
    preview = shared(draft, recipient=chair)
    address, browser = preview.get_absolute_url(), opened(preview)
    for _click in range(2):
        browser.post(address, {"verb": "approve", "seen": draft.digest})
    assert draft.approvals.count() == 1
    entry = Transition.objects.get(verb="approve")
    assert (entry.part, entry.actor, entry.note) == ("chair", None, "Invented Chair")
    assert shows(browser, address, "Invented Chair approved it")
    assert shows(desk, f"/admin/dialogues/summary/{draft.pk}/change/", "Invented Chair, 2")


def test_a_changed_text_cannot_be_approved_and_old_approvals_are_marked(draft, chair):
    preview = shared(draft, recipient=chair)
    address, browser = preview.get_absolute_url(), opened(preview)
    seen = draft.digest
    workflow.approve(draft, by=Guest(Preview.objects.get()), seen=seen)
    workflow.write_paragraphs(draft, "1. Other words.")
    assert shows(browser, address, "The text has changed since then.")
    answer = browser.post(address, {"verb": "approve", "seen": seen}, follow=True)
    assert "Read it again, then approve." in answer.content.decode()
    assert draft.approvals.count() == 1


def test_a_chair_with_an_account_can_approve_on_the_draft_page(draft, hidden, browser_of):
    account = build.co_chair(hidden)
    browser = browser_of(account)
    address = draft.get_absolute_url()
    assert shows(browser, address, "Approve this text")
    browser.post(f"{address}approve/", {"seen": draft.digest})
    assert draft.approvals.get().appearance.speaker == account.speaker
    outsider = browser_of(build.co_chair(build.dialogue()))
    assert is_absent_to_post(outsider, f"{address}approve/")


def is_absent_to_post(browser, address):
    return browser.post(address, {"seen": "x"}).status_code == 404


@pytest.fixture
def quote(hidden):
    at = build.appearance(hidden, who=build.speaker("Invented Speaker"))
    return build.quote(at, public=False, text="We was heard.")


def test_a_speaker_can_confirm_a_quote(quote, desk):
    preview = shared(quote, recipient=quote.appearance)
    address, browser = preview.get_absolute_url(), opened(preview)
    assert shows(browser, address, "Are these your words?")
    browser.post(address, {"verb": "answer", "text": "We was heard.", "note": ""})
    assert quote.is_confirmed
    assert shows(browser, address, "by the speaker")
    assert Transition.objects.get(verb="confirm_words").part == "speaker"
    assert shows(desk, f"/admin/dialogues/quote/{quote.pk}/change/", "Confirmed on")
    Quote.objects.filter(pk=quote.pk).update(text="We were all heard.")
    quote.refresh_from_db()
    assert not quote.is_confirmed
    assert hides(browser, address, "by the speaker")


def test_a_speaker_can_correct_a_quote_and_staff_can_use_the_correction(quote, desk):
    preview = shared(quote, recipient=quote.appearance)
    address, browser = preview.get_absolute_url(), opened(preview)
    for _click in range(2):
        browser.post(address, {"verb": "answer", "text": "We were heard.", "note": "Grammar."})
    assert quote.answers.count() == 1
    page = f"/admin/dialogues/quote/{quote.pk}/change/"
    assert shows(desk, page, "We were heard.", "Grammar.", "Take over the speaker’s words")
    workflow.use_correction(quote, by=None)
    quote.refresh_from_db()
    assert (quote.text, quote.is_confirmed) == ("We were heard.", True)
    with pytest.raises(ValidationError):
        workflow.use_correction(quote, by=None)


def test_only_the_speaker_can_answer_about_a_quote(quote, hidden):
    other = build.quote(build.appearance(hidden), public=False)
    stranger = Guest(shared(quote, recipient=other.appearance))
    anyone = Guest(shared(quote))
    for guest in (stranger, anyone, build.user("u@example.org")):
        with pytest.raises(PermissionDenied):
            workflow.answer_quote(quote, by=guest, text="Mine.")
    assert not quote.answers.exists()


def test_an_empty_answer_gets_one_error_message(quote):
    preview = shared(quote, recipient=quote.appearance)
    answer = opened(preview).post(preview.get_absolute_url(), {"verb": "answer", "text": " "}, follow=True)
    assert "Enter the corrected words." in answer.content.decode()
    assert not quote.answers.exists()


def test_staff_create_and_withdraw_previews_on_the_desk(quote, desk):
    page = f"/desk/share/quote-{quote.pk}/"
    assert shows(desk, f"/desk/quote-{quote.pk}/", "Share a preview")
    answer = desk.post(page, {"recipient": quote.appearance.pk, "email": "s@example.org", "language": "en", "days": 7})
    assert answer.status_code == 302
    preview = Preview.objects.get()
    assert (preview.record, preview.recipient, preview.made_by) == (quote, quote.appearance, answer.wsgi_request.user)
    assert shows(desk, page, preview.get_absolute_url(), "s@example.org", "Invented Speaker")
    desk.post(page, {"withdraw": preview.pk})
    assert not Preview.objects.exists()
    assert desk.post(page, {"withdraw": preview.pk}).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"days": "0"}, "greater than or equal to 1"),
        ({"days": "7", "email": "s"}, "valid email"),
        ({"days": "7", "recipient": "99999999"}, "valid choice"),
    ],
)
def test_errors_in_the_form_are_shown_and_create_nothing(fields, words, quote, desk):
    answer = desk.post(f"/desk/share/quote-{quote.pk}/", fields)
    assert words in answer.content.decode()
    assert not Preview.objects.exists()


def test_reviewers_cannot_share_previews(quote, browser_of):
    reviewer = browser_of(build.user("r@example.org", role="Reviewers", is_staff=True))
    assert reviewer.get(f"/desk/share/quote-{quote.pk}/").status_code in (403, 404)
