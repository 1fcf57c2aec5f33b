"""Every type of page is small, makes no third-party requests and sets no cookie."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from bench.page_types import page_types

KILOBYTES, REQUESTS = 100, 6
FORMS = {"sign-in", "watch", "alert", "check"}  # a form that posts needs Django's CSRF cookie
LOADED = re.compile(r'<(?:link rel="(?:icon|preload|stylesheet)"|script|img)[^>]*? (?:href|src)="([^"]+)"[^>]*>')


def loaded_by(html):
    """Return {address: whether it loads immediately} for what a page refers to; lazy images load later."""
    named = [found for found in LOADED.finditer(html) if not found[1].startswith("data:")]
    return {found[1]: 'loading="lazy"' not in found[0] for found in named}


def content(address):
    if address.startswith("/static/"):
        return Path(finders.find(address.removeprefix("/static/"))).read_bytes()
    answer = Client().get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def pages(sample):
    """Return {name: response to a first visit} for every type of page."""
    return {name: Client().get(address) for name, address in page_types().items()}


def test_every_type_of_page_is_small_and_loads_nothing_from_other_sites(pages):
    loads = {name: loaded_by(answer.content.decode()) for name, answer in pages.items()}
    assert [address for found in loads.values() for address in found if not address.startswith("/")] == []
    requests = {name: 1 + sum(found.values()) for name, found in loads.items()}
    assert {name: number for name, number in requests.items() if number > REQUESTS} == {}
    weights = {
        name: sum(len(gzip.compress(part)) for part in [answer.content, *map(content, loads[name])]) / 1024
        for name, answer in pages.items()
    }
    assert {name: weight for name, weight in weights.items() if weight > KILOBYTES} == {}
    assert min(requests.values()) > 2, "what a page loads is found"
    assert min(weights.values()) > 5


def test_only_pages_with_a_form_that_posts_set_a_cookie(pages):
    assert {name for name, answer in pages.items() if answer.cookies} <= FORMS
