"""Readers in other threads never get a page that is older than the change that was committed before they asked."""

import threading

import pytest
from django.db import connection
from django.test import Client

from publishing import kept_pages
from publishing import workflow as publishing
from tests import build

READERS, CHANGES = 4, 250


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_next_request_is_right_a_thousand_times(kept_pages_on, roles):
    """Each of four readers asks again right after each of 250 changes: names, publications and their opposites."""
    topic = build.topic("Topic 0")
    name, old, made = ["Topic 0"], [], []
    barrier = threading.Barrier(READERS + 1, timeout=60)

    def read():
        browser = Client()
        for _ in range(CHANGES):
            barrier.wait()  # a change is committed
            page = browser.get("/topics/").content.decode()
            if (f">{name[0]}<" in page) is not topic.is_published:
                old.append(name[0])
            made.append(page)
            barrier.wait()
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for number in range(1, CHANGES + 1):
        if number % 3 == 0:
            publishing.unpublish(topic, by=None)
        elif number % 3 == 1:
            publishing.publish(topic, by=None)
        else:
            name[0] = topic.name = f"Topic {number}"
            topic.save()
        barrier.wait()
        barrier.wait()
    for reader in readers:
        reader.join()
    assert len(made) == READERS * CHANGES
    assert old == []
    assert kept_pages.store.size > 0
