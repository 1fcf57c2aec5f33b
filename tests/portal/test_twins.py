"""Twins of a site: whatever else is hidden in one of them, both answer the public byte for byte alike."""

import random
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from contributions import workflow as filing
from contributions.models import Contribution
from contributions.workflow import submission
from dialogues import workflow as proceedings
from dialogues.models import DocumentAlert, NewsItem, Organization, Quote, Series, Speaker, Summary, Topic
from documents import storage
from documents.models import Document
from publishing import calendars, workflow
from search.models import IndexJob, SearchAlert
from tests import build, files
from tests.late_index import lateness
from tests.sample import index_at

pytestmark = pytest.mark.django_db

WORD = "Clandestine"  # in every hidden text and nowhere else
MORNING = datetime(2024, 9, 2, 8, tzinfo=UTC)
SEARCHES = [
    "q=debt", "q=debt&sort=date", "q=debt&sort=title", "q=debt&kind=quote", "q=debt&kind=contribution", "q=debt&page=2",
    "q=debt&topic=ports", "q=debt&language=fr", "q=debt&organization_type=academia", "q=debt&country=KE", "q=dett",
    "q=%22the+debt%22", "q=harbour", "q=Ada", "q=zzzzz", f"q={WORD}", f"q=debt+OR+{WORD}", f"q=-{WORD}+debt",
    "q=debt&year=2024", "q=port", "q=port&sort=date", "q=debt&year=2031", "q=programme", "q=",
]  # fmt: skip
MACHINES = [
    *(f"/search/{page}/?q={words}" for page in ("feed", "cite") for words in ("debt", WORD, "harbour")),
    *(f"/search/suggest/?q={words}" for words in ("de", "cla", "har", "clandestine")),
    "/search/cite/?q=debt&as=csl", "/robots.txt", "/sitemap.xml", "/opensearch.xml", "/healthz", "/awaited/feed/",
]  # fmt: skip
LISTS = [
    "/dialogues/?year=2024", "/dialogues/?year=2031", "/dialogues/?page=2", "/quotes/?page=2",
    "/awaited/?state=awaited",
    "/contributions/?topic=ports", "/contributions/?page=2", "/contributions/participation/", "/speakers/?page=2",
    "/contributions/check/", "/there-is-nothing-here/", "/quotes/1/cite.bib", "/quotes/4/", "/quotes/99/",
    "/contributions/calls/2/", "/contributions/calls/3/", "/dialogues/hidden/", "/topics/hidden/", "/speakers/hidden/",
    "/dialogues/first/summary/",
]  # fmt: skip
PREFIXES = ("", "/fr")
# What differs between any two answers: the token of a form, and the time in a feed without entries.
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
TIME = re.compile(rb"<updated>[^<]*</updated>(?=</feed>)")
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)|' + re.escape(settings.BASE_URL) + r'(/[^"#<\s]*)')
OUTSIDE = re.compile(r"(?:/fr)?/(?:static|admin|accounts|drafts|ar|zh|ru|es|search/.*\?|contributions/(?:mine|new))\b")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.moment = MORNING

    def __call__(self, *args):
        return self.moment

    def move(self, **steps):
        self.moment += timedelta(**steps)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def throw(monkeypatch):
    """Load the dice from which random names and references come, so that both twins throw the same."""
    dice = random.Random()  # noqa: S311
    monkeypatch.setattr(storage, "uuid4", lambda: UUID(int=dice.getrandbits(128)))
    monkeypatch.setattr(submission, "secrets", dice)  # nobody else throws them
    # The identifier of an event is a digest with the site's key, which looks as random as these.
    monkeypatch.setattr(calendars, "uid_of", lambda record: "thrown")

    def load(seed):
        dice.seed(seed)
        monkeypatch.setattr(build, "numbers", count(seed))

    return load


def body(name, **fields):
    return Organization.objects.create(name=name, **fields)


def make_public(clock):
    """Make records of each kind, several of them published at the same moment."""
    ports, fees = build.topic("Ports"), build.topic("Fees")
    Topic.objects.filter(pk=ports.pk).update(slug="ports")
    first = build.dialogue(title="First dialogue", slug="first", description="On the debt of seafarers.")
    second = build.dialogue(title="Second dialogue", slug="second", starts_on="2024-07-10")
    build.dialogue(title="Dialogue without a date", slug="undated", starts_on=None)
    first.topics.add(ports, fees)
    first.expected.create(kind="summary", language="fr")
    first.expected.create(kind="guidance")
    college = body("Harbour College", type="academia", country="KE")
    panel = build.panel(first, title="Debt at sea")
    ada = build.speaker("Ada Harbour", portrait=build.portrait())
    seats = [
        build.appearance(first, who=ada, panel=panel, organization=college, affiliation=college.name),
        build.appearance(second, who=ada, affiliation="Another house"),
        build.appearance(first, who=build.speaker("Ada Harbour"), role="chair"),
    ]
    quotes = [
        build.quote(seat, text=f"The debt is {word}.")
        for seat, word in zip(seats, ("old", "new", "theirs"), strict=True)
    ]
    for made in (build.summary(first, text="1. The debt grows.\n\n2. Ports know it."), build.summary(second)):
        build.reflection(made.paragraphs.get(number=1), quotes[0])
    build.paper(first, pages=["Programme of the debt"])
    build.news_item("News of the debt", about=[first], issued_on="2024-07-11")
    build.news_item("More news", about=[first, second], issued_on="2024-07-11")
    call = build.call(first)
    for words in ("debt at sea", "debt elsewhere", "debt on land"):
        sent = build.contribution(
            call, title=f"What {words} costs", text="The debt of a port.", organization=college,
            attach=[("a.pdf", files.pdf(["The debt in figures"]))],
        )  # fmt: skip
        sent.topics.add(ports)
    clock.move(hours=1)
    build.contribution(call, title="Une dette", text="The debt, in French.", language="fr", appear_as="anonymous")


def make_hidden():
    """Make what nobody may know of: a draft of each kind, and what became of contributions that were not published."""
    words = {"title": f"{WORD} title", "text": f"{WORD} debt of a port."}
    ada, harbour = Speaker.objects.filter(name="Ada Harbour").order_by("pk")
    call = Contribution.objects.published().first().call
    first, ports = call.dialogue, Topic.objects.get(slug="ports")
    secret = body(f"{WORD} House", type="academia", country="KE")
    topic = build.topic(f"{WORD} topic", public=False)
    Topic.objects.filter(pk=topic.pk).update(slug="hidden")
    first.topics.add(topic)
    series = Series.objects.create(name=f"{WORD} series", slug="hidden", code="HID")
    hidden = build.dialogue(public=False, series=series, title=f"{WORD} debt", slug="hidden", starts_on="2031-01-01")
    hidden.topics.add(ports, topic)
    hidden.expected.create(kind="summary")
    panel = build.panel(hidden, title=f"{WORD} panel")
    unknown = build.speaker(f"{WORD} Harbour", biography=f"{WORD} debt")
    seats = [build.appearance(hidden, who=who, panel=panel, organization=secret) for who in (ada, unknown)]
    seat = first.appearances.get(speaker=harbour)
    quotes = [build.quote(at, text=f"{WORD} debt.", public=at is not seat) for at in (*seats, seat)]
    build.quote(seat, text=f"{WORD} debt again.", public=False)
    for public in (True, False):
        build.paper(hidden, title=f"{WORD} paper", pages=[f"{WORD} debt"], public=public)
        build.call(hidden, title=f"{WORD} call", public=public)
        build.news_item(f"{WORD} news of the debt", about=[first, hidden], public=False)
    build.paper(first, title=f"{WORD} paper", pages=[f"{WORD} debt"], public=False)
    build.call(first, title=f"{WORD} call", public=False)
    build.summary(hidden, text=f"1. {WORD} debt.")
    build.summary(first, text=f"1. {WORD} debt.", version=2, changes=WORD, public=False)
    build.summary(first, text=f"1. {WORD} debt.", language="fr", public=False)
    build.reflection(Summary.objects.published().first().paragraphs.get(number=1), quotes[-1])
    for state in ("draft", "submitted", "returned", "accepted", "declined", "withdrawn"):
        file = ("b.pdf", files.pdf([WORD]))
        made = build.contribution(call, state=state, organization=secret, attach=[file], **words)
        made.topics.add(ports, topic)
    build.contribution(hidden.calls.exclude(published_at=None).get(), **words)
    land = Contribution.objects.published().get(shown__title__contains="land")
    filing.revise(land, by=None)
    build.attached(land, "e.pdf", files.pdf([f"{WORD} too"]))
    filing.submit(land, by=None, consent=True)
    filing.decline(land, by=None, note=WORD)
    unread = Contribution.objects.published().get(shown__title__contains="sea")
    filing.revise(unread, by=None)
    build.attached(unread, "c.pdf", files.pdf([f"{WORD} debt"]))
    filing.save(unread.draft, by=None, language="es", organization_name=f"{WORD} House", **words)
    filing.submit(unread, by=None, consent=True)
    proceedings.comment(first, by=build.user("staff@example.org", role="Secretariat"), text=WORD)
    workflow.delete(Quote.objects.get(text=f"{WORD} debt again."), by=None)
    DocumentAlert.objects.create(address="a@example.org", dialogue=first, kind="guidance")
    SearchAlert.objects.create(address="a@example.org", query="q=debt")


def leave_jobs_waiting():
    """Let changes of hidden records wait for the index."""
    for model in (Quote, NewsItem, Summary):
        hidden = model.objects.exclude(pk__in=model.objects.published()).values_list("pk", flat=True)
        IndexJob.objects.bulk_create(IndexJob(label=model._meta.label_lower, object_id=pk) for pk in hidden)


def make_more(clock):
    """Make and publish what comes after that."""
    clock.move(hours=1)
    first = Contribution.objects.published().first().call.dialogue
    seat = first.appearances.get(role="chair")
    build.quote(seat, text="The last debt.")
    build.paper(first, title="Afterwards", kind="other", pages=["The debt afterwards"])
    build.news_item("Late news of the debt", about=[first], issued_on="2024-07-11")
    build.contribution(build.call(first, title="A second call"), title="A late debt", attach=[("d.pdf", None)])
    corrected = Contribution.objects.published().get(shown__title__contains="land")
    build.correction(corrected, sent=False, title="What debt on land costs, corrected")
    build.attached(corrected, "f.pdf", files.pdf(["Figures of the debt, corrected"]))
    filing.submit(corrected, by=None, consent=True)
    filing.publish(build.checked(corrected), by=None)
    build.dialogue(title="Later dialogue", slug="later", starts_on="2024-07-10")


def answers():
    """Return what the public gets: {address: (status, headers, content)}, with all pages that others lead to."""
    browser, found = Client(raise_request_exception=True), {}
    cache.clear()
    todo = [*MACHINES, *(f"{prefix}{address}" for prefix in PREFIXES for address in ["/", *LISTS])]
    todo += [f"{prefix}/search/?{words}" for prefix in PREFIXES for words in SEARCHES]
    while todo:
        address = todo.pop()
        if address in found:
            continue
        answer = browser.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        masked = TIME.sub(b"", TOKEN.sub(b"", content))
        headers = {name: value for name, value in answer.headers.items() if name != "Expires"}  # the time of the answer
        if masked != content:
            headers |= {"ETag": "", "Last-Modified": ""}
        found[address] = (answer.status_code, headers, masked)
        if answer.headers.get("Content-Type", "").startswith(("text/html", "application/xml", "application/atom")):
            links = (link[0] or link[1] for link in LINK.findall(content.decode()))
            todo += [link.replace("&amp;", "&") for link in links if not OUTSIDE.match(link)]
    return found


@contextmanager
def site_in(folder):
    """Let a site begin that has its index and its files in that folder, and undo it at the end."""
    documents = Document._meta.get_field("file").storage  # of all fields; `storages` has another after some tests
    location = documents.location
    with transaction.atomic(), index_at(folder / "index"):
        move(documents, folder / "documents")
        yield
        move(documents, location)
        transaction.set_rollback(True)


def move(documents, location):
    documents._location = str(location)
    for name in ("base_location", "location"):
        documents.__dict__.pop(name, None)


def twin(folder, clock, throw, *, hides=False, waits=False, at_once=True):
    """Return the answers of a site. `at_once`: the index gets all changes together; `waits`: it lacks some of them."""
    with site_in(folder):
        clock.moment = MORNING
        throw(1)
        make_public(clock)
        if not at_once:
            lateness.settle()
        if hides:
            throw(1_000)
            make_hidden()
            if not at_once:
                lateness.settle()
        throw(2_000)
        make_more(clock)
        lateness.settle()
        clock.moment = MORNING + timedelta(days=1)
        if waits:
            leave_jobs_waiting()
        return answers()


def differences(one, other):
    """Return the addresses at which two sites answer differently."""
    return sorted(address for address in one.keys() | other.keys() if one.get(address) != other.get(address))


@pytest.mark.slow
def test_twins_answer_alike(clock, throw, tmp_path):
    plain = twin(tmp_path / "plain", clock, throw)
    assert len(plain) > 200
    assert {status for status, _headers, _content in plain.values()} == {200, 302, 404}
    text = b"".join(content for _status, _headers, content in plain.values()).decode(errors="replace")
    for words in ("last debt", "Afterwards", "Late news", "A late debt", "land costs, corrected", "A second call"):
        assert words in text  # made after what is hidden
    for waits in (False, True):
        other = twin(tmp_path / f"waits-{waits}", clock, throw, hides=True, waits=waits)
        assert differences(plain, other) == []


@pytest.mark.slow
def test_twins_answer_alike_when_a_hidden_change_is_indexed_on_its_own(clock, throw, tmp_path):
    plain = twin(tmp_path / "plain", clock, throw, at_once=False)
    other = twin(tmp_path / "other", clock, throw, hides=True, at_once=False)
    assert differences(plain, other) == []
