"""Kept pages of the whole site: they show what is public now, to everyone alike."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.page_types import page_types
from contributions import workflow as filing
from contributions.models import Contribution
from dialogues.models import Speaker
from publishing import kept_pages
from publishing.addresses import path_in
from publishing.models import PublicChange
from publishing.page_sources import next_moments, shown_models
from tests import build

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# What pages read beside what is declared, and why a change of it needs no note.
NOT_NOTED = {
    "django_content_type",  # changes with a release
    "publishing_publicchange",  # the state itself
    "search_indexjob", "search_kepttext", "search_similarrecords",  # noted at the end of the tasks that write them
}  # fmt: skip


FORMS = ("alert", "check", "sign-in", "watch")  # with a token that is different each time


@pytest.mark.parametrize("code", ["en", "ar", "zh-hans", "fr", "ru", "es"])
def test_nobody_gets_what_was_made_for_someone_else(sample, kept_pages_on, secretary, browser_of, code):
    """Each page is made for everyone, then for someone signed in, then answered as it was kept."""
    inside, outside = browser_of(secretary), Client()
    for name, english in page_types().items():
        address = path_in(english, code)
        first = outside.get(address)
        own = inside.get(address)
        again = outside.get(address)
        assert again.content == first.content or name in FORMS, name
        assert again.status_code == first.status_code, name
        assert "public" not in own.headers.get("Cache-Control", ""), name
        assert secretary.email not in again.content.decode(), name
    assert kept_pages.store.size > 100_000


def test_pages_read_only_what_is_declared(sample, client):
    """Each table that a public page reads is that of a model whose changes are noted."""
    declared = {model._meta.db_table for model in shown_models()}
    relations = {
        field.remote_field.through._meta.db_table for model in shown_models() for field in model._meta.many_to_many
    }
    read = {}
    for name, address in page_types().items():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        read |= {table: name for query in captured for table in TABLE.findall(query["sql"])}
    assert {table: name for table, name in read.items() if table not in declared | relations | NOT_NOTED} == {}
    assert len(read) > 20


def test_no_page_shows_the_fields_whose_changes_are_not_noted(sample, client, participant):
    """Pages stay the same when contributions are assigned and corrections are sent, and when speakers get accounts."""
    pages = {name: address for name, address in page_types().items() if name not in FORMS}
    before = {name: client.get(address).content for name, address in pages.items()}
    state = PublicChange.objects.state()
    for contribution in Contribution.objects.published():
        filing.assign(contribution, by=None, to=participant)
        build.correction(contribution, title="Not read by anyone yet")
    speaker = Speaker.objects.published().first()
    speaker.account = participant
    speaker.save()
    assert PublicChange.objects.state() == state
    assert [name for name, address in pages.items() if client.get(address).content != before[name]] == []


def test_time_changes_no_page_before_the_next_moment(sample, client):
    """Pages are the same now and a second before the moment at which kept pages end."""
    pages = {name: address for name, address in page_types().items() if name not in FORMS}
    now = timezone.now()
    until = min(filter(None, next_moments(now)))
    shown = []
    for at in (now, until - timedelta(seconds=1)):
        with time_machine.travel(at, tick=False):
            shown.append({name: client.get(address).content for name, address in pages.items()})
    assert [name for name in pages if shown[0][name] != shown[1][name]] == []
