"""The number of files that a reader has to open to follow a request: seven walks, counted with warm caches.

A file counts when at least one of its functions is called. `make bench ONLY=walks ARGS=--list` names files and
functions.

Modules move, so this uses addresses, the labels of models, and forms as they are served.
"""

import io
import os
import re
import runpy
import subprocess
import sys
import threading
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from unittest import mock
from uuid import uuid4

import django
from lxml import html

django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.template import Template  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from bench.figures import Figure  # noqa: E402
from tests import planted_pdf  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
NOT_ROOMS = {"tests", "bench", "docs", "var", ".venv"}
NOT_FUNCTIONS = {"<module>", "<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>"}
DIALOGUE = "/dialogues/sample-dialogue/"
SUMMARY = f"{DIALOGUE}summary/en/v1/"
# Files before the rooms were rearranged; the goal is a third fewer.
BEFORE = {
    "dialogue page": 32,
    "summary page": 49,
    "search": 36,
    "submit": 30,
    "publish a summary on the desk": 27,
    "upload with cleaning": 46,
    "deliver a file": 10,
}


def measure(files):
    """Yield the figures of each walk. `files` is not used."""
    call_command("migrate", verbosity=0)
    call_command("load_sample", stdout=io.StringIO())
    call_command("db_worker", batch=True, verbosity=0)
    for name, walk in walks().items():
        walk()  # warms the caches and loads late imports
        yield from report(name, walk())


