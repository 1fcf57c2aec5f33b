"""The clients of `bench.contributions`: `python -m bench.contributions_client NUMBER PORT` runs those of one process.

Each does what a browser does without scripts: it opens each page, posts its form, and follows each redirect.
"""

import http.client
import http.cookies
import io
import json
import re
import secrets
import sys
import threading
import time
import urllib.parse
import uuid
from hashlib import sha256
from pathlib import Path

import django
import pikepdf

django.setup()

from django.conf import settings  # noqa: E402

FILE_SIZE = 200_000  # bytes
PATIENCE = 60  # seconds for one response
BOUNDARY = secrets.token_hex(16)
PART = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
TOKEN = "t" * 32  # the CSRF token, as cookie and as field; a browser gets both with the page
MAX_REDIRECTS = 5


def a_file(words=""):
    """Return a PDF with these words, or random ones, on three pages, and FILE_SIZE bytes that can't be compressed."""
    words = words or secrets.token_hex(20)
    file, pdf = io.BytesIO(), pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for _ in range(3):
        page = pdf.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 72 700 Td ({words} wages) Tj ET".encode())
    pdf.Root.PieceInfo = pdf.make_stream(secrets.token_bytes(FILE_SIZE))
    pdf.save(file)
    return file.getvalue()


class Client:
    """A client that submits `each` contributions, evenly spread over some seconds, and writes into a log."""

    def __init__(self, number, port, given, log):
        self.number, self.port, self.given, self.log = number, port, given, log
        self.cookies = {"sessionid": given["sessions"][number], "csrftoken": TOKEN}
        self.words = [secrets.token_hex(20) for _ in range(given["each"])]
        self.files = [a_file(words) for words in self.words]  # made before the minute begins

    def run(self, start):
        """Submit all contributions. `start` is a time of `time.perf_counter()`."""
        each, clients = self.given["each"], len(self.given["sessions"])
        for count in range(each):
            due = start + (count + self.number / clients) * self.given["seconds"] / each
            time.sleep(max(0, due - time.perf_counter()))
            line = {"words": self.words[count], **self.file(self.files[count], twice=count % 10 == 0)}
            print(json.dumps(line), file=self.log, flush=True)

    def file(self, content, twice):
        """Submit one contribution, and return its reference, its file's digest and the seconds of each step.

        A step lasts until its redirect has been followed and the next page is there.
        """
        key = uuid.uuid4()
        mine, steps = f"/contributions/mine/{key}", []
        words = {
            "organization_name": f"Client {self.number}",
            "title": "Load",
            "language": "en",
            "text": "Words. " * 200,
        }
        begin = {"call": self.given["call"], "key": key}
        steps.append(self.timed(self.post, "/contributions/new/", begin, f"{mine}/who/"))
        steps.append(self.timed(self.post, f"{mine}/who/", {**words, "go": "answers"}, f"{mine}/answers/"))
        steps.append(self.timed(self.post, f"{mine}/answers/", {**words, "go": "files"}, f"{mine}/files/"))
        steps.append(self.timed(self.upload, f"{mine}/files/", content))
        named = {"appear_as": "organization", "go": "send"}
        steps.append(self.timed(self.post, f"{mine}/appear/", named, f"{mine}/check/"))
        pages = []
        clicks = [threading.Thread(target=self.send, args=[mine, pages]) for _ in range(twice)]
        for click in clicks:
            click.start()
        steps.append(self.timed(self.send, mine, pages))
        for click in clicks:
            click.join()
        reference = next(filter(None, (re.search(r"LOAD-\d{4}-[A-Z]{6}", page) for page in pages)), None)
        return {"sha256": sha256(content).hexdigest(), "reference": reference and reference[0], "steps": steps}

    def timed(self, action, *args):
        """Return the seconds that an action takes."""
        start = time.perf_counter()
        action(*args)
        return time.perf_counter() - start

    def send(self, mine, pages):
        """Submit the draft, and keep the page to which that leads."""
        pages.append(self.post(f"{mine}/check/", {"consent": "on", "send": "1"}, mine))

    def post(self, path, fields, target):
        """Post a form, follow the redirect, and return the page. Raises RuntimeError unless it is below `target`."""
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
        return self.ask(path, body, "application/x-www-form-urlencoded", target)

    def upload(self, path, content):
        """Post the form with a file, and follow the redirect."""
        fields = {"csrfmiddlewaretoken": TOKEN, "upload_language": "en", "go": ""}
        parts = [f'{PART}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
        head = f'{PART}"upload"; filename="load.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        body = ("".join(parts) + head).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        self.ask(path, body, f"multipart/form-data; boundary={BOUNDARY}", path)

    def ask(self, path, body, kind, target):
        """Post a body and follow redirects to the page, which must be below `target`; return its text."""
        status, place, text = self.request("POST", path, body, {"Content-Type": kind})
        for _ in range(MAX_REDIRECTS):
            if status not in (http.client.FOUND, http.client.SEE_OTHER):
                break
            path = urllib.parse.urlsplit(urllib.parse.urljoin(path, place)).path
            status, place, text = self.request("GET", path)
        if status != http.client.OK or not path.startswith(target):
            raise RuntimeError(f"{path}: {status}, and not {target}")
        return text

    def request(self, method, path, body=None, headers=None):
        """Return (status, address of the redirect, text) of a response, and keep its cookies."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in dict(self.cookies).items())
        connection.request(method, path, body, {"Cookie": cookie, "Host": "localhost", **(headers or {})})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in http.cookies.SimpleCookie(header).items()}
        return answer.status, answer.headers.get("Location", ""), text


def main(number, port):
    """Run the clients of one process, all processes at once."""
    folder = Path(settings.DATA_DIR) / "clients"
    given = json.loads((folder / "given.json").read_text())
    processes = given["processes"]
    with open(folder / f"client-{number}.jsonl", "w") as log:
        clients = [Client(n, port, given, log) for n in range(number, len(given["sessions"]), processes)]
        (folder / f"ready-{number}").touch()
        while len(list(folder.glob("ready-*"))) < processes:
            time.sleep(0.01)
        start = time.perf_counter()
        threads = [threading.Thread(target=client.run, args=[start]) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    (folder / f"took-{number}").write_text(str(time.perf_counter() - start))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
