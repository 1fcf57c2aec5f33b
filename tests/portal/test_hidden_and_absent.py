"""What is hidden answers like what was never there, at each address of it, in each form, to anyone without a right."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from contributions import workflow as filing
from publishing.workflow import unpublish
from tests import build
from tests.public_world import make_world

pytestmark = pytest.mark.django_db

NOWHERE = "nowhere"  # as long as the name of the dialogue, so that no length differs
NUMBER = "98765"
KEY = UUID(int=31)
LANGUAGES = ("", "/ar")
FORMS = ("bib", "ris", "json")
VOLATILE = {"Expires", "Last-Modified", "ETag"}  # the time of the answer, and a digest of what is compared
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
UPDATED = re.compile(r"<updated>[^<]*</updated>(?=</feed>)")  # the time of a feed without entries
PARAMETER = re.compile(r"<(\w+:)?\w+>")
# Routes that name no record, that only staff may open, or that name a secret which nobody can guess.
OTHERS = (
    "admin/", "desk/", "cards/site/", "sitemap-", "contributions/participation/", "accounts/", "drafts/",
    "search/alerts/", "awaited/wishes/", "contributions/sign/", "contributions/invitation/",
    "contributions/coverage/preview/",
)  # fmt: skip
FILTERED = (
    "/search/?q=quagga&{}", "/search/feed/?q=quagga&{}", "/search/cite/?q=quagga&{}", "/contributions/?{}",
    "/recommendations/?{}", "/recommendations/feed/?{}", "/quotes/?{}", "/awaited/?{}", "/dialogues/?{}",
)  # fmt: skip


@pytest.fixture
def world(tasks_wait):
    """Records of each kind, all of them public."""
    return make_world()


def of_dialogue(slug, world):
    """Return all addresses below a dialogue, with the numbers of the records that one has."""
    summary, own = f"/dialogues/{slug}/summary/en/v1/", f"/dialogues/{slug}/"
    statement, photograph = world.statement.address_number, world.photograph.address_number
    return [
        own, f"{own}panels/1/", f"{own}quotes/", f"{own}summary/", f"{own}feed/", f"{own}calendar.ics",
        f"{own}comments/", f"{own}awaited/programme/tell/", f"{own}awaited/programme/fr/tell/",
        f"{own}papers/{world.paper.address_number}/", f"{own}papers/{world.paper.address_number}/download/",
        *(f"{own}statements/{statement}/{end}" for end in ("", "download/", *(f"cite.{form}" for form in FORMS))),
        f"{own}photographs/{photograph}/", f"{own}photographs/{photograph}/480/",
        *below_summary(summary), f"/cards/dialogues/{slug}/en.png", f"/cards/summaries/{slug}/en/v1.png",
        f"/contributions/coverage/{slug}/", *(page.format(f"dialogue={slug}") for page in FILTERED),
    ]  # fmt: skip


def below_summary(summary):
    """Return all addresses below a version of a summary."""
    ends = ("", "file/", "pdf/", "approve/", "changes/", "beside/fr/", "p1/cite/")
    return [f"{summary}{end}" for end in (*ends, *(f"{where}cite.{form}" for where in ("", "p1/") for form in FORMS))]


def of_contribution(reference, number=1):
    """Return all addresses of a public contribution."""
    own = f"/contributions/{reference}/"
    return [
        own, f"{own}files/{number}/", f"{own}files/{number}/download/", *(f"{own}cite.{form}" for form in FORMS),
    ]  # fmt: skip


def of_call(number):
    """Return all addresses of a call."""
    own = f"/contributions/calls/{number}/"
    return [own, *(f"{own}{end}" for end in ("calendar.ics", "more-time/", "without-code/"))]


def of_quote(number):
    """Return all addresses of a quote."""
    return [f"/quotes/{number}/", f"/cards/quotes/{number}.png", *(f"/quotes/{number}/cite.{form}" for form in FORMS)]


def of_draft(key):
    """Return all addresses of a contribution that its filer alone may open."""
    ends = ("", "who", "answers", "files", "files/1", "uploads", f"uploads/{KEY}", "appear", "check", "share",
            "signers", "more-time", "found", "correct", "discard", "withdraw", "receipt", "receipt/1")  # fmt: skip
    return [f"/contributions/mine/{key}/{end}{'/' if end else ''}" for end in ends]


def paired(function, hidden, absent, *more):
    return list(zip(function(hidden, *more), function(absent, *more), strict=True))


def filtered(name, value):
    """Return the addresses of lists filtered by a value, each with that of another which does not exist."""
    return [(page.format(f"{name}={value}"), page.format(f"{name}={'z' * len(value)}")) for page in FILTERED]


def hide_the_dialogue(world):
    """Hide the dialogue and what does not belong to one; return pairs of addresses, hidden and absent."""
    unpublish(world.dialogue, by=None)
    series = world.dialogue.series.slug
    return [
        *paired(of_dialogue, world.dialogue.slug, NOWHERE, world),
        *paired(of_quote, world.quote.address_number, NUMBER), *filtered("series", series),
        (f"/series/{series}/years/", f"/series/{NOWHERE}/years/"),
        (world.speaker.get_absolute_url(), f"/speakers/{NOWHERE}/"),
        (f"{world.speaker.get_absolute_url()}portrait/160/", f"/speakers/{NOWHERE}/portrait/160/"),
    ]  # fmt: skip


def hide_its_records(world):
    """Hide what belongs to the dialogue, and what belongs to none; return pairs of addresses, hidden and absent."""
    hidden = (world.quote, world.summary, world.paper, world.statement, world.photograph, world.news, world.topic)
    for record in hidden:
        unpublish(record, by=None)
    filing.unpublish(world.contribution, by=None)
    unpublish(world.call, by=None)
    own = "/dialogues/quaggas/"
    record_pairs = {
        f"papers/{world.paper.address_number}/": ("", "download/"),
        f"statements/{world.statement.address_number}/": ("", "download/", *(f"cite.{form}" for form in FORMS)),
        f"photographs/{world.photograph.address_number}/": ("", "480/"),
    }
    topic = world.topic.slug
    return [
        *((f"{own}{record}{end}", f"{own}{record.partition('/')[0]}/{NUMBER}/{end}")
          for record, ends in record_pairs.items() for end in ends),
        *paired(below_summary, f"{own}summary/en/v1/", f"{own}summary/en/v7/"),
        ("/cards/summaries/quaggas/en/v1.png", "/cards/summaries/quaggas/en/v7.png"),
        (f"{own}panels/2/", f"{own}panels/7/"),
        *paired(of_quote, world.quote.address_number, NUMBER),
        *paired(of_contribution, world.contribution.reference, "TIP-2026-QQQQQQ"),
        *paired(of_contribution, world.submitted.reference, "TIP-2026-QQQQQQ"),
        *paired(of_call, world.call.number, NUMBER),
        *((f"/topics/{topic}/{end}", f"/topics/{NOWHERE}/{end}") for end in ("", "years/")),
        (world.news.get_absolute_url(), f"/news/{NOWHERE}/"),
        *filtered("topic", topic),
    ]  # fmt: skip


def keep_private(world):
    """Return pairs of addresses: those of what belongs to one person, and absent ones."""
    owner = build.user("owner@example.org")
    drafts = [build.contribution(world.call, by=owner, state=state, title="Theirs")
              for state in ("draft", "submitted", "returned", "withdrawn")]  # fmt: skip
    unpublish(world.call, by=None)
    return [pair for draft in drafts for pair in paired(of_draft, draft.key, KEY)]


def answer(browser, method, address):
    """Return all that a browser gets, without the address that it asked for and what differs between any two answers.

    An answer may repeat the address, as in links to other languages, or the value by which it filters.
    """
    got = browser.generic(method, address)
    content = b"".join(got.streaming_content) if got.streaming else got.content
    text = UPDATED.sub("", TOKEN.sub("", content.decode(errors="replace")))
    headers = str({name: value for name, value in got.headers.items() if name not in VOLATILE})
    own = address.rpartition("=")[2] if "?" in address else re.sub("^/ar", "", address)
    if "=" not in address and address.startswith(("/contributions/mine/", "/ar/contributions/mine/")):
        own = address.partition("/mine/")[2].partition("/")[0]
    for part in (own, own.replace("/", "%2F")):
        headers, text = headers.replace(part, "…"), text.replace(part, "…")
    return got.status_code, headers, text


CASES = [hide_the_dialogue, hide_its_records, keep_private]


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_hidden_answers_like_absent(world, browser_of, case, is_signed_in):
    browser = browser_of(build.user("someone.else@example.org")) if is_signed_in else Client()
    found = case(world)
    pairs = [(f"{prefix}{hidden}", f"{prefix}{absent}") for prefix in LANGUAGES for hidden, absent in found
             if not (prefix and hidden.startswith("/cards/"))]  # fmt: skip
    different = [f"{method} {hidden}" for method in ("GET", "POST") for hidden, absent in pairs
                 if answer(browser, method, hidden) != answer(browser, method, absent)]  # fmt: skip
    assert not different, different


def test_every_route_with_a_record_is_asked(world):
    asked = {resolve(hidden.partition("?")[0]).route for case in CASES for hidden, _absent in case(world)}
    routes = {route for route in routes_of(get_resolver()) if PARAMETER.search(route) and not route.startswith(OTHERS)}
    assert len(routes) > 50
    assert routes - asked == set()


def routes_of(resolver, prefix=""):
    """Yield the route of each pattern below a resolver."""
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes_of(pattern, route)
        else:
            yield route


def test_the_comparison_tells_a_public_record_from_an_absent_one(world):
    browser = Client()
    public, absent = world.dialogue.get_absolute_url(), f"/dialogues/{NOWHERE}/"
    assert answer(browser, "GET", public) != answer(browser, "GET", absent)
