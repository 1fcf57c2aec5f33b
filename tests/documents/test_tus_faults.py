"""Failures during an upload: broken connections, killed servers and simultaneous senders."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests
from django.conf import settings

from documents.models import Document, PartialUpload
from tests.documents.uploads import CONTENT_TYPE, Sender, Taken

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.documents.uploads")]

ROOT = Path(__file__).parents[2]
LENGTH = 1_000_000


def connected(sender, address, *, offset=0, length=LENGTH, framing=None) -> socket.socket:
    """Open a connection and send the headers of a piece."""
    host, port = sender.host.split(":")
    line = socket.create_connection((host, int(port)), timeout=60)
    headers = sender.headers | {
        "Host": sender.host,
        "Tus-Resumable": "1.0.0",
        "Content-Type": CONTENT_TYPE,
        "Upload-Offset": str(offset),
        **(framing or {"Content-Length": str(length)}),
    }
    path = address.split(sender.host)[1]
    line.sendall("\r\n".join([f"PATCH {path} HTTP/1.1", *map(": ".join, headers.items()), "", ""]).encode())
    return line


def soon(ask, expected, seconds=60):
    """Return the value of `ask` once it is at least `expected`, or its last value after some seconds."""
    until = time.monotonic() + seconds
    while (found := ask()) < expected and time.monotonic() < until:
        time.sleep(0.05)
    return found


@pytest.mark.parametrize("is_rude", [False, True])
def test_bytes_that_arrived_before_the_connection_broke_are_kept(sender, is_rude):
    address = sender.begin(LENGTH)
    line = connected(sender, address)
    line.sendall(b"a" * 300_000)
    if is_rude:  # the other end hears nothing but that the line is dead
        soon(lambda: sender.offset(address), 294_912)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    line.close()
    arrived = soon(lambda: sender.offset(address), 290_000 if is_rude else 300_000)
    assert 280_000 < arrived <= 300_000
    assert sender.patch(address, arrived, b"a" * (LENGTH - arrived)).status_code == 204
    assert Document.objects.get().size == LENGTH


def test_silent_connection_blocks_nobody(sender):
    address = sender.begin(LENGTH)
    with contextlib.closing(connected(sender, address)) as line:
        line.sendall(b"a" * 300_000)
        arrived = soon(lambda: sender.offset(address), 294_912)
        assert sender.patch(address, arrived, b"b" * (LENGTH - arrived)).status_code == 204
        line.sendall(b"c" * 300_000)  # it wakes too late
    document = Document.objects.get()
    with document.file.open() as file:
        assert file.read() == b"a" * arrived + b"b" * (LENGTH - arrived)


def test_of_two_simultaneous_senders_of_a_piece_one_is_refused(sender):
    address = sender.begin(LENGTH)
    gate, statuses = threading.Barrier(4), []

    def send(letter):
        gate.wait()
        statuses.append(sender.patch(address, 0, letter * LENGTH).status_code)

    threads = [threading.Thread(target=send, args=[letter]) for letter in (b"a", b"b", b"c", b"d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while sender.offset(address) < LENGTH:  # all may have stumbled over each other
        sender.patch(address, sender.offset(address), b"e" * (LENGTH - sender.offset(address)))
    assert statuses.count(204) <= 1
    assert set(statuses) <= {204, 409, 423}
    assert [document.size for document in Document.objects.all()] == [LENGTH]


def test_of_two_simultaneous_completions_one_succeeds(sender, monkeypatch):
    address, taken = sender.begin(3), Taken.finish
    gate = threading.Barrier(2, timeout=60)

    def slowly(self, partial, upload):
        gate.wait()
        gate.wait()
        taken(self, partial, upload)

    monkeypatch.setattr(Taken, "finish", slowly)
    statuses = []
    first = threading.Thread(target=lambda: statuses.append(sender.patch(address, 0, b"abc").status_code))
    first.start()
    gate.wait()
    statuses.append(sender.patch(address, 3).status_code)
    statuses.append(sender.ask("DELETE", address).status_code)
    gate.wait()
    first.join()
    assert statuses == [423, 423, 204]
    assert sender.patch(address, 3).status_code == 204
    assert Document.objects.count() == 1


class Server:
    """A separate gunicorn on the database and files of the test."""

    def __init__(self, user, port, *options, **environment):
        self.command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options]
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.documents.served",
            "SERVED_DATA": str(settings.DATA_DIR),
            "TMPDIR": str(settings.DATA_DIR),  # what it leaves behind goes with that
            "SERVED_DATABASE": str(settings.DATABASES["default"]["NAME"]),
            **environment,
        }
        self.url = f"http://127.0.0.1:{port}"
        self.sender = Sender(self.url, user)

    def __enter__(self):
        self.process = subprocess.Popen(  # noqa: S603
            [*self.command, "portal.wsgi:application"], cwd=ROOT, env=self.environment, start_new_session=True
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with contextlib.suppress(requests.ConnectionError):
                requests.options(self.sender.uploads, timeout=60)
                return self
            time.sleep(0.1)
        raise TimeoutError

    def kill(self):
        """Kill it and its workers at once, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait()

    def __exit__(self, *error):
        self.kill()


