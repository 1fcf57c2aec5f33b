"""Requests to nodes that do not answer as they should."""

import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from search.engine_api import EngineAwayError, IndexUnavailableError, QueryTimeoutError
from search.solr import client
from search.solr.client import Client
from tests.engines.servers import free_port

FINE = {"responseHeader": {"status": 0}, "response": {"numFound": 3}}


class Node:
    """A server that gives the same answer to all requests, and counts them."""

    def __init__(self, status=200, content=FINE):
        node, self.asked = self, []
        self.may_answer = threading.Event()
        self.may_answer.set()
        body = content if isinstance(content, bytes) else json.dumps(content).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers["Content-Length"])
                node.asked.append((self.path, self.rfile.read(size), self.headers.get("Authorization")))
                node.may_answer.wait()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST  # noqa: N815  http.server names it

            def log_message(self, *args):
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/solr"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @contextmanager
    def held(self):
        """Keep it from answering."""
        self.may_answer.clear()
        yield
        self.may_answer.set()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def node():
    """Return a function that starts a node."""
    nodes = []

    def start(*args, **options):
        nodes.append(Node(*args, **options))
        return nodes[-1]

    yield start
    for one in nodes:
        one.close()


def ask(*addresses):
    return Client(addresses).ask("portal", "v1", {"q": "*:*"})


@pytest.fixture
def nobody():
    """The address of a node that is down."""
    return f"http://127.0.0.1:{free_port()}/solr"


def test_another_node_is_asked_if_one_is_down(node, nobody):
    assert ask(nobody, node().address)["response"]["numFound"] == 3


def test_another_node_is_asked_if_one_has_a_fault(node):
    broken, whole = node(500, {}), node()
    assert ask(broken.address, whole.address)["response"]["numFound"] == 3
    assert (len(broken.asked), len(whole.asked)) == (1, 1)


def test_the_node_that_answered_is_asked_first_the_next_time(node):
    broken, whole = node(503, {}), node()
    client = Client([broken.address, whole.address])
    for _ in range(3):
        client.ask("portal", "v1", {"q": "*:*"})
    assert (len(broken.asked), len(whole.asked)) == (1, 3)


@pytest.fixture
def silent():
    """The address of a node that accepts requests and does not answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/solr"


@pytest.fixture
def waits(monkeypatch):
    """The node of each request, and for how long its answer is waited for."""
    found, request = [], requests.Session.request

    def noted(self, method, url, timeout, **options):
        found.append((url.partition("/solr")[0] + "/solr", timeout[1]))
        return request(self, method, url, timeout=timeout, **options)

    monkeypatch.setattr(requests.Session, "request", noted)
    monkeypatch.setattr(client, "READ_SECONDS", 0.4)
    monkeypatch.setattr(client, "SHORT_READ_SECONDS", 0.2)
    return found


def test_a_node_that_does_not_answer_is_asked_last_by_every_thread(node, silent, waits):
    whole = node().address
    cluster = Client([silent, whole])
    for _ in range(2):
        thread = threading.Thread(target=cluster.ask, args=("portal", "v1", {}))
        thread.start()
        thread.join()
    assert waits == [(silent, 0.4), (whole, 0.4), (whole, 0.4)]


def test_the_only_node_is_asked_again_and_waited_for_briefly(silent, waits):
    cluster = Client([silent])
    for _ in range(3):
        with pytest.raises(EngineAwayError):
            cluster.ask("portal", "v1", {})
    assert waits == [(silent, 0.4), (silent, 0.2), (silent, 0.2)]


def test_a_node_that_answers_again_is_waited_for_as_before(node, waits):
    one = node()
    cluster = Client([one.address])
    with one.held(), pytest.raises(EngineAwayError):
        cluster.ask("portal", "v1", {})
    for _ in range(2):
        cluster.ask("portal", "v1", {})
    assert waits == [(one.address, 0.4), (one.address, 0.2), (one.address, 0.4)]


def test_a_writer_waits_for_a_doubted_node_as_long_as_for_any(silent, waits, monkeypatch):
    monkeypatch.setattr(client, "WRITE_SECONDS", 0.5)
    cluster = Client([silent])
    with pytest.raises(EngineAwayError):
        cluster.ask("portal", "v1", {})
    with pytest.raises(EngineAwayError):
        cluster.write("portal", b"[]")
    assert waits == [(silent, 0.4), (silent, 0.5)]


def test_a_node_that_refuses_connections_is_no_reason_to_hurry(nobody, waits):
    cluster = Client([nobody])
    for _ in range(2):
        with pytest.raises(EngineAwayError):
            cluster.ask("portal", "v1", {})
    assert waits == [(nobody, 0.4), (nobody, 0.4)]


def test_solr_is_away_if_no_node_answers(node, nobody):
    with pytest.raises(EngineAwayError):
        ask(nobody, node(500, {}).address)


@pytest.mark.parametrize(
    ("status", "content", "error"),
    [
        (404, {}, IndexUnavailableError),
        (401, {}, EngineAwayError),
        (400, {"error": {"msg": "no such field"}}, EngineAwayError),
        (200, b"<html>not Solr</html>", EngineAwayError),
        (200, {"responseHeader": {"partialResults": True}}, QueryTimeoutError),
    ],
)
def test_each_fault_is_one_of_the_contract(node, status, content, error):
    with pytest.raises(error):
        ask(node(status, content).address)


@pytest.mark.parametrize(("status", "error"), [(404, IndexUnavailableError), (400, EngineAwayError)])
def test_a_refused_write_is_one_of_the_contract(node, status, error):
    with pytest.raises(error):
        Client([node(status, {}).address]).write("portal", b"[]")


def test_the_password_in_the_address_is_sent(node):
    one = node()
    ask(one.address.replace("http://", "http://portal:s%40cret@"))
    assert one.asked[0][2] == "Basic cG9ydGFsOnNAY3JldA=="
