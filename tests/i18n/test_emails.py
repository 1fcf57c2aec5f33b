"""Emails are in the language of their recipient, whatever the language of the user or page that triggers them."""

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone, translation

from contributions import workflow
from contributions.models import Invitation
from contributions.workflow.move_letters import send_email
from contributions.workflow.moves import MOVES
from dialogues import document_alerts
from dialogues.models import DocumentAlert
from publishing import workflow as sharing
from search import alerts
from search.models import SearchAlert
from subscriptions import workflow as subscriptions
from tests import build
from tests.accounts.conftest import Visitor
from tests.i18n.brackets import OPEN, unmarked, write_catalogue
from tests.i18n.conftest import NAME, SENTENCE

pytestmark = pytest.mark.django_db

EMAILS = [move.email for move in MOVES.values() if move.email]


@pytest.fixture(scope="module")
def french(tmp_path_factory):
    folder = tmp_path_factory.mktemp("french")
    write_catalogue(folder, "fr")
    return folder


@pytest.fixture(autouse=True)
def french_in_brackets(settings, french):
    """Put every French string in brackets and leave English as it is."""
    settings.LOCALE_PATHS = [french]


@pytest.fixture
def reader():
    return build.user("reader@example.org", language="fr")


def is_french(email):
    """Return whether an email is entirely in its reader's language and links to pages in that language."""
    links = [word for word in email.body.split() if word.startswith(settings.BASE_URL)]
    assert OPEN in email.subject
    assert OPEN in email.body
    assert (unmarked(email.subject), unmarked(email.body)) == ([], [])
    return all(link.startswith(f"{settings.BASE_URL}/fr/") for link in links)


def test_all_emails_about_a_contribution_are_translated(reader):
    words = {"organization_name": NAME, "title": NAME, "text": SENTENCE}
    record = build.contribution(by=reader, state="submitted", attach=[("α.pdf", None)], **words)
    record.publish_at = timezone.now()
    mail.outbox.clear()
    for email in EMAILS:
        send_email(email, record, note=SENTENCE)
    assert [is_french(email) for email in mail.outbox] == [True] * len(EMAILS)


def test_an_english_recipient_gets_english_from_a_french_page():
    with translation.override("fr"):
        build.contribution(by=build.user("reader@example.org"), state="submitted")
    (email,) = mail.outbox
    assert OPEN not in email.subject + email.body
    assert f"{settings.BASE_URL}/contributions/mine/" in email.body


def test_invitations_and_previews_are_translated(secretary):
    fields = {"organization_name": NAME, "email": "a@example.org", "language": "fr"}
    workflow.invite(Invitation(call=build.call(title=NAME), **fields), by=secretary)
    draft = build.summary(build.dialogue(), public=False)
    sharing.share(draft, by=secretary, days=3, email="b@example.org", language="fr")
    assert [is_french(email) for email in mail.outbox] == [True, True]


@pytest.mark.usefixtures("no_time_to_undo")
def test_document_alerts_are_translated():
    dialogue = build.dialogue(title=NAME)
    wanted = {"dialogue": dialogue, "kind": "summary", "document_language": ""}
    subscriptions.subscribe(DocumentAlert, "a@example.org", language="fr", **wanted)
    subscriptions.confirm(DocumentAlert.objects.get())
    build.summary(dialogue)
    assert document_alerts.send_due() == 1
    assert [is_french(email) for email in mail.outbox] == [True, True]
    assert all("/fr/awaited/" in email.extra_headers["List-Unsubscribe"] for email in mail.outbox)


@pytest.mark.usefixtures("no_time_to_undo")
def test_each_subscriber_gets_their_own_language():
    dialogue = build.dialogue(title=NAME)
    for language in ("en", "fr"):
        DocumentAlert.objects.create(
            address=f"{language}@example.org", dialogue=dialogue, kind="summary", language=language,
            confirmed_at=timezone.now(),
        )  # fmt: skip
    build.summary(dialogue)
    assert document_alerts.send_due() == 2
    assert {email.to[0][:2]: OPEN in email.body for email in mail.outbox} == {"en": False, "fr": True}


@pytest.mark.usefixtures("no_time_to_undo")
def test_search_alerts_are_translated():
    subscriptions.subscribe(SearchAlert, "a@example.org", language="fr", query="q=λόγος")
    subscriptions.confirm(SearchAlert.objects.get())
    SearchAlert.objects.update(confirmed_at=timezone.now() - 2 * alerts.INTERVAL)
    build.quote(build.appearance(build.dialogue(title=NAME), who=build.speaker(NAME)), text=SENTENCE)
    assert alerts.send_due() == 1
    assert [is_french(email) for email in mail.outbox] == [True, True]


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/fr", "fr"), ("/zh", "zh-hans")])
def test_a_subscription_keeps_the_language_of_its_page(client, prefix, language):
    expected = build.dialogue().expected.create(kind="summary")
    client.post(f"{prefix}{expected.alert_url}", {"address": "a@example.org"})
    client.post(f"{prefix}/search/alerts/new/?q=debt", {"address": "a@example.org"})
    assert (DocumentAlert.objects.get().language, SearchAlert.objects.get().language) == (language, language)


def test_the_sign_in_code_is_in_the_language_of_the_page(reader):
    visitor = Visitor()
    visitor.post("/fr/accounts/sign-in/", {"email": "new@example.org"})
    (email,) = mail.outbox
    assert is_french(email)


def test_signing_in_stores_the_language_of_the_page(reader):
    Visitor().sign_in(reader.email)
    reader.refresh_from_db()
    assert reader.language == "en"


def test_submitting_on_a_french_page_sends_a_french_receipt(browser_of, participant):
    draft = build.draft(build.call(), by=participant)
    browser_of(participant).post(f"/fr/contributions/mine/{draft.key}/check/", {"consent": "on", "send": "1"})
    (email,) = mail.outbox
    assert is_french(email)


def test_an_unchanged_language_is_not_saved_again(reader, django_assert_num_queries):
    with translation.override("fr"), django_assert_num_queries(0):
        reader.remember_language()
