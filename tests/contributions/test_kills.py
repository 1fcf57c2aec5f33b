"""A process killed before any step of submitting, publishing or withdrawing leaves all of it done, or nothing."""

import hashlib
import os
import shutil
import signal
from uuid import UUID

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from contributions import workflow
from contributions.models import Attachment, Call, Contribution, Revision
from contributions.workflow.move_letters import send_waiting_email
from documents.models import Document
from mail.models import OutgoingEmail
from publishing.models import Transition
from tests import build, files
from tests.database_copies import DatabaseCopies

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KEY = UUID(int=7)
MOST_STEPS = 300
ON_DISK = ("fsync", "rename", "remove")


def turn_to(place):
    """Store files in that folder."""
    storage = storages["documents"]
    storage._location = place
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)


class Copies:
    """Copies of the database and the files, to be changed and thrown away; `self.open` is the one in use."""

    def __init__(self, folder):
        self.folder, self.databases = folder, DatabaseCopies(folder)
        self.storage = storages["documents"]
        self.usual_place = self.storage.location
        self.databases.make("prepared")
        os.makedirs(self.usual_place, exist_ok=True)
        shutil.copytree(self.usual_place, folder / "prepared")

    def take(self, step):
        """Open a copy of what was prepared; only this process sees it."""
        documents = self.folder / f"{step}"
        self.databases.make(step, of="prepared")
        self.databases.turn_to(step)
        shutil.copytree(self.folder / "prepared", documents)
        turn_to(str(documents))

    def leave(self, step):
        self.databases.turn_to()
        turn_to(self.usual_place)
        shutil.rmtree(self.folder / f"{step}")
        self.databases.delete(step)

    def end(self):
        """Turn to the usual places, also after a failure."""
        self.databases.turn_to()
        turn_to(self.usual_place)
        self.databases.delete("prepared")


@pytest.fixture
def copies(tmp_path, settings):
    """Makes copies of what a test has prepared; tasks and emails are rows, as in production."""
    settings.EMAIL_BACKEND = "mail.queue.QueueBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    made, usual_place = [], storages["documents"].location
    turn_to(str(tmp_path / "usual"))  # files that other tests left must not be copied again and again

    def prepare():
        made.append(Copies(tmp_path))
        return made[0]

    yield prepare
    for one in made:
        one.end()
    turn_to(usual_place)


def die_before(step):
    """Kill this process right before its step of that number: a statement, a commit, or a file operation."""
    taken = []

    def count():
        taken.append(1)
        if len(taken) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(usual):
        def deadly(*args, **kwargs):
            count()
            return usual(*args, **kwargs)

        return deadly

    for name in ON_DISK:
        setattr(os, name, counted(getattr(os, name)))
    connection._commit = counted(connection._commit)
    connection.execute_wrappers.append(lambda execute, *args: counted(execute)(*args))


def killed(work, step):
    """Do the work in a child process that dies before that step; return whether it died."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            die_before(step)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def walk(copies, work, look):
    """Kill the work before each of its steps, check what is there, and repeat it; return the number of steps."""
    for step in range(1, MOST_STEPS):
        copies.take(step)
        was_killed = killed(work, step)
        look()
        all_is_whole()
        work()
        look(done=True)
        all_is_whole()
        copies.leave(step)
        if not was_killed:
            return step - 1
    raise AssertionError("It never came to an end.")


def all_is_whole():
    """Check what must always be true."""
    call_command("check_log")
    for revision in Revision.objects.exclude(sent_at=None):
        entry = Transition.objects.get(verb="submit", object_id=revision.contribution_id)
        assert revision.log_digest == entry.digest
        assert entry.facts["files"] == [file["sha256"] for file in revision.sent_files]
        assert revision.contribution.reference
        assert revision.receipt_code
    for document in Document.objects.all():
        with document.file.open("rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == document.sha256
        assert Attachment.objects.filter(document=document).exists()
    emails = sorted(OutgoingEmail.objects.values_list("content__subject", flat=True))
    moves = Transition.objects.filter(content_type__model="contribution")
    references = dict(Contribution.objects.values_list("pk", "reference"))
    said = {"submit": "Receipt {}", "withdraw": "{} is withdrawn"}
    told = moves.filter(verb__in=said).values_list("verb", "object_id")
    assert emails == sorted(said[verb].format(references[pk]) for verb, pk in told)
    waiting = DBTaskResult.objects.filter(task_path=send_waiting_email.module_path).values_list(
        "args_kwargs", flat=True
    )
    assert [asked["args"] for asked in waiting] == [["published", entry.pk] for entry in moves.filter(verb="publish")]


def send(email):
    """Begin, attach, write and submit, as somebody does who tries again after a failure."""
    by = build.get_user_model().objects.get(email=email)
    draft = workflow.begin(Call.objects.get(), by=by, key=KEY)
    if revision := draft.draft:
        workflow.save(revision, by=by, organization_name="Open Door", title="What we saw", text="Our account.")
        workflow.attach(revision, files.upload("a.txt", b"words"), by=by, language="en")
        workflow.submit(draft, by=by, consent=True)


def look_at_sending(*, done=False):
    revision = Revision.objects.first()
    assert Contribution.objects.count() == Revision.objects.count() <= 1
    assert Attachment.objects.count() == Document.objects.count() <= 1
    asked = DBTaskResult.objects.filter(task_path="documents.tasks.read_document").values_list("args_kwargs", flat=True)
    assert set(Document.objects.values_list("pk", flat=True)) <= {said["args"][0] for said in asked}
    is_sent = bool(revision and revision.sent_at)
    assert is_sent or not done
    state = "submitted" if is_sent else "draft"
    assert set(Contribution.objects.values_list("state", flat=True)) <= {state}
    assert Contribution.objects.exclude(reference=None).count() == OutgoingEmail.objects.count() == is_sent
    if is_sent:
        assert (revision.attachments.count(), len(revision.sent_files)) == (1, 1)
        assert revision.contribution.newest == revision


def test_a_submission_arrives_whole_or_not_at_all(participant, copies):
    build.call()
    steps = walk(copies(), lambda: send(participant.email), look_at_sending)
    assert steps > 30


def close():
    """Publish and withdraw, as somebody does who tries again after a failure."""
    record = Contribution.objects.get()
    if record.state == "submitted":
        workflow.publish(record, by=None)
        workflow.attach(workflow.revise(record, by=None), files.upload("b.txt", b"more"), by=None, language="en")
    if record.state == "published":
        workflow.withdraw(record, by=None)


def look_at_closing(*, done=False):
    record = Contribution.objects.get()
    verbs = list(record.transitions.values_list("verb", flat=True))
    assert (
        verbs
        == {
            "submitted": ["submit"],
            "published": ["publish", "submit"],
            "withdrawn": ["withdraw", "publish", "submit"],
        }[record.state]
    )
    assert record.state == "withdrawn" or not done
    is_public = record.state == "published"
    assert (record.is_published, record.shown == record.newest) == (is_public, is_public)
    assert Contribution.objects.published().exists() is Attachment.objects.published().exists() is is_public
    assert record.was_public is (record.state != "submitted")
    assert record.newest.attachments.get().document.copy.file.storage.exists(
        record.newest.attachments.get().document.copy.file.name
    )
    if record.state != "published":
        assert record.draft is None
        assert Document.objects.count() == 1


def test_publication_and_withdrawal_happen_whole_or_not_at_all(participant, copies):
    build.contribution(by=participant, state="submitted", attach=[("a.txt", b"words")])
    steps = walk(copies(), close, look_at_closing)
    assert steps > 30
