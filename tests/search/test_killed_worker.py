"""A worker that is killed again and again: the index stays readable, and nothing is lost."""

import os
import random
import signal
import time

import pytest
from django.db import connection, connections, transaction
from haystack import connections as engines

from dialogues.models import Quote
from publishing import workflow
from search.models import Effect, IndexJob
from search.tasks import update_index
from tests import build
from tests.search.searching import find

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("idle_worker")]


def work(seed):
    """In a child process: change quotes and update the index, without end."""
    connections.close_all()  # a connection is not shared with the parent
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    quotes = list(Quote.objects.all())
    for number in range(10_000):
        quote = chance.choice(quotes)
        quote.refresh_from_db()
        if chance.random() < 0.3:
            (workflow.unpublish if quote.published_at else workflow.publish)(quote, by=None)
        else:
            quote.text = f"A debt, round{seed}x{number}."
            with transaction.atomic():  # as the admin and workflows do: both the change and its job, or neither
                quote.save()
        update_index.call()


def kill_one(seed, seconds):
    child = os.fork()
    if child == 0:
        try:
            work(seed)
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)  # it was killed at work and did not end by itself


def test_twenty_kills_lose_nothing():
    appearance = build.appearance(build.dialogue())
    for number in range(8):
        build.quote(appearance, text=f"A debt, start{number}.")
    update_index.call()
    chance = random.Random(11)  # noqa: S311 - not for secrets
    rounds = set()
    for seed in range(20):
        connection.close()
        kill_one(seed, chance.uniform(0.15, 0.5))
        public = Quote.objects.published()
        waiting = IndexJob.objects.filter(label="dialogues.quote", effect__in=[Effect.HIDDEN, Effect.NEW])
        late = set(waiting.values_list("object_id", flat=True))
        results = find("debt", kind="quote")
        assert not results.is_unavailable
        found = {hit.record for hit in results.hits}
        assert {quote for quote in public if quote.pk not in late} <= found <= set(public)
        update_index.call()
        results = find("debt", kind="quote")
        assert {hit.record for hit in results.hits} == set(public)
        assert results.total == len(public)
        for quote in Quote.objects.all():
            word = quote.text.split()[-1].strip(".")
            assert find(word).total == (1 if quote.published_at else 0)
            rounds.add(word)
        assert not IndexJob.objects.exists()
    assert len(rounds) > 20  # enough changes were made to lose some
    if store := getattr(engines["default"].get_backend(), "store", None):
        assert len(list(store.path.glob("v*-*"))) == 1
