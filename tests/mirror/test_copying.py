"""The copy has every public page and nothing else, and what is taken down is removed before anything is copied."""

import html
import os
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from django.db import OperationalError

from contributions import workflow as filing
from dialogues.models import Dialogue
from dialogues.workflow import merge
from mirror import workflow
from mirror.addresses import FILES, LEFT_OUT
from mirror.asking import PortalAwayError
from mirror.folder import Folder
from portal.sitemaps import declared_pages
from publishing.addresses import PREFIXES
from publishing.models import FormerAddress, PublicChange
from publishing.workflow import delete, publish, unpublish
from tests import build
from tests.public_world import make_world

pytestmark = pytest.mark.django_db

LINK = re.compile(r'\s(?:href|src|poster)="([^"]*)"')
ELSEWHERE = re.compile(r"[a-z]+:|#|$")


@pytest.fixture
def world():
    """Made for each test alone here, as the sample comes into an empty database."""
    return make_world()


def lost_links(copy):
    """Yield the links of pages that lead to no file of the copy."""
    files = copy.files()
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        for link in map(html.unescape, LINK.findall(content.decode())):
            path = unquote(link.partition("#")[0])
            target = path.lstrip("/") if path.startswith("/") else os.path.normpath(PurePosixPath(name).parent / path)
            if not ELSEWHERE.match(link) and target not in files:
                yield name, link


@pytest.mark.slow
def test_the_whole_site_is_in_the_copy(sample, copy):
    _renewal, is_complete = copy.renew()
    assert is_complete
    assert list(lost_links(copy)) == []
    public = {name for name, page in declared_pages().items() if page.is_kept} | FILES
    absent_from_sample = {  # which has no such record; another test has
        "dialogues:calendar", "dialogues:statement-file", "dialogues:summary-changes", "dialogues:summary-file",
        "dialogues:summary-pdf",
    }  # fmt: skip
    assert public - LEFT_OUT - absent_from_sample == copy.views()
    for prefix in PREFIXES.values():
        assert copy.has(f"{prefix}/index.html".lstrip("/"))
        assert copy.has(f"{prefix}/404.html".lstrip("/"))


@pytest.mark.slow
def test_nothing_hidden_is_in_the_copy_and_nothing_is_written_twice(world, copy):
    hidden = ["A second quagga.", "Another quagga", "House of Gulls", "secretary@", world.submitted.reference, "csrf"]
    copy.renew()
    assert copy.with_word("A quagga writes")  # what is public is there
    assert {word: copy.with_word(word) for word in hidden} == {word: set() for word in hidden}
    assert list(lost_links(copy)) == []
    again, is_complete = copy.renew()
    assert (is_complete, again.written, again.removed) == (True, 0, 0)


def test_a_page_is_as_a_visitor_reads_it(world, copy, client):
    path = world.contribution.get_absolute_url()
    copy.pages(path)
    text = copy.text(f"{path[1:]}index.html")
    assert "The text of a quagga." in text
    assert "<form" not in text
    assert "<script" not in text
    assert 'href="../../copy/index.html#sending"' in text  # instead of the way to sign in


def test_a_file_is_the_clean_copy(world, copy, client):
    path = f"{world.contribution.get_absolute_url()}files/1/download/"
    copy.pages(path)
    assert copy.files() == {f"{path[1:]}index.txt": b"".join(client.get(path))}


def test_a_page_is_written_again_only_if_it_has_changed(world, copy):
    path = world.topic.get_absolute_url()
    assert copy.pages(path) > 0
    assert copy.pages(path) == 0
    file = copy.root / "site" / f"{path[1:]}index.html"
    made = file.stat().st_mtime_ns
    world.topic.name = "Debt bondage"
    world.topic.save()
    assert copy.pages(path) == 1
    assert "Debt bondage" in file.read_text("utf8")
    assert file.stat().st_mtime_ns > made


def withdrawn(world):
    filing.withdraw(world.contribution, by=world.secretary)
    return world.contribution.reference


def unpublished(world):
    unpublish(world.quote, by=world.secretary)
    return "We were heard by quaggas."


def deleted(world):
    unpublish(world.news, by=world.secretary)
    delete(world.news, by=world.secretary)
    return "News of the quagga"


def hidden_by_its_parent(world):
    unpublish(world.dialogue, by=world.secretary)
    return "Panel of lions"


@pytest.mark.parametrize("take_down", [withdrawn, unpublished, deleted, hidden_by_its_parent])
def test_a_take_down_leaves_every_page_before_any_is_copied(take_down, world, copy):
    copy.pages(*world.pages[:14], "/", "/dialogues/", "/quotes/", "/news/", "/contributions/", "/sitemap.xml")
    before = copy.files()
    word = take_down(world)
    assert copy.with_word(word)
    copy.catch_up()
    assert copy.with_word(word) == set()
    assert copy.files().items() < before.items()


