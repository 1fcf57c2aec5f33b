"""The search in Solr: the contract of engines on one node and on a cloud, and a cloud that goes away and returns."""

import inspect

import pytest

from search.solr.backend import Backend
from tests.engines.waiting import until
from tests.search import test_engine_contract
from tests.solr_index import empty

QUOTE = """
from dialogues.models import Appearance
from tests import build
appearance = Appearance.objects.first() or build.appearance(build.dialogue())
print(build.quote(appearance, text="{}").get_absolute_url())
"""
REBUILD = """
import io
from django.core.management import call_command
call_command("rebuild_index", stdout=io.StringIO())
"""
UPDATE = "from search.tasks import update_index; update_index.call()"
JOBS = "SELECT count(*) FROM search_indexjob"


def cases():
    """Yield (function, arguments) of each test of the contract. They share a server, which takes long to start."""
    for name, function in inspect.getmembers(test_engine_contract, inspect.isfunction):
        if not name.startswith("test_"):
            continue
        marks = [mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
        if not marks:
            yield function, {}
        for mark in marks:
            names, values = mark.args
            for value in values:
                yield function, {names: value} if isinstance(names, str) else dict(zip(names, value, strict=True))


def keeps_the_contract(server):
    """Run all tests of the contract on a server; return how many there were."""
    backend = Backend("default", **server.options("contract"))
    number = 0
    for function, arguments in cases():
        empty(backend)
        try:
            function(engine=backend, **arguments)
        except Exception as error:
            error.add_note(f"in {function.__name__}({arguments})")
            raise
        number += 1
    return number


def site_with_a_quote(small_site, server):
    """Return a portal whose index on a server has one quote, and the address of the quote."""
    world = small_site(**server.environment)
    address = world.do(REBUILD + QUOTE.format("The debt of a life.") + UPDATE).strip()
    return world, address


@pytest.mark.slow
@pytest.mark.django_db
def test_the_contract_holds_on_one_node(node):
    assert keeps_the_contract(node) > 30


@pytest.mark.slow
@pytest.mark.django_db
def test_the_contract_holds_on_a_cloud_of_two_nodes(cloud):
    assert keeps_the_contract(cloud) > 30


@pytest.mark.slow
def test_pages_stay_and_nothing_is_lost_while_solr_is_away(small_site, node):
    world, first = site_with_a_quote(small_site, node)
    with world.web() as web:
        assert first in web.get("/search/?q=debt").text
        node.kill()
        assert [web.get(path).status_code for path in ("/", "/topics/", first)] == [200] * 3
        assert web.get("/healthz").json()["index"] == "unreadable"
        assert first in web.get("/search/?q=debt").text  # what was found is kept, as long as nothing changes
        answer = web.get("/search/?q=life")
        assert answer.status_code == 200
        assert first not in answer.text
        assert "Search is not available" in answer.text
        # The worker tries, and leaves the job for later.
        second = world.do(QUOTE.format("The debt of a village.") + UPDATE).strip()
        assert world.first(JOBS) > 0
        node.start()
        until(lambda: web.get("/healthz").json()["index"] != "unreadable")
        assert first in web.get("/search/?q=life").text
        world.do(UPDATE)
        assert world.first(JOBS) == 0
        assert second in web.get("/search/?q=debt").text


@pytest.mark.slow
def test_no_search_fails_while_a_node_is_killed_and_returns(small_site, cloud):
    world, quote = site_with_a_quote(small_site, cloud)
    with world.web() as web:
        for port in cloud.ports:
            cloud.kill(port)
            answers = [web.get(f"/search/?q=debt&n={number}") for number in range(20)]
            assert [(answer.status_code, quote in answer.text) for answer in answers] == [(200, True)] * 20
            cloud.start()
            until(cloud.is_whole)
