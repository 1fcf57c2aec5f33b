"""What the head of each page tells social networks and search engines, and what it must not tell."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from contributions import workflow as filing
from documents.models import Picture
from documents.tasks import render_picture
from portal.sitemaps import declared_pages
from publishing import workflow
from publishing.pages import ListPage
from tests import build
from tests.portal.schema import faults, things
from text.words import shorten

pytestmark = pytest.mark.django_db

WORDS = "We would rather be owed a date than be thanked again, and we will come back next year to count them. " * 3


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.BASE_URL = "https://portal.example"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


@pytest.fixture
def pages():
    """Return one record for each kind of page, by the name of its view."""
    dialogue = build.dialogue(title="Third dialogue", slug="third", format="hybrid", city="Vienna", languages=["en"],
                              description="Three hours on **debt**.")  # fmt: skip
    picture = build.portrait()
    render_picture.call(picture.pk)
    person = build.speaker(
        "Ada <Speaker>", title="Captain", biography="At sea for *thirty* years.", portrait=Picture.objects.get()
    )
    panel = build.panel(dialogue, starts_at=datetime(2024, 7, 10, 9, tzinfo=UTC), description="What was seen.")
    appearance = build.appearance(dialogue, who=person, panel=panel, title="Mate", affiliation="Grey Heron")
    quote = build.quote(appearance, text=WORDS, source="Record of the day")
    first = build.summary(dialogue, text="# Opening\n\n1. The dialogue opened.")
    build.summary(dialogue, language="fr", text="1. Le dialogue s’est ouvert.")
    second = build.summary(dialogue, version=2, changes="Names.")
    topic = build.topic()
    call = build.call(dialogue, guidance="Say what you saw.")
    note = ("note.txt", b"Words of a file.")
    contribution = build.contribution(
        call, organization_name="Open Door", person_name="Pat", title="What we saw", attach=[note]
    )
    return {
        "dialogues:detail": dialogue.get_absolute_url(),
        "dialogues:dialogue-quotes": "/dialogues/third/quotes/",
        "dialogues:panel-detail": panel.get_absolute_url(),
        "dialogues:summary-version": first.get_absolute_url(),
        "dialogues:summary-beside": f"{first.get_absolute_url()}beside/fr/",
        "dialogues:summary-changes": f"{second.get_absolute_url()}changes/",
        "dialogues:speaker-detail": person.get_absolute_url(),
        "dialogues:quote-detail": quote.get_absolute_url(),
        "dialogues:news-detail": build.news_item(about=[dialogue]).get_absolute_url(),
        "dialogues:statement-detail": build.statement(dialogue).get_absolute_url(),
        "dialogues:photograph-detail": build.photograph(dialogue).get_absolute_url(),
        "dialogues:topic-detail": topic.get_absolute_url(),
        "dialogues:topic-years": f"{topic.get_absolute_url()}years/",
        "dialogues:series-years": "/series/tip/years/",
        "contributions:call": call.get_absolute_url(),
        "dialogues:paper-detail": build.paper(dialogue).get_absolute_url(),
        "contributions:detail": contribution.get_absolute_url(),
        "contributions:file": f"{contribution.get_absolute_url()}files/1/",
    }


def head(browser, address):
    html = browser.get(address).content.decode()
    return html[: html.index("</head>")]


def value(html, name):
    """Return the content of a meta element."""
    return re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', html)[1]


def canonical(html):
    return re.search(r'<link rel="canonical" href="([^"]*)">', html)[1]


@pytest.mark.slow
def test_each_public_page_has_complete_metadata_that_is_valid_schema_org(pages, client):
    declared = {name: page for name, page in declared_pages().items() if page.head}
    assert pages.keys() == {name for name, page in declared.items() if not isinstance(page, ListPage)}
    lists = {
        "home": "/",
        "dialogues:list": "/dialogues/",
        "dialogues:speaker-list": "/speakers/",
        "dialogues:quote-list": "/quotes/",
        "dialogues:news-list": "/news/",
        "dialogues:topic-list": "/topics/",
        "dialogues:awaited": "/awaited/",
        "dialogues:recommendations": "/recommendations/",
        "contributions:list": "/contributions/",
        "contributions:terms": "/contributions/terms/",
        "contributions:participation": "/contributions/participation/",
        "search:search": "/search/",
        "about": "/about/",
        "follow": "/about/follow/",
        "citing": "/about/citing/",
        "privacy": "/about/privacy/",
        "contact": "/about/contact/",
    }
    assert lists.keys() == {name for name, page in declared.items() if isinstance(page, ListPage)}
    assert all(page.name == name for name, page in declared.items() if isinstance(page, ListPage))
    descriptions = {}
    for name, address in (pages | lists).items():
        html = head(client, address)
        assert canonical(html) == value(html, "og:url") == f"https://portal.example{address}", name
        assert f'hreflang="x-default" href="https://portal.example{address}"' in html
        assert value(html, "og:title")
        assert 10 < len(value(html, "description")) <= 300, name
        assert value(html, "og:image").startswith("https://portal.example/cards/")
        assert value(html, "og:image:alt")
        assert value(html, "twitter:card") == "summary_large_image"
        assert "noindex" not in html
        assert "{{" not in html
        for kind, thing in things(html).items():
            assert faults(thing) == "", (name, kind)
        descriptions[name] = value(html, "description")
    assert len(set(descriptions.values())) > len(descriptions) - 3  # only pages of one summary share a description


def test_the_validator_finds_errors():
    assert faults({"@type": "Event", "name": "A", "performer": {"@type": "Person", "name": "B"}}) == ""
    assert faults({"@type": "Event", "name": "A", "performer": {"@type": "Place", "name": "B"}})
    assert faults({"@type": "Event", "nome": "A"})
    assert faults({"@type": "Event", "startDate": "soon"})
    assert faults({"@type": "Meeting", "name": "A"})


def test_the_social_image_of_each_page_exists(pages, client):
    for address in (*pages.values(), "/", "/news/"):
        picture = client.get(value(head(client, address), "og:image").removeprefix("https://portal.example"))
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")


def test_a_dialogue_is_an_event(pages, client):
    found = things(head(client, pages["dialogues:detail"]))
    event = found["Event"]
    assert (event["name"], event["startDate"], event["description"]) == (
        "Third dialogue",
        "2024-07-10",
        "Three hours on debt.",
    )
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]
    assert [part["name"] for part in event["subEvent"]] == ["Panel 1"]
    assert event["performer"][0]["jobTitle"] == "Mate"
    assert event["performer"][0]["affiliation"]["name"] == "Grey Heron"
    trail = [step["name"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert trail == ["Dialogues", "Series TIP", "Third dialogue"]


def test_a_quote_is_described_by_its_text_cut_at_a_word(pages, client):
    html = head(client, pages["dialogues:quote-detail"])
    said = value(html, "og:description")
    assert said.endswith("…")
    assert WORDS.startswith(said[:-1])
    assert WORDS[len(said) - 1] in " ,."
    quotation = things(html)["Quotation"]
    assert quotation["text"] == WORDS
    assert quotation["creator"]["name"] == "Ada <Speaker>"
    assert quotation["recordedAt"]["name"] == "Third dialogue"


def test_names_are_escaped_in_the_head(pages, client):
    html = head(client, pages["dialogues:speaker-detail"])
    assert "Ada <Speaker>" not in html
    assert "Ada \\u003CSpeaker\\u003E" in html
    assert things(html)["Person"]["name"] == "Ada <Speaker>"
    assert value(html, "og:title") == escape("Ada <Speaker>")


def test_a_person_is_described_by_their_current_title(pages, client):
    found = things(head(client, pages["dialogues:speaker-detail"]))["Person"]
    assert (found["jobTitle"], found["description"]) == ("Captain", "At sea for thirty years.")
    assert found["image"].endswith("/portrait/480/")


def test_a_summary_is_described_by_its_beginning_in_its_own_language(pages, client):
    assert value(head(client, pages["dialogues:summary-version"]), "description") == "The dialogue opened."
    french = head(client, "/dialogues/third/summary/fr/v1/")
    assert value(french, "description") == "Le dialogue s’est ouvert."
    assert things(french)["Report"]["inLanguage"] == "fr"


@pytest.mark.parametrize(
    ("appear_as", "author"),
    [
        ("named", {"@type": "Person", "name": "Pat", "affiliation": {"@type": "Organization", "name": "Open Door"}}),
        ("organization", {"@type": "Organization", "name": "Open Door"}),
        ("anonymous", None),
    ],
)
def test_a_contribution_names_only_the_author_that_its_sender_chose(appear_as, author, client):
    words = {"person_name": "Pat", "organization_name": "Open Door", "signers": "Second Door", "appear_as": appear_as}
    html = head(client, build.contribution(**words).get_absolute_url())
    assert things(html)["Report"].get("author") == author
    assert ("Open Door" in html) is (author is not None)
    assert ("Pat" in html) is (appear_as == "named")
    assert ("name withheld" in html) is (author is None)


def test_the_site_declares_its_search_address(client):
    site = things(head(client, "/"))["WebSite"]
    assert site["potentialAction"]["target"]["urlTemplate"] == "https://portal.example/search/?q={words}"


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("?utm_source=mail&fbclid=1", ""),
        ("?year=2024&series=tip&x=1", "?series=tip&amp;year=2024"),
        ("?page=1", ""),
        ("?series=", ""),
        ("?series=%22%3E%3Cscript%3E", "?series=%22%3E%3Cscript%3E"),
    ],
)
def test_the_canonical_address_of_a_list_keeps_only_its_filters(asked, own, client):
    build.dialogue()
    assert canonical(head(client, f"/dialogues/{asked}")) == f"https://portal.example/dialogues/{own}"


def test_a_list_links_to_each_language_with_the_same_filters(client, settings):
    html = head(client, "/dialogues/?year=2024&x=1")
    found = dict(re.findall(r'hreflang="([^"]+)" href="([^"]+)"', html))
    assert found.keys() == {code for code, _ in settings.LANGUAGES} | {"x-default"}
    assert all(address.endswith("/dialogues/?year=2024") for address in found.values())
    assert found["x-default"] == found["en"] == "https://portal.example/dialogues/?year=2024"


def bare(html):
    """Return whether a head asks not to be indexed and tells machines nothing else."""
    said = ("og:", "ld+json", "canonical", "hreflang", 'name="description"')
    return 'content="noindex"' in html and not any(word in html for word in said)


def test_pages_that_are_not_public_have_no_metadata(pages, client, browser_of, secretary, participant):
    draft = build.dialogue(title="Draft", public=False)
    mine = build.contribution(by=participant, state="submitted")
    staff, filer = browser_of(secretary), browser_of(participant)
    assert bare(head(staff, draft.get_absolute_url()))
    assert bare(head(staff, pages["dialogues:detail"]))  # staff also see its drafts
    assert bare(head(filer, mine.get_absolute_url()))
    assert bare(head(filer, "/contributions/mine/"))
    assert bare(head(client, "/contributions/check/"))
    assert bare(head(client, "/accounts/sign-in/"))
    assert bare(head(client, "/search/?q=debt"))
    assert bare(head(client, "/there-is-nothing-here/"))
    assert bare(head(client, draft.get_absolute_url()))


def test_a_preview_of_a_draft_has_no_metadata(client, secretary):
    quote = build.quote(build.appearance(build.dialogue()), public=False)
    preview = workflow.share(quote, by=secretary, days=3)
    html = head(client, f"/drafts/{preview.secret}/")
    assert bare(html)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Short.", "Short."),
        ("two\nlines", "two lines"),
        ("one two three four", "one two…"),
        ("以感谢结束的对话是礼貌以日期", "以感谢结束的对话是…"),
    ],
)
def test_a_description_is_cut_at_a_word(text, said):
    assert shorten(text, 10) == said


def test_a_withdrawn_contribution_has_no_metadata(client):
    contribution = build.contribution(title="Withdrawn title")
    filing.withdraw(contribution, by=None)
    answer = client.get(f"/contributions/{contribution.reference}/")
    assert answer.status_code == 410
    assert bare(answer.content.decode().partition("</head>")[0])


def test_a_page_rendered_without_a_request_has_no_metadata():
    html = render_to_string("base.html")
    assert bare(html[: html.index("</head>")])
