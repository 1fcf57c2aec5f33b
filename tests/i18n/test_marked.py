"""All text of the interface is marked for translation."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from dialogues.models import DocumentAlert
from mail.letter import KINDS
from search.models import SearchAlert
from tests import build
from tests.i18n.brackets import bracketed, unmarked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_brackets")]

# Names of languages and countries come from CLDR, in the language of the page.
FROM_CLDR = {"French", "English", "Arabic"}
DJANGOS_ICONS = {"Search", "True", "False"}  # alternative text of icons in Django's templates


def said(browser, addresses):
    """Return the unmarked text of pages by their address; every page must exist."""
    found = {}
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code in (200, 404), (address, answer.status_code)
        if words := [words for words in unmarked(answer.content.decode()) if words not in FROM_CLDR]:
            found[address] = words
    return found


def test_pages_use_the_catalogue_in_brackets(client):
    assert bracketed("Skip to the content") in client.get("/").content.decode()


def test_unmarked_texts_are_found():
    page = f'<p title="{bracketed("a")}">{bracketed("File: <b>x</b>")} <b>two words</b></p><img alt="A sign"><p>PDF</p>'
    assert unmarked(page) == ["two words", "A sign"]


def test_public_pages_are_marked(client, world):
    dialogue, contribution = world["dialogue"].get_absolute_url(), world["contribution"].get_absolute_url()
    summary = world["summary"].get_absolute_url()
    alert = SearchAlert.objects.create(address="a@example.org", query="q=α")
    wish = DocumentAlert.objects.create(address="a@example.org", dialogue=world["dialogue"], kind="guidance")
    names = ["home", "search:search", "dialogues:list", "dialogues:awaited", "dialogues:speaker-list",
             "dialogues:quote-list", "dialogues:news-list", "dialogues:topic-list", "contributions:list",
             "contributions:terms", "contributions:check", "account_request_login_code",
             "account_inactive"]  # fmt: skip
    records = ["speaker", "quote", "news", "topic", "call", "panel", "series", "first", "preview"]
    addresses = [*map(reverse, names), *(world[name].get_absolute_url() for name in records), dialogue, contribution,
                 summary, f"{dialogue}quotes/", f"{summary}changes/", f"{summary}beside/fr/", "/nowhere/",
                 "/search/?q=λόγος", "/search/?q=ψψψψ", "/search/?q=λόγος+κάτι", "/search/alerts/new/?q=λόγος",
                 f"/search/alerts/{alert.key}/confirm/", f"/search/alerts/{alert.key}/leave/",
                 world["expected"].alert_url, f"/awaited/wishes/{wish.key}/confirm/",
                 f"/awaited/wishes/{wish.key}/leave/"]  # fmt: skip
    assert said(client, addresses) == {}


def test_pages_for_senders_are_marked(browser_of, filer, world):
    def of(name, *pages):
        return [f"/contributions/mine/{world[name].key}/{page}" for page in pages]

    addresses = ["/contributions/new/", "/contributions/mine/", "/accounts/sign-out/",
                 *of("begun", "who/", "answers/", "files/", "appear/", "check/", "discard/"),
                 *of("contribution", "", "receipt/", "withdraw/"), *of("returned", "")]  # fmt: skip
    assert said(browser_of(filer), addresses) == {}


@pytest.mark.parametrize("page", ["who/", "answers/", "files/", "appear/", "check/"])
def test_form_errors_are_marked(browser_of, filer, world, page):
    answer = browser_of(filer).post(f"/contributions/mine/{world['begun'].key}/{page}", {"go": "check", "send": "1"})
    assert unmarked(answer.content.decode()) == []


def test_the_desk_is_marked(browser_of, secretary, world):
    dialogue, summary, quote = world["dialogue"], world["summary"], world["quote"]
    sent = world["contribution"].reference
    letter = build.call_letter(world["contribution"].call, subject="Ω", body="Ω", original_language="en")
    letters = [f"new/{letter.call_id}", letter.pk, f"{letter.pk}/send"]
    parts = [
        "",
        "programme/",
        "summary/",
        "contributions/",
        "quotes/",
        "documents/",
        "comments/",
        "letters/",
        "publication/",
    ]
    kinds = ["sitting", "panel", "appearance", "summary", "quote", "paper", "expected", "call", "speaker", "news"]
    addresses = [
        "/desk/", "/desk/search/?q=α", "/desk/dialogues/", "/desk/dialogues/new/",
        *(f"/desk/dialogues/{dialogue.pk}/{part}" for part in parts),
        *(f"/desk/add/{kind}/?dialogue={dialogue.pk}" for kind in kinds),
        f"/desk/summary-{summary.pk}/", f"/desk/quote-{quote.pk}/", f"/desk/preview/summary-{summary.pk}/",
        *(f"/desk/{verb}/?record=dialogue-{dialogue.pk}" for verb in ("publish", "unpublish")),
        f"/desk/delete/?record=quote-{quote.pk}",
        "/desk/review/", f"/desk/review/{sent}/", f"/desk/review/{sent}/revisions/",
        f"/desk/review/publish/?record={sent}", f"/desk/sources/{summary.pk}/", "/desk/health/",
        "/desk/letters/", "/desk/letters/undelivered/", *(f"/desk/letters/{name}/en/" for name in KINDS),
        "/desk/imports/", "/desk/imports/add/", "/desk/press-release/", "/desk/calls/", "/desk/drafts/quote/",
        *(f"/desk/dialogues/{dialogue.pk}/letters/{page}/" for page in letters),
    ]  # fmt: skip
    assert said(browser_of(secretary), addresses) == {}


def test_all_records_are_marked(browser_of, secretary, world, rf):
    request = rf.get("/admin/")
    request.user = secretary
    addresses = [reverse("admin:index"), reverse("admin:app_list", args=["dialogues"])]
    for model, its_admin in admin.site._registry.items():
        page = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if its_admin.has_view_permission(request):
            addresses.append(reverse(f"{page}_changelist"))
            addresses += [reverse(f"{page}_change", args=[one.pk]) for one in its_admin.get_queryset(request)[:3]]
            addresses += [reverse(f"{page}_history", args=[one.pk]) for one in its_admin.get_queryset(request)[:1]]
        if its_admin.has_add_permission(request):
            addresses.append(reverse(f"{page}_add"))
    found = said(browser_of(secretary), addresses)
    roles = set(Group.objects.values_list("name", flat=True))
    assert {page: rest for page, words in found.items() if (rest := set(words) - roles - DJANGOS_ICONS)} == {}
