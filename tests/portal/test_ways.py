"""No page is a dead end: each page has a breadcrumb trail, and missing pages offer links."""

import pytest

from tests import build
from tests.gate import hides, shows

pytestmark = pytest.mark.django_db

HOME = '<li><a href="/">Home</a></li>'


@pytest.fixture
def addresses():
    """Return a public page of each kind."""
    dialogue = build.dialogue(slug="third")
    panel = build.panel(dialogue)
    build.quote(build.appearance(dialogue, panel=panel))
    call = build.call(dialogue)
    expected = dialogue.expected.create(kind="guidance")
    return [
        "/dialogues/", f"/dialogues/?series={dialogue.series.slug}", "/dialogues/third/", panel.get_absolute_url(),
        "/dialogues/third/quotes/", "/contributions/", call.get_absolute_url(), "/contributions/terms/",
        "/contributions/check/", "/quotes/", "/speakers/", "/topics/", "/news/", build.news_item().get_absolute_url(),
        "/awaited/", expected.alert_url, "/search/", "/search/?q=sea", "/search/alerts/new/?q=sea",
        "/accounts/sign-in/", "/accessibility/", "/about/", "/about/follow/", "/about/citing/", "/about/privacy/",
        "/about/contact/",
    ]  # fmt: skip


def test_each_page_below_home_has_breadcrumbs(addresses, client):
    assert [address for address in addresses if not shows(client, address, 'class="breadcrumbs"', HOME)] == []
    assert hides(client, "/", 'class="breadcrumbs"')


def test_the_last_breadcrumb_is_the_page(addresses, client):
    here = '<li aria-current="page">'
    assert [address for address in addresses if not shows(client, address, here)] == []


def test_each_page_has_one_search_form_and_one_main_heading(addresses, client):
    pages = {address: client.get(address).content.decode() for address in ["/", *addresses]}
    assert {address: page.count('role="search"') for address, page in pages.items()} == dict.fromkeys(pages, 1)
    assert {address: page.count("<h1") for address, page in pages.items()} == dict.fromkeys(pages, 1)


def test_the_404_page_has_a_search_form_and_links(client):
    page = client.get("/there-is-nothing-here/").content.decode()
    assert page.count('role="search"') == 1
    for address in ("/dialogues/", "/contributions/", "/topics/", "/"):
        assert f'<li><a href="{address}">' in page
