"""The pages on which staff edit the texts of the site."""

import pytest

from publishing.models import SiteText
from publishing.site_texts import KINDS
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

PAGE = "/desk/texts/contact/fr/"


def post(browser, do="save", page=PAGE, **words):
    """Send the form as the page has it, with other words, and return the answer."""
    form = browser.get(page).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return browser.post(page, {**shown, **words, "do": do}, follow=True)


def test_the_list_has_every_text_and_says_what_is_changed_or_missing(desk):
    html = desk.get("/desk/texts/").content.decode()
    for kind in KINDS.values():
        assert f"/desk/texts/{kind.name}/zh/" in html
        assert str(kind.title) in html
    assert hides(desk, "/desk/texts/", ", changed", ", missing")
    post(desk, title="Write to us", title_fr="", body_fr="")
    html = desk.get("/desk/texts/").content.decode()
    assert html.count(", changed") == 1
    assert html.count(", missing") == 1


def test_the_page_shows_the_original_beside_the_translation(desk):
    form = desk.get(PAGE).context["form"]
    assert list(form.fields) == ["title", "body", "seen", "title_fr", "body_fr"]
    assert form["title"].value() == "Contact"
    assert form["body_fr"].value().count("\n- ") == 4
    assert list(desk.get("/desk/texts/site-name/ar/").context["form"].fields) == ["title", "seen", "title_ar"]
    assert list(desk.get("/desk/texts/contact/en/").context["form"].fields) == ["title", "body", "seen"]


def test_words_are_saved_and_other_languages_stay(desk, client):
    assert "Saved." in post(desk, title_fr="Nous écrire").content.decode()
    text = SiteText.objects.get()
    assert (text.title, text.translations["fr"]["title"]) == ("Contact", "Nous écrire")
    assert text.missing_languages("body") == []
    assert shows(client, "/fr/about/contact/", "<h1>Nous écrire</h1>")
    assert shows(client, "/es/about/contact/", "<h1>Contacto</h1>")
    assert shows(desk, PAGE, "Back to the default", "Earlier words")


def test_words_with_an_unknown_field_are_refused_and_kept_in_the_form(desk):
    html = post(desk, body_fr="Écrire à {nobody}.").content.decode()
    assert "This text has no field {nobody}." in html
    assert "Écrire à {nobody}." in html
    assert not SiteText.objects.exists()


def test_a_preview_shows_what_was_typed_in_the_language_and_saves_nothing(desk):
    html = post(desk, "preview", title_fr="Nous écrire", body_fr="# Où\n\nIci.").content.decode()
    assert "<h2>Où</h2>" in html
    assert "<strong>Nous écrire</strong>" in html
    assert not SiteText.objects.exists()


def test_nothing_newer_is_overwritten_unseen(desk):
    form = desk.get(PAGE).context["form"]
    old = {name: form[name].value() for name in form.fields}
    post(desk, title="Write to us")
    answer = desk.post(PAGE, {**old, "title_fr": "Nous écrire", "do": "save"})
    assert "Someone else saved this" in answer.content.decode()
    assert SiteText.objects.get().title == "Write to us"


def test_the_default_comes_back_and_earlier_words_can_be_opened(desk):
    post(desk, title="Write to us", title_fr="Nous écrire")
    assert "The default words are used." in post(desk, "default").content.decode()
    assert not SiteText.objects.exists()
    version = SiteText.history.latest()
    form = desk.get(f"{PAGE}?version={version.pk}").context["form"]
    assert (form["title"].value(), form["title_fr"].value()) == ("Write to us", "Nous écrire")


def test_reviewers_have_no_texts(reviewer, browser_of):
    browser = browser_of(reviewer)
    assert browser.get("/desk/texts/").status_code == 403
    assert browser.get(PAGE).status_code == 403


def test_unknown_texts_and_languages_are_absent(desk):
    assert desk.get("/desk/texts/contact/de/").status_code == 404
    assert desk.get("/desk/texts/nothing/fr/").status_code == 404