def test_a_correction_leaves_every_page_that_names_the_record(world, copy):
    path = world.contribution.get_absolute_url()
    copy.pages(path, "/contributions/", world.topic.get_absolute_url())
    copy.catch_up()
    copy.pages(path, "/contributions/", world.topic.get_absolute_url())
    build.correction(world.contribution, title="Another title")
    world.contribution.refresh_from_db()
    filing.publish(build.checked(world.contribution), by=world.secretary)
    copy.catch_up()
    assert copy.with_word("A quagga writes") == set()
    assert copy.has(f"{world.topic.get_absolute_url()[1:]}index.html")


def test_a_page_returns_once_it_is_published_again(world, copy):
    path = world.quote.get_absolute_url()
    copy.pages(path)
    unpublish(world.quote, by=world.secretary)
    copy.catch_up()
    assert not copy.has(f"{path[1:]}index.html")
    publish(world.quote, by=world.secretary)
    copy.pages(path)
    assert copy.has(f"{path[1:]}index.html")


@pytest.mark.slow
def test_a_former_address_leads_on(copy, secretary):
    dialogue = build.dialogue(slug="then")
    speaker, other = build.speaker("Eleni Then"), build.speaker("Eleni Now")
    for who in (speaker, other):
        build.appearance(dialogue, who=who)
    there, now = speaker.get_absolute_url(), other.get_absolute_url()
    copy.renew()
    merge(speaker, other, by=secretary)
    assert FormerAddress.objects.exists()
    copy.renew()
    assert f"url=../{other.slug}/index.html" in copy.text(f"{there[1:]}index.html")
    assert "Eleni Now" in copy.text(f"{now[1:]}index.html")
    assert list(lost_links(copy)) == []


def test_a_hidden_record_has_no_former_address(copy, secretary):
    dialogue = build.dialogue(slug="now")
    FormerAddress.objects.create(label="dialogues.dialogue", slug="then", object_id=dialogue.pk)
    unpublish(dialogue, by=secretary)
    with copy.opened() as folder:
        assert list(workflow.former_addresses(folder)) == []
    assert Dialogue.objects.filter(slug="now").exists()


def test_while_the_portal_is_away_the_copy_stays(world, copy, monkeypatch):
    path = world.topic.get_absolute_url()
    copy.pages(path)
    before = copy.files()
    world.topic.name = "Another"
    world.topic.save()

    def fail(*args, **kwargs):
        raise OperationalError("The database is away.")

    monkeypatch.setattr("dialogues.views.topics.TopicDetailView.get_context_data", fail)
    with pytest.raises(PortalAwayError):
        copy.pages(path)
    assert copy.files() == before


def test_a_page_that_the_portal_cannot_make_stops_no_other(world, copy, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("dialogues.views.topics.TopicDetailView.get_context_data", fail)
    copy.pages(world.topic.get_absolute_url(), "/quotes/")
    assert copy.has("quotes/index.html")
    with copy.opened() as folder:
        assert folder.index.count_failed() == 1


@pytest.mark.slow
def test_work_ends_in_time_and_goes_on_where_it_was(copy):
    build.topic("Debt")
    renewal, is_complete = copy.renew(seconds=0)
    assert (renewal.written, is_complete) == (0, False)
    parts = 0
    while not is_complete:
        _renewal, is_complete = copy.renew(seconds=1)
        parts += 1
    assert parts > 1
    assert list(lost_links(copy)) == []


def test_a_change_during_the_work_is_seen_between_two_pages(world, copy, monkeypatch):
    copy.pages(world.quote.get_absolute_url())
    copy.catch_up()
    monkeypatch.setattr(workflow, "LOOK_EVERY", 0)
    seen = []

    def copy_page(copier, row):
        if not seen:
            unpublish(world.quote, by=world.secretary)
        seen.append(copy.with_word("We were heard by quaggas."))
        if len(seen) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("mirror.copying.Copier.copy", copy_page)
    with pytest.raises(KeyboardInterrupt):
        copy.renew()
    assert seen[0]
    assert seen[1] == set()


def test_pages_change_with_time_and_with_a_release(db, monkeypatch):
    state = workflow.site_state()
    assert workflow.site_state() == state
    monkeypatch.setattr(workflow, "next_moments", lambda since: [since])
    assert workflow.site_state() != state
    later = workflow.site_state()
    PublicChange.objects.create()
    assert workflow.site_state() != later


@pytest.mark.parametrize("name", ["CONTACT_EMAIL", "MESSAGE_DAYS"])
def test_a_setting_that_pages_show_is_part_of_the_release(name, settings):
    made = workflow.release.__wrapped__()
    assert workflow.release.__wrapped__() == made
    setattr(settings, name, 7)
    assert workflow.release.__wrapped__() != made


def test_two_processes_do_not_renew_one_copy(copy):
    with copy.opened() as folder, folder.alone() as is_alone, Folder.opened(copy.root) as other:
        assert is_alone
        with other.alone() as is_alone:
            assert not is_alone