def report(name, trail):
    """Yield the lines on one walk."""
    yield Figure(f"{name}: files", len(trail.files), "files", BEFORE[name] * 2 // 3)
    yield (
        f"{name}: {sum(map(len, trail.files.values()))} functions, {len(trail.templates)} templates, "
        f"{trail.queries} queries ({BEFORE[name]} files before)"
    )
    if "--list" in sys.argv:
        yield from (f"    {file}: {', '.join(sorted(trail.files[file]))}" for file in sorted(trail.files))


class Trail:
    """The functions, templates and queries of a recorded request."""

    def __init__(self):
        self.functions, self.templates, self.queries = set(), set(), 0

    @contextmanager
    def recorded(self):
        """Record what happens inside, in this thread and in threads started there."""
        render = Template._render

        def note_template(template, context):
            self.templates.add(template.name)
            return render(template, context)

        with (
            mock.patch.object(Template, "_render", note_template),
            CaptureQueriesContext(connection) as captured,
        ):
            threading.setprofile(self._note)
            sys.setprofile(self._note)
            try:
                yield self
            finally:
                sys.setprofile(None)
                threading.setprofile(None)
        self.queries += len(captured)

    def _note(self, frame, event, argument):
        if event == "call" and frame.f_code.co_name not in NOT_FUNCTIONS:
            self.functions.add((frame.f_code.co_filename, frame.f_code.co_qualname, frame.f_code.co_firstlineno))

    @property
    def files(self):
        """Return {file of the project: the names of its functions that were called}."""
        found = defaultdict(set)
        for name, function, _line in self.functions:
            file = Path(name)
            if file.is_relative_to(ROOT):
                parts = file.relative_to(ROOT).parts
                if parts[0] not in NOT_ROOMS and "migrations" not in parts:
                    found["/".join(parts)].add(function)
        return dict(found)


def walks():
    """Return {name: function that makes one walk and returns its Trail}."""
    reader = Client(HTTP_HOST="localhost")
    writer, office = signed_in("writer@example.org"), signed_in("office@example.org", "Secretariat")
    delivered = address_of_a_file(reader)
    return {
        "dialogue page": lambda: get(reader, DIALOGUE),
        "summary page": lambda: get(reader, SUMMARY),
        "search": lambda: get(reader, "/search/?q=debt"),
        "submit": lambda: submit(writer),
        "publish a summary on the desk": lambda: publish(office),
        "upload with cleaning": lambda: upload(writer),
        "deliver a file": lambda: get(reader, delivered),
    }


def signed_in(email, role=None):
    """Return a browser in which a new user is signed in, staff if there is a role."""
    user = get_user_model().objects.create_user(email, is_staff=bool(role))
    if role:
        user.groups.add(Group.objects.get(name=role))
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(user)
    return browser


def get(browser, address):
    trail = Trail()
    with trail.recorded():
        response = browser.get(address)
        response.getvalue()
    expect(response, 200)
    return trail


def expect(response, status):
    if response.status_code != status:
        sys.exit(f"{response.request['PATH_INFO']} answered {response.status_code} instead of {status}.")


def address_of_a_file(browser):
    """Return where the public downloads a file of a contribution of the sample."""
    for contribution in links(browser, "/contributions/", r"/contributions/[A-Z]+-\d+-[A-Z]+/"):
        for address in links(browser, contribution, rf"{contribution}files/\d+/download/"):
            return address
    sys.exit("No contribution of the sample has a file.")


def links(browser, page, pattern):
    tree = html.fromstring(browser.get(page).content)
    return [address for address in tree.xpath("//a/@href") if re.fullmatch(pattern, address)]


def submit(browser):
    """Submit a contribution that has just been written."""
    draft = begin(browser)
    trail = Trail()
    with trail.recorded():
        response = browser.post(f"{draft}check/", {"send": "1", "consent": "on"})
    expect(response, 302)
    return trail


def begin(browser):
    """Return the address of a new contribution to the sample's open call, complete except for its files."""
    key = uuid4()
    form = html.fromstring(browser.get("/contributions/new/").content)
    call = form.xpath("//*[@name='call']/@value")[0]
    draft = browser.post("/contributions/new/", {"call": call, "key": str(key)}).url.removesuffix("who/")
    for step, typed in {
        "who": {"organization_name": "Open Door", "organization_kind": "ngo"},
        "answers": {"title": "What we saw", "language": "en", "text": "Our account.", **answers(browser, draft)},
        "appear": {"appear_as": "organization"},
    }.items():
        expect(browser.post(f"{draft}{step}/", typed), 302)
    return draft


def answers(browser, draft):
    page = html.fromstring(browser.get(f"{draft}answers/").content)
    names = page.xpath("//textarea/@name")
    return {name: "Our answer." for name in names if name != "text"}


def upload(browser):
    """Upload a PDF in which every place needs cleaning, then read it as the worker does, but in this process."""
    draft = begin(browser)
    typed = {"upload": SimpleUploadedFile("report.pdf", planted_pdf.pdf()), "upload_language": "en"}
    queued = set(DBTaskResult.objects.values_list("pk", flat=True))
    trail = Trail()
    with mock.patch.object(subprocess, "run", run_here):
        with trail.recorded():
            response = browser.post(f"{draft}files/", typed)
        expect(response, 302)
        reading = DBTaskResult.objects.exclude(pk__in=queued).get(task_path__startswith="documents.")
        task = import_string(reading.task_path)
        with trail.recorded():
            task.call(*reading.args_kwargs["args"], **reading.args_kwargs["kwargs"])
    state = apps.get_model("documents.Document").objects.latest("pk").state
    if state != "read":
        sys.exit(f"The upload was not read: its state is {state}.")
    return trail


def run_here(command, *, input, stdout, **options):  # noqa: A002  the names of subprocess.run
    """Run `python -m MODULE` in this process, without its limits, instead of in a separate one."""
    module, *arguments = command[command.index("-m") + 1 :]
    original = os.dup(1)
    os.dup2(stdout.fileno(), 1)
    try:
        with (
            mock.patch("sys.argv", [module, *arguments]),
            mock.patch("sys.stdin", mock.Mock(buffer=io.BytesIO(input))),
            mock.patch("resource.setrlimit"),
            mock.patch("os.dup2"),  # the worker redirects what libraries print
        ):
            runpy.run_module(module, run_name="__main__")
    finally:
        os.dup2(original, 1)
        os.close(original)
    return subprocess.CompletedProcess(command, 0)


def publish(browser):
    """Publish a summary on the desk; it is unpublished first, in the same way."""
    model = apps.get_model("dialogues.Summary")
    summary = model.objects.get(dialogue__slug="sample-dialogue", language="en", version=1)
    move(browser, "unpublish", summary)
    trail = move(browser, "publish", summary)
    summary.refresh_from_db()
    if not summary.published_at:
        sys.exit("The summary was not published.")
    return trail


def move(browser, verb, summary):
    """Confirm the page of the desk that publishes or unpublishes a summary."""
    address = reverse(f"desk:{verb}", query={"record": f"summary-{summary.pk}"})
    expect(browser.get(address), 200)
    trail = Trail()
    with trail.recorded():
        response = browser.post(address)
    expect(response, 302)
    return trail