@pytest.fixture
def port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.usefixtures("sender")
@pytest.mark.parametrize("options", [(), ("--threads", "4")], ids=["sync", "threads"])
def test_killed_server_loses_no_more_than_a_block(participant, port, options):
    with Server(participant, port, *options) as server:
        address = server.sender.begin(LENGTH)
        line = connected(server.sender, address)
        line.sendall(b"a" * 300_000)
        soon(lambda: PartialUpload.objects.get().offset, 280_000)
        server.kill()
        line.close()
    with Server(participant, port, *options) as server:
        arrived = server.sender.offset(address)
        assert 280_000 < arrived <= 300_000
        assert server.sender.patch(address, arrived, b"a" * (LENGTH - arrived)).status_code == 204
    assert Document.objects.get().size == LENGTH


@pytest.mark.usefixtures("sender")
def test_server_killed_during_completion_completes_once(participant, port):
    with Server(participant, port) as server:
        address = server.sender.begin(LENGTH)
        server.sender.patch(address, 0, b"a" * (LENGTH - 1))
        partial = PartialUpload.objects.get()
        with open(partial.file.path, "ab") as part:  # the last byte is written, and then the power fails
            part.write(b"a")
        server.kill()
    with Server(participant, port) as server:
        assert server.sender.patch(address, LENGTH - 1, b"a").status_code == 409
        assert server.sender.offset(address) == LENGTH
        assert [server.sender.patch(address, LENGTH).status_code for _ in range(3)] == [204, 204, 204]
    assert Document.objects.get().size == LENGTH


@pytest.mark.usefixtures("sender")
def test_server_killed_while_the_owner_accepts_a_file_leaves_it_to_the_next(participant, port):
    with Server(participant, port, DIES_AT_THE_END="yes") as server:
        address = server.sender.begin(3)
        with pytest.raises(requests.ConnectionError):
            server.sender.patch(address, 0, b"abc")
    assert not Document.objects.exists()
    with Server(participant, port) as server:
        head = server.sender.ask("HEAD", address)
        assert (head.headers["Upload-Offset"], head.headers.get("Upload-Complete")) == ("3", None)
        assert [server.sender.patch(address, 3).status_code for _ in range(2)] == [204, 204]
    assert [document.size for document in Document.objects.all()] == [3]


@pytest.mark.usefixtures("sender")
def test_chunked_body_is_read_under_gunicorn(participant, port):
    with Server(participant, port) as server:
        address = server.sender.begin(6)
        assert server.sender.patch(address, 0, iter([b"abc", b"def"])).status_code == 204
    assert Document.objects.get().size == 6
