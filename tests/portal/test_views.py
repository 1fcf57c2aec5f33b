from datetime import timedelta

import pytest
from django.utils import timezone

from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_home_names_three_tasks_before_all_else(client):
    html = client.get("/").content.decode()
    found = [html.index(f'<h2 id="{task}">') for task in ("find", "follow", "contribute")]
    assert found == sorted(found)
    assert html.index("<h2") == found[0]
    assert 'href="/about/follow/">Follow the dialogues' in html


def test_home_leads_to_the_open_call_that_closes_first_and_says_if_there_is_none(client):
    assert shows(client, "/", "No call for contributions is open now.")
    later, sooner = build.call(title="Later call", closes=5), build.call(title="Sooner call", closes=2)
    button = 'class="button" href="{}">Contribute<span class="visually-hidden">: {}</span>'
    assert shows(client, "/", "Later call", button.format(sooner.get_absolute_url(), "Sooner call"))
    assert hides(client, "/", "No call for", button.format(later.get_absolute_url(), "Later call"))


def test_home_says_that_nothing_is_published_yet(client):
    assert shows(client, "/", "No dialogues are published yet.")


def test_home_lists_coming_dialogues_before_past_ones(client):
    build.dialogue(title="Tomorrow", starts_on=in_days(1))
    build.dialogue(title="Today", starts_on=in_days(0))
    build.dialogue(title="Yesterday", starts_on=in_days(-1))
    page = client.get("/").content.decode()
    places = [page.index(words) for words in (">Next<", ">Today<", ">Tomorrow<", ">Latest dialogues<", ">Yesterday<")]
    assert places == sorted(places)


def test_home_shows_the_nearest_three_coming_and_past_dialogues(client):
    for days in (1, 2, 3, 4):
        build.dialogue(title=f"In {days} days", starts_on=in_days(days))
        build.dialogue(title=f"{days} days ago", starts_on=in_days(-days))
    assert shows(client, "/", *(words for days in (1, 2, 3) for words in (f"In {days} days", f"{days} days ago")))
    assert hides(client, "/", "In 4 days", "4 days ago")


def test_a_dialogue_without_a_date_is_listed_as_coming(client):
    build.dialogue(title="Some day", starts_on=None)
    assert shows(client, "/", "Some day")
    assert hides(client, "/", "No dialogues are published yet.")


@pytest.mark.parametrize(
    ("note", "is_next"), [("2010", False), ("(spring 1999)", False), ("2999", True), ("120100", True)]
)
def test_a_dialogue_of_a_past_year_is_not_listed_as_coming(client, note, is_next):
    build.dialogue(title="Some day", starts_on=None, date_note=note)
    assert (shows if is_next else hides)(client, "/", "Some day")


@pytest.fixture
def drafts(secretary):
    """Return one hidden record of each kind that the home page can show."""
    draft = build.dialogue(title="Draft dialogue", public=False)
    dialogue = build.dialogue(title="Open dialogue", slug="open")
    appearance = build.appearance(dialogue)
    return [
        draft,
        build.quote(appearance, text="Draft quote.", public=False),
        build.summary(dialogue, public=False),
        build.topic("Draft topic", public=False),
        build.call(dialogue, title="Draft call", public=False),
    ]


def test_home_shows_nothing_hidden_even_to_staff(drafts, client, secretary):
    build.contribution(build.call(drafts[0], title="Call of a draft"), title="Contribution of a draft")
    build.contribution(build.call(title="Closed call", closes=-0.5), title="Sent in", state="submitted")
    for user in (None, secretary):
        if user:
            client.force_login(user)
        assert hides(client, "/", "Draft", "of a draft", "Sent in", "Closed call", "/open/summary/", "In their words")


def test_home_shows_records_once_they_are_published(drafts, client):
    for draft in drafts:
        build.published(draft)
    words = "Draft dialogue", "Draft quote.", "/open/summary/en/v1/", "Draft topic", "Draft call"
    assert shows(client, "/", *words)


def test_home_links_only_to_the_newest_version_of_a_summary(client):
    dialogue = build.dialogue(slug="third")
    build.summary(dialogue)
    build.summary(dialogue, version=2, changes="Names.")
    assert shows(client, "/", "/third/summary/en/v2/")
    assert hides(client, "/", "/third/summary/en/v1/")


def test_home_shows_the_newest_quote(client):
    appearance = build.appearance(build.dialogue())
    build.quote(appearance, text="Older words.")
    build.quote(appearance, text="Newer words.")
    assert shows(client, "/", "Newer words.")
    assert hides(client, "/", "Older words.")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/dialogues/",
        "/speakers/",
        "/quotes/",
        "/topics/",
        "/contributions/",
        "/search/",
        "/search/?q=x",
        "/healthz",
    ],
)
def test_no_public_page_sets_a_cookie(address, client):
    build.quote(build.appearance(build.dialogue()))
    assert client.get(address).status_code == 200
    assert not client.cookies


def test_the_404_page_is_the_sites_own_and_sets_no_cookie(client):
    answer = client.get("/there-is-nothing-here/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()
    assert "there-is-nothing-here" not in answer.content.decode()
    assert not client.cookies
    assert is_absent(client, "/nor-here/?q=<script>")


def test_pages_have_security_headers(client):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_have_no_inline_style_or_script(client):
    for address in ("/", "/dialogues/", "/accounts/sign-in/"):
        assert hides(client, address, "<style", " style=", " onclick=", "<script>")


def test_favicon_ico_redirects_to_the_icon(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.url) == (302, "/static/icon.svg")


def test_the_footer_links_to_an_accessibility_statement_that_lists_known_faults(client):
    assert shows(client, "/accessibility/", "WCAG", "Known barriers", "Tell the secretariat")
    assert shows(client, "/", 'href="/accessibility/"')
