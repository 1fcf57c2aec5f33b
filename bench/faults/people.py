"""People who use the portal while it fails: they try again until it says that it has what they sent."""

import html
import http.client
import io
import re
import secrets
import time
import urllib.parse
from dataclasses import dataclass

from bench.contributions_client import TOKEN
from bench.faults.site import PATIENCE

PAUSE = 0.2  # seconds before somebody tries again
POINTS = ["language", "files", "contacts", "names"]
REFERENCE = re.compile(r"FLT-\d{4}-[A-Z]{6}")
REFUSED = 422
KEPT = ("What you typed is not lost", "What you typed is on this page")  # one of which a failed form must say


class GivenUpError(Exception):
    """Somebody waited for PATIENCE seconds and got nowhere."""


@dataclass
class Answer:
    """The answer to a request; its status is 0 if there was none."""

    status: int
    place: str = ""
    text: str = ""
    content: bytes = b""


class Person:
    """Somebody with a session, or without one. `bare` are answers that told somebody nothing."""

    def __init__(self, port, session="", *, bare=None):
        self.port, self.cookie = port, f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
        self.bare = [] if bare is None else bare

    def ask(self, method, path, body=None, kind=""):
        """Return the answer to one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, "Host": "localhost", "Connection": "close", "Accept": "text/html"}
        try:
            connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()
        return Answer(answer.status, answer.headers.get("Location", ""), content.decode(errors="replace"), content)

    def get(self, path):
        """Return the answer to a request for a page."""
        return self.ask("GET", path)

    def post(self, path, **fields):
        """Send a form once."""
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode()
        answer = self.ask("POST", path, body, "application/x-www-form-urlencoded")
        self.judge(path, answer, [value for value in fields.values() if isinstance(value, str) and " " in value])
        return answer

    def upload(self, path, name, content):
        """Send a file once."""
        boundary, out = secrets.token_hex(16), io.BytesIO()
        for field, value in {"csrfmiddlewaretoken": TOKEN, "upload_language": "en", "go": ""}.items():
            out.write(f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode())
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="upload"; filename="{name}"\r\n\r\n'
        out.write(head.encode() + content + f"\r\n--{boundary}--\r\n".encode())
        answer = self.ask("POST", path, out.getvalue(), f"multipart/form-data; boundary={boundary}")
        self.judge(path, answer, [])
        return answer

    def judge(self, path, answer, typed):
        """Note an answer to a form that failed and does not say that what was typed is kept."""
        if answer.status >= http.client.INTERNAL_SERVER_ERROR:
            text = html.unescape(answer.text)
            if not any(sentence in text for sentence in KEPT) or any(value not in text for value in typed):
                said = " ".join(re.sub("<[^>]+>", " ", answer.text.partition("<main")[2] or answer.text).split())
                self.bare.append(f"{path}: {answer.status}: {said[:300]!r}")

    def insist(self, action, *args, done=(302,), **fields):
        """Do something until it is answered with one of these statuses, and return that answer."""
        end = time.monotonic() + PATIENCE
        while (answer := action(*args, **fields)).status not in done:
            if time.monotonic() > end:
                raise GivenUpError(f"{args[0]}: {answer.status} {answer.text[:200]!r}")
            time.sleep(PAUSE)
        return answer


def write_draft(filer, call, filing):
    """Write a contribution up to its last step, which is not taken."""
    mine = f"/contributions/mine/{filing.key}"
    words = {"organization_name": "Open Door", "title": filing.title, "language": "en", "text": filing.text}
    steps = [("/contributions/new/", {"call": call, "key": filing.key}), (f"{mine}/who/", {**words, "go": "answers"})]
    steps += [(f"{mine}/answers/", {**words, "go": "files"})]
    for path, fields in steps:
        require_own(filer.insist(filer.post, path, **fields), mine)
    require_own(filer.insist(filer.upload, f"{mine}/files/", "account.txt", filing.content), mine)
    require_own(filer.insist(filer.post, f"{mine}/appear/", appear_as="organization", go="send"), mine)


def file(filer, call, filing):
    """Write and send a contribution, and note its reference once the portal has given one."""
    write_draft(filer, call, filing)
    mine = f"/contributions/mine/{filing.key}"
    require_own(filer.insist(filer.post, f"{mine}/check/", consent="on", send="1"), mine)
    page = filer.insist(filer.get, f"{mine}/receipt/", done=(200,))
    filing.reference = REFERENCE.search(page.text)[0]


def require_own(answer, mine):
    """Raise GivenUpError unless a redirect leads on."""
    if mine not in answer.place:
        raise GivenUpError(f"The portal led to {answer.place} and not to {mine}.")


def publish(reviewer, filing):
    """Settle the checklist of a contribution and publish it."""
    decide(reviewer, filing, "publish", True, checklist="on", points=POINTS, revision=1)


def take_down(reviewer, filing):
    """Hide a public contribution."""
    decide(reviewer, filing, "unpublish", False)


def decide(reviewer, filing, verb, becomes_public, **fields):
    """Make a decision, and note it once the portal says that it was made."""
    filing.is_uncertain = True
    page = f"/desk/review/{filing.reference}/"
    answer = reviewer.insist(reviewer.post, page, verb=verb, **fields, done=(302, REFUSED))
    if answer.status == REFUSED:  # the first click may have arrived
        public = Person(reviewer.port).insist(Person(reviewer.port).get, address(filing), done=(200, 404))
        if (public.status == http.client.OK) != becomes_public:
            raise GivenUpError(f"{page}: {verb} was refused: {refusal(answer.text)}")
    elif "/desk/" not in answer.place:
        raise GivenUpError(f"{page}: the portal led to {answer.place}.")
    filing.is_public, filing.is_uncertain = becomes_public, False


def refusal(text):
    """Return what a page says is wrong."""
    found = re.search(r'class="[^"]*error[^"]*"[^>]*>(.*?)</', text, re.DOTALL)
    return html.unescape(re.sub("<[^>]+>", " ", found[1])).strip()[:200] if found else "without a reason"


def address(filing):
    """Return the public address of a contribution."""
    return f"/contributions/{filing.reference}/"
