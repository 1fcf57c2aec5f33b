"""The worker's part: drains that are cut short, met by new jobs, or run twice; and the commands that rebuild."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from contributions import workflow as filing
from dialogues.models import Quote, Speaker
from publishing import workflow
from search import tasks
from search.models import IndexJob
from search.query import Results
from search.seam import NoIndexError
from search.tasks import drain
from tests import build, files
from tests.search.asking import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker_rests")]


def quote(text="The debt of a life.", **options):
    return build.quote(build.appearance(build.dialogue()), text=text, **options)


def total(words):
    return find(words).total


def indexed(backend):
    """What the index itself holds, gate or no gate."""
    snapshot = backend.snapshot()
    keys = (snapshot.key(record).rsplit(".", 1) for record in range(snapshot.count) if snapshot.alive[record])
    return {(label, int(pk)) for label, pk in keys}


def test_a_drain_empties_the_queue_and_fills_the_index():
    found = quote()
    assert total("debt") == 0
    drain.call()
    assert [hit.record for hit in find("debt").hits] == [found]
    assert not IndexJob.objects.exists()


def test_draining_twice_changes_nothing(backend):
    quote()
    drain.call()
    before = indexed(backend)
    drain.call()
    assert indexed(backend) == before
    assert total("debt") == 1


def test_a_drain_with_nothing_to_do_writes_nothing(backend):
    edition = backend.store.edition()
    drain.call()
    assert backend.store.edition() == edition


def test_many_jobs_are_done_in_batches(backend, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    for _ in range(3):
        quote()
    assert IndexJob.objects.count() > 4
    drain.call()
    assert total("debt") == 3
    assert not IndexJob.objects.exists()


@pytest.mark.parametrize("step", ["before the commit", "after the commit"])
def test_a_drain_that_dies_keeps_its_jobs_and_the_next_one_mends_it(backend, monkeypatch, step):
    quote()
    drain.call()
    workflow.unpublish(Quote.objects.get(), by=None)
    jobs, apply = IndexJob.objects.count(), backend.apply

    def die(changes, **options):
        if step == "after the commit":
            apply(changes, **options)
        raise OSError("the power is out")

    with monkeypatch.context() as patch:
        patch.setattr(backend, "apply", die)
        with pytest.raises(OSError, match="the power is out"):
            drain.call()
    assert IndexJob.objects.count() == jobs
    assert total("debt") == 0
    drain.call()
    assert "dialogues.quote" not in {label for label, _ in indexed(backend)}
    assert not IndexJob.objects.exists()


def test_a_record_that_can_not_be_read_leaves_the_index_as_it_was(backend, monkeypatch):
    first = quote()
    drain.call()
    before = indexed(backend)
    quote()
    with monkeypatch.context() as patch:
        patch.setattr("dialogues.search_indexes.QuoteIndex.passages", lambda self, record: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            drain.call()
    assert indexed(backend) == before
    assert [hit.record for hit in find("debt").hits] == [first]
    drain.call()
    assert total("debt") == 2


def test_a_job_that_comes_while_the_index_is_written_is_done_as_well(backend, monkeypatch):
    record, apply = quote(), backend.apply
    late = [record]

    def apply_and_meet_a_change(changes, **options):
        apply(changes, **options)
        if late:
            workflow.unpublish(late.pop(), by=None)

    monkeypatch.setattr(backend, "apply", apply_and_meet_a_change)
    drain.call()
    assert late == []
    assert ("dialogues.quote", record.pk) not in indexed(backend)
    assert not IndexJob.objects.exists()


def test_a_job_that_comes_too_late_for_the_batch_is_not_deleted_with_it(backend, monkeypatch):
    record = quote()
    calls = []

    def apply_once(changes, **options):
        if calls:
            raise OSError("the second batch fails")
        calls.append(list(changes))
        workflow.unpublish(record, by=None)

    monkeypatch.setattr(backend, "apply", apply_once)
    with pytest.raises(OSError, match="the second batch fails"):
        drain.call()
    assert set(IndexJob.objects.values_list("label", "object_id")) == {("dialogues.quote", record.pk)}


def test_records_are_read_no_sooner_than_the_index_is_locked(backend, monkeypatch):
    record, apply = quote(), backend.apply

    def withdraw_and_apply(changes, **options):
        Quote.objects.filter(pk=record.pk).update(published_at=None)
        apply(changes, **options)

    monkeypatch.setattr(backend, "apply", withdraw_and_apply)
    drain.call()
    assert ("dialogues.quote", record.pk) not in indexed(backend)


def test_a_job_for_a_room_that_is_gone_does_not_stop_the_others():
    IndexJob.objects.create(label="attic.trunk", object_id=1)
    quote()
    assert find("debt") == Results()
    drain.call()
    assert total("debt") == 1
    assert not IndexJob.objects.exists()


def test_a_deleted_record_is_taken_out(backend):
    record = quote()
    drain.call()
    gone = ("dialogues.quote", record.pk)
    record.delete()
    assert gone in indexed(backend)
    assert total("debt") == 0
    drain.call()
    assert gone not in indexed(backend)


def test_a_speaker_who_is_left_without_an_appearance_is_taken_out(backend):
    appearance = build.appearance(build.dialogue(), who=build.speaker("Quagga"))
    drain.call()
    assert total("quagga") == 1
    appearance.speaker = build.speaker("Zebra")
    appearance.save()
    assert total("quagga") == 0
    drain.call()
    assert {label for label, pk in indexed(backend)} == {"dialogues.dialogue", "dialogues.speaker"}
    assert Speaker.objects.get(pk__in=[pk for label, pk in indexed(backend) if "speaker" in label]).name == "Zebra"


@pytest.fixture
def public_and_hidden():
    """A published record of each kind, and beside it one that is not; returns what may be in the index."""
    dialogue, hidden = build.dialogue(), build.dialogue(public=False)
    shown = [dialogue]
    for parent, is_shown in ((dialogue, True), (hidden, False)):
        appearance = build.appearance(parent)
        call = build.call(parent)
        followers = [
            build.quote(appearance),
            build.summary(parent),
            build.paper(parent),
            appearance.speaker,
            build.contribution(call),
        ]
        shown += followers if is_shown else []
    build.quote(appearance, public=False)
    build.summary(dialogue, public=False, language="fr")
    build.paper(dialogue, public=False)
    for state in ("draft", "submitted", "returned", "declined", "withdrawn"):
        build.contribution(state=state, to=build.call(dialogue))
    return {(record._meta.label_lower, record.pk) for record in shown}


def test_a_rebuild_holds_what_is_published_and_nothing_else(backend, public_and_hidden):
    call_command("rebuild_index")
    assert indexed(backend) == public_and_hidden


def test_a_drain_comes_to_the_same(backend, public_and_hidden):
    drain.call()
    assert indexed(backend) == public_and_hidden


def test_a_rebuild_drops_what_is_not_to_be_found_any_more(backend, public_and_hidden):
    call_command("rebuild_index")
    workflow.unpublish(Quote.objects.published().get(), by=None)
    call_command("rebuild_index")
    assert {item for item in public_and_hidden if item[0] != "dialogues.quote"} == indexed(backend)


def test_a_rebuild_mends_an_index_that_can_not_be_read(backend, public_and_hidden):
    drain.call()
    for toc in backend.store.current().glob("*.toc"):
        toc.write_bytes(b"")
    with pytest.raises(NoIndexError):
        backend.snapshot()
    call_command("rebuild_index")
    assert indexed(backend) == public_and_hidden
    assert find("programme").total == 1


def test_a_drain_without_an_index_makes_all_of_it(backend, public_and_hidden):
    shutil.rmtree(backend.path)
    drain.call()
    assert indexed(backend) == public_and_hidden
    assert not IndexJob.objects.exists()


def test_while_another_writes_jobs_stay_and_nobody_waits(backend):
    record = quote()
    with backend.store.writing(wait=False) as held:
        assert held
        drain.call()
        assert IndexJob.objects.exists()
        with pytest.raises(CommandError, match="Another process writes the index"):
            call_command("rebuild_index")
    drain.call()
    assert ("dialogues.quote", record.pk) in indexed(backend)


def test_one_kind_can_be_cleared_alone(backend, public_and_hidden):
    drain.call()
    backend.clear(models=[Quote])
    assert {item for item in public_and_hidden if item[0] != "dialogues.quote"} == indexed(backend)


def test_an_update_adds_what_is_missing(backend, public_and_hidden):
    call_command("update_index", verbosity=0)
    assert indexed(backend) == public_and_hidden


def test_an_update_that_removes_takes_out_the_stale(backend, public_and_hidden):
    drain.call()
    Quote.objects.published().update(published_at=None)
    call_command("update_index", remove=True, verbosity=0)
    assert {item for item in public_and_hidden if item[0] != "dialogues.quote"} == indexed(backend)


def test_a_file_that_is_read_later_makes_its_contribution_found():
    record = build.contribution(attach=[("a.pdf", files.pdf(["Cover", "A quagga speaks"]))])
    attachment = record.shown.attachments.get()
    pages = list(attachment.document.pages.values_list("number", "text"))
    attachment.document.pages.all().delete()
    drain.call()
    assert total("quagga") == 0
    for number, text in pages:
        attachment.document.pages.create(number=number, text=text)
    attachment.document.save()
    drain.call()
    assert find("quagga").hits[0].url == f"{attachment.get_absolute_url()}#page=2"


def test_a_move_of_the_review_reaches_the_index_through_the_queue(reviewer):
    record = build.checked(build.contribution(title="Quagga", state="submitted"))
    drain.call()
    assert total("quagga") == 0
    filing.publish(record, by=reviewer)
    drain.call()
    assert total("quagga") == 1
    filing.unpublish(record, by=reviewer)
    assert total("quagga") == 0
