"""Updates of the index that fail, overlap with new jobs or run twice; and rebuilds."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from contributions import workflow as filing
from dialogues.models import Quote, Speaker
from publishing import workflow
from search import tasks
from search.engine_api import EngineQuery, IndexUnavailableError
from search.models import IndexJob
from search.query import Results
from search.tasks import update_index
from tests import build, files
from tests.search.searching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]


def quote(text="The debt of a life.", **options):
    return build.quote(build.appearance(build.dialogue()), text=text, **options)


def total(text):
    return find(text).total


def indexed(backend):
    """Return what the index holds, whether it is public or not."""
    keys = (key.rsplit(".", 1) for key in backend.find(EngineQuery(stop=10_000)).ids)
    return {(label, int(pk)) for label, pk in keys}


def test_an_update_empties_the_queue_and_fills_the_index():
    found = quote()
    assert total("debt") == 0
    update_index.call()
    assert [hit.record for hit in find("debt").hits] == [found]
    assert not IndexJob.objects.exists()


def test_a_second_update_changes_nothing(backend):
    quote()
    update_index.call()
    before = indexed(backend)
    update_index.call()
    assert indexed(backend) == before
    assert total("debt") == 1


@pytest.mark.usefixtures("embedded")
def test_an_update_without_jobs_writes_nothing(backend):
    state = backend.store.state()
    update_index.call()
    assert backend.store.state() == state


def test_many_jobs_are_run_in_batches(backend, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH_SIZE", 2)
    for _ in range(3):
        quote()
    assert IndexJob.objects.count() > 4
    update_index.call()
    assert total("debt") == 3
    assert not IndexJob.objects.exists()


@pytest.mark.parametrize("step", ["before the commit", "after the commit"])
def test_a_failed_update_keeps_its_jobs_for_the_next_one(backend, monkeypatch, step):
    quote()
    update_index.call()
    workflow.unpublish(Quote.objects.get(), by=None)
    jobs, apply = IndexJob.objects.count(), backend.apply

    def die(changes, **options):
        if step == "after the commit":
            apply(changes, **options)
        raise OSError("the power is out")

    with monkeypatch.context() as patch:
        patch.setattr(backend, "apply", die)
        with pytest.raises(OSError, match="the power is out"):
            update_index.call()
    assert IndexJob.objects.count() == jobs
    assert total("debt") == 0
    update_index.call()
    assert "dialogues.quote" not in {label for label, _ in indexed(backend)}
    assert not IndexJob.objects.exists()


def test_an_unreadable_record_leaves_the_index_unchanged(backend, monkeypatch):
    first = quote()
    update_index.call()
    before = indexed(backend)
    quote()
    with monkeypatch.context() as patch:
        patch.setattr("dialogues.search_indexes.QuoteIndex.passages", lambda self, record: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            update_index.call()
    assert indexed(backend) == before
    assert [hit.record for hit in find("debt").hits] == [first]
    update_index.call()
    assert total("debt") == 2


def test_a_job_written_during_an_update_is_run_too(backend, monkeypatch):
    record, apply = quote(), backend.apply
    late = [record]

    def apply_and_meet_a_change(changes, **options):
        apply(changes, **options)
        if late:
            workflow.unpublish(late.pop(), by=None)

    monkeypatch.setattr(backend, "apply", apply_and_meet_a_change)
    update_index.call()
    assert late == []
    assert ("dialogues.quote", record.pk) not in indexed(backend)
    assert not IndexJob.objects.exists()


def test_a_job_written_after_its_batch_was_read_is_kept(backend, monkeypatch):
    record = quote()
    calls = []

    def apply_once(changes, **options):
        if calls:
            raise OSError("the second batch fails")
        calls.append(list(changes))
        workflow.unpublish(record, by=None)

    monkeypatch.setattr(backend, "apply", apply_once)
    with pytest.raises(OSError, match="the second batch fails"):
        update_index.call()
    assert set(IndexJob.objects.values_list("label", "object_id")) == {("dialogues.quote", record.pk)}


def test_records_are_read_only_while_the_index_is_locked(backend, monkeypatch):
    record, apply = quote(), backend.apply

    def withdraw_and_apply(changes, **options):
        Quote.objects.filter(pk=record.pk).update(published_at=None)
        apply(changes, **options)

    monkeypatch.setattr(backend, "apply", withdraw_and_apply)
    update_index.call()
    assert ("dialogues.quote", record.pk) not in indexed(backend)


def test_a_job_for_a_removed_app_does_not_stop_the_others():
    IndexJob.objects.create(label="attic.trunk", object_id=1)
    quote()
    assert find("debt") == Results()
    update_index.call()
    assert total("debt") == 1
    assert not IndexJob.objects.exists()


def test_a_deleted_record_is_removed_from_the_index(backend):
    record = quote()
    update_index.call()
    gone = ("dialogues.quote", record.pk)
    record.delete()
    assert gone in indexed(backend)
    assert total("debt") == 0
    update_index.call()
    assert gone not in indexed(backend)


def test_a_speaker_without_an_appearance_is_removed_from_the_index(backend):
    appearance = build.appearance(build.dialogue(), who=build.speaker("Quagga"))
    update_index.call()
    assert total("quagga") == 1
    appearance.speaker = build.speaker("Zebra")
    appearance.save()
    assert total("quagga") == 0
    update_index.call()
    assert {label for label, pk in indexed(backend)} == {"dialogues.dialogue", "dialogues.speaker"}
    assert Speaker.objects.get(pk__in=[pk for label, pk in indexed(backend) if "speaker" in label]).name == "Zebra"


@pytest.fixture
def public_and_hidden():
    """Create public and hidden records of each kind; return those that may be in the index."""
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


def test_a_rebuild_indexes_published_records_only(backend, public_and_hidden):
    call_command("rebuild_index")
    assert indexed(backend) == public_and_hidden


def test_an_update_indexes_published_records_only(backend, public_and_hidden):
    update_index.call()
    assert indexed(backend) == public_and_hidden


def test_a_rebuild_drops_unpublished_records(backend, public_and_hidden):
    call_command("rebuild_index")
    workflow.unpublish(Quote.objects.published().get(), by=None)
    call_command("rebuild_index")
    assert {item for item in public_and_hidden if item[0] != "dialogues.quote"} == indexed(backend)


@pytest.mark.usefixtures("embedded")
def test_a_rebuild_replaces_a_damaged_index(backend, public_and_hidden):
    update_index.call()
    for toc in backend.store.active_folder().glob("*.toc"):
        toc.write_bytes(b"")
    with pytest.raises(IndexUnavailableError):
        backend.snapshot()
    call_command("rebuild_index")
    assert indexed(backend) == public_and_hidden
    assert find("programme").total == 1


@pytest.mark.usefixtures("embedded")
def test_an_update_without_an_index_rebuilds_it(backend, public_and_hidden):
    shutil.rmtree(backend.path)
    update_index.call()
    assert indexed(backend) == public_and_hidden
    assert not IndexJob.objects.exists()


@pytest.mark.usefixtures("embedded")
def test_jobs_stay_while_another_process_is_writing(backend):
    record = quote()
    with backend.store.write_lock(wait=False) as held:
        assert held
        update_index.call()
        assert IndexJob.objects.exists()
        with pytest.raises(CommandError, match="Another process is writing the index"):
            call_command("rebuild_index")
    update_index.call()
    assert ("dialogues.quote", record.pk) in indexed(backend)


def test_one_model_can_be_cleared(backend, public_and_hidden):
    update_index.call()
    backend.clear(models=[Quote])
    assert {item for item in public_and_hidden if item[0] != "dialogues.quote"} == indexed(backend)


def test_haystacks_update_index_adds_missing_records(backend, public_and_hidden):
    call_command("update_index", verbosity=0)
    assert indexed(backend) == public_and_hidden


def test_haystacks_update_index_removes_stale_records(backend, public_and_hidden):
    update_index.call()
    Quote.objects.published().update(published_at=None)
    call_command("update_index", remove=True, verbosity=0)
    assert {item for item in public_and_hidden if item[0] != "dialogues.quote"} == indexed(backend)


def test_a_contribution_is_found_once_its_file_was_read():
    record = build.contribution(attach=[("a.pdf", files.pdf(["Cover", "A quagga speaks"]))])
    attachment = record.shown.attachments.get()
    pages = list(attachment.document.pages.values_list("number", "text"))
    attachment.document.pages.all().delete()
    update_index.call()
    assert total("quagga") == 0
    for number, text in pages:
        attachment.document.pages.create(number=number, text=text)
    attachment.document.save()
    update_index.call()
    assert find("quagga").hits[0].url == f"{attachment.get_absolute_url()}#page-2-p1"


def test_a_decision_of_the_review_updates_the_index(reviewer):
    record = build.checked(build.contribution(title="Quagga", state="submitted"))
    update_index.call()
    assert total("quagga") == 0
    filing.publish(record, by=reviewer)
    update_index.call()
    assert total("quagga") == 1
    filing.unpublish(record, by=reviewer)
    assert total("quagga") == 0
