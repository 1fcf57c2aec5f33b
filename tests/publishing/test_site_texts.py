"""The texts of the site: the default, the words of staff, and what readers get."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from mail.letter import KINDS as LETTERS
from mail.sending import current_words
from portal.site_texts import CONTACT, PRIVACY
from publishing.models import PublicChange, SiteText
from publishing.site_texts import KINDS, SITE_NAME, shown_text
from publishing.workflow import use_default_text, write_site_text
from tests import build
from tests.gate import hides, shows
from text.site_name import site_name

pytestmark = pytest.mark.django_db


def write(kind, secretary, title=None, body=None, **translations):
    """Write other words for a text, in English and in the languages that are given as {field: text}."""
    text = SiteText.objects.filter(name=kind.name).first() or kind.unsaved()
    text.title, text.body = title or text.title, text.body if body is None else body
    text.translations = text.translations | translations
    write_site_text(kind, text, by=secretary)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_text_has_a_default_in_each_language(kind):
    defaults = kind.unsaved()
    assert kind.has_body == bool(defaults.body)
    for field in ("title", "body") if kind.has_body else ("title",):
        assert defaults.missing_languages(field) == []


def test_the_default_has_the_values_of_its_fields(client, settings):
    settings.CONTACT_EMAIL = "desk@example.org"
    assert "{contact}" in CONTACT.default_words("fr").body
    assert shows(client, "/fr/about/contact/", 'href="mailto:desk@example.org"')
    settings.CONTACT_EMAIL = ""
    assert shows(client, "/about/contact/", "has no email address yet")
    assert shows(client, "/about/privacy/", "after 7 days", 'href="http')


def test_readers_get_the_words_of_staff_in_their_language_or_else_the_original_marked(client, secretary):
    write(
        PRIVACY,
        secretary,
        "Your data",
        "We keep *nothing*.",
        fr={"title": "Vos données", "body": "Nous ne gardons rien."},
        ar={},
    )
    assert shows(client, "/about/privacy/", "<h1>Your data</h1>", "<em>nothing</em>", "<title>Your data")
    assert shows(client, "/fr/about/privacy/", "<h1>Vos données</h1>", "Nous ne gardons rien.")
    assert shows(
        client, "/ar/about/privacy/", '<span lang="en" dir="ltr">Your data</span>', '<div lang="en" dir="ltr">'
    )


def test_the_default_comes_back_and_the_history_stays(client, secretary):
    write(PRIVACY, secretary, "Your data")
    assert use_default_text(PRIVACY, by=secretary)
    assert not use_default_text(PRIVACY, by=secretary)
    assert shows(client, "/about/privacy/", "<h1>Privacy</h1>")
    assert hides(client, "/about/privacy/", "Your data")
    assert [version.history_user for version in SiteText.history.all()] == [secretary, secretary]


def test_words_that_are_the_default_are_not_kept(secretary):
    write(PRIVACY, secretary)
    assert not SiteText.objects.exists()
    write(PRIVACY, secretary, "Your data")
    write(PRIVACY, secretary, "Privacy")
    assert not SiteText.objects.exists()


def test_only_those_with_the_permission_may_write(secretary):
    with pytest.raises(PermissionDenied):
        write_site_text(PRIVACY, PRIVACY.unsaved(), by=build.user("reader@example.org"))
    with pytest.raises(ValidationError):
        write(PRIVACY, secretary, "x" * 201)


def test_a_change_ends_the_kept_pages(secretary):
    before = PublicChange.objects.state()
    write(PRIVACY, secretary, "Your data")
    assert PublicChange.objects.state() != before


def read_texts(client, address):
    """Return how often a page asks the database for the texts of the site."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum('FROM "publishing_sitetext"' in query["sql"] for query in captured)


def test_a_page_reads_the_texts_only_after_a_change(client, secretary):
    client.get("/")
    assert (read_texts(client, "/"), read_texts(client, "/fr/about/privacy/")) == (0, 0)
    write(SITE_NAME, secretary, "Talks & Co")
    assert shows(client, "/", "<span>Talks &amp; Co</span>")
    assert read_texts(client, "/about/privacy/") == 0
    SiteText.objects.get().delete()
    assert hides(client, "/", "<span>Talks &amp; Co</span>")


def test_a_page_for_someone_who_is_signed_in_reads_them_each_time(desk, secretary):
    assert read_texts(desk, "/") > 0
    write(SITE_NAME, secretary, "Talks & Co")
    assert shows(desk, "/", "<span>Talks &amp; Co</span>")


def test_the_name_of_the_site_has_a_default_in_each_language(settings):
    with override("fr"):
        assert site_name() == "Dialogues constructifs"
        settings.SITE_NAME = "The portal"
        assert (site_name(), site_name().language) == ("The portal", "en")


def test_the_name_of_the_site_is_on_pages_and_in_emails(client, secretary):
    write(SITE_NAME, secretary, "Talks & Co", fr={"title": "Entretiens"})
    assert shows(client, "/", "<span>Talks &amp; Co</span>", "<title>Talks &amp; Co</title>")
    assert shows(client, "/fr/about/", "<span>Entretiens</span>", "– Entretiens</title>")
    letter = LETTERS["contributions-receipt"]
    with override("fr"):
        assert letter.fields[-1].example_text == "Entretiens"
    assert current_words(letter, "fr")


def test_a_field_that_the_text_does_not_have_stays_as_it_was_typed(secretary):
    write(PRIVACY, secretary, body="Ask {nobody}, for {unconfirmed_days} days.")
    assert "Ask {nobody}, for 7 days." in shown_text(PRIVACY).html
