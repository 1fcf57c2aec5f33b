"""A request that is on its way: its sender has begun and waits before it sends the rest."""

import socket
from urllib.parse import urlencode

from tests.engines.waiting import PATIENCE

TOKEN = "t" * 32  # as cookie and as field
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
BEGINNING = 5  # bytes


class SlowRequest:
    """A request of which the server has the head, and has begun to read the body, once this is made."""

    def __init__(self, port, method, path, body, **headers):
        self.rest = body[BEGINNING:]
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        head = {"Host": "localhost", "Connection": "close", "Expect": "100-continue", "Content-Length": len(body)}
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in (head | headers).items()]
        self.socket.sendall("\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode())
        assert self.socket.recv(len(CONTINUE), socket.MSG_WAITALL) == CONTINUE
        self.socket.sendall(body[:BEGINNING])

    def finish(self):
        """Send the rest, and return the status of the whole answer."""
        self.socket.sendall(self.rest)
        answer = b"".join(iter(lambda: self.socket.recv(65_536), b""))
        return int(answer.split(maxsplit=2)[1])

    def is_cut_off(self):
        """Wait until the server says something, and return whether it has ended the connection."""
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.socket.close()


def slow_form(port, path, **fields):
    """Begin to send a form with these fields."""
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
    return SlowRequest(
        port, "POST", path, body, Cookie=f"csrftoken={TOKEN}", Content_Type="application/x-www-form-urlencoded"
    )
