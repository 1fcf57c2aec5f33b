"""The search in Solr: the contract of engines on one node and on a cloud, and a cloud that goes away and returns."""

import os
import subprocess
import sys

import pytest

from tests.engines.waiting import until

CONTRACT = "tests/search/test_engine_contract.py"
QUOTE = """
from tests import build
print(build.quote(build.appearance(build.dialogue()), text="{}").get_absolute_url())
"""
UPDATE = "from search.tasks import update_index; update_index.call()"
JOBS = "from search.models import IndexJob; print(IndexJob.objects.count())"


def contract_holds(server):
    """Run the tests of the contract on a server in a process of their own; fail with what they print."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", CONTRACT]
    environment = os.environ | server.environment
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  our own
    assert done.returncode == 0, done.stdout[-5000:]
    return "passed" in done.stdout and "skipped" not in done.stdout


@pytest.mark.slow
def test_the_contract_holds_on_one_node(node):
    assert contract_holds(node)


@pytest.mark.slow
def test_the_contract_holds_on_a_cloud_of_two_nodes(cloud):
    assert contract_holds(cloud)


@pytest.mark.slow
def test_pages_stay_and_nothing_is_lost_while_solr_is_away(small_site, node):
    world = small_site(**node.environment)
    world.manage("rebuild_index")
    first = world.do(QUOTE.format("The debt of a life.")).strip()
    world.do(UPDATE)
    with world.web() as web:
        assert first in web.get("/search/?q=debt").text
        node.kill()
        assert [web.get(path).status_code for path in ("/", "/topics/", first)] == [200] * 3
        assert web.get("/healthz").json()["index"] == "unreadable"
        answer = web.get("/search/?q=debt")
        assert (answer.status_code, first in answer.text, "Search is not available" in answer.text) == (
            200,
            False,
            True,
        )
        second = world.do(QUOTE.format("The debt of a village.")).strip()
        world.do(UPDATE)  # the worker tries, and leaves the job for later
        assert int(world.do(JOBS)) > 0
        node.start()
        until(lambda: web.get("/healthz").json()["index"] == "ok")
        assert first in web.get("/search/?q=debt").text
        world.do(UPDATE)
        assert int(world.do(JOBS)) == 0
        assert second in web.get("/search/?q=debt").text


@pytest.mark.slow
def test_no_search_fails_while_a_node_is_killed_and_returns(small_site, cloud):
    world = small_site(**cloud.environment)
    world.manage("rebuild_index")
    quote = world.do(QUOTE.format("The debt of a life.")).strip()
    world.do(UPDATE)
    with world.web() as web:
        for port in cloud.ports:
            cloud.kill(port)
            answers = [web.get(f"/search/?q=debt&n={number}") for number in range(20)]
            assert [(answer.status_code, quote in answer.text) for answer in answers] == [(200, True)] * 20
            cloud.start()
            until(cloud.is_whole)
