"""A web process that is told to stop answers what it has, and takes nothing more, so that another machine is asked."""

import os
import re
import runpy
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from gunicorn.config import Config
from gunicorn.http import RequestParser

from tests.engines.servers import free_port
from tests.engines.slow_request import SlowRequest
from tests.engines.waiting import PATIENCE, until
from tests.test_house import ROOT

APP = """
import os

def application(environ, start_response):
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
"""


@contextmanager
def web(folder, *options):
    """Run gunicorn as the portal does, with a small application; give its process, and its port once it answers."""
    (folder / "small.py").write_text(APP)
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "small", "--config", ROOT / "gunicorn.conf.py", "--threads", "4",
        "--bind", f"127.0.0.1:{port}", "--pythonpath", f"{ROOT},{folder}", *options,
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=folder) as process:  # noqa: S603  our own interpreter
        try:
            until(lambda: process.poll() is not None or is_open(port))
            yield process, port
        finally:
            process.kill()


def is_open(port):
    """Return whether the port takes connections."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except ConnectionRefusedError:
        return False
    return True


def is_paused(process):
    """Return whether all threads of a process are paused. One that is not yet would take the next signal."""
    threads = Path(f"/proc/{process}/task").glob("*/status")
    return all(re.search(r"^State:\s*T", thread.read_text("ascii"), re.MULTILINE) for thread in threads)


def waits_for(process, number):
    """Return whether a signal was sent to a process that is paused."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return any(int(mask, 16) & 1 << number - 1 for mask in re.findall(r"(?:Shd|Sig)Pnd:\s*(\w+)", status))


def ask(port):
    return requests.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE, headers={"Connection": "close"})


@pytest.mark.slow
def test_a_stopping_web_takes_no_connection_while_it_answers_its_last_request(tmp_path):
    with web(tmp_path) as (process, port):
        with SlowRequest(port, "POST", "/", b"words of a form", Content_Type="text/plain") as slow:
            process.terminate()
            until(lambda: not is_open(port))
            assert process.poll() is None
            assert slow.finish() == 200
        assert process.wait(PATIENCE) == 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells which signals wait")
@pytest.mark.slow
def test_a_request_that_arrived_just_before_is_answered(tmp_path):
    with web(tmp_path) as (process, port):
        worker = int(ask(port).text)
        os.kill(worker, signal.SIGSTOP)  # so that the request waits in the socket
        until(lambda: is_paused(worker))
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as waiting:
            waiting.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            process.terminate()
            until(lambda: waits_for(worker, signal.SIGTERM))
            os.kill(worker, signal.SIGCONT)
            answer = b"".join(iter(lambda: waiting.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 200 OK")
        assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO"])
def test_no_header_of_a_client_says_where_the_portal_is(name):
    config = Config()
    config.set("forwarder_headers", runpy.run_path(str(ROOT / "gunicorn.conf.py"))["forwarder_headers"])
    request = f"GET /dialogues/ HTTP/1.1\r\nHost: localhost\r\n{name}: /dialogues\r\n\r\n"
    asked = next(RequestParser(config, iter([request.encode()]), ("127.0.0.1", 1)))
    assert asked.headers == [("HOST", "localhost")]


def test_the_server_opens_no_socket_in_the_home_of_its_user(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with web(tmp_path) as (_process, port):
        assert requests.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).ok
        assert not list(tmp_path.rglob("*.ctl"))
