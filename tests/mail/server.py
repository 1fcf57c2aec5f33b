"""A mail server for tests on a local port. It behaves as a test tells it, and keeps what it accepted."""

import contextlib
import email
import email.policy
import socket
import socketserver
import threading
import time


class SmtpHandler(socketserver.StreamRequestHandler):
    """One connection. `behaves` of the server has the reply to each step, or "drop" or "stall"."""

    def handle(self):
        self.server.connections += 1
        with contextlib.suppress(OSError):
            self.answer("greeting", "220 here")
            while line := self.rfile.readline():
                self.obey(line.decode().strip())

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def answer(self, step, usual, to=""):
        behaviour = self.server.behaves.get((step, to)) or self.server.behaves.get(step) or usual
        if behaviour == "stall":
            self.server.stalled.wait()
        if behaviour in ("drop", "stall"):
            self.connection.shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        self.say(behaviour)
        return behaviour[0] in "23"

    def obey(self, line):
        verb, _, rest = line.partition(" ")
        match verb.lower():
            case "mail":
                self.to = []
                self.answer("mail", "250 ok")
            case "rcpt":
                address = rest.partition("<")[2].partition(">")[0]
                if self.answer("rcpt", "250 ok", to=address):
                    self.to.append(address)
            case "data":
                if self.answer("data", "354 go on"):
                    self.take(self.text())
            case "quit":
                self.say("221 bye")
            case _:
                self.say("250 ok")

    def text(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line or self.server.behaves.get("text") == "drop":
                self.connection.shutdown(socket.SHUT_RDWR)
                raise ConnectionAbortedError
            lines.append(line)
        return b"".join(lines)

    def take(self, text):
        """Accept the email unless the reply refuses it. A server that drops or stalls here has accepted it."""
        reply = self.server.behaves.get("end", "250 taken")
        if reply[0] not in "45":
            self.server.took.append((self.to, email.message_from_bytes(text, policy=email.policy.default)))
        time.sleep(self.server.slow)
        self.answer("end", "250 taken")


class MailServer(socketserver.ThreadingTCPServer):
    """`behaves` has the replies that differ from the usual: {"rcpt": "550 no"}, {"end": "drop"}."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), SmtpHandler)
        self.behaves, self.took, self.connections, self.slow = {}, [], 0, 0
        self.stalled = threading.Event()

    @property
    def port(self):
        return self.server_address[1]

    def ids(self):
        return [message["Message-ID"] for _, message in self.took]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.stalled.set()
        self.shutdown()
        self.server_close()
