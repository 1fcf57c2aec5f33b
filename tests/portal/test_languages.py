"""Each page exists in six languages, and only its address decides which one is shown."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import trans_real

from portal.languages import load_languages
from publishing.addresses import language_of, path_in
from tests import build

pytestmark = pytest.mark.django_db
PREFIXES = ["" if code == "en" else f"/{code[:2]}" for code, _name in settings.LANGUAGES]
LINK = r'<a href="([^"]*)" lang="([^"]*)" hreflang="\2"( aria-current="page")?>([^<]*)</a>'


@pytest.fixture
def reader_of_french(client):
    """Return a browser that asks for French in every way except the address."""
    client.cookies["django_language"] = "fr"
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr,ar;q=0.5"
    return client


@pytest.mark.parametrize(
    ("prefix", "code", "direction", "required"),
    [
        ("", "en", "ltr", "Enter an email address."),
        ("/ar", "ar", "rtl", "أدخل عنوان بريد إلكتروني."),
        ("/zh", "zh-hans", "ltr", "请输入电子邮件地址。"),
        ("/fr", "fr", "ltr", "Saisissez une adresse électronique."),
        ("/ru", "ru", "ltr", "Введите адрес электронной почты."),
        ("/es", "es", "ltr", "Introduzca una dirección de correo electrónico."),
    ],
)
def test_the_address_decides_the_language(reader_of_french, prefix, code, direction, required):
    answer = reader_of_french.post(f"{prefix}/accounts/sign-in/", {"email": ""})
    assert f'<html lang="{code}" dir="{direction}">' in answer.content.decode()
    assert required in answer.content.decode()
    assert answer["Content-Language"] == code


@pytest.mark.parametrize("address", ["/", "/dialogues/", "/search/?q=x", "/nothing/", "/fr/", "/healthz"])
def test_pages_do_not_vary_by_accept_language(reader_of_french, address):
    answer = reader_of_french.get(address)
    assert "Accept-Language" not in answer.get("Vary", "")
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/de/", "/en/", "/zh-hans/", "/zh-hant/", "/fr-ca/", "/frog/", "/fr/nothing/"])
def test_an_unknown_language_prefix_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_language_prefix_without_a_slash_redirects_to_its_home_page(client):
    assert client.get("/fr").headers["Location"] == "/fr/"


def test_links_keep_the_language(client):
    dialogue = build.dialogue(slug="third")
    assert 'href="/fr/dialogues/third/"' in client.get("/fr/dialogues/").content.decode()
    assert client.get(f"/fr{dialogue.get_absolute_url()}").status_code == 200


def test_the_desk_is_available_in_each_language(browser_of, secretary):
    page = browser_of(secretary).get("/ru/admin/dialogues/dialogue/add/").content.decode()
    assert 'value="Сохранить"' in page
    assert [link[0] for link in re.findall(LINK, page)] == [
        f"{prefix}/admin/dialogues/dialogue/add/" for prefix in PREFIXES
    ]


def test_addresses_for_machines_have_no_language_prefix(client):
    assert [client.get(f"/fr{path}").status_code for path in ("/healthz", "/opensearch.xml", "/favicon.ico")] == [
        404
    ] * 3


def test_each_page_links_to_itself_in_the_other_languages(client):
    page = client.get("/zh/search/", {"q": "a&b", "page": "2"}).content.decode()
    assert re.findall(LINK, page) == [
        (f"{prefix}/search/?q=a%26b&amp;page=2", code, ' aria-current="page"' if code == "zh-hans" else "", name)
        for prefix, (code, name) in zip(PREFIXES, settings.LANGUAGES, strict=True)
    ]


def test_a_404_links_to_the_home_pages_and_does_not_repeat_the_address(client):
    page = client.get("/fr/nowhere-at-all/?q=x").content.decode()
    assert [link[0] for link in re.findall(LINK, page)] == [f"{prefix}/" for prefix in PREFIXES]
    assert "nowhere" not in page


@pytest.mark.django_db
def test_alternate_links_are_absolute(client, settings):
    settings.BASE_URL = "https://portal.example"
    page = client.get("/es/news/?page=1&x=2").content.decode()
    paths = [f"{prefix}/news/" for prefix in (*PREFIXES, "")]
    links = re.findall(r'<link rel="alternate" hreflang="[^"]+" href="([^"]+)">', page)
    assert links == [f"https://portal.example{path}" for path in paths]
    assert "hreflang=" not in client.get("/es/nowhere/").content.decode().partition("</head>")[0]


@pytest.mark.parametrize(
    ("path", "code", "other"),
    [
        ("/", "fr", "/fr/"),
        ("/fr/", "en", "/"),
        ("/fr", "en", "/"),
        ("/fr/dialogues/", "zh-hans", "/zh/dialogues/"),
        ("/zh/dialogues/", "zh-hans", "/zh/dialogues/"),
        ("/frog/", "ar", "/ar/frog/"),
        ("//elsewhere.example/", "en", "/%2Felsewhere.example/"),
        ("/fr//elsewhere.example/", "en", "/%2Felsewhere.example/"),
    ],
)
def test_a_path_in_another_language_stays_on_the_site(path, code, other):
    assert path_in(path, code) == other


@pytest.mark.parametrize(("path", "code"), [("", "en"), ("fr/", "en"), ("//fr/", "en"), ("/zh/", "zh-hans")])
def test_the_language_of_a_path(path, code):
    assert language_of(path) == code


@pytest.mark.parametrize(
    ("code", "day", "moment"),
    [
        ("en", "5 July 2024", "5 July 2024, 14:05"),
        ("fr", "5 juillet 2024", "5 juillet 2024 à 14\xa0h\xa005"),
        ("es", "5 de julio de 2024", "5 de julio de 2024 a las 14:05"),
        ("ru", "5 июля 2024 г.", "5 июля 2024 г. 14:05"),
        ("zh-hans", "2024年7月5日", "2024年7月5日 14:05"),
        ("ar", "5 تموز/يوليه 2024", "5 تموز/يوليه 2024، 14:05"),
    ],
)
def test_dates_are_formatted_for_the_language(code, day, moment):
    when = datetime(2024, 7, 5, 14, 5, tzinfo=UTC)
    with translation.override(code):
        assert (date_format(when, "DATE_FORMAT"), date_format(when, "DATETIME_FORMAT")) == (day, moment)


def test_all_languages_are_loaded_before_the_first_reader(monkeypatch):
    monkeypatch.setattr(trans_real, "_translations", {})
    assert "ar" not in trans_real._translations
    load_languages()
    assert {code for code, _name in settings.LANGUAGES} <= trans_real._translations.keys()
