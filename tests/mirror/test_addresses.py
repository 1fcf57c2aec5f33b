"""Each public address has a place in the copy, and no other has."""

import pytest
from django.urls import get_resolver

from documents.file_responses import media_type
from documents.models import Kind
from mirror.addresses import FILES, LEFT_OUT, address_of, path_on_site, without_language
from portal.sitemaps import named_views
from publishing.pages import declared_by

# Public, or open to everyone, and not in the copy. Each needs the site itself, or is about it.
NOT_COPIED = {
    "account_confirm_login_code", "account_email_verification_sent", "account_inactive", "account_login",
    "account_request_login_code",
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/fr/", "fr/index.html"),
        ("/speakers/", "speakers/index.html"),
        ("/speakers/?page=1", "speakers/index.html"),
        ("/zh/speakers/?page=12", "zh/speakers/page-12.html"),
        ("/robots.txt", "robots.txt"),
        ("/sitemap-quotes.xml?p=2", "sitemap-quotes-2.xml"),
        ("/calendar.ics", "calendar.ics"),
        ("/static/portal.css", "static/portal.css"),
    ],
)
def test_an_address_has_a_file(path, file):
    assert address_of(path).file() == file


@pytest.mark.parametrize(
    ("path", "media_type", "file"),
    [
        ("/dialogues/one/papers/3/download/", "application/pdf", "dialogues/one/papers/3/download/index.pdf"),
        ("/dialogues/one/feed/", "application/atom+xml; charset=utf-8", "dialogues/one/feed/index.xml"),
        ("/contributions/SMP-1/files/2/download/", "x/unknown", "contributions/SMP-1/files/2/download/index.bin"),
    ],
)
def test_the_file_of_an_address_ends_as_its_type_does(path, media_type, file):
    assert address_of(path).file(media_type) == file


@pytest.mark.parametrize("kind", Kind)
def test_a_file_that_was_sent_ends_as_its_kind_does(kind):
    ending = Kind.TEXT if kind == Kind.MARKDOWN else kind  # Markdown leaves as plain text
    file = address_of("/contributions/SMP-1/files/2/download/").file(media_type(kind))
    assert file == f"contributions/SMP-1/files/2/download/index.{ending}"


@pytest.mark.parametrize(
    "path",
    [
        "/search/", "/fr/search/?q=words", "/search/results.csv", "/opensearch.xml", "/cards/site/en.png",
        "/contributions/?topic=children", "/contributions/?page=2&topic=children", "/speakers/?page=0",
        "/speakers/?page=-1", "/speakers/?page=2x", "/about/?page=2", "/desk/", "/admin/", "/accounts/sign-in/",
        "/drafts/secret/", "/contributions/mine/", "/contributions/new/", "/contributions/check/", "/healthz", "/livez",
        "/nothing/here/", "/static/../secret", "/static/%2e%2e/secret", "/static//secret", "//example.org/",
        "/static/" + "a" * 201,
    ],
)  # fmt: skip
def test_other_addresses_have_none(path):
    assert address_of(path) is None


def test_each_address_of_the_portal_is_copied_or_is_not_public():
    named = dict(named_views(get_resolver().url_patterns))
    public = {name for name, view in named.items() if (page := declared_by(view)) and page.is_kept}
    assert named.keys() >= FILES
    assert public >= LEFT_OUT
    private = (
        "admin:", "desk:", "intake:", "search:", "cards:", "account", "mfa", "usersessions", "publishing:preview",
        "contributions:", "dialogues:", "None", "jsi18n",
    )  # fmt: skip
    unexplained = {name for name in named.keys() - public - FILES if not name.startswith(private)}
    assert unexplained == {"export", "health", "security-contact"}  # for staff, for monitors, and with a date of expiry


def test_only_forms_of_proceedings_and_contributions_are_left_out():
    named = dict(named_views(get_resolver().url_patterns))
    public = {name for name, view in named.items() if (page := declared_by(view)) and page.is_kept}
    left_out = {name for name in named.keys() - public - FILES if name.startswith(("dialogues:", "contributions:"))}
    assert left_out == {
        "dialogues:comment-create", "dialogues:document-alert-confirm", "dialogues:document-alert-create",
        "dialogues:document-alert-leave", "dialogues:summary-approve",
        *(f"contributions:{name}" for name in (
            "answers", "appear", "call-extension", "check", "correct", "coverage", "coverage-preview", "create",
            "discard", "draft", "draft-file", "extension", "files", "found", "held", "hold", "invitation", "mine",
            "receipt", "send", "share", "sign", "sign-file", "signers", "teams", "upload", "uploads", "who",
            "withdraw", "without-code",
        )),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/quotes/1/", "/quotes/1/"), ("../2/?page=3#here", "/quotes/2/?page=3"), ("#here", "/quotes/1/"),
        ("http://portal.example/fr/", "/fr/"), ("https://portal.example/fr/", None), ("mailto:a@example.org", None),
        ("//other.example/", None), ("http://[", None),
    ],
)  # fmt: skip
def test_a_link_leads_to_a_path_of_the_site_or_elsewhere(link, path, settings):
    settings.BASE_URL = "http://portal.example"
    assert path_on_site(link, "/quotes/1/") == path


@pytest.mark.parametrize(("path", "bare"), [("/fr/", "/"), ("/quotes/", "/quotes/"), ("/zh/quotes/1/", "/quotes/1/")])
def test_an_address_is_known_without_its_language(path, bare):
    assert without_language(path) == bare
