"""A form that is on its way: its sender has begun and waits before it sends the rest."""

import socket
from urllib.parse import urlencode

TOKEN = "t" * 32  # as cookie and as field
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
BEGINNING = 5  # bytes


class SlowForm:
    """A form of which the server has the head, and has begun to read the rest, once this is made."""

    def __init__(self, port, path, **fields):
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        head = {
            "Host": "localhost", "Cookie": f"csrftoken={TOKEN}", "Connection": "close", "Expect": "100-continue",
            "Content-Type": "application/x-www-form-urlencoded", "Content-Length": len(body),
        }  # fmt: skip
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        self.socket.sendall("\r\n".join(lines).encode())
        assert self.socket.recv(len(CONTINUE), socket.MSG_WAITALL) == CONTINUE
        self.socket.sendall(body[:BEGINNING])

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
